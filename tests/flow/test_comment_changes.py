"""Comments are edited and deleted by those who may, what they said is kept, and names follow people."""

import pytest
from sqlalchemy import select

from knowledgebase.domain.comment import CommentState, Words, Written
from knowledgebase.domain.errors import NotAllowed, NotFound, StaleRevision
from knowledgebase.domain.person import Actor
from knowledgebase.services import comment_reading, commenting, people
from knowledgebase.services.comment_reading import Doing
from knowledgebase.services.site import Site
from knowledgebase.store.tables import cases
from tests.comments import (
    a_moderator,
    an_admin,
    answer,
    as_the_city,
    said,
    say,
    somebody,
    talk_of,
)
from tests.people import Clock, a_profile


def words(body: str) -> Words:
    return Words(Written("en", body))


def index_revision(site: Site) -> int:
    with site.store.reading() as db:
        return db.scalar(select(cases.c.index_revision)) or 0


def test_any_admin_of_the_city_withdraws_what_was_said_for_it(talked: Site) -> None:
    chief, other = an_admin(talked, "seoul"), an_admin(talked, "seoul", "deputy-of")
    spoken = say(talked, chief, voice=as_the_city(chief))
    own = say(talked, chief)

    commenting.delete(talked, spoken.id, by=other)

    with pytest.raises(NotAllowed):
        commenting.delete(talked, own.id, by=other)
    assert talk_of(talked).total == 1


def test_who_left_changes_nothing_that_it_said_for_the_city(talked: Site) -> None:
    chief = an_admin(talked, "seoul")
    spoken = say(talked, chief, voice=as_the_city(chief))
    people.leave_city(talked, "seoul", by=chief)

    for change in (
        lambda: commenting.edit(talked, spoken.id, words("We were wrong."), revision=1, by=chief),
        lambda: commenting.delete(talked, spoken.id, by=chief),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_an_edit_keeps_what_was_said(talked: Site, clock: Clock) -> None:
    reza = somebody(talked)
    first = say(talked, reza, "We did teh same.")
    clock.go(hours=1)

    commenting.edit(talked, first.id, words("We did the same."), revision=1, by=reza)

    shown = comment_reading.show(talked, first.id, by=reza)
    assert said(talked) == ["We did the same."]
    assert [state.texts[0].plain for state in shown.earlier] == ["We did teh same."]
    assert shown.comment.edited == clock.at
    assert comment_reading.show(talked, first.id, by=somebody(talked, "omid")).earlier == ()


def test_an_edit_of_an_older_state_is_refused_and_of_the_same_text_is_none(talked: Site) -> None:
    reza = somebody(talked)
    first = say(talked, reza, "One.")
    commenting.edit(talked, first.id, words("Two."), revision=1, by=reza)

    with pytest.raises(StaleRevision):
        commenting.edit(talked, first.id, words("Three."), revision=1, by=reza)
    same = commenting.edit(talked, first.id, words("Two."), revision=1, by=reza)

    assert (same.revision, said(talked)) == (2, ["Two."])


def test_after_a_day_nothing_is_edited(talked: Site, clock: Clock) -> None:
    reza = somebody(talked)
    first = say(talked, reza)
    clock.go(hours=24)
    commenting.edit(talked, first.id, words("Still."), revision=1, by=reza)
    clock.go(seconds=1)

    with pytest.raises(NotAllowed):
        commenting.edit(talked, first.id, words("Late."), revision=2, by=reza)
    assert Doing.EDIT not in comment_reading.show(talked, first.id, by=reza).may


def test_nobody_edits_or_deletes_what_another_one_said(talked: Site) -> None:
    first = say(talked, somebody(talked))

    for actor in (somebody(talked, "omid"), an_admin(talked), a_moderator(talked), Actor.visitor()):
        with pytest.raises(NotAllowed):
            commenting.edit(talked, first.id, words("Ha."), revision=1, by=actor)
        with pytest.raises(NotAllowed):
            commenting.delete(talked, first.id, by=actor)


def test_a_deleted_comment_leaves_its_thread(talked: Site) -> None:
    reza, sara = somebody(talked), somebody(talked, "sara", "tehran")
    first, second = say(talked, reza, "One"), say(talked, reza, "Lonely")
    answer(talked, first, sara, "Two")

    for comment in (first, second):
        commenting.delete(talked, comment.id, by=reza)
        commenting.delete(talked, comment.id, by=reza)

    (thread,) = talk_of(talked).threads
    assert thread.first
    assert (thread.first.state, thread.first.texts) == (CommentState.DELETED, ())
    assert said(talked) == ["Two"]
    with pytest.raises(NotFound):
        comment_reading.show(talked, first.id, by=a_moderator(talked))
    with pytest.raises(NotFound):
        answer(talked, first, sara)


def test_a_name_that_changes_touches_the_cases_where_it_stands(talked: Site) -> None:
    reza = somebody(talked)
    say(talked, reza)
    before = index_revision(talked)

    people.change_profile(talked, a_profile("Reza Karimi"), by=reza)
    renamed = index_revision(talked)
    people.change_profile(talked, a_profile("Reza Karimi", language="en"), by=reza)

    assert (renamed, index_revision(talked)) == (before + 1, before + 1)
    (thread,) = talk_of(talked).threads
    assert thread.first
    assert thread.first.byline.name == "Reza Karimi"


def test_who_shows_no_name_is_shown_by_position(talked: Site) -> None:
    reza = somebody(talked)
    say(talked, reza)

    people.change_profile(talked, a_profile("Reza Ahmadi", shows="position-and-office"), by=reza)

    (thread,) = talk_of(talked).threads
    assert thread.first
    assert (thread.first.byline.name, thread.first.byline.position) == (None, "Engineer")
