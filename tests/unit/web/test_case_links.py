"""Addresses round a case: made safely, shown readably."""

import pytest

from knowledgebase.web import case_links


def test_a_persian_slug_is_quoted_in_addresses() -> None:
    assert case_links.markdown("fa", "tehran/هوا") == "/fa/cases/tehran/%D9%87%D9%88%D8%A7.md"
    assert case_links.history("fa", "tehran/هوا") == "/fa/cases/tehran/%D9%87%D9%88%D8%A7/history"
    assert case_links.cover("tehran/هوا", "ab12") == "/covers/tehran/%D9%87%D9%88%D8%A7/ab12.webp"


def test_an_address_is_read_as_letters() -> None:
    assert case_links.readable("https://a.ir/%D9%87%D9%88%D8%A7?x=1") == "https://a.ir/هوا?x=1"


@pytest.mark.parametrize("hidden", ["%20", "%0A", "%E2%80%AE", "%C2%A0", "%FF", "%E2%80%8B"])
def test_an_address_with_hidden_signs_is_shown_as_it_is(hidden: str) -> None:
    address = f"https://a.ir/x{hidden}y"

    assert case_links.readable(address) == address


def test_each_licence_leads_to_its_text() -> None:
    assert case_links.license_text("CC-BY-SA-4.0") == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert case_links.license_text("CC0-1.0") == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert case_links.license_text("ODbL-1.0") == "https://spdx.org/licenses/ODbL-1.0.html"
