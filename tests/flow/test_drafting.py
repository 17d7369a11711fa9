"""Drafts: who sees and writes them, what a second try does, and how two people write at once."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledgebase.domain.draft import DraftChanged, DraftState, Typed
from knowledgebase.domain.errors import LinkUnusable, NotAllowed, NotFound, WrongState
from knowledgebase.domain.person import Actor, CityRole, rights
from knowledgebase.services import draft_desk, draft_sharing, drafting, people
from knowledgebase.services.site import Site
from knowledgebase.store.tables_drafts import drafts
from tests.drafting import FIELDS, FORM, Staff, begun, changed
from tests.people import OPERATOR, Clock, at_once, id_of, lines_of, rows


def test_a_draft_keeps_what_was_typed_letter_by_letter(exchange: Site, staff: Staff) -> None:
    typed = {"title": "هوای پاک\u200cتر ", "section.challenge": "  كهنه\n\n\tدود ", "topics.1": "no topic"}
    draft = drafting.start(exchange, "tehran", Typed(typed), token=FORM, by=staff.writer)

    found = drafting.read(exchange, draft.id, by=staff.writer)

    assert found.typed.fields == typed
    assert (found.state, found.revision, found.writer_name) == (DraftState.WRITING, 1, "Wali Ahmadi")


def test_a_second_post_of_a_token_answers_with_the_first_draft(exchange: Site, staff: Staff) -> None:
    first = begun(exchange, staff.writer)

    assert begun(exchange, staff.writer, title="Another").id == first.id


def test_sixteen_posts_of_one_token_make_one_draft(exchange: Site, staff: Staff) -> None:
    done, refused = at_once(16, lambda _: begun(exchange, staff.writer))

    assert (len(done), refused, rows(exchange.store, drafts)) == (16, [], 1)


def test_the_same_token_of_somebody_else_begins_another_draft(exchange: Site, staff: Staff) -> None:
    assert begun(exchange, staff.writer).id != begun(exchange, staff.admin).id


@pytest.mark.parametrize("who", ["reader", "stranger"])
def test_others_may_not_begin_a_draft(exchange: Site, staff: Staff, who: str) -> None:
    with pytest.raises(NotAllowed):
        begun(exchange, getattr(staff, who))


def test_a_draft_of_a_city_that_is_not_there_is_refused(exchange: Site, staff: Staff) -> None:
    with pytest.raises(NotFound):
        drafting.start(exchange, "atlantis", Typed({}), token=FORM, by=staff.platform)


@pytest.mark.parametrize("who", ["reader", "stranger"])
@pytest.mark.parametrize("act", ["read", "save", "discard", "share", "links", "revoke"])
def test_a_draft_is_invisible_to_others(exchange: Site, staff: Staff, who: str, act: str) -> None:
    draft, by = begun(exchange, staff.writer), getattr(staff, who)
    acts: dict[str, Callable[[], object]] = {
        "read": lambda: drafting.read(exchange, draft.id, by=by),
        "save": lambda: drafting.save(exchange, draft.id, {}, expected=1, by=by),
        "discard": lambda: drafting.discard(exchange, draft.id, by=by),
        "share": lambda: draft_sharing.share(exchange, draft.id, by=by),
        "links": lambda: draft_desk.desk(exchange, draft.id, by=by),
        "revoke": lambda: draft_sharing.revoke(exchange, draft.id, by=by),
    }

    with pytest.raises(NotFound):
        acts[act]()


def test_a_visitor_sees_no_draft(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.writer)

    with pytest.raises(NotFound):
        drafting.read(exchange, draft.id, by=Actor.visitor())


@pytest.mark.parametrize("who", ["publisher", "admin", "platform"])
def test_colleagues_write_on_a_draft(exchange: Site, staff: Staff, who: str) -> None:
    draft = begun(exchange, staff.writer)

    after = changed(exchange, draft, getattr(staff, who), title="Cleaner air")

    assert (after.typed.fields["title"], after.revision, after.writer) == (
        "Cleaner air",
        2,
        id_of(staff.writer),
    )


def test_a_right_lost_between_form_and_save_is_seen_in_the_save(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.writer)
    people.end_membership(exchange, id_of(staff.writer), "tehran", by=OPERATOR)

    with pytest.raises(NotFound):  # by the actor as it was when its request began
        changed(exchange, draft, staff.writer, title="Late")


def test_to_save_again_what_is_saved_changes_nothing(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.writer)
    after = changed(exchange, draft, staff.writer, title="Cleaner air")

    again = changed(exchange, draft, staff.writer, title="Cleaner air")

    assert again == after


def test_a_retry_succeeds_though_a_colleague_wrote_since(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.writer)
    mine = changed(exchange, draft, staff.writer, title="Mine")
    theirs = changed(exchange, mine, staff.admin, title="Theirs")

    assert changed(exchange, draft, staff.writer, title="Mine") == theirs


def test_a_save_over_a_colleagues_brings_both_texts(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.writer)
    theirs = changed(exchange, draft, staff.admin, title="Theirs")

    with pytest.raises(DraftChanged) as refused:
        changed(exchange, draft, staff.writer, summary="Mine")

    assert (refused.value.theirs, refused.value.before) == (theirs, draft.typed)


def test_of_an_old_draft_the_text_before_is_forgotten(exchange: Site, staff: Staff) -> None:
    first = draft = begun(exchange, staff.writer)
    for number in range(32):
        draft = changed(exchange, draft, staff.admin, title=f"Title {number}")

    with pytest.raises(DraftChanged) as refused:
        changed(exchange, first, staff.writer, summary="Mine")

    assert refused.value.before is None


def test_a_discarded_draft_is_gone_from_the_list_and_stays_as_it_is(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.writer)

    drafting.discard(exchange, draft.id, by=staff.writer)
    drafting.discard(exchange, draft.id, by=staff.writer)

    assert drafting.work_of(exchange, "tehran", by=staff.writer).drafts == ()
    with pytest.raises(WrongState):
        changed(exchange, draft, staff.writer, title="Late")
    assert lines_of(exchange, "city:tehran")[0] == ("draft-discarded", id_of(staff.writer))


def test_the_list_shows_open_drafts_of_the_own_city(exchange: Site, staff: Staff, clock: Clock) -> None:
    begun(exchange, staff.writer, "one", title="One")
    clock.go(minutes=1)
    begun(exchange, staff.admin, "two", title="Two")
    drafting.start(exchange, "seoul", Typed(dict(FIELDS)), token=FORM, by=staff.stranger)

    work = drafting.work_of(exchange, "tehran", by=staff.writer)

    assert [(line.title, line.writer_name) for line in work.drafts] == [
        ("Two", "Adel Ahmadi"),
        ("One", "Wali Ahmadi"),
    ]


def test_the_list_is_for_those_who_write(exchange: Site, staff: Staff) -> None:
    with pytest.raises(NotAllowed):
        drafting.work_of(exchange, "tehran", by=staff.reader)


def test_a_link_shows_a_draft_for_fourteen_days(exchange: Site, staff: Staff, clock: Clock) -> None:
    draft = begun(exchange, staff.writer)
    link = draft_sharing.share(exchange, draft.id, by=staff.writer)

    clock.go(days=13.9)
    assert draft_desk.shared_desk(exchange, link.token).draft.id == draft.id
    clock.go(days=0.2)

    with pytest.raises(LinkUnusable):
        draft_desk.shared_desk(exchange, link.token)


def test_a_revoked_link_shows_nothing_and_the_others_go_on(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.writer)
    first = draft_sharing.share(exchange, draft.id, by=staff.writer)
    second = draft_sharing.share(exchange, draft.id, by=staff.admin)
    oldest = draft_desk.desk(exchange, draft.id, by=staff.writer).links[-1]

    draft_sharing.revoke(exchange, draft.id, by=staff.writer, number=oldest.number)

    with pytest.raises(LinkUnusable):
        draft_desk.shared_desk(exchange, first.token)
    assert draft_desk.shared_desk(exchange, second.token).draft.id == draft.id


def test_a_link_of_another_draft_is_not_revoked(exchange: Site, staff: Staff) -> None:
    one, two = begun(exchange, staff.writer, "one"), begun(exchange, staff.writer, "two")
    link = draft_sharing.share(exchange, one.id, by=staff.writer)
    (held,) = draft_desk.desk(exchange, one.id, by=staff.writer).links

    draft_sharing.revoke(exchange, two.id, by=staff.writer, number=held.number)

    assert draft_desk.shared_desk(exchange, link.token).draft.id == one.id


@pytest.mark.parametrize("end", ["leave", "lower", "suspend", "discard"])
def test_a_link_ends_with_the_right_of_whoever_made_it(exchange: Site, staff: Staff, end: str) -> None:
    draft = begun(exchange, staff.writer)
    link = draft_sharing.share(exchange, draft.id, by=staff.writer)
    who = id_of(staff.writer)
    ends: dict[str, Callable[[], object]] = {
        "leave": lambda: people.leave_city(exchange, "tehran", by=staff.writer),
        "lower": lambda: people.change_membership(
            exchange, who, "tehran", rights(CityRole.MEMBER), by=OPERATOR
        ),
        "suspend": lambda: people.suspend(exchange, who, by=OPERATOR),
        "discard": lambda: drafting.discard(exchange, draft.id, by=staff.admin),
    }

    ends[end]()

    with pytest.raises(LinkUnusable):
        draft_desk.shared_desk(exchange, link.token)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\ud800"])
def test_a_guessed_link_shows_nothing(exchange: Site, token: str) -> None:
    with pytest.raises(LinkUnusable):
        draft_desk.shared_desk(exchange, token)


def test_the_token_of_a_link_is_nowhere_in_the_database(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.writer)
    link = draft_sharing.share(exchange, draft.id, by=staff.writer)

    if exchange.store.dialect == "sqlite":
        file = exchange.store.engine.url.database or ""
        for end in ("", "-wal"):
            assert link.token.encode() not in Path(file + end).read_bytes()
    assert rows(exchange.store, drafts) == 1
