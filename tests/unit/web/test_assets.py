"""Static files stand under an address that changes with them."""

import pytest
from flask import Flask

from knowledgebase.web.assets import FOR_EVER, static_url, version


def test_a_file_of_today_may_be_kept_for_ever(bare: Flask) -> None:
    with bare.app_context():
        address = static_url("vendor/icons.svg")

    with bare.test_client().get(address) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
        assert answer.headers["Cache-Control"] == FOR_EVER


@pytest.mark.parametrize("address", ["/static/0123456789ab/js/slash.js", "/static/js/slash.js"])
def test_a_file_of_another_version_is_sent_but_not_kept(bare: Flask, address: str) -> None:
    with bare.test_client().get(address) as answer:
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "no-cache"


def test_all_styles_come_as_one_sheet_in_the_order_of_their_layers(bare: Flask) -> None:
    with bare.app_context():
        address = f"/static/{version()}/site.css"

    text = bare.test_client().get(address).text

    places = [text.index(f"@layer {name} {{") for name in ("tokens", "base", "layout", "parts")]
    assert places == sorted(places)


def test_a_path_out_of_the_folder_is_not_found(bare: Flask) -> None:
    answer = bare.test_client().get("/static/x/../../wsgi.py")

    assert answer.status_code == 404
