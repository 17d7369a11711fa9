"""What the head of a case page tells programs."""

import json
import re

from flask import Flask
from flask.testing import FlaskClient

from tests.case_pages import FULL, keep
from tests.make import a_case
from tests.sites import site_of

FULL_FA = FULL.replace("/en/", "/fa/")


def test_the_head_tells_programs_what_the_page_is(full: FlaskClient) -> None:
    html = full.get(FULL).text

    base = "http://localhost"
    assert f'<link rel="canonical" href="{base}{FULL}">' in html
    assert f'hreflang="fa" href="{base}{FULL_FA}"' in html
    assert f'hreflang="x-default" href="{base}{FULL}"' in html
    assert '<meta property="og:locale" content="en_GB">' in html
    assert '<meta name="citation_title" content="Clean air zone">' in html


def test_the_article_is_described_as_json_ld(full: FlaskClient) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', full.get(FULL).text, re.DOTALL)
    assert found

    article, crumbs = json.loads(found[1])["@graph"]

    assert article["@type"] == "Article"
    assert article["inLanguage"] == "fa"
    assert article["spatialCoverage"]["geo"]["latitude"] == 35.6892
    assert [step["position"] for step in crumbs["itemListElement"]] == [1, 2, 3]


def test_a_title_cannot_leave_its_place(app: Flask) -> None:
    keep(site_of(app), a_case(title='</script><b>"&'))

    html = app.test_client().get("/en/cases/tehran/clean-air").text

    assert "</script><b>" not in html
    assert "<b>&#34;" not in html
