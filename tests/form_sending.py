"""Sends the forms of every route as no browser would, and watches what the database is asked to change."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Connection, event
from werkzeug.datastructures import ImmutableMultiDict

from knowledgebase.store.engine import Store
from tests.drafting import FIELDS as CASE
from tests.flow.test_route_matrix import FIELDS as DECISIONS
from tests.flow.test_route_matrix import Cell, address_of, cells
from tests.matrix import Matrix, build, undo_every_write
from tests.people import OTHER_PASSWORD, PASSWORD
from tests.sites import site_of

_CHANGES = re.compile(r"\s*(?:insert|update|delete)\b", re.IGNORECASE)
ROLES = ("city-admin", "platform-admin", "voice", "visitor", "contributor")
OF_CASE = {"write.change", "write.preview", "draft_acts.choose"}  # their views look through all fields
VALID: Mapping[str, str] = {
    **CASE,
    **DECISIONS,
    "name": "Nima Rad",
    "position": "Engineer",
    "office": "Water",
    "email": "new@tehran.example",
    "letter": "We are the water office.",
    "platform_role": "moderator",
    "current": PASSWORD,
    "password": OTHER_PASSWORD,
    "note": "A note.",
    "how": "visit",
    "tag": "Wind",
    "began": "1",
    "do": "save",
}
_asked: set[str] = set()


class Recording(ImmutableMultiDict[str, str]):
    """A form that notes which fields the view asks for."""

    def get(self, key: str, *others: Any, **more: Any) -> Any:
        _asked.add(key)
        return super().get(key, *others, **more)

    def getlist(self, key: str, *others: Any, **more: Any) -> Any:
        _asked.add(key)
        return super().getlist(key, *others, **more)

    def __contains__(self, key: object) -> bool:
        _asked.add(str(key))
        return super().__contains__(key)


def forms(app: Flask) -> Iterator[Cell]:
    """Return every form once, of whoever may send it."""
    done: set[tuple[str, str]] = set()
    order = {role: place for place, role in enumerate(ROLES)}
    known = [
        cell for cell in cells(app) if cell.role in order and cell.where == "own" and cell.method != "GET"
    ]
    for cell in sorted(known, key=lambda cell: (cell.rule.endpoint, cell.act, order[cell.role])):
        name = (cell.rule.endpoint, cell.act)
        if cell.expected() is None and name not in done:
            done.add(name)
            yield cell


def send(app: Flask, matrix: Matrix, cell: Cell, fields: Mapping[str, Any]) -> int:
    """Send a form and return the status; where `app.testing` is off a broken view answers 500."""
    caller = matrix.callers[cell.role]
    data = {"token": "token-of-a-fuzzed-form", **fields, "csrf_token": caller.token}
    address = address_of(app, cell, matrix.places["own"])
    with app.test_client(use_cookies=False) as browser:
        answer = browser.post(address, data=encoded(data), headers=headers_of(caller.cookies))
        answer.close()
    return answer.status_code


def headers_of(cookies: str) -> dict[str, str]:
    return {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}


def encoded(data: Mapping[str, str | bytes | Sequence[str]]) -> bytes:
    """Return fields as a browser writes them; bytes are sent as they are."""
    parts = []
    for name, value in data.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            raw = one.encode("utf-8", "surrogatepass") if isinstance(one, str) else bytes(one)  # type: ignore[arg-type]
            parts.append(quoted(name.encode()) + b"=" + quoted(raw))
    return b"&".join(parts)


def quoted(raw: bytes) -> bytes:
    return "".join(f"%{byte:02x}" for byte in raw).encode() if len(raw) < 50_000 else raw


def fields_of(app: Flask, matrix: Matrix, cell: Cell) -> list[str]:
    """Return the names of the fields that a view reads."""
    _asked.clear()
    send(app, matrix, cell, VALID)
    send(app, matrix, cell, {})
    of_case = {*CASE, "sources.1.url", "results.1.unit"} if cell.rule.endpoint in OF_CASE else set()
    return sorted((_asked | of_case) - {"csrf_token"})


class Written:
    """What ended transactions have changed; those that an error ended changed nothing."""

    def __init__(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pending: list[tuple[str, Any]] = []
        self.kept: list[tuple[str, Any]] = []
        event.listen(site_of(app).store.engine, "before_cursor_execute", self.note)
        writing = Store.writing

        @contextmanager
        def watched(store: Store, *args: Any, **how: Any) -> Iterator[Connection]:
            self.pending = []
            with writing(store, *args, **how) as db:
                yield db
            self.kept += self.pending

        monkeypatch.setattr(Store, "writing", watched)

    def note(self, _db: Connection, _cursor: Any, statement: str, values: Any, *_others: Any) -> None:
        if _CHANGES.match(statement) and "attempts" not in statement:  # tries are counted, also refused ones
            self.pending.append((statement, values))

    def taken(self) -> list[tuple[str, Any]]:
        """Return what was changed since it was asked last."""
        found, self.kept = self.kept, []
        return found


def watch(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Matrix:
    """Make an exchange in which every write is undone, and note which fields views read."""
    built = build(app)
    undo_every_write(monkeypatch)
    monkeypatch.setattr(app.request_class, "parameter_storage_class", Recording)
    return built


def told(cell: Cell, what: object) -> str:
    """Return a line about a cell."""
    return f"{cell.role} {cell.rule.rule} {cell.act}: {what}"
