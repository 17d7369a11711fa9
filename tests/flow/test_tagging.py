"""Tags made on the web: by whom, how many, and that they outlive an import."""

import pytest

from knowledgebase.domain.errors import Invalid, NotAllowed, NotFound
from knowledgebase.domain.record import Origin
from knowledgebase.domain.tagging import TAGS_OF_CASE
from knowledgebase.intake.query import read
from knowledgebase.services import reading, searching, tagging
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing, outbox
from tests.make import a_case
from tests.people import lines_of
from tests.tagging import CASE, a_document, a_tag, bring, contributor, counted, member, tags_of


def test_a_city_tags_its_case(exchange: Site) -> None:
    bring(exchange, "Diesel")
    writer = contributor(exchange)

    given = tagging.add(exchange, CASE, a_tag("Smog"), by=writer)

    assert given == a_tag("Smog")
    assert tags_of(exchange) == ["Diesel", "Smog"]
    assert counted(exchange, "smog") == 1
    assert lines_of(exchange, f"case:{CASE}")[0] == ("tagged", writer.name)


def test_a_tag_of_the_web_is_found(exchange: Site) -> None:
    bring(exchange)
    tagging.add(exchange, CASE, a_tag("Smog"), by=contributor(exchange))

    document = a_document(exchange)

    assert document.facets["tag"] == ("smog",)
    assert "smog" in document.exact.split()
    with exchange.store.reading() as db:
        assert outbox.ids(db) == {CASE}


def test_a_tag_of_the_web_is_found_while_the_engine_is_away(exchange: Site) -> None:
    bring(exchange)
    tagging.add(exchange, CASE, a_tag("Tramway"), by=contributor(exchange))

    results = searching.search(exchange, read({"q": ["tramway"]}), language="en")

    assert results.is_degraded
    assert [hit.card.id for hit in results.hits] == [CASE]


def test_a_tag_of_the_web_outlives_an_import(exchange: Site) -> None:
    bring(exchange, "Diesel")
    tagging.add(exchange, CASE, a_tag("Smog"), by=contributor(exchange))

    bring(exchange, "Lorries", what="revised")

    assert tags_of(exchange) == ["Lorries", "Smog"]


def test_a_tag_that_the_case_has_changes_nothing(exchange: Site) -> None:
    bring(exchange, "هوای پاک")
    writer = contributor(exchange)
    before = reading.case_key(exchange, CASE)

    given = tagging.add(exchange, CASE, a_tag("هواي\u200cپاك"), by=writer)

    assert given.folded == a_tag("هوای پاک").folded
    assert reading.case_key(exchange, CASE) == before


def test_a_case_has_at_most_twenty_tags(exchange: Site) -> None:
    bring(exchange, *(f"file {number}" for number in range(10)))
    writer = contributor(exchange)
    for number in range(TAGS_OF_CASE - 10):
        tagging.add(exchange, CASE, a_tag(f"web {number}"), by=writer)

    with pytest.raises(Invalid, match="too-many-tags"):
        tagging.add(exchange, CASE, a_tag("one more"), by=writer)


def test_a_tag_of_the_web_is_taken_away(exchange: Site) -> None:
    bring(exchange, "Diesel")
    writer = contributor(exchange)
    tagging.add(exchange, CASE, a_tag("Smog"), by=writer)

    tagging.remove(exchange, CASE, "smog", by=writer)
    tagging.remove(exchange, CASE, "smog", by=writer)

    assert tags_of(exchange) == ["Diesel"]
    assert counted(exchange, "smog") == 0
    assert [action for action, _ in lines_of(exchange, f"case:{CASE}")].count("untagged") == 1


@pytest.mark.parametrize("origin", list(Origin))
def test_a_tag_of_the_text_is_changed_with_the_text(exchange: Site, origin: Origin) -> None:
    bring(exchange, "Diesel", origin=origin)

    with pytest.raises(Invalid, match=f"tag-of-{origin}"):
        tagging.remove(exchange, CASE, "diesel", by=contributor(exchange))

    assert tags_of(exchange) == ["Diesel"]


def test_only_the_city_tags_its_case(exchange: Site) -> None:
    bring(exchange)

    for stranger in (contributor(exchange, "seoul"), member(exchange, "tehran")):
        with pytest.raises(NotAllowed):
            tagging.add(exchange, CASE, a_tag("Smog"), by=stranger)


def test_a_withdrawn_case_has_no_tags_to_change(exchange: Site) -> None:
    bring(exchange)
    with exchange.store.writing() as db:
        case_writing.withdraw(db, CASE, at=exchange.now(), by="import")

    with pytest.raises(NotFound):
        tagging.add(exchange, CASE, a_tag("Smog"), by=contributor(exchange))


def test_the_editor_is_told_which_tags_are_the_texts_own(exchange: Site) -> None:
    bring(exchange, case=a_case(tags=("Diesel",)))
    writer = contributor(exchange)
    tagging.add(exchange, CASE, a_tag("Smog"), by=writer)

    told = tagging.tags_of(exchange, CASE, by=writer)

    assert [(tag.written.shown, tag.is_of_text) for tag in told] == [("Diesel", True), ("Smog", False)]
