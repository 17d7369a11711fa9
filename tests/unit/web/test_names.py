"""Names of countries and languages."""

import pytest

from knowledgebase.domain.language import INTERFACE
from knowledgebase.text import lists
from knowledgebase.web import names


def test_a_country_is_named_in_the_reader_s_language() -> None:
    assert names.country("IR", "fa") == "ایران"
    assert names.country("IR", "en") == "Iran"


def test_a_reviewed_name_stands_before_the_one_of_cldr() -> None:
    assert names.country("CD", "en") == "Democratic Republic of the Congo"
    assert names.country("MM", "fa") == "میانمار"


@pytest.mark.parametrize("language", INTERFACE)
def test_every_country_of_the_format_has_a_name_without_brackets_or_dashes(language: str) -> None:
    shown = {code: names.country(code, language) for code in lists.codes("country")}

    assert [code for code, name in shown.items() if name == code] == []
    assert [name for name in shown.values() if "(" in name or " - " in name] == []


def test_unknown_codes_are_shown_as_they_are() -> None:
    assert names.country("QQ", "en") == "QQ"
    assert names.language_name("xzz", "fa") == "xzz"


def test_a_language_names_itself() -> None:
    assert [names.own_name(tag) for tag in ("fa", "en", "fr")] == ["فارسی", "English", "français"]
