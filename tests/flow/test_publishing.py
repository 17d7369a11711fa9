"""From draft to case: who may, in which state, what a second try does, and which address it gets."""

from dataclasses import replace

import pytest

from knowledgebase.domain.case import WriterKind
from knowledgebase.domain.draft import Draft, DraftChanged, DraftState, Letter
from knowledgebase.domain.errors import Invalid, NotAllowed, NotFound, WrongState
from knowledgebase.domain.person import Actor, CityRole
from knowledgebase.domain.record import Origin
from knowledgebase.services import drafting, people, publishing
from knowledgebase.services.site import Site
from knowledgebase.store import journal, outbox
from knowledgebase.store.tables import cases
from tests.drafting import (
    Staff,
    a_published_case,
    begun,
    changed,
    publication_of,
    published,
    record_of,
    revised,
)
from tests.make import a_case
from tests.people import OPERATOR, actor_of, at_once, come_in, id_of, lines_of, rows
from tests.stores import keep_case


def asked(site: Site, by: Actor) -> Draft:
    draft = begun(site, by)
    return publishing.ask(site, draft.id, revision=draft.revision, by=by)


def details_of(site: Site, thing: str) -> list[dict[str, object]]:
    with site.store.reading() as db:
        return [dict(line.detail) for line in journal.newest(db, 20, thing=thing)]


def test_a_contributor_with_the_right_publishes(exchange: Site, staff: Staff) -> None:
    draft = published(exchange, begun(exchange, staff.publisher), staff.publisher)

    record = record_of(exchange, draft.case_id or "")
    assert (draft.state, draft.case_id) == (DraftState.PUBLISHED, "tehran/clean-air-zone")
    assert (record.origin, record.revision, record.case.written_by.kind) == (Origin.FORM, 1, "city")
    assert lines_of(exchange, f"case:{draft.case_id}") == [("published", id_of(staff.publisher))]
    with exchange.store.reading() as db:
        assert outbox.ids(db) == {"tehran/clean-air-zone"}


def test_a_contributor_without_the_right_does_not_publish(exchange: Site, staff: Staff) -> None:
    with pytest.raises(NotAllowed):
        published(exchange, begun(exchange, staff.writer), staff.writer)

    assert rows(exchange.store, cases) == 0


def test_a_second_publish_leads_to_the_same_case(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.publisher)
    first = published(exchange, draft, staff.publisher)

    again = published(exchange, draft, staff.publisher)

    assert again == first
    assert rows(exchange.store, cases) == 1


def test_sixteen_publishes_of_one_draft_make_one_case(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.publisher)

    done, refused = at_once(16, lambda _: published(exchange, draft, staff.publisher))

    assert {one.case_id for one in done} == {"tehran/clean-air-zone"}
    assert (refused, rows(exchange.store, cases)) == ([], 1)


def test_sixteen_drafts_of_one_title_get_sixteen_addresses(exchange: Site, staff: Staff) -> None:
    drafts = [begun(exchange, staff.publisher, f"t{n}", title="هوای پاک\u200cتر") for n in range(16)]

    done, refused = at_once(16, lambda n: published(exchange, drafts[n], staff.publisher))

    ids = sorted(str(one.case_id) for one in done)
    wanted = ["tehran/هوای-پاک-تر", *(f"tehran/هوای-پاک-تر-{n}" for n in range(2, 17))]
    assert (ids, refused) == (sorted(wanted), [])


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("!!!", "case"),
        ("x" * 120, "x" * 60),
        ("شهر و آب: ۱۴۰۳", "شهر-و-آب-۱۴۰۳"),
        ("東京の水", "東京の水"),
    ],
)
def test_an_address_keeps_the_script_of_the_title(
    exchange: Site, staff: Staff, title: str, slug: str
) -> None:
    first = a_published_case(exchange, staff.publisher, "one", title=title)
    second = a_published_case(exchange, staff.publisher, "two", title=title)

    assert first.case.slug == slug
    assert second.case.slug.endswith("-2")
    assert len(second.case.slug) <= 60


def test_the_address_stays_when_the_title_changes(exchange: Site, staff: Staff) -> None:
    record = a_published_case(exchange, staff.publisher)

    draft = revised(exchange, record.case.id, staff.publisher, title="Another title")
    after = published(exchange, draft, staff.publisher)

    assert after.case_id == record.case.id
    assert record_of(exchange, record.case.id).case.title == "Another title"


def test_an_address_of_a_file_case_is_not_taken(exchange: Site, staff: Staff) -> None:
    keep_case(exchange.store, a_case("tehran/clean-air-zone"))

    draft = published(exchange, begun(exchange, staff.publisher), staff.publisher)

    assert draft.case_id == "tehran/clean-air-zone-2"


def test_an_admin_publishes_what_was_asked(exchange: Site, staff: Staff) -> None:
    draft = asked(exchange, staff.writer)

    after = published(exchange, draft, staff.admin, letter=Letter("۱۲/۳۴", "1404-07-01"))

    assert after.letter == Letter("۱۲/۳۴", "1404-07-01")
    assert details_of(exchange, f"case:{after.case_id}") == [{"draft": draft.id, "revision": 1, "note": None}]


@pytest.mark.parametrize("who", ["writer", "publisher"])
def test_only_an_admin_decides_what_was_asked(exchange: Site, staff: Staff, who: str) -> None:
    draft = asked(exchange, staff.writer)

    with pytest.raises(NotAllowed):
        published(exchange, draft, getattr(staff, who))
    with pytest.raises(NotAllowed):
        publishing.give_back(exchange, draft.id, "Which year?", by=getattr(staff, who))


def test_an_admin_of_another_city_sees_nothing_to_decide(exchange: Site, staff: Staff) -> None:
    draft = asked(exchange, staff.writer)

    with pytest.raises(NotFound):
        published(exchange, draft, staff.stranger)


def test_an_admin_does_not_decide_its_own_text_while_another_may(exchange: Site, staff: Staff) -> None:
    come_in(exchange, "second@tehran.example", role=CityRole.ADMIN)
    draft = asked(exchange, staff.admin)

    with pytest.raises(NotAllowed):
        published(exchange, draft, staff.admin)


def test_nor_when_a_colleague_asked_in_its_place(exchange: Site, staff: Staff) -> None:
    come_in(exchange, "second@tehran.example", role=CityRole.ADMIN)
    draft = begun(exchange, staff.admin)
    publishing.ask(exchange, draft.id, revision=1, by=staff.writer)

    with pytest.raises(NotAllowed):
        published(exchange, draft, staff.admin)


def test_the_only_admin_of_a_city_decides_its_own_text_and_the_journal_says_so(
    exchange: Site, staff: Staff
) -> None:
    second = actor_of(exchange, come_in(exchange, "second@tehran.example", role=CityRole.ADMIN))
    people.suspend(exchange, id_of(second), by=OPERATOR)
    draft = asked(exchange, staff.admin)

    after = published(exchange, draft, staff.admin)

    assert details_of(exchange, f"case:{after.case_id}") == [
        {"draft": draft.id, "own": 1, "revision": 1, "note": None}
    ]


def test_the_letter_is_recorded_by_people_of_the_city_alone(exchange: Site, staff: Staff) -> None:
    draft = asked(exchange, staff.writer)

    with pytest.raises(NotAllowed):
        published(exchange, draft, staff.platform, letter=Letter("12"))

    assert published(exchange, draft, staff.platform).state is DraftState.PUBLISHED


def test_a_returned_draft_comes_back_with_its_line_and_can_be_asked_again(
    exchange: Site, staff: Staff
) -> None:
    draft = asked(exchange, staff.writer)

    returned = publishing.give_back(exchange, draft.id, "Which year?", by=staff.admin)
    again = publishing.give_back(exchange, draft.id, "Which year?", by=staff.admin)
    better = changed(exchange, returned, staff.writer, started="2019")
    last = publishing.ask(exchange, draft.id, revision=better.revision, by=staff.writer)

    assert (returned.state, returned.returned, again) == (DraftState.RETURNED, "Which year?", returned)
    assert (better.state, better.returned) == (DraftState.RETURNED, "Which year?")
    assert (last.state, last.returned) == (DraftState.ASKED, None)


def test_a_draft_that_was_asked_is_not_written_on_until_it_is_taken_back(
    exchange: Site, staff: Staff
) -> None:
    draft = asked(exchange, staff.writer)

    with pytest.raises(WrongState):
        changed(exchange, draft, staff.writer, title="Other")
    publishing.take_back(exchange, draft.id, by=staff.writer)

    assert changed(exchange, draft, staff.writer, title="Other").state is DraftState.WRITING


def test_to_ask_twice_asks_once(exchange: Site, staff: Staff) -> None:
    draft = asked(exchange, staff.writer)

    assert publishing.ask(exchange, draft.id, revision=draft.revision, by=staff.admin) == draft


def test_what_is_asked_and_published_is_what_was_read(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.publisher)
    changed(exchange, draft, staff.admin, title="Theirs")

    with pytest.raises(DraftChanged):
        publishing.ask(exchange, draft.id, revision=draft.revision, by=staff.publisher)
    with pytest.raises(DraftChanged):
        published(exchange, draft, staff.publisher)


def test_a_right_lost_between_form_and_publish_is_seen_there(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.publisher)
    people.end_membership(exchange, id_of(staff.publisher), "tehran", by=OPERATOR)

    with pytest.raises(NotFound):
        published(exchange, draft, staff.publisher)


def test_a_text_that_cannot_be_rendered_changes_nothing(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.publisher, **{"section.solution": "[" * 5_000})

    with pytest.raises(Invalid):
        published(exchange, draft, staff.publisher)

    assert drafting.read(exchange, draft.id, by=staff.publisher).state is DraftState.WRITING


def test_a_case_by_others_becomes_the_citys_when_it_publishes(exchange: Site, staff: Staff) -> None:
    draft = begun(exchange, staff.publisher)
    publication = publication_of(draft)
    by_editors = replace(
        publication.case, written_by=replace(publication.case.written_by, kind=WriterKind.EDITORS)
    )

    publishing.publish(exchange, draft.id, replace(publication, case=by_editors), by=staff.publisher)

    assert record_of(exchange, "tehran/clean-air-zone").case.written_by.kind == "city"
