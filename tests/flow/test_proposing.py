"""Proposals of tags and translations: by whom, decided by whom, what the case gets, and that it lasts."""

import pytest

from knowledgebase.domain.case import Translation, TranslatorKind
from knowledgebase.domain.errors import Invalid, NotAllowed, NotFound, StaleRevision
from knowledgebase.domain.person import Actor, CityRole, rights
from knowledgebase.domain.proposal import OPEN_MAX, Draft, ProposalState
from knowledgebase.services import (
    people,
    proposing,
    reading,
    tag_rules,
    tagging,
)
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing
from tests.make import a_case
from tests.people import Clock, at_once, id_of, lines_of
from tests.tagging import (
    CASE,
    FORM,
    a_document,
    a_tag,
    a_translation,
    bring,
    chief,
    city_admin,
    contributor,
    member,
    moderator,
    proposed,
    tags_of,
)


def test_an_accepted_tag_is_the_cases(exchange: Site) -> None:
    bring(exchange, "Diesel")
    mina, mayor = member(exchange), city_admin(exchange)

    proposing.accept(exchange, proposed(exchange, mina), by=mayor, line="Thank you.")

    assert tags_of(exchange) == ["Diesel", "Smog"]
    told = lines_of(exchange, f"case:{CASE}")
    assert told[:2] == [("proposal-accepted", mayor.name), ("proposed", mina.name)]


def test_nothing_changes_before_a_decision(exchange: Site) -> None:
    bring(exchange)
    before = reading.case_key(exchange, CASE)

    proposed(exchange, member(exchange))

    assert reading.case_key(exchange, CASE) == before


def test_an_acceptance_is_undone(exchange: Site) -> None:
    bring(exchange)
    before = a_document(exchange)
    mina, mayor = member(exchange), city_admin(exchange)
    tag, told = proposed(exchange, mina), proposed(exchange, mina, a_translation(), "t2")
    for proposal in (tag, told):
        proposing.accept(exchange, proposal, by=mayor)

    for proposal in (tag, told):
        proposing.reopen(exchange, proposal, by=mayor)

    assert a_document(exchange).digest == before.digest
    waiting, _ = proposing.to_decide(exchange, by=mayor)
    assert {one.proposal.id for one in waiting} == {tag, told}


def test_undoing_leaves_a_tag_that_the_city_gave_itself(exchange: Site) -> None:
    bring(exchange)
    mayor = city_admin(exchange)
    proposal = proposed(exchange, member(exchange))
    tagging.add(exchange, CASE, a_tag("Smog"), by=mayor)
    proposing.accept(exchange, proposal, by=mayor)

    proposing.reopen(exchange, proposal, by=mayor)

    assert tags_of(exchange) == ["Smog"]


def test_a_refusal_is_told_with_its_line(exchange: Site) -> None:
    bring(exchange)
    mina = member(exchange)

    proposing.refuse(exchange, proposed(exchange, mina), by=city_admin(exchange), line="Not about smog.")

    (one,), _ = proposing.own(exchange, by=mina)
    assert one.proposal.state is ProposalState.REFUSED
    assert one.proposal.decision
    assert one.proposal.decision.line == "Not about smog."
    assert tags_of(exchange) == []


def test_deciding_twice_is_once_and_too_late_is_refused(exchange: Site) -> None:
    bring(exchange)
    mayor = city_admin(exchange)
    proposal = proposed(exchange, member(exchange))
    proposing.accept(exchange, proposal, by=mayor)

    proposing.accept(exchange, proposal, by=mayor)

    actions = [action for action, _ in lines_of(exchange, f"case:{CASE}")]
    assert actions.count("proposal-accepted") == 1
    with pytest.raises(StaleRevision):
        proposing.refuse(exchange, proposal, by=mayor)


def test_ones_own_proposal_is_taken_back(exchange: Site) -> None:
    bring(exchange)
    mina, mayor = member(exchange), city_admin(exchange)
    proposal = proposed(exchange, mina)

    proposing.withdraw(exchange, proposal, by=mina)

    assert proposing.to_decide(exchange, by=mayor) == ((), False)
    with pytest.raises(StaleRevision):
        proposing.accept(exchange, proposal, by=mayor)
    with pytest.raises(NotFound):
        proposing.withdraw(exchange, proposal, by=mayor)


def test_the_same_form_sent_twice_proposes_once(exchange: Site) -> None:
    bring(exchange)
    mina = member(exchange)

    first = proposed(exchange, mina)
    again = proposed(exchange, mina, Draft(tag=a_tag("Other")))

    assert again == first
    assert len(proposing.own(exchange, by=mina)[0]) == 1


def test_sixteen_sendings_of_one_form_propose_once(exchange: Site) -> None:
    bring(exchange)
    mina = member(exchange)

    done, refused = at_once(16, lambda _: proposed(exchange, mina))

    assert (len(set(done)), len(done), refused) == (1, 16, [])
    assert len(proposing.own(exchange, by=mina)[0]) == 1


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (Draft(tag=a_tag("diesel")), "tagged-already"),
        (Draft(tag=a_tag("Spam")), "tag-forbidden"),
        (a_translation("en"), "translated-already"),
        (a_translation("fa"), "translated-already"),
    ],
)
def test_what_a_case_cannot_get_is_refused_at_once(exchange: Site, draft: Draft, code: str) -> None:
    persian = Translation("هوای پاک", "منطقه", TranslatorKind.CITY)
    bring(exchange, case=a_case(tags=("Diesel",), translations={"fa": persian}))
    tag_rules.forbid(exchange, "spam", by=chief(exchange))

    with pytest.raises(Invalid, match=code):
        proposed(exchange, member(exchange), draft)


def test_what_waits_already_is_not_proposed_again(exchange: Site) -> None:
    bring(exchange)
    proposed(exchange, member(exchange))
    proposed(exchange, contributor(exchange), a_translation())
    mayor = city_admin(exchange)

    for draft in (Draft(tag=a_tag("SMOG")), a_translation()):
        with pytest.raises(Invalid, match="proposed-already"):
            proposed(exchange, mayor, draft)


def test_a_new_account_has_at_most_ten_open_proposals(exchange: Site, clock: Clock) -> None:
    bring(exchange)
    mina = member(exchange)
    for number in range(OPEN_MAX):
        proposed(exchange, mina, Draft(tag=a_tag(f"Tag {number}")), f"t{number}")

    with pytest.raises(Invalid, match="too-many-proposals"):
        proposed(exchange, mina, form="more")

    clock.go(days=31)
    assert proposed(exchange, mina, form="more")


def test_a_stranger_of_another_city_decides_nothing_and_knows_of_nothing(exchange: Site) -> None:
    bring(exchange)
    mina = member(exchange)
    proposal = proposed(exchange, mina)

    with pytest.raises(NotFound):
        proposing.accept(exchange, proposal, by=city_admin(exchange, "seoul"))
    with pytest.raises(NotAllowed):
        proposing.accept(exchange, proposal, by=mina)
    with pytest.raises(NotAllowed):
        proposing.to_decide(exchange, by=mina)
    with pytest.raises(NotAllowed):
        proposing.propose(exchange, CASE, Draft(tag=a_tag("X")), token=FORM, by=Actor.visitor())


def test_moderators_decide_for_every_city(exchange: Site) -> None:
    bring(exchange)
    judge = moderator(exchange)
    proposal = proposed(exchange, member(exchange))

    (one,), has_more = proposing.to_decide(exchange, by=judge)
    proposing.accept(exchange, proposal, by=judge)

    assert (one.proposal.id, one.title, has_more) == (proposal, "Clean air zone", False)
    assert one.face
    assert list(one.face.cities) == ["seoul"]
    assert tags_of(exchange) == ["Smog"]


def test_a_publisher_decides_and_a_plain_contributor_does_not(exchange: Site) -> None:
    bring(exchange)
    writer, mayor = contributor(exchange), city_admin(exchange)
    proposal = proposed(exchange, member(exchange))

    with pytest.raises(NotFound):
        proposing.accept(exchange, proposal, by=writer)
    publisher = rights(CityRole.CONTRIBUTOR, may_publish=True)
    people.change_membership(exchange, id_of(writer), "tehran", publisher, by=mayor)
    proposing.accept(exchange, proposal, by=writer)

    assert tags_of(exchange) == ["Smog"]


def test_nothing_is_proposed_for_a_withdrawn_case(exchange: Site) -> None:
    bring(exchange)
    mina, mayor = member(exchange), city_admin(exchange)
    proposal = proposed(exchange, mina)
    with exchange.store.writing() as db:
        case_writing.withdraw(db, CASE, at=exchange.now(), by="import")

    with pytest.raises(NotFound):
        proposed(exchange, mina, a_translation(), "t2")
    with pytest.raises(NotFound):
        proposing.accept(exchange, proposal, by=mayor)
    proposing.refuse(exchange, proposal, by=mayor)


def test_proposals_are_paged(exchange: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proposing, "PAGE", 2)
    bring(exchange)
    mina, mayor = member(exchange), city_admin(exchange)
    for number in range(3):
        proposed(exchange, mina, Draft(tag=a_tag(f"Tag {number}")), f"t{number}")

    first, has_more = proposing.to_decide(exchange, by=mayor)
    second, is_end = proposing.to_decide(exchange, by=mayor, page=2)

    shown = [one.proposal.draft.tag for one in (*first, *second)]
    assert [tag.shown for tag in shown if tag] == ["Tag 0", "Tag 1", "Tag 2"]
    assert (has_more, is_end) == (True, False)
