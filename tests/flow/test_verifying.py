"""A city is verified by platform admins, who say how; readers see when and how."""

import pytest

from knowledgebase.domain.errors import NotAllowed, NotFound
from knowledgebase.domain.joining import Proof, Verified
from knowledgebase.domain.person import Actor, CityRole, PlatformRole
from knowledgebase.services import verifying
from knowledgebase.services.site import Site
from tests.make import NOON
from tests.people import Clock, actor_of, come_in, id_of, lines_of


@pytest.fixture
def platform(exchange: Site) -> Actor:
    """Lend a platform admin."""
    return actor_of(exchange, come_in(exchange, "p@x.example", None, platform=PlatformRole.ADMIN))


def test_a_city_is_verified_when_somebody_says_how(exchange: Site, platform: Actor) -> None:
    verifying.verify(exchange, "tehran", Proof.OFFICIAL_LETTER, by=platform, note="No. 12/34")

    assert verifying.verified(exchange, "tehran") == Verified(
        NOON, Proof.OFFICIAL_LETTER, id_of(platform), "No. 12/34"
    )
    assert verifying.verified(exchange, "seoul") is None
    assert lines_of(exchange, "city:tehran")[0] == ("city-verified", id_of(platform))


def test_a_later_proof_takes_the_place_of_the_earlier(exchange: Site, platform: Actor, clock: Clock) -> None:
    verifying.verify(exchange, "tehran", Proof.CALL_BACK, by=platform)
    clock.go(days=1)
    verifying.verify(exchange, "tehran", Proof.VISIT, by=platform)

    verified = verifying.verified(exchange, "tehran")

    assert verified
    assert (verified.how, verified.at) == (Proof.VISIT, clock.at)


def test_a_verification_can_be_taken_back(exchange: Site, platform: Actor) -> None:
    verifying.verify(exchange, "tehran", Proof.VISIT, by=platform)

    for _ in range(2):
        verifying.unverify(exchange, "tehran", by=platform)

    assert verifying.verified(exchange, "tehran") is None
    assert [action for action, _ in lines_of(exchange, "city:tehran")].count("city-unverified") == 1


def test_no_city_verifies_itself(exchange: Site) -> None:
    admin = actor_of(exchange, come_in(exchange, role=CityRole.ADMIN))

    for by in (admin, Actor.visitor()):
        with pytest.raises(NotAllowed):
            verifying.verify(exchange, "tehran", Proof.VISIT, by=by)
        with pytest.raises(NotAllowed):
            verifying.unverify(exchange, "tehran", by=by)


def test_what_is_no_city_cannot_be_verified(exchange: Site, platform: Actor) -> None:
    with pytest.raises(NotFound):
        verifying.verify(exchange, "atlantis", Proof.VISIT, by=platform)
