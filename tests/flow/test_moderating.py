"""The moderators' queue: who sees what, each decision, and taking it back."""

import pytest

from knowledgebase.domain.comment import Comment, CommentState, Matter, MatterKind, Outcome
from knowledgebase.domain.errors import NotAllowed, NotFound, StaleRevision
from knowledgebase.domain.person import Actor, PersonState, PlatformRole
from knowledgebase.services import comment_marks, comment_reading, commenting, moderating, people
from knowledgebase.services.site import Site
from knowledgebase.store import case_writing
from tests.comments import a_moderator, an_admin, by_request, said, say, somebody, talk_of
from tests.make import NOON
from tests.people import OPERATOR, at_once, id_of


def held(site: Site, body: str = "Hello.") -> Comment:
    return say(site, by_request(site, somebody(site)), body)


def waiting(site: Site, by: Actor) -> tuple[Matter, ...]:
    return moderating.queue(site, by=by).matters


def only(site: Site, by: Actor) -> Matter:
    (matter,) = waiting(site, by)
    return matter


def decided(site: Site, by: Actor) -> Matter:
    return moderating.queue(site, is_open=False, by=by).matters[0]


def test_a_held_comment_waits_for_its_own_city_and_the_moderators(talked: Site) -> None:
    held(talked)

    for actor in (an_admin(talked, "seoul"), a_moderator(talked), OPERATOR):
        assert only(talked, actor).kind is MatterKind.HELD
    foreign = an_admin(talked)
    assert waiting(talked, foreign) == ()
    number = only(talked, OPERATOR).number
    with pytest.raises(NotFound):
        moderating.release(talked, number, by=foreign)
    for actor in (somebody(talked, "omid"), Actor.visitor()):
        with pytest.raises(NotAllowed):
            moderating.queue(talked, by=actor)


def test_a_released_comment_is_shown_and_the_next_one_is_not_held(talked: Site) -> None:
    reza = by_request(talked, somebody(talked))
    say(talked, reza, "First.")
    chief = an_admin(talked, "seoul")

    moderating.release(talked, only(talked, chief).number, by=chief)

    say(talked, reza, "Second.")
    assert said(talked) == ["First.", "Second."]


def test_two_who_release_at_once_release_it_once(talked: Site) -> None:
    held(talked)
    mina, chief = a_moderator(talked), an_admin(talked, "seoul")
    number = only(talked, mina).number

    done, refused = at_once(2, lambda at: moderating.release(talked, number, by=(mina, chief)[at]).id)

    assert (len(done), [type(error) for error in refused]) == (1, [StaleRevision])


def test_nobody_releases_itself(talked: Site) -> None:
    chief = by_request(talked, an_admin(talked, "seoul"))
    say(talked, chief)

    with pytest.raises(NotAllowed):
        moderating.release(talked, only(talked, chief).number, by=chief)


def test_a_refused_comment_is_never_shown_and_the_next_one_waits_too(talked: Site) -> None:
    reza = by_request(talked, somebody(talked))
    first = say(talked, reza, "Buy this.")
    mina = a_moderator(talked)

    moderating.refuse(talked, only(talked, mina).number, "An advertisement", by=mina)

    say(talked, reza, "Buy that.")
    assert (said(talked), talk_of(talked).threads) == ([], ())
    assert only(talked, mina).kind is MatterKind.HELD
    assert comment_reading.show(talked, first.id, by=reza).comment.state is CommentState.REFUSED
    with pytest.raises(NotFound):
        comment_reading.show(talked, first.id, by=Actor.visitor())


def test_a_release_and_a_refusal_are_taken_back(talked: Site) -> None:
    held(talked)
    mina = a_moderator(talked)

    moderating.release(talked, only(talked, mina).number, by=mina)
    moderating.undo(talked, decided(talked, mina).number, by=mina)

    assert said(talked) == []
    moderating.refuse(talked, only(talked, mina).number, "Wrong", by=mina)
    moderating.undo(talked, decided(talked, mina).number, by=mina)
    moderating.release(talked, only(talked, mina).number, by=mina)
    assert said(talked) == ["Hello."]


def test_what_its_writer_deleted_waits_no_more_and_comes_back_by_nobody(talked: Site) -> None:
    reza = by_request(talked, somebody(talked))
    comment = say(talked, reza)
    mina = a_moderator(talked)

    commenting.delete(talked, comment.id, by=reza)

    assert waiting(talked, mina) == ()
    assert decided(talked, mina).outcome is Outcome.DELETED
    with pytest.raises(NotAllowed):
        moderating.undo(talked, decided(talked, mina).number, by=mina)


def test_a_report_is_dismissed_or_ends_with_a_hiding(talked: Site) -> None:
    comment = say(talked, somebody(talked))
    omid, chief, mina = somebody(talked, "omid"), an_admin(talked), a_moderator(talked)
    comment_marks.report(talked, comment.id, "Rude", by=omid)
    moderating.dismiss(talked, only(talked, chief).number, "It is not", by=chief)
    assert len(said(talked)) == 1
    comment_marks.report(talked, comment.id, "Really rude", by=omid)

    moderating.hide(talked, only(talked, mina).number, "It is", by=mina)

    assert (said(talked), waiting(talked, mina)) == ([], ())
    moderating.undo(talked, decided(talked, mina).number, by=mina)
    assert len(said(talked)) == 1
    assert only(talked, mina).kind is MatterKind.REPORTED


def test_a_hiding_by_a_city_is_upheld_or_reversed_by_moderators_alone(talked: Site) -> None:
    chief, mina = an_admin(talked), a_moderator(talked)
    comment = say(talked, somebody(talked))
    comment_marks.hide(talked, comment.id, "Rude", by=chief)
    number = only(talked, mina).number
    assert waiting(talked, chief) == ()
    with pytest.raises(NotFound):
        moderating.uphold(talked, number, "Ours", by=chief)

    moderating.uphold(talked, number, "It is", by=mina)
    moderating.undo(talked, number, by=mina)
    moderating.reverse(talked, number, "It is not", by=mina)

    assert len(said(talked)) == 1
    with pytest.raises(NotAllowed):
        comment_marks.hide(talked, comment.id, "Rude", by=chief)
    moderating.undo(talked, number, by=mina)
    assert said(talked) == []


def test_a_suspension_asked_for_by_a_moderator_is_a_platform_admins(talked: Site) -> None:
    reza, mina = somebody(talked), a_moderator(talked)
    boss = a_moderator(talked, "boss", PlatformRole.ADMIN)
    for _ in range(2):
        moderating.ask_for_suspension(talked, id_of(reza), "Spams", by=mina)
    matter = only(talked, mina)
    assert (matter.kind, matter.person, matter.reason) == (MatterKind.SUSPENSION, id_of(reza), "Spams")
    with pytest.raises(NotAllowed):
        moderating.suspend(talked, matter.number, by=mina)

    moderating.suspend(talked, matter.number, by=boss)

    assert state_of(talked, reza) is PersonState.SUSPENDED
    with pytest.raises(NotAllowed):
        say(talked, reza)
    moderating.undo(talked, matter.number, by=boss)
    assert state_of(talked, reza) is PersonState.ACTIVE
    moderating.dismiss(talked, only(talked, boss).number, "Warned", by=boss)
    assert waiting(talked, boss) == ()


def test_only_moderators_ask_for_a_suspension(talked: Site) -> None:
    reza = somebody(talked)

    for actor in (an_admin(talked, "seoul"), an_admin(talked), Actor.visitor()):
        with pytest.raises(NotAllowed):
            moderating.ask_for_suspension(talked, id_of(reza), "x", by=actor)
    with pytest.raises(NotFound):
        moderating.ask_for_suspension(talked, "nobody", "x", by=a_moderator(talked))


def test_a_decision_is_made_once_and_taken_back_once(talked: Site) -> None:
    held(talked)
    mina = a_moderator(talked)
    number = only(talked, mina).number
    moderating.release(talked, number, by=mina)

    with pytest.raises(StaleRevision):
        moderating.refuse(talked, number, "x", by=mina)
    moderating.undo(talked, number, by=mina)
    with pytest.raises(StaleRevision):
        moderating.undo(talked, number, by=mina)
    with pytest.raises(NotAllowed):
        moderating.dismiss(talked, number, "x", by=mina)


def test_a_release_is_not_taken_back_after_the_comment_has_changed_its_state(talked: Site) -> None:
    held(talked)
    mina = a_moderator(talked)
    number = only(talked, mina).number
    released = moderating.release(talked, number, by=mina)
    comment_marks.hide(talked, released.id, "Spam", by=mina)

    with pytest.raises(StaleRevision):
        moderating.undo(talked, number, by=mina)


def test_nothing_of_a_withdrawn_case_waits(talked: Site) -> None:
    held(talked)
    mina = a_moderator(talked)
    number = only(talked, mina).number
    with talked.store.writing() as db:
        case_writing.withdraw(db, "tehran/clean-air", at=NOON, by="import")

    assert moderating.queue(talked, by=mina).total == 0
    with pytest.raises(NotFound):
        moderating.release(talked, number, by=mina)


def test_the_queue_has_pages(talked: Site) -> None:
    mina = a_moderator(talked)
    for name in range(moderating.QUEUE_SIZE + 1):
        moderating.ask_for_suspension(talked, id_of(somebody(talked, f"spammer-{name}")), "Spams", by=mina)

    second = moderating.queue(talked, page=2, by=mina)

    assert (second.total, len(second.matters)) == (moderating.QUEUE_SIZE + 1, 1)


def state_of(site: Site, actor: Actor) -> PersonState | None:
    found = {id_of(one): one.person for one in people.everyone(site, by=OPERATOR)}[id_of(actor)]
    return found.state if found else None
