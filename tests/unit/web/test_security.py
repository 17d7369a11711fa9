"""What every answer carries, and what no request may exceed."""

import pytest
from flask import Flask, request

from knowledgebase.web.assets import version
from knowledgebase.web.security import BODY_MAX, FORM_PARTS_MAX, HEADERS, POLICY
from tests.unit.web.conftest import add_route, bare_app

ADDRESSES = ["/", "/fa/nowhere", "/nowhere", "/api/v1/nowhere", "/static/nowhere.css"]


def form_app() -> Flask:
    app = bare_app()

    def view() -> str:
        return str(len(request.form))

    add_route(app, "/<interface:language>/form", "form", view, methods=["POST"])
    return app


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_carries_the_headers(bare: Flask, address: str) -> None:
    answer = bare.test_client().get(address)

    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_static_files_carry_the_headers_too(bare: Flask) -> None:
    with bare.app_context():
        address = f"/static/{version()}/site.css"

    answer = bare.test_client().get(address)

    assert answer.status_code == 200
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert POLICY.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in POLICY
    assert "*" not in POLICY


def test_transport_security_is_asked_for_where_the_site_is_https() -> None:
    plain = (
        bare_app(base_url="http://cities.example").test_client().get("/", base_url="http://cities.example")
    )
    secure = bare_app(base_url="https://cities.example").test_client()

    assert "Strict-Transport-Security" not in plain.headers
    assert "Strict-Transport-Security" in secure.get("/", base_url="https://cities.example").headers


@pytest.mark.parametrize("host", ["evil.example", "cities.example.evil.example", "localhost.evil.example"])
def test_a_foreign_name_is_refused_on_every_address(host: str) -> None:
    client = bare_app(base_url="https://cities.example").test_client()

    answer = client.get("/fa/nowhere", base_url=f"http://{host}")

    assert answer.status_code == 400
    assert host not in answer.text
    assert answer.headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("host", ["cities.example", "127.0.0.1:8000", "localhost"])
def test_the_site_answers_under_its_own_name_and_on_its_machine(host: str) -> None:
    client = bare_app(base_url="https://cities.example").test_client()

    assert client.get("/", base_url=f"http://{host}").status_code == 302


def test_forwarded_headers_are_not_believed_without_a_proxy(bare: Flask) -> None:
    answer = bare.test_client().get("/fa/nowhere", headers={"X-Forwarded-Host": "evil.example"})

    assert answer.status_code == 404
    assert "evil.example" not in answer.text


def test_a_body_that_is_too_large_is_refused_in_words() -> None:
    answer = (
        form_app()
        .test_client()
        .post("/fa/form", data=b"x" * (BODY_MAX + 1), content_type="application/x-www-form-urlencoded")
    )

    assert answer.status_code == 413
    assert "حجم" in answer.text


def test_a_form_of_too_many_parts_is_refused() -> None:
    parts = {f"part{at}": "x" for at in range(FORM_PARTS_MAX + 1)}

    answer = form_app().test_client().post("/fa/form", data=parts, content_type="multipart/form-data")

    assert answer.status_code == 413


def test_an_anonymous_page_sets_no_cookie(bare: Flask) -> None:
    answers = [bare.test_client().get(address) for address in ADDRESSES]

    assert [answer.headers.get("Set-Cookie") for answer in answers] == [None] * len(ADDRESSES)


def test_the_bare_address_leads_to_the_reader_s_language(bare: Flask) -> None:
    client = bare.test_client()
    client.set_cookie("language", "fa")

    answer = client.get("/", headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/fa/")
    assert {"Accept-Language", "Cookie"} <= set(answer.vary)
