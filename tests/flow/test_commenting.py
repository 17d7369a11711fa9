"""Comments are posted and answered by those who may, and by nobody else."""

import pytest

from knowledgebase.domain.comment import About, CommentState, Voice, Words, Written
from knowledgebase.domain.errors import Invalid, NotAllowed, NotFound
from knowledgebase.domain.person import Actor, CityRole, rights
from knowledgebase.services import comment_reading, commenting, people
from knowledgebase.services.site import Site
from knowledgebase.store import case_lists, case_writing, comments
from knowledgebase.store.tables_comments import comments as comment_rows
from tests.comments import (
    CASE,
    CITY,
    a_moderator,
    a_posting,
    an_admin,
    answer,
    as_the_city,
    by_request,
    said,
    say,
    somebody,
    talk_of,
)
from tests.make import NOON
from tests.people import OPERATOR, at_once, id_of, lines_of, rows


def test_a_comment_is_shown_at_once_with_its_writer(talked: Site) -> None:
    reza = somebody(talked)

    say(talked, reza, "We did *the same*.")

    (thread,) = talk_of(talked).threads
    assert thread.first
    assert thread.first.texts[0].html == '<p dir="auto">We did <em>the same</em>.</p>'
    byline = thread.first.byline
    assert (byline.name, byline.position, byline.office) == ("Reza Ahmadi", "Engineer", "Water")
    assert (byline.city, byline.city_names["en"], byline.as_city) == ("seoul", "Seoul", False)
    assert lines_of(talked, "case:tehran/clean-air")[0] == ("commented", id_of(reza))


def test_a_comment_says_the_same_in_a_second_language(talked: Site) -> None:
    both = Words(Written("fa", "ما هم همین کار را کردیم."), Written("en", "So did we."))

    say(talked, somebody(talked), words=both)

    assert said(talked) == ["ما هم همین کار را کردیم.", "So did we."]


def test_threads_are_two_deep(talked: Site) -> None:
    reza, sara = somebody(talked), somebody(talked, "sara", "tehran")
    first = say(talked, reza, "One")
    second = answer(talked, first, sara, "Two")

    third = answer(talked, second, reza, "Three")

    (thread,) = talk_of(talked).threads
    assert said(talked) == ["One", "Two", "Three"]
    assert [comment.parent for comment in thread.answers] == [first.id, second.id]
    assert third.thread == first.id


def test_a_city_is_asked_without_a_case(talked: Site) -> None:
    say(talked, somebody(talked), "Who runs the metro school?", about=CITY)

    assert said(talked, CITY) == ["Who runs the metro school?"]
    assert said(talked) == []


@pytest.mark.parametrize("actor", [Actor.visitor(), OPERATOR])
def test_nobody_without_an_account_comments(talked: Site, actor: Actor) -> None:
    with pytest.raises(NotAllowed):
        say(talked, actor)


@pytest.mark.parametrize("about", [About.of_case("tehran/nothing"), About("nowhere")])
def test_nothing_is_said_about_what_is_not_there(talked: Site, about: About) -> None:
    with pytest.raises(NotFound):
        say(talked, somebody(talked), about=about)


def test_the_same_form_sent_again_is_one_comment(talked: Site) -> None:
    reza = somebody(talked)
    posting = a_posting("Once.", voice=Voice("seoul"))

    first = commenting.post(talked, CASE, posting, by=reza)
    again = commenting.post(talked, CASE, posting, by=reza)

    assert first.id == again.id
    assert said(talked) == ["Once."]


def test_sixteen_sendings_at_once_are_one_comment(talked: Site) -> None:
    reza = somebody(talked)
    posting = a_posting("Once.", voice=Voice("seoul"))

    done, refused = at_once(16, lambda _: commenting.post(talked, CASE, posting, by=reza).id)

    assert (len(done), len(set(done)), refused) == (16, 1, [])
    assert rows(talked.store, comment_rows) == 1


def test_a_city_speaks_without_naming_a_person(talked: Site) -> None:
    chief = an_admin(talked, "seoul")

    spoken = say(talked, chief, "The city thanks.", voice=as_the_city(chief))

    (thread,) = talk_of(talked).threads
    assert thread.first
    byline = thread.first.byline
    assert (byline.name, byline.position, byline.as_city) == (None, None, True)
    assert (byline.office, byline.city) == ("Water", "seoul")
    for actor, is_told in (
        (chief, True),
        (a_moderator(talked), True),
        (an_admin(talked), False),
        (Actor.visitor(), False),
    ):
        assert (comment_reading.show(talked, spoken.id, by=actor).speaker is not None) is is_told


def test_only_a_voice_speaks_for_its_city(talked: Site) -> None:
    reza = somebody(talked)

    for voice in (Voice("seoul", as_city=True), Voice("tehran"), Voice("tehran", as_city=True)):
        with pytest.raises(NotAllowed):
            say(talked, reza, voice=voice)


def test_rights_are_looked_at_when_it_is_written(talked: Site) -> None:
    reza = somebody(talked)
    people.end_membership(talked, id_of(reza), "seoul", by=OPERATOR)

    with pytest.raises(NotAllowed):
        say(talked, reza)


def test_a_first_comment_of_somebody_who_asked_to_join_is_held(talked: Site) -> None:
    reza = by_request(talked, somebody(talked))

    held = say(talked, reza)

    assert held.state is CommentState.HELD
    assert (said(talked), talk_of(talked).total) == ([], 0)
    assert comment_reading.show(talked, held.id, by=reza).comment.texts
    assert comment_reading.show(talked, held.id, by=an_admin(talked, "seoul")).comment.texts
    for actor in (somebody(talked, "omid"), an_admin(talked), Actor.visitor()):
        with pytest.raises(NotFound):
            comment_reading.show(talked, held.id, by=actor)
        with pytest.raises(NotFound):
            answer(talked, held, actor)


def test_a_withdrawn_case_takes_its_comments_along_and_brings_them_back(talked: Site) -> None:
    first = say(talked, somebody(talked))
    with talked.store.writing() as db:
        case_writing.withdraw(db, "tehran/clean-air", at=NOON, by="import")

    with pytest.raises(NotFound):
        comment_reading.show(talked, first.id, by=a_moderator(talked))
    assert comment_reading.newest(talked) == ((), False)
    assert said(talked) == []
    with talked.store.writing() as db:
        case_writing.restore(db, "tehran/clean-air", at=NOON, by="import")
    assert len(said(talked)) == 1


def test_cards_count_what_everybody_reads(talked: Site) -> None:
    reza = somebody(talked)
    first = say(talked, reza)
    say(talked, reza)
    commenting.delete(talked, first.id, by=reza)

    with talked.store.reading() as db:
        (card,) = case_lists.newest(db, limit=5)
    assert card.comments == 1


def test_a_text_of_marks_alone_says_nothing(talked: Site) -> None:
    with pytest.raises(Invalid) as refused:
        say(talked, somebody(talked), "[a]: http://e.org")

    assert [(fault.code, fault.key) for fault in refused.value.faults] == [("required", "body")]


def test_the_faults_of_both_texts_are_named(talked: Site) -> None:
    bombs = Words(Written("en", "[" * 5_000), Written("fa", "<" * 5_000))

    with pytest.raises(Invalid) as refused:
        say(talked, somebody(talked), words=bombs)

    assert [fault.key for fault in refused.value.faults] == ["body", "second_body"]


def test_a_voice_without_the_right_any_more_keeps_silent(talked: Site) -> None:
    chief = an_admin(talked, "seoul")
    an_admin(talked, "seoul", "deputy-of")
    people.change_membership(talked, id_of(chief), "seoul", rights(CityRole.MEMBER), by=OPERATOR)

    with pytest.raises(NotAllowed):
        say(talked, chief, voice=as_the_city(chief))


def test_comments_are_counted_over_the_exchange(talked: Site) -> None:
    say(talked, somebody(talked))

    with talked.store.reading() as db:
        assert comments.count(db) == 1
