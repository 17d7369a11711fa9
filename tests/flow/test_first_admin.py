"""The first platform admin comes in by a link that lives while nobody is there."""

import pytest

from knowledgebase.domain.errors import (
    Invalid,
    LinkUnusable,
)
from knowledgebase.domain.person import (
    JoinedBy,
    PlatformRole,
)
from knowledgebase.services import joining
from knowledgebase.services.site import Site
from tests.people import (
    PASSWORD,
    a_profile,
    actor_of,
    come_in,
)


def test_the_first_admin_comes_in_by_a_link_that_exists_while_nobody_is_there(exchange: Site) -> None:
    old, link = joining.first_admin_link(exchange), joining.first_admin_link(exchange)
    assert old
    assert link

    with pytest.raises(LinkUnusable):
        joining.look_at(exchange, old.token)
    entered = joining.accept(
        exchange, link.token, a_profile("Chief"), PASSWORD, has_accepted=True, email="chief@exchange.example"
    )

    actor = actor_of(exchange, entered)
    assert actor.platform_role is PlatformRole.ADMIN
    assert actor.person
    assert actor.person.joined_by is JoinedBy.OPERATOR
    assert joining.first_admin_link(exchange) is None


def test_the_first_admin_says_its_address(exchange: Site) -> None:
    link = joining.first_admin_link(exchange)
    assert link

    with pytest.raises(Invalid) as refused:
        joining.accept(exchange, link.token, a_profile(), PASSWORD, has_accepted=True)

    assert [(fault.code, fault.key) for fault in refused.value.faults] == [("required", "email")]


def test_the_first_admins_link_is_dead_once_anybody_is_there(exchange: Site) -> None:
    link = joining.first_admin_link(exchange)
    assert link
    come_in(exchange)

    with pytest.raises(LinkUnusable):
        joining.look_at(exchange, link.token)
