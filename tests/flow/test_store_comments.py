"""Comments are read page by page in one statement, searched while they are visible, and ruled by SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, update
from sqlalchemy.exc import IntegrityError

from knowledgebase.domain.comment import About, Comment, CommentKind
from knowledgebase.domain.query import Query
from knowledgebase.domain.record import Origin
from knowledgebase.search.document import document
from knowledgebase.services import comment_marks, comment_reading, commenting, indexing, moderating, searching
from knowledgebase.services.rebuilding import reindex
from knowledgebase.services.reconciling import compare
from knowledgebase.services.site import Site
from knowledgebase.store import case_lists, cases, city_writing, comments, outbox
from knowledgebase.store.tables_comments import comments as comment_rows
from tests.comments import CASE, a_moderator, an_admin, answer, as_the_city, by_request, said, say, somebody
from tests.make import NOON, a_case, a_city, a_rendered
from tests.people import Clock
from tests.stores import keep_case, keep_city


@contextmanager
def statements(site: Site) -> Iterator[list[str]]:
    """Count what the database is asked."""
    asked: list[str] = []

    def note(*details: Any) -> None:
        asked.append(details[2])

    event.listen(site.store.engine, "before_cursor_execute", note)
    yield asked
    event.remove(site.store.engine, "before_cursor_execute", note)


def read(site: Site, **how: Any) -> list[list[str]]:
    """Return the texts of a page of the case's talk, a list a thread."""
    with site.store.reading() as db:
        talk = comments.talk(db, CASE, **({"limit": 200} | how))
    return [
        [comment.texts[0].plain for comment in (thread.first, *thread.answers) if comment]
        for thread in talk.threads
    ]


def three_threads(site: Site, clock: Clock) -> list[Comment]:
    reza, sara = somebody(site), somebody(site, "sara", "tehran")
    clock.go(days=15)
    firsts = [say(site, reza, name) for name in ("A", "B", "C")]
    for name in ("a1", "a2"):
        answer(site, firsts[0], sara, name)
    answer(site, firsts[1], sara, "b1")
    return firsts


def test_threads_come_in_order_with_their_answers(talked: Site, clock: Clock) -> None:
    three_threads(talked, clock)

    assert read(talked) == [["A", "a1", "a2"], ["B", "b1"], ["C"]]
    assert read(talked, newest_first=True) == [["C"], ["B", "b1"], ["A", "a1", "a2"]]


def test_a_page_that_cuts_a_thread_goes_on_on_the_next_one(talked: Site, clock: Clock) -> None:
    three_threads(talked, clock)

    assert [read(talked, limit=2, offset=offset) for offset in (0, 2, 4, 6)] == [
        [["A", "a1"]],
        [["a2"], ["B"]],
        [["b1"], ["C"]],
        [],
    ]


def test_a_page_counts_all_and_knows_the_statement_from_elsewhere(talked: Site, clock: Clock) -> None:
    three_threads(talked, clock)
    chief = an_admin(talked)
    pinned = say(talked, chief, "Ours.", voice=as_the_city(chief))
    comment_marks.pin(talked, pinned.id, by=chief)

    first = comment_reading.talk(talked, CASE)
    with talked.store.reading() as db:
        page = comments.talk(db, CASE, limit=2)

    assert (first.total, first.has_more) == (7, False)
    assert (page.total, page.has_more) == (7, True)
    assert page.statement
    assert page.statement.id == pinned.id
    assert [len(thread.answers) for thread in page.threads] == [1]


def test_a_talk_is_one_statement_with_comments_and_without(talked: Site, clock: Clock) -> None:
    counts = []
    for prepare in (lambda: None, lambda: three_threads(talked, clock)):
        prepare()
        with statements(talked) as asked:
            comment_reading.talk(talked, CASE)
        counts.append(len([sql for sql in asked if "comments" in sql]))

    assert counts == [1, 1]


def test_the_newest_comments_come_from_everywhere(talked: Site, clock: Clock) -> None:
    keep_case(talked.store, a_case("seoul/stream", title="A stream"))
    reza = somebody(talked)
    for about in (CASE, About("tehran"), About.of_case("seoul/stream")):
        say(talked, reza, about=about)
        clock.go(minutes=1)

    found, has_more = comment_reading.newest(talked)

    assert [one.comment.about.name for one in found] == [
        "case:seoul/stream",
        "city:tehran",
        "case:tehran/clean-air",
    ]
    assert [one.titles["en"] for one in found] == ["A stream", "Tehran", "Clean air zone"]
    assert not has_more
    assert [one.comment.about.case for one in comment_reading.feed(talked, CASE)] == [CASE.case]
    assert comment_reading.newest(talked, page=2) == ((), False)


def test_a_released_comment_is_new_when_it_is_shown(talked: Site, clock: Clock) -> None:
    reza, mina = by_request(talked, somebody(talked)), a_moderator(talked)
    waiting = say(talked, reza, "Waited.")
    clock.go(hours=1)
    say(talked, somebody(talked, "omid"), "Meanwhile.")
    clock.go(hours=1)

    moderating.release(talked, moderating.queue(talked, by=mina).matters[0].number, by=mina)

    (first, _), _ = comment_reading.newest(talked)
    assert (first.comment.id, first.comment.published) == (waiting.id, clock.at)


def found(site: Site, words: str) -> list[str]:
    indexing.drain(site)
    return [hit.card.id for hit in searching.search(site, Query(words), language="en").hits]


def test_a_case_is_found_by_what_is_said_of_it_while_it_is_visible(talked: Site) -> None:
    reindex(talked)
    reza = somebody(talked)
    comment = say(talked, reza, "Remarkable pachyderms.")
    assert found(talked, "pachyderms") == ["tehran/clean-air"]

    commenting.delete(talked, comment.id, by=reza)

    assert found(talked, "pachyderms") == []


def test_what_is_held_or_hidden_is_not_found(talked: Site) -> None:
    reindex(talked)
    say(talked, by_request(talked, somebody(talked)), "Remarkable pachyderms.")
    comment = say(talked, somebody(talked, "omid"), "Curious marsupials.")
    comment_marks.hide(talked, comment.id, "Off topic", by=a_moderator(talked))

    assert (found(talked, "pachyderms"), found(talked, "marsupials")) == ([], [])


def test_an_index_of_comments_agrees_with_the_database(talked: Site) -> None:
    say(talked, somebody(talked), "Remarkable pachyderms.")

    name = reindex(talked)

    assert compare(talked, name).is_none
    assert found(talked, "pachyderms") == ["tehran/clean-air"]


def test_a_saved_case_keeps_the_count_of_its_comments(talked: Site) -> None:
    say(talked, somebody(talked))

    keep_case(talked.store, a_case(title="Another title"))

    with talked.store.reading() as db:
        (card,) = case_lists.newest(db, limit=5)
    assert (card.titles["en"], card.comments) == ("Another title", 1)


def test_a_city_that_changes_its_name_touches_the_cases_where_its_people_speak(talked: Site) -> None:
    say(talked, somebody(talked))
    indexing.drain(talked)
    with talked.store.writing() as db:
        renamed = a_city("seoul", name={"en": "Seoul City"})
        means: dict[str, Any] = {"origin": Origin.FILE, "folder": "content", "at": NOON, "by": "import"}
        city_writing.put(db, renamed, a_rendered(), what="revised", **means)

    with talked.store.reading() as db:
        (first,) = comments.talk(db, CASE, limit=5).threads
        assert first.first
        assert first.first.byline.city_names == {"en": "Seoul City"}
        assert outbox.ids(db) == {"tehran/clean-air"}


def test_a_city_that_speaks_is_shown_by_its_administration(talked: Site) -> None:
    keep_city(talked.store, a_city("seoul", administration={"en": "Seoul Metropolitan Government"}))
    chief = an_admin(talked, "seoul")

    say(talked, chief, voice=as_the_city(chief))
    say(talked, chief)

    with talked.store.reading() as db:
        spoken, own = comments.talk(db, CASE, limit=5).threads
    assert spoken.first
    assert own.first
    assert spoken.first.byline.administration == {"en": "Seoul Metropolitan Government"}
    assert own.first.byline.administration == {}


@pytest.mark.parametrize(
    "values",
    [
        {"state": "gone"},
        {"kind": "shout"},
        {"state": "hidden"},
        {"case_number": None},
        {"as_city": True},
        {"published": None},
        {"state": "deleted", "is_pinned": True},
        {"is_accepted": True},
        {"hidden_reason": "x"},
    ],
)
def test_a_comment_that_makes_no_sense_is_refused_by_the_database(
    talked: Site, values: dict[str, object]
) -> None:
    say(talked, somebody(talked))

    with pytest.raises(IntegrityError), talked.store.writing() as db:
        db.execute(update(comment_rows).values(values))


def test_a_document_without_comments_is_as_it_was(talked: Site) -> None:
    with talked.store.reading() as db:
        record = cases.find(db, "tehran/clean-air")
        assert record
        around = indexing.beside(db, [record])
    assert indexing.as_document(record, around) == document(
        record, city_names=around.labels["tehran"].names, country="IR"
    )


def test_an_answer_cannot_be_a_question(talked: Site) -> None:
    first = say(talked, somebody(talked))

    reply = answer(talked, first, somebody(talked, "sara", "tehran"), kind=CommentKind.QUESTION)

    assert reply.kind is CommentKind.COMMENT
    assert len(said(talked)) == 2
