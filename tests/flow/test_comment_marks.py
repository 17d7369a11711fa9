"""Comments are reported, hidden, restored, pinned and accepted by those who may, and a line says why."""

import pytest

from knowledgebase.domain.comment import Comment, CommentKind, CommentState, MatterKind, Outcome, Side
from knowledgebase.domain.errors import NotAllowed, NotFound
from knowledgebase.domain.person import Actor, CityRole, PlatformRole
from knowledgebase.services import comment_marks, comment_reading, commenting, moderating
from knowledgebase.services.comment_reading import Doing
from knowledgebase.services.site import Site
from tests.comments import CITY, a_moderator, an_admin, answer, as_the_city, said, say, somebody, talk_of
from tests.people import Clock, id_of, lines_of


def first_of(site: Site) -> Comment:
    (thread,) = talk_of(site).threads
    assert thread.first
    return thread.first


def waiting(site: Site, moderator: Actor) -> list[MatterKind]:
    return [matter.kind for matter in moderating.queue(site, by=moderator).matters]


def test_what_the_city_hides_leaves_a_line_and_goes_before_the_moderators(talked: Site, clock: Clock) -> None:
    mina, chief = a_moderator(talked), an_admin(talked)
    comment = say(talked, somebody(talked))

    comment_marks.hide(talked, comment.id, "Names an official", by=chief)

    line = first_of(talked)
    assert line.hiding
    assert (line.state, line.texts) == (CommentState.HIDDEN, ())
    assert (line.hiding.by, line.hiding.at, line.hiding.reason) == (Side.CITY, clock.at, "Names an official")
    assert (said(talked), talk_of(talked).total) == ([], 0)
    assert waiting(talked, mina) == [MatterKind.HIDDEN]
    assert lines_of(talked, "case:tehran/clean-air")[0] == ("comment-hidden", id_of(chief))


def test_a_hidden_text_is_read_by_its_writer_and_those_who_may_hide(talked: Site) -> None:
    reza, chief = somebody(talked), an_admin(talked)
    comment = say(talked, reza)
    comment_marks.hide(talked, comment.id, "Rude", by=chief)

    for actor, reads in (
        (reza, True),
        (chief, True),
        (a_moderator(talked), True),
        (somebody(talked, "omid"), False),
        (an_admin(talked, "seoul"), False),
        (Actor.visitor(), False),
    ):
        shown = comment_reading.show(talked, comment.id, by=actor)
        assert bool(shown.comment.texts) is reads
        assert shown.comment.hiding


def test_what_a_moderator_hides_waits_for_nobody(talked: Site) -> None:
    mina = a_moderator(talked)
    comment = say(talked, somebody(talked))

    comment_marks.hide(talked, comment.id, "Spam", by=mina)

    hiding = first_of(talked).hiding
    assert hiding
    assert (hiding.by, waiting(talked, mina)) == (Side.MODERATOR, [])


def test_a_moderator_of_the_city_itself_hides_as_the_city(talked: Site) -> None:
    both = somebody(talked, "both", "tehran", role=CityRole.ADMIN, platform=PlatformRole.MODERATOR)
    comment = say(talked, somebody(talked))

    comment_marks.hide(talked, comment.id, "Not true", by=both)

    assert waiting(talked, a_moderator(talked)) == [MatterKind.HIDDEN]


def test_nobody_else_hides(talked: Site) -> None:
    comment = say(talked, somebody(talked))

    for actor in (somebody(talked, "omid", "tehran"), an_admin(talked, "seoul"), Actor.visitor()):
        with pytest.raises(NotAllowed):
            comment_marks.hide(talked, comment.id, "Ha", by=actor)


def test_the_city_restores_what_it_hid_and_may_hide_it_again(talked: Site) -> None:
    mina, chief = a_moderator(talked), an_admin(talked)
    comment = say(talked, somebody(talked), "Said.")
    comment_marks.hide(talked, comment.id, "Rude", by=chief)

    comment_marks.restore(talked, comment.id, "A mistake", by=chief)

    assert (said(talked), waiting(talked, mina)) == (["Said."], [])
    comment_marks.hide(talked, comment.id, "Rude after all", by=chief)
    assert waiting(talked, mina) == [MatterKind.HIDDEN]


def test_what_a_moderator_has_reversed_the_city_does_not_hide_again(talked: Site) -> None:
    mina, chief = a_moderator(talked), an_admin(talked)
    comment = say(talked, somebody(talked), "Said.")
    comment_marks.hide(talked, comment.id, "Rude", by=chief)

    comment_marks.restore(talked, comment.id, "It is not", by=mina)

    (decided,) = moderating.queue(talked, is_open=False, by=mina).matters
    assert (said(talked), decided.outcome) == (["Said."], Outcome.REVERSED)
    assert Doing.HIDE not in comment_reading.show(talked, comment.id, by=chief).may
    with pytest.raises(NotAllowed):
        comment_marks.hide(talked, comment.id, "Rude", by=chief)
    comment_marks.hide(talked, comment.id, "It is", by=mina)


def test_the_city_does_not_restore_what_a_moderator_hid(talked: Site) -> None:
    mina, chief = a_moderator(talked), an_admin(talked)
    comment = say(talked, somebody(talked))
    comment_marks.hide(talked, comment.id, "Spam", by=mina)

    assert Doing.RESTORE not in comment_reading.show(talked, comment.id, by=chief).may
    with pytest.raises(NotAllowed):
        comment_marks.restore(talked, comment.id, "Ours", by=chief)


def test_a_report_waits_once_with_every_reason(talked: Site) -> None:
    mina, chief = a_moderator(talked), an_admin(talked)
    comment = say(talked, somebody(talked))
    omid, lena = somebody(talked, "omid"), somebody(talked, "lena", "tehran")

    for by, reason in ((omid, "Rude"), (omid, "Very rude"), (lena, "Wrong")):
        comment_marks.report(talked, comment.id, reason, by=by)

    for reader in (mina, chief):
        (matter,) = moderating.queue(talked, by=reader).matters
        assert [(report.by, report.reason) for report in matter.reports] == [
            (id_of(omid), "Rude"),
            (id_of(lena), "Wrong"),
        ]


def test_nobody_reports_itself_or_what_is_not_shown(talked: Site) -> None:
    reza = somebody(talked)
    comment = say(talked, reza)

    for actor in (reza, Actor.visitor()):
        with pytest.raises(NotAllowed):
            comment_marks.report(talked, comment.id, "x", by=actor)
    comment_marks.hide(talked, comment.id, "Spam", by=a_moderator(talked))
    with pytest.raises(NotFound):
        comment_marks.report(talked, comment.id, "x", by=somebody(talked, "omid"))


def test_the_city_pins_one_statement_of_its_own_people(talked: Site, clock: Clock) -> None:
    chief, reza = an_admin(talked), somebody(talked)
    clock.go(days=15)
    one = say(talked, chief, "One", voice=as_the_city(chief))
    two = say(talked, somebody(talked, "sara", "tehran"), "Two")
    foreign = say(talked, reza, "Ours is better")

    comment_marks.pin(talked, one.id, by=chief)
    comment_marks.pin(talked, two.id, by=chief)

    statement = talk_of(talked).statement
    assert statement
    assert statement.id == two.id
    for comment, actor in ((foreign, chief), (one, reza), (one, a_moderator(talked))):
        with pytest.raises(NotAllowed):
            comment_marks.pin(talked, comment.id, by=actor)
    comment_marks.unpin(talked, two.id, by=chief)
    assert talk_of(talked).statement is None


def test_a_pinned_statement_that_is_deleted_stands_nowhere(talked: Site) -> None:
    chief = an_admin(talked)
    one = say(talked, chief)
    comment_marks.pin(talked, one.id, by=chief)

    commenting.delete(talked, one.id, by=chief)

    assert talk_of(talked).statement is None


def test_the_city_accepts_one_answer_to_a_question(talked: Site) -> None:
    chief, reza = an_admin(talked), somebody(talked)
    asked = say(talked, reza, "Why?", kind=CommentKind.QUESTION)
    remark = say(talked, reza, "Nice")
    one, two = answer(talked, asked, chief, "So"), answer(talked, asked, chief, "Because")
    other = answer(talked, remark, chief, "Thanks")

    comment_marks.accept_answer(talked, one.id, by=chief)
    comment_marks.accept_answer(talked, two.id, by=chief)

    answers = next(
        thread for thread in talk_of(talked).threads if thread.first and thread.first.id == asked.id
    )
    assert [comment.is_accepted for comment in answers.answers] == [False, True]
    for comment, actor in ((other, chief), (asked, chief), (one, reza)):
        with pytest.raises(NotAllowed):
            comment_marks.accept_answer(talked, comment.id, by=actor)
    comment_marks.unaccept_answer(talked, two.id, by=chief)
    assert not any(comment.is_accepted for comment in talk_of(talked).threads[0].answers)


def test_a_city_moderates_what_is_asked_of_it(talked: Site) -> None:
    asked = say(talked, somebody(talked), about=CITY)

    comment_marks.hide(talked, asked.id, "Spam", by=an_admin(talked))

    assert said(talked, CITY) == []
