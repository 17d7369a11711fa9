"""Translations that a city accepted: shown, credited, found, and lasting beyond an import."""

import pytest

from knowledgebase.domain.case import Translation, TranslatorKind
from knowledgebase.domain.person import Showing
from knowledgebase.domain.record import Contribution, Origin
from knowledgebase.intake.query import read
from knowledgebase.services import (
    indexing,
    people,
    proposing,
    reading,
    rebuilding,
    reconciling,
    searching,
)
from knowledgebase.services.site import Site
from tests.make import a_case
from tests.people import a_profile, id_of
from tests.stored_cases import found as stored
from tests.tagging import (
    CASE,
    FRENCH,
    a_translation,
    bring,
    city_admin,
    contributor,
    member,
    proposed,
    tags_of,
)


def test_an_accepted_translation_is_told_and_credited(exchange: Site) -> None:
    bring(exchange)
    mina = member(exchange)

    proposing.accept(exchange, proposed(exchange, mina, a_translation()), by=city_admin(exchange))

    record = stored(exchange.store)
    assert record.told.title_in("fr") == FRENCH.title
    assert record.credited == {"fr": Contribution(FRENCH, id_of(mina))}
    assert record.case.translations == {}
    assert record.revision == 1


def test_a_translation_by_the_cases_own_people_says_so(exchange: Site) -> None:
    bring(exchange)

    proposing.accept(
        exchange, proposed(exchange, contributor(exchange), a_translation()), by=city_admin(exchange)
    )

    assert stored(exchange.store).credited["fr"].translation.by is TranslatorKind.CITY


@pytest.mark.parametrize("origin", list(Origin))
def test_a_translation_and_a_tag_outlive_an_import(exchange: Site, origin: Origin) -> None:
    bring(exchange, origin=origin)
    mina, mayor = member(exchange), city_admin(exchange)
    proposing.accept(exchange, proposed(exchange, mina, a_translation()), by=mayor)
    proposing.accept(exchange, proposed(exchange, mina, form="t2"), by=mayor)

    bring(exchange, case=a_case(title="Cleaner air zone"), origin=origin, what="revised")

    record = stored(exchange.store)
    assert record.told.title_in("fr") == FRENCH.title
    assert tags_of(exchange) == ["Smog"]


def test_the_authors_own_translation_comes_first(exchange: Site) -> None:
    bring(exchange)
    proposing.accept(exchange, proposed(exchange, member(exchange), a_translation()), by=city_admin(exchange))
    own = Translation("Air pur", "Une zone.", TranslatorKind.CITY)

    bring(exchange, case=a_case(translations={"fr": own}), what="revised")

    record = stored(exchange.store)
    assert record.told.title_in("fr") == "Air pur"
    assert record.credited == {}


def test_a_card_speaks_the_translations_language(exchange: Site) -> None:
    bring(exchange)
    proposing.accept(exchange, proposed(exchange, member(exchange), a_translation()), by=city_admin(exchange))

    card = reading.newest(exchange)[0]

    assert (card.titles["fr"], card.translated_by) == (FRENCH.title, {"fr": "volunteer"})


def test_search_finds_by_an_accepted_translation(exchange: Site) -> None:
    bring(exchange)
    rebuilding.reindex(exchange)
    proposing.accept(exchange, proposed(exchange, member(exchange), a_translation()), by=city_admin(exchange))
    indexing.drain(exchange)

    results = searching.search(exchange, read({"q": ["vieux diesels"]}), language="en")

    assert [hit.card.id for hit in results.hits] == [CASE]
    assert not results.is_degraded
    live = exchange.index.live()
    assert live
    assert reconciling.compare(exchange, live).is_none


def test_an_accepted_translation_is_found_while_the_engine_is_away(exchange: Site) -> None:
    bring(exchange)
    proposing.accept(exchange, proposed(exchange, member(exchange), a_translation()), by=city_admin(exchange))

    results = searching.search(exchange, read({"q": ["dehors"]}), language="en")

    assert results.is_degraded
    assert [hit.card.id for hit in results.hits] == [CASE]


def test_undoing_brings_the_translation_accepted_before_back(exchange: Site) -> None:
    bring(exchange)
    mina, mayor = member(exchange), city_admin(exchange)
    better = Translation("Air pur", "Une zone.", TranslatorKind.VOLUNTEER)
    proposing.accept(exchange, proposed(exchange, mina, a_translation()), by=mayor)
    second = proposed(exchange, mina, a_translation(told=better), "t2")
    proposing.accept(exchange, second, by=mayor)
    during = stored(exchange.store).told.title_in("fr")

    proposing.reopen(exchange, second, by=mayor)

    assert (during, stored(exchange.store).told.title_in("fr")) == ("Air pur", FRENCH.title)


def test_a_changed_profile_changes_the_pages_that_name_the_translator(exchange: Site) -> None:
    bring(exchange)
    mina = member(exchange)
    proposing.accept(exchange, proposed(exchange, mina, a_translation()), by=city_admin(exchange))
    before = reading.case_key(exchange, CASE)

    people.change_profile(exchange, a_profile("Mina", shows=Showing.POSITION_AND_OFFICE), by=mina)

    assert reading.case_key(exchange, CASE) != before
