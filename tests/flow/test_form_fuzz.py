"""Every form of the map gets what no browser sends: it is refused in words, and nothing half is kept."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask

from knowledgebase.intake.form_fields import field_of
from knowledgebase.store.tables import metadata
from tests.form_sending import VALID, Written, fields_of, forms, send, told, watch
from tests.matrix import Matrix

HOSTILE: Mapping[str, str | bytes] = {
    "empty": "",
    "huge": "x" * 100_000,
    "nul": "a\x00b",
    "controls": "".join(chr(code) for code in range(1, 32)),
    "lone-surrogate": b"\xed\xa0\x80",
    "no-text": b"\xff\xfe\xc3\x28",
    "bidi": "a\u202eb\u2066c\u200bd\ufeff",
    "many-digits": "9" * 5_000,
    "big-number": "9" * 40,
    "past-the-database": str(2**63),
    "negative": "-1",
    "other-digits": "\u0663\u00b2\u2460",
    "template": "{{ 7*7 }}%(x)s%s",
}


@pytest.fixture
def matrix(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Matrix:
    return watch(app, monkeypatch)


def test_no_form_breaks_and_a_refused_one_keeps_nothing(
    app: Flask, matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.testing = False
    written, found, count = Written(app, monkeypatch), [], 0

    for cell in forms(app):
        names = fields_of(app, matrix, cell)
        for kind, value in HOSTILE.items():
            sent = {**VALID, **dict.fromkeys(names, value)}
            for fields in (
                sent,
                *({**VALID, name: value} for name in names if kind == "many-digits"),
            ):
                written.taken()
                status = send(app, matrix, cell, fields)
                count += 1
                kept = [one for one, _ in written.taken()]
                if status >= 500 or (status >= 400 and kept):
                    found.append(told(cell, (kind, sorted(set(fields) - set(VALID)), status, kept[:1])))

    assert "\n".join(found) == ""
    assert count > 1_000


NUMBERS = ("9" * 5_000, "9" * 40)


def test_no_name_of_a_field_breaks_a_form(app: Flask, matrix: Matrix) -> None:
    app.testing = False
    found = []

    for cell in forms(app):
        for number in NUMBERS:
            lists = ("sources", "results", "names", "capacities", "needs", "sisters")
            odd = {f"{name}.{number}.{field}": "x" for name in lists for field in ("url", "unit", "title")}
            odd |= {f"choice.sources.{number}": "mine", f"kept.{number}": "x", f"open.{number}": "x"}
            for do in (f"remove:sources.{number}", f"remove:capacities.{number}", f"row:{number}"):
                status = send(app, matrix, cell, {**VALID, **odd, "do": do, "row": do, "open": do})
                if status >= 500:
                    found.append(told(cell, (do[:30], status)))

    assert "\n".join(found) == ""


@pytest.mark.parametrize("role", ["visitor", "platform-admin"])
def test_no_address_breaks_a_page(app: Flask, matrix: Matrix, role: str) -> None:
    app.testing = False
    found = []
    odd = [value if isinstance(value, bytes) else value[:4_000].encode() for value in HOSTILE.values()]
    asked = (
        "q",
        "page",
        "sort",
        "person",
        "action",
        "day",
        "city",
        "before",
        "state",
        "topic",
        "year",
        "tag",
    )
    query = {name: value for name in (*asked, "next", "open", "row", "lang", "size") for value in odd}

    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule)):
        for value in odd:
            path = re.sub(r"<interface:[^>]+>", "en", rule.rule)
            path = re.sub(r"<int:[^>]+>", quote(value) if value.isdigit() else "1", path)
            path = re.sub(r"<[^>]+>", quote(value), path)
            wanted = "&".join(f"{name}={quote(value)}" for name in query)[:60_000]
            with app.test_client(use_cookies=False) as browser:
                headers = {"Cookie": matrix.callers[role].cookies}
                for method in sorted(set(rule.methods or ()) & {"GET", "POST"}):
                    fields = {**VALID, "csrf_token": matrix.callers[role].token} if method == "POST" else None
                    answer = browser.open(f"{path}?{wanted}", method=method, data=fields, headers=headers)
                    if answer.status_code >= 500:
                        found.append(f"{method} {rule.rule} {value[:20]!r}: {answer.status_code}")
                    answer.close()

    assert "\n".join(found) == ""


def columns() -> dict[str, str]:
    """Return a value for each column of every table, such as an attacker would like to see there."""
    wanted = {
        "role": "admin",
        "platform_role": "admin",
        "state": "published",
        "city": "seoul",
        "by": "operator",
    }
    names = {column.name for table in metadata.tables.values() for column in table.columns}
    return {name: wanted.get(name, "1") for name in sorted(names | {"is_verified", "id", "published_at"})}


def values_of(changes: list[tuple[str, Any]]) -> list[Any]:
    """Return what was written, flat: each statement followed by its values."""
    flat: list[Any] = []
    for statement, values in changes:
        flat.append(statement)
        for row in values if isinstance(values, list) else [values]:
            flat += list(row)
    return flat


def test_fields_that_a_form_does_not_have_change_nothing(
    app: Flask, matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    written, found, writing = Written(app, monkeypatch), [], 0

    for cell in forms(app):
        known = {*VALID, *fields_of(app, matrix, cell), "token", "csrf_token"}
        extra = {name: value for name, value in columns().items() if not (name in known or field_of(name))}
        runs = []
        for more in ({}, {}, extra):
            written.taken()
            status = send(app, matrix, cell, {**VALID, **more})
            runs.append([status, *values_of(written.taken())])
        first, second, third = runs
        writing += len(first) > 1
        random = {place for place, one in enumerate(first) if one != second[place]}
        kept = [one for place, one in enumerate(first) if place not in random]
        if [one for place, one in enumerate(third) if place not in random] != kept:
            found.append(told(cell, (first[0], third[0])))

    assert "\n".join(found) == ""
    assert writing > 30  # of the forms, so many did write
