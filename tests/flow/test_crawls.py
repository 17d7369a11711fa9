"""Every route of the map is asked: foreign forms, headers, private pages, and that reading writes nothing."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from knowledgebase.app import create_app
from knowledgebase.config import Settings
from knowledgebase.web.permits import EXEMPT
from knowledgebase.web.security import HEADERS
from tests.counting import counting
from tests.flow.test_route_matrix import FIELDS, Cell, address_of, cells
from tests.matrix import Matrix, build
from tests.sites import site_of

_WRITES = re.compile(r"\s*(?:insert|update|delete|replace|create|drop|alter)\b", re.IGNORECASE)


@pytest.fixture
def matrix(app: Flask) -> Matrix:
    return build(app)


def routes(app: Flask, role: str, *, is_get: bool) -> Iterator[Cell]:
    """Return a cell of every route and method, in the caller's own city."""
    for cell in cells(app):
        if cell.role == role and cell.where == "own" and (cell.method == "GET") is is_get:
            yield cell


def send(
    app: Flask,
    matrix: Matrix,
    cell: Cell,
    fields: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> TestResponse:
    address = address_of(app, cell, matrix.places["own"])
    told = {"Cookie": matrix.callers[cell.role].cookies, **(headers or {})}
    with app.test_client(use_cookies=False) as browser:
        answer = browser.open(address, method=cell.method, data=fields, headers=told)
        answer.get_data()
        answer.close()
    return answer


def written(statements: list[str]) -> list[str]:
    """Return the statements that change something."""
    return [statement for statement in statements if _WRITES.match(statement)]


def tell(cell: Cell, what: object) -> str:
    return f"{cell.role} {cell.method} {cell.rule.rule} {cell.act}: {what}"


def foreign_forms(token: str) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """Return what pages that are not ours send: fields of the token, and headers."""
    yield {}, {}
    yield {"csrf_token": f"{token}x"}, {}
    yield {"csrf_token": token}, {"Sec-Fetch-Site": "cross-site"}
    yield {"csrf_token": token}, {"Sec-Fetch-Site": "same-site"}
    yield {"csrf_token": token}, {"Origin": "https://evil.example"}
    yield {"csrf_token": token}, {"Origin": "null"}


@pytest.mark.parametrize("role", ["visitor", "city-admin", "platform-admin"])
def test_no_route_takes_a_form_that_no_page_of_ours_sent(app: Flask, matrix: Matrix, role: str) -> None:
    fields = {**FIELDS, "token": "token-of-a-foreign-form"}
    found, count = [], 0

    with counting(site_of(app).store) as counted:
        for cell in routes(app, role, is_get=False):
            for token, headers in foreign_forms(matrix.callers[role].token):
                if cell.rule.endpoint in EXEMPT:
                    continue
                answer = send(app, matrix, cell, fields | token, headers)
                count += 1
                if answer.status_code != 403:
                    found.append(tell(cell, (answer.status_code, token, headers)))

    assert "\n".join(found) == ""
    assert written(counted.statements) == []
    assert count > 6 * 60


@pytest.mark.parametrize("role", ["visitor", "city-admin", "platform-admin"])
def test_reading_writes_nothing(app: Flask, matrix: Matrix, role: str) -> None:
    found = []

    for cell in routes(app, role, is_get=True):
        with counting(site_of(app).store) as counted:
            send(app, matrix, cell)
        if changes := written(counted.statements):
            found.append(tell(cell, changes))

    assert "\n".join(found) == ""


@pytest.mark.parametrize("role", ["visitor", "platform-admin"])
def test_every_answer_carries_the_headers(app: Flask, matrix: Matrix, role: str) -> None:
    found = []

    for cell in [*routes(app, role, is_get=True), *routes(app, role, is_get=False)]:
        answer = send(app, matrix, cell)
        lacking = [name for name, value in HEADERS.items() if not answer.headers.get(name)]
        if lacking or "unsafe" in answer.headers["Content-Security-Policy"]:
            found.append(tell(cell, lacking))

    assert "\n".join(found) == ""


def provoked(app: Flask) -> dict[int, TestResponse]:
    """Return an answer of each status that a server gives by itself."""
    app.testing = False
    client = app.test_client()
    client.set_cookie("kb", "x" * 43)
    answers = [
        client.get("/en/nowhere"),
        client.put("/en/log-in"),
        client.post("/en/log-in", data=b"x" * 1_100_000),
        client.get("/en/", headers={"Host": "evil.example"}),
        client.post("/en/log-in"),
    ]
    far = {"X-Forwarded-For": "203.0.113.9"}
    answers += [client.get("/en/search", headers=far) for _ in range(6)]
    site = site_of(app)
    reading = type(site.store).reading
    try:
        type(site.store).reading = lambda *_, **__: 1 / 0  # type: ignore[method-assign, assignment]
        answers.append(client.get("/en/topics/"))
    finally:
        type(site.store).reading = reading  # type: ignore[method-assign]
    return {answer.status_code: answer for answer in answers}


def test_every_refusal_and_failure_carries_the_headers(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path / "far", secret_key="k" * 40, proxies=1)
    app = create_app(settings)
    site_of(app).store.upgrade()

    answers = provoked(app)
    site_of(app).close()

    assert {400, 403, 404, 405, 413, 429, 500} <= set(answers)
    for answer in answers.values():
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_pages_for_people_are_kept_by_no_cache(app: Flask, matrix: Matrix) -> None:
    found, count = [], 0

    for cell in routes(app, "platform-admin", is_get=True):
        answer = send(app, matrix, cell)
        if answer.status_code != 200 or answer.mimetype != "text/html":  # the same for everybody
            continue
        count += 1
        if answer.headers["Cache-Control"] != "no-store" or "Cookie" not in answer.vary:
            found.append(tell(cell, (answer.headers["Cache-Control"], answer.vary)))

    assert "\n".join(found) == ""
    assert count > 40


def test_pages_for_visitors_are_different_by_cookie(app: Flask, matrix: Matrix) -> None:
    found = []

    for cell in routes(app, "visitor", is_get=True):
        answer = send(app, matrix, cell)
        if answer.mimetype == "text/html" and "Cookie" not in answer.vary:
            found.append(tell(cell, answer.vary))

    assert "\n".join(found) == ""


def test_pages_behind_a_secret_are_kept_by_no_cache_and_not_listed(app: Flask, matrix: Matrix) -> None:
    token = matrix.places["own"].arguments["token"]
    found = []

    for path in (f"/en/drafts/{token}", f"/en/drafts/{token}/sheet", "/en/join/x", "/en/reset/x"):
        answer = app.test_client().get(path)
        is_listed = "noindex" not in answer.text and "noindex" not in answer.headers.get("X-Robots-Tag", "")
        if answer.headers["Cache-Control"] != "no-store" or is_listed:
            found.append(f"{path}: {answer.status_code} {answer.headers['Cache-Control']} {is_listed}")

    assert found == []
