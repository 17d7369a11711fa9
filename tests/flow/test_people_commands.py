"""What an operator types for people and cities: links are printed once, work once, and replace each other."""

import re

import pytest
from click.testing import Result
from flask import Flask

from knowledgebase.app import create_app
from knowledgebase.config import Settings
from knowledgebase.domain.errors import LinkUnusable, LogInRefused
from knowledgebase.domain.person import CityRole, PlatformRole, Rights
from knowledgebase.services import joining
from knowledgebase.services.site import Site
from tests.people import OTHER_PASSWORD, PASSWORD, a_profile, actor_of, enter
from tests.sites import site_of

_LINK = re.compile(r"(http://127\.0\.0\.1:8000)/(fa|en)/(join|reset)/([A-Za-z0-9_-]{43})\n")


def run(app: Flask, *arguments: str) -> Result:
    with app.app_context():
        return app.test_cli_runner().invoke(args=["kb", *arguments])


def link_of(ended: Result) -> str:
    """Return the token of the one link that a command printed."""
    found = _LINK.findall(ended.stdout)
    assert ended.exit_code == 0, ended.output
    assert len(found) == 1
    return str(found[0][3])


def come_in(app: Flask, *how: str) -> Site:
    site = site_of(app)
    token = link_of(run(app, "invite", "sara@tehran.example", *how))
    joining.accept(site, token, a_profile(), PASSWORD, has_accepted=True)
    return site


@pytest.fixture(autouse=True)
def _a_city(app: Flask) -> None:
    run(app, "city", "add", "tehran", "--name-en", "Tehran", "--name-fa", "تهران", "--country", "IR")


def test_an_upgrade_prints_the_first_admins_link_while_nobody_is_there(app: Flask) -> None:
    site = site_of(app)
    old, token = link_of(run(app, "upgrade")), link_of(run(app, "upgrade"))

    with pytest.raises(LinkUnusable):
        joining.look_at(site, old)
    entered = joining.accept(
        site, token, a_profile(), PASSWORD, has_accepted=True, email="chief@exchange.example"
    )

    assert actor_of(site, entered).platform_role is PlatformRole.ADMIN
    assert "join" not in run(app, "upgrade").stdout


def test_invite_gives_the_rights_that_were_typed(app: Flask) -> None:
    site = come_in(app, "--city", "tehran", "--role", "contributor", "--may-publish", "--speaks")

    actor = actor_of(site, enter(site))

    assert actor.memberships["tehran"].rights == Rights(CityRole.CONTRIBUTOR, True, True)


def test_invite_gives_a_role_for_the_exchange(app: Flask) -> None:
    site = come_in(app, "--platform", "moderator")

    assert actor_of(site, enter(site)).platform_role is PlatformRole.MODERATOR


def test_a_link_uses_the_sites_own_address_and_the_language_asked_for(app: Flask) -> None:
    settings: Settings = app.config["SITE_SETTINGS"]
    elsewhere = settings.model_copy(update={"base_url": "https://exchange.example"})

    ended = run(create_app(elsewhere), "invite", "a@b.example", "--city", "tehran", "--language", "en")

    assert ended.stdout.startswith("https://exchange.example/en/join/")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (("nobody", "--city", "tehran"), "e-mail"),
        (("a@b.example", "--city", "tehran", "--role", "king"), "king"),
        (("a@b.example", "--city", "nowhere"), "not-found: nowhere"),
        (("a@b.example",), "--city or --platform"),
        (("a@b.example", "--city", "tehran", "--platform", "admin"), "--city or --platform"),
    ],
)
def test_a_wrong_invitation_is_refused_in_words(app: Flask, how: tuple[str, ...], said: str) -> None:
    ended = run(app, "invite", *how)

    assert ended.exit_code != 0
    assert said in ended.stderr
    assert "/join/" not in ended.output


def test_reset_prints_a_link_for_another_password(app: Flask) -> None:
    site = come_in(app, "--city", "tehran")

    ended = run(app, "reset", "SARA@tehran.example")
    joining.set_password(site, link_of(ended), OTHER_PASSWORD)

    assert "/fa/reset/" in ended.stdout
    assert enter(site, password=OTHER_PASSWORD).token
    assert run(app, "reset", "nobody@tehran.example").exit_code == 1


def test_people_lists_everybody(app: Flask) -> None:
    come_in(app, "--city", "tehran")

    line = run(app, "people").stdout.rstrip("\n").split("\t")

    assert line[1:] == ["sara@tehran.example", "Sara Ahmadi", "active", "-", "tehran:contributor"]


def test_suspend_and_its_undoing(app: Flask) -> None:
    site = come_in(app, "--city", "tehran")

    suspended = run(app, "suspend", "sara@tehran.example", "--reason", "Left the office")
    with pytest.raises(LogInRefused):
        enter(site)
    undone = run(app, "suspend", "sara@tehran.example", "--undo")

    assert (suspended.exit_code, undone.exit_code) == (0, 0)
    assert enter(site).token
