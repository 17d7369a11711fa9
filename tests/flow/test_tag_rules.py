"""Rules for tags: all cases and the index follow, files stay, an import brings nothing back."""

import pytest

from knowledgebase.domain.errors import Invalid, NotAllowed, NotFound
from knowledgebase.domain.record import Tag
from knowledgebase.domain.tagging import TagRule
from knowledgebase.services import indexing, rebuilding, reconciling, tag_rules, tagging
from knowledgebase.services.site import Site
from knowledgebase.store import case_additions, outbox
from knowledgebase.store import tag_rules as stored_rules
from tests.people import lines_of
from tests.stored_cases import found as stored
from tests.tagging import (
    CASE,
    a_document,
    a_tag,
    bring,
    chief,
    city_admin,
    contributor,
    counted,
    listed,
    moderator,
    tags_of,
)

OTHER = "tehran/quiet-nights"


def test_a_merged_tag_counts_as_the_other(exchange: Site) -> None:
    bring(exchange, "Luft")
    bring(exchange, "Air", case_id=OTHER)

    tag_rules.merge(exchange, "luft", a_tag("air"), by=chief(exchange))

    assert (tags_of(exchange), tags_of(exchange, OTHER)) == (["Air"], ["Air"])
    assert listed(exchange) == {"Air": 2}
    assert a_document(exchange).facets["tag"] == ("air",)
    assert stored(exchange.store).case.tags == ("Luft",)


def test_only_changed_cases_are_queued_for_the_index(exchange: Site) -> None:
    bring(exchange, "Luft")
    bring(exchange, "Air", case_id=OTHER)
    with exchange.store.writing() as db:
        outbox.keep(db, [(CASE, 99), (OTHER, 99)])

    tag_rules.merge(exchange, "luft", a_tag("air"), by=chief(exchange))

    with exchange.store.reading() as db:
        assert outbox.ids(db) == {CASE}


def test_a_case_with_both_tags_has_one_after_the_merging(exchange: Site) -> None:
    bring(exchange, "Luft", "Air")

    tag_rules.merge(exchange, "luft", a_tag("air"), by=chief(exchange))

    assert tags_of(exchange) == ["Air"]
    assert counted(exchange, "air") == 1


def test_an_import_does_not_bring_a_merged_tag_back(exchange: Site) -> None:
    bring(exchange, "Luft")
    tag_rules.merge(exchange, "luft", a_tag("Air"), by=chief(exchange))

    bring(exchange, "Luft", "Diesel", what="revised")

    assert tags_of(exchange) == ["Air", "Diesel"]
    assert listed(exchange) == {"Air": 1, "Diesel": 1}


def test_mergings_follow_one_another(exchange: Site) -> None:
    bring(exchange, "Luft")
    admin = chief(exchange)
    tag_rules.merge(exchange, "luft", a_tag("Air"), by=admin)

    tag_rules.merge(exchange, "air", a_tag("Clean air"), by=admin)

    assert tags_of(exchange) == ["Clean air"]
    assert tag_rules.led_to(exchange, "luft") == "clean air"


def test_mergings_in_a_circle_are_refused(exchange: Site) -> None:
    admin = chief(exchange)
    tag_rules.merge(exchange, "a", a_tag("B"), by=admin)
    tag_rules.merge(exchange, "b", a_tag("C"), by=admin)

    with pytest.raises(Invalid, match="merge-circle"):
        tag_rules.merge(exchange, "c", a_tag("A"), by=admin)


def test_a_tag_gets_one_spelling(exchange: Site) -> None:
    bring(exchange, "AIR quality")
    bring(exchange, "air QUALITY", case_id=OTHER)

    tag_rules.merge(exchange, "air quality", a_tag("Air quality"), by=chief(exchange))

    assert listed(exchange) == {"Air quality": 2}
    assert tags_of(exchange, OTHER) == ["Air quality"]


def test_a_forbidden_tag_vanishes_and_cannot_be_added(exchange: Site) -> None:
    bring(exchange, "Spam", "Air")

    tag_rules.forbid(exchange, "spam", by=chief(exchange), reason="advertising")

    assert tags_of(exchange) == ["Air"]
    assert listed(exchange) == {"Air": 1}
    assert "spam" not in a_document(exchange).exact.split()
    with pytest.raises(Invalid, match="tag-forbidden"):
        tagging.add(exchange, CASE, a_tag("SPAM"), by=contributor(exchange))


def test_a_forbidden_tag_stays_away_after_an_import(exchange: Site) -> None:
    tag_rules.forbid(exchange, "spam", by=chief(exchange))

    bring(exchange, "Spam", "Air")

    assert tags_of(exchange) == ["Air"]
    assert stored(exchange.store).case.tags == ("Spam", "Air")


def test_nothing_is_merged_into_a_forbidden_tag(exchange: Site) -> None:
    admin = chief(exchange)
    tag_rules.forbid(exchange, "spam", by=admin)

    with pytest.raises(Invalid, match="tag-forbidden"):
        tag_rules.merge(exchange, "air", a_tag("Spam"), by=admin)


@pytest.mark.parametrize("decide", ["merge", "forbid"])
def test_a_rule_is_undone(exchange: Site, decide: str) -> None:
    bring(exchange, "Luft")
    admin = chief(exchange)
    if decide == "merge":
        tag_rules.merge(exchange, "luft", a_tag("Air"), by=admin)
    else:
        tag_rules.forbid(exchange, "luft", by=admin)
    bring(exchange, "Luft", what="revised")

    tag_rules.take_back(exchange, "luft", by=admin)

    assert tags_of(exchange) == ["Luft"]
    assert listed(exchange) == {"Luft": 1}
    assert lines_of(exchange, "tag:luft")[0][0] == "tag-rule-undone"


def test_an_added_tag_is_stored_as_what_it_counts_as(exchange: Site) -> None:
    bring(exchange)
    admin = chief(exchange)
    tag_rules.merge(exchange, "luft", a_tag("Air"), by=admin)

    given = tagging.add(exchange, CASE, a_tag("Luft"), by=contributor(exchange))

    tag_rules.take_back(exchange, "luft", by=admin)
    assert given == Tag("air", "Air")
    assert tags_of(exchange) == ["Air"]


def test_many_cases_follow_in_steps(exchange: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tag_rules, "STEP", 2)
    for number in range(5):
        bring(exchange, "Luft", case_id=f"tehran/case-{number}")

    tag_rules.merge(exchange, "luft", a_tag("Air"), by=chief(exchange))

    assert listed(exchange) == {"Air": 5}
    assert tag_rules.follow(exchange) == 0


def test_what_a_dying_process_left_undone_is_done_later(
    exchange: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(exchange, "Luft")
    admin = chief(exchange)
    with monkeypatch.context() as dying:
        dying.setattr(tag_rules, "follow", lambda _: 0)
        tag_rules.merge(exchange, "luft", a_tag("Air"), by=admin)

    left = tags_of(exchange)
    tag_rules.follow(exchange)

    assert (left, tags_of(exchange)) == (["Luft"], ["Air"])


def test_a_rule_changed_while_cases_follow_begins_anew(exchange: Site) -> None:
    bring(exchange, "Luft")
    with exchange.store.writing() as db:
        stored_rules.put(db, TagRule("luft", "air", "Air", at=exchange.now(), by="x"))
        step = stored_rules.restating(db)[0]
        last = case_additions.restate(db, step.folded, step.after, 9, at=exchange.now())
        stored_rules.advance(db, step, last)
        stored_rules.put(db, TagRule("luft", "sky", "Sky", at=exchange.now(), by="x"))

    tag_rules.follow(exchange)

    assert tags_of(exchange) == ["Sky"]


def test_the_index_agrees_after_rules_and_an_import(exchange: Site) -> None:
    bring(exchange, "Luft", "Spam")
    bring(exchange, "Air", case_id=OTHER)
    rebuilding.reindex(exchange)
    admin = chief(exchange)
    tag_rules.merge(exchange, "luft", a_tag("Air"), by=admin)
    tag_rules.forbid(exchange, "spam", by=admin)
    bring(exchange, "Luft", "Diesel", what="revised")

    indexing.drain(exchange)

    live = exchange.index.live()
    assert live
    drift = reconciling.compare(exchange, live)
    assert (drift.is_none, drift.waiting) == (True, 0)


def test_only_the_exchanges_admins_make_rules(exchange: Site) -> None:
    for somebody in (city_admin(exchange), moderator(exchange)):
        with pytest.raises(NotAllowed):
            tag_rules.merge(exchange, "luft", a_tag("Air"), by=somebody)
        with pytest.raises(NotAllowed):
            tag_rules.forbid(exchange, "luft", by=somebody)
        with pytest.raises(NotAllowed):
            tag_rules.rules(exchange, by=somebody)


def test_a_tag_without_a_rule_leads_nowhere(exchange: Site) -> None:
    with pytest.raises(NotFound):
        tag_rules.led_to(exchange, "air")


def test_the_rules_are_listed_the_last_first(exchange: Site) -> None:
    admin = chief(exchange)
    tag_rules.merge(exchange, "luft", a_tag("Air"), by=admin, reason="one word")
    tag_rules.forbid(exchange, "spam", by=admin)

    rules, has_more = tag_rules.rules(exchange, by=admin)

    assert {rule.folded: rule.reason for rule in rules} == {"luft": "one word", "spam": None}
    assert not has_more
