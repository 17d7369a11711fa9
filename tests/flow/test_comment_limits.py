"""New people say less in a while, nobody says the same twice, and who waits is told how long."""

import pytest

from knowledgebase.domain.comment import Words, Written
from knowledgebase.domain.errors import Invalid, TooManyComments
from knowledgebase.services import commenting, moderating
from knowledgebase.services.site import Site
from tests.comments import a_moderator, by_request, said, say, somebody
from tests.people import Clock


def test_somebody_new_says_three_things_in_ten_minutes(talked: Site, clock: Clock) -> None:
    reza = somebody(talked)
    say(talked, reza)
    clock.go(minutes=4)
    for _ in range(2):
        say(talked, reza)

    with pytest.raises(TooManyComments) as refused:
        say(talked, reza)

    assert refused.value.retry_after == 360
    clock.go(seconds=360)
    say(talked, reza)
    assert len(said(talked)) == 4


def test_somebody_new_says_ten_things_a_day(talked: Site, clock: Clock) -> None:
    reza = somebody(talked)
    for _ in range(10):
        say(talked, reza)
        clock.go(minutes=11)

    with pytest.raises(TooManyComments) as refused:
        say(talked, reza)

    assert refused.value.retry_after == (24 * 60 - 110) * 60


def test_what_was_deleted_counts_too(talked: Site) -> None:
    reza = somebody(talked)
    for _ in range(3):
        commenting.delete(talked, say(talked, reza).id, by=reza)

    with pytest.raises(TooManyComments):
        say(talked, reza)


def test_everybody_says_thirty_things_in_ten_minutes(talked: Site, clock: Clock) -> None:
    reza = somebody(talked)
    clock.go(days=15)
    for _ in range(30):
        say(talked, reza)

    with pytest.raises(TooManyComments) as refused:
        say(talked, reza)

    assert refused.value.retry_after == 600


def test_whose_comment_was_released_is_not_new_any_more(talked: Site) -> None:
    reza, mina = by_request(talked, somebody(talked)), a_moderator(talked)
    say(talked, reza)
    (matter,) = moderating.queue(talked, by=mina).matters
    moderating.release(talked, matter.number, by=mina)

    for _ in range(4):
        say(talked, reza)

    assert len(said(talked)) == 5


@pytest.mark.parametrize(
    "body",
    [
        "[a](http://e.org) [b](http://e.org) [c](http://e.org)",
        "http://e.org/1 www.e.org HTTPS://e.org/3",
        "<http://e.org> ![x](http://e.org/x.png) https://e.org",
    ],
)
def test_somebody_new_links_twice_at_most(talked: Site, clock: Clock, body: str) -> None:
    reza = somebody(talked)

    with pytest.raises(Invalid) as refused:
        say(talked, reza, body)

    assert [fault.code for fault in refused.value.faults] == ["too-many-links"]
    first = say(talked, reza, "[a](http://e.org) and https://e.org/b")
    with pytest.raises(Invalid):
        commenting.edit(talked, first.id, Words(Written("en", body)), revision=1, by=reza)
    clock.go(days=14)
    say(talked, reza, body)


def test_nobody_says_the_same_within_a_day(talked: Site, clock: Clock) -> None:
    reza = somebody(talked)
    say(talked, reza, "We did the **same**.")

    with pytest.raises(Invalid) as refused:
        say(talked, reza, "we did  the same.")

    assert [(fault.code, fault.key) for fault in refused.value.faults] == [("said-already", "body")]
    say(talked, somebody(talked, "omid"), "We did the same.")
    clock.go(days=1, seconds=1)
    say(talked, reza, "We did the same.")
