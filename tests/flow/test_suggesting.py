"""Suggestions while typing a tag: in use, in any language and spelling, of the vocabulary, mended."""

import pytest

from knowledgebase.services import suggesting, tag_rules
from knowledgebase.services.site import Site
from tests.tagging import a_tag, bring, chief


def suggested(site: Site, typed: str, language: str = "en") -> list[tuple[str, int]]:
    return [(one.tag.shown, one.cases) for one in suggesting.suggest(site, typed, language=language)]


def test_tags_in_use_come_first_by_their_use(exchange: Site) -> None:
    bring(exchange, "Waste sorting", "Wasteland", case_id="tehran/one")
    bring(exchange, "Wasteland", case_id="tehran/two")

    assert suggested(exchange, "WAST")[:2] == [("Wasteland", 2), ("Waste sorting", 1)]


def test_another_spelling_finds_a_tag(exchange: Site) -> None:
    bring(exchange, "هوای پاک")

    assert suggested(exchange, "هواي\u200cپا", "fa")[0] == ("هوای پاک", 1)


def test_another_language_finds_a_tag(exchange: Site) -> None:
    bring(exchange, "کمپوست")

    assert ("کمپوست", 1) in suggested(exchange, "composting")


def test_the_vocabulary_speaks_the_readers_language_first(exchange: Site) -> None:
    found = suggesting.suggest(exchange, "compost", language="fr")

    assert found
    assert found[0].language == "fr"
    assert all(one.cases == 0 for one in found)


def test_a_typing_error_is_mended(exchange: Site) -> None:
    bring(exchange, "Wetlands")

    assert suggested(exchange, "wetlads") == [("Wetlands", 1)]


@pytest.mark.parametrize("typed", ["", "   ", "\u200c", "!", "\u202e"])
def test_nothing_typed_suggests_nothing(exchange: Site, typed: str) -> None:
    bring(exchange, "Air")

    assert suggested(exchange, typed) == []


def test_ten_are_enough(exchange: Site) -> None:
    for number in range(15):
        bring(exchange, f"Tag {number}", case_id=f"tehran/case-{number}")

    assert len(suggested(exchange, "tag")) == 10


def test_a_forbidden_tag_is_never_suggested(exchange: Site) -> None:
    bring(exchange, "Composting")
    before = suggested(exchange, "composting")

    tag_rules.forbid(exchange, "composting", by=chief(exchange))

    assert "composting" in {shown.lower() for shown, _ in before}
    assert "composting" not in {shown.lower() for shown, _ in suggested(exchange, "composting")}


def test_a_merged_tag_suggests_what_it_counts_as(exchange: Site) -> None:
    bring(exchange, "Zzair")
    tag_rules.merge(exchange, "luft", a_tag("Zzair"), by=chief(exchange))

    assert suggested(exchange, "luf")[0] == ("Zzair", 1)


def test_the_longest_text_is_taken_calmly(exchange: Site) -> None:
    assert suggested(exchange, "x" * 100_000) == []
