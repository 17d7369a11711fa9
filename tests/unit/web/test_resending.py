"""Where a log-in leads afterwards: to a page of this very site, whatever an address pretends to be."""

import pytest
from flask import Flask

from knowledgebase.web.resending import is_here, next_of

ELSEWHERE = [
    "",
    "en/topics/",
    "//evil.example",
    "///evil.example",
    "////evil.example/en/",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example/en/",
    "HTTPS://EVIL.EXAMPLE",
    "http:/evil.example",
    "https:/en/",
    "javascript:alert(1)",
    "JavaScript:alert(1)//en/",
    "data:text/html,x",
    "mailto:mina@tehran.example",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nLocation: https://evil.example",
    "/%09//evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "/en/topics/\x00",
    " /en/topics/",
    "/en/topics/ ",
    "/@evil.example",
    "/.evil.example",
    "/..//evil.example",
    "//[::1",
    "//user@evil.example/en/",
    "/en//evil.example",
    "/en/nowhere",
    "/\u202een/topics/",
    "/\u200ben/",
    "?next=//evil.example",
    "#/en/",
    "/en/log-out",  # answers no GET
    "/en/topics/" + "?a=" + "x" * 2_000,
]
HERE = [
    "/en/topics/",
    "/fa/",
    "/en/search?q=//evil.example",
    "/en/cases/tehran/clean-air#c-results",
    "/fa/desk",
]


@pytest.mark.parametrize("path", ELSEWHERE)
def test_an_address_that_is_not_ours_leads_to_the_front_page(bare: Flask, path: str) -> None:
    with bare.test_request_context("/en/log-in"):
        assert not is_here(path)
        assert next_of(path) == "/en/"


@pytest.mark.parametrize("path", HERE)
def test_a_page_of_ours_is_gone_back_to(bare: Flask, path: str) -> None:
    with bare.test_request_context("/en/log-in"):
        assert next_of(path) == path


def test_a_form_goes_on_only_to_where_forms_are_taken(bare: Flask) -> None:
    with bare.test_request_context("/en/log-in"):
        assert is_here("/en/cities/tehran/comments", "POST")
        assert not is_here("/en/topics/", "POST")
        assert not is_here("//evil.example/en/cities/tehran/comments", "POST")
