"""A published case is corrected, by one and by two at once; it is withdrawn, and comes back."""

from collections.abc import Mapping

import pytest

from knowledgebase.domain.difference import Side, differences, merged
from knowledgebase.domain.draft import CaseChanged, Draft, Typed
from knowledgebase.domain.errors import HeldByFile, NotAllowed, NotFound, StaleRevision, WrongState
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import State
from knowledgebase.intake.form_filling import fill
from knowledgebase.services import drafting, publishing, withdrawing
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing, revisions
from tests.drafting import (
    FORM,
    Staff,
    a_published_case,
    city_text,
    published,
    record_of,
    revised,
)
from tests.make import NOON, a_case
from tests.people import at_once, id_of
from tests.stores import keep_case


def history(site: Site, case_id: str) -> list[tuple[str, str, str | None]]:
    with site.store.reading() as db:
        return [(line.what, line.by, line.note) for line in revisions.of_case(db, case_id)]


def test_a_revision_follows_with_its_note(exchange: Site, staff: Staff) -> None:
    case_id = a_published_case(exchange, staff.publisher).case.id

    draft = revised(exchange, case_id, staff.publisher, summary="New.", note="New figures")
    published(exchange, draft, staff.publisher)

    record = record_of(exchange, case_id)
    assert (record.revision, record.case.summary) == (2, "New.")
    assert history(exchange, case_id)[0] == ("revised", id_of(staff.publisher), "New figures")


def test_a_draft_of_a_revision_is_begun_once(exchange: Site, staff: Staff) -> None:
    case_id = a_published_case(exchange, staff.publisher).case.id

    done, refused = at_once(8, lambda n: revised(exchange, case_id, staff.publisher, f"t{n}"))

    assert (len({draft.id for draft in done}), refused) == (1, [])


def test_a_revision_that_changes_nothing_makes_no_revision(exchange: Site, staff: Staff) -> None:
    case_id = a_published_case(exchange, staff.publisher).case.id

    published(exchange, revised(exchange, case_id, staff.publisher), staff.publisher)

    assert record_of(exchange, case_id).revision == 1


def test_a_file_case_is_not_revised_in_the_form(exchange: Site, staff: Staff) -> None:
    keep_case(exchange.store, a_case("tehran/zone"))

    with pytest.raises(HeldByFile):
        revised(exchange, "tehran/zone", staff.publisher)
    with pytest.raises(HeldByFile):
        withdrawing.withdraw(exchange, "tehran/zone", "Wrong", by=staff.publisher)


def test_a_handed_over_case_is_revised_and_becomes_the_citys(exchange: Site, staff: Staff) -> None:
    keep_case(exchange.store, a_case("tehran/zone", tags=("smog",)))
    with exchange.store.writing() as db:
        case_writing.hand_over(db, "tehran/zone", at=NOON, by="operator")

    published(exchange, revised(exchange, "tehran/zone", staff.publisher, summary="Ours."), staff.publisher)

    case = record_of(exchange, "tehran/zone").case
    assert (case.summary, case.tags, case.written_by.kind) == ("Ours.", ("smog",), "city")


@pytest.mark.parametrize(("who", "error"), [("stranger", NotAllowed), ("reader", NotAllowed)])
def test_others_do_not_revise_or_withdraw(
    exchange: Site, staff: Staff, who: str, error: type[Exception]
) -> None:
    case_id, by = a_published_case(exchange, staff.publisher).case.id, getattr(staff, who)

    with pytest.raises(error):
        revised(exchange, case_id, by)
    with pytest.raises(error):
        withdrawing.withdraw(exchange, case_id, "Wrong", by=by)
    with pytest.raises(error):
        withdrawing.restore(exchange, case_id, by=by)


def test_a_contributor_without_the_right_asks_for_a_revision(exchange: Site, staff: Staff) -> None:
    case_id = a_published_case(exchange, staff.publisher).case.id
    draft = revised(exchange, case_id, staff.writer, summary="Mine.")

    with pytest.raises(NotAllowed):
        published(exchange, draft, staff.writer)
    publishing.ask(exchange, draft.id, revision=draft.revision, by=staff.writer)
    published(exchange, drafting.read(exchange, draft.id, by=staff.admin), staff.admin)

    assert record_of(exchange, case_id).case.summary == "Mine."


def test_a_case_that_is_not_there_is_not_revised(exchange: Site, staff: Staff) -> None:
    with pytest.raises(NotFound):
        drafting.revise(exchange, "tehran/none", Typed({}), revision=1, token=FORM, by=staff.publisher)


def test_a_revision_begins_from_the_newest_text(exchange: Site, staff: Staff) -> None:
    record = a_published_case(exchange, staff.publisher)
    published(exchange, revised(exchange, record.case.id, staff.publisher, summary="Two."), staff.publisher)

    with pytest.raises(StaleRevision):
        drafting.revise(exchange, record.case.id, fill(record.case), revision=1, token=FORM, by=staff.admin)


def test_over_a_newer_revision_nothing_is_saved_and_both_texts_come(exchange: Site, staff: Staff) -> None:
    first = a_published_case(exchange, staff.publisher)
    mine = revised(exchange, first.case.id, staff.publisher, summary="Mine.")
    theirs = published(exchange, revised(exchange, first.case.id, staff.admin, title="Theirs"), staff.admin)

    with pytest.raises(CaseChanged) as refused:
        published(exchange, mine, staff.publisher)

    assert (refused.value.revision, refused.value.theirs.title) == (2, "Theirs")
    assert refused.value.before == first.case
    assert record_of(exchange, str(theirs.case_id)).case.title == "Theirs"


def test_the_chosen_parts_are_saved_on_the_newest_revision(exchange: Site, staff: Staff) -> None:
    first = a_published_case(exchange, staff.publisher)
    mine = revised(exchange, first.case.id, staff.publisher, summary="Mine.", title="Mine")
    published(exchange, revised(exchange, first.case.id, staff.admin, title="Theirs"), staff.admin)

    after = resolved(exchange, mine, staff.publisher, {"title": Side.THEIRS})
    published(exchange, after, staff.publisher)

    record = record_of(exchange, first.case.id)
    assert (record.revision, record.case.title, record.case.summary) == (3, "Theirs", "Mine.")


def test_the_same_change_by_two_is_no_conflict(exchange: Site, staff: Staff) -> None:
    first = a_published_case(exchange, staff.publisher)
    mine = revised(exchange, first.case.id, staff.publisher, summary="Same.")
    published(exchange, revised(exchange, first.case.id, staff.admin, summary="Same."), staff.admin)

    published(exchange, mine, staff.publisher)

    assert record_of(exchange, first.case.id).revision == 2


def test_a_withdrawal_between_is_no_change_of_the_text(exchange: Site, staff: Staff) -> None:
    first = a_published_case(exchange, staff.publisher)
    mine = revised(exchange, first.case.id, staff.publisher, summary="Mine.")
    withdrawing.withdraw(exchange, first.case.id, "A mistake", by=staff.admin)

    with pytest.raises(WrongState):
        published(exchange, mine, staff.publisher)
    withdrawing.restore(exchange, first.case.id, by=staff.admin)
    published(exchange, mine, staff.publisher)

    assert record_of(exchange, first.case.id).case.summary == "Mine."


def test_a_withdrawn_case_keeps_its_reason_and_comes_back(exchange: Site, staff: Staff) -> None:
    case_id = a_published_case(exchange, staff.publisher).case.id

    for _ in range(2):
        withdrawing.withdraw(exchange, case_id, "Figures are wrong", by=staff.publisher)
    gone = record_of(exchange, case_id)
    with pytest.raises(WrongState):
        revised(exchange, case_id, staff.publisher)
    for _ in range(2):
        withdrawing.restore(exchange, case_id, by=staff.admin)

    assert gone.state is State.WITHDRAWN
    assert history(exchange, case_id)[:2] == [
        ("restored", id_of(staff.admin), None),
        ("withdrawn", id_of(staff.publisher), "Figures are wrong"),
    ]
    assert record_of(exchange, case_id).state is State.PUBLISHED


def test_a_withdrawn_address_is_not_given_again(exchange: Site, staff: Staff) -> None:
    case_id = a_published_case(exchange, staff.publisher).case.id
    withdrawing.withdraw(exchange, case_id, "Wrong", by=staff.publisher)

    assert a_published_case(exchange, staff.publisher, "second").case.id == f"{case_id}-2"


def test_the_list_of_cases_shows_withdrawn_ones(exchange: Site, staff: Staff) -> None:
    case_id = a_published_case(exchange, staff.publisher).case.id
    withdrawing.withdraw(exchange, case_id, "Wrong", by=staff.publisher)
    keep_case(exchange.store, a_case("tehran/file"))

    listed = drafting.work_of(exchange, "tehran", by=staff.writer).cases

    assert {(one.id, one.is_withdrawn, one.is_file) for one in listed} == {
        (case_id, True, False),
        ("tehran/file", False, True),
    }


def resolved(site: Site, draft: Draft, by: Actor, chosen: Mapping[str, Side]) -> Draft:
    """Choose per part as the page does, and save on the newest revision."""
    try:
        published(site, draft, by)
    except CaseChanged as conflict:
        before = fill(conflict.before).fields if conflict.before else None
        theirs = city_text(conflict.theirs)
        doubtful = [
            one.part for one in differences(before, draft.typed.fields, theirs.fields) if not one.changed
        ]
        sides = {**dict.fromkeys(doubtful, Side.MINE), **chosen}
        fields = merged(before, draft.typed.fields, theirs.fields, sides)
        return drafting.rebase(
            site,
            draft.id,
            Typed(fields, theirs.kept, theirs.headings),
            expected=draft.revision,
            case_revision=conflict.revision,
            by=by,
        )
    return drafting.read(site, draft.id, by=by)
