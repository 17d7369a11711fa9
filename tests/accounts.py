"""People for tests of pages: accounts made by the services, log-ins made as a browser makes them."""

import re

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from knowledgebase.domain.errors import AlreadyThere
from knowledgebase.domain.person import Actor, CityRole, Invitation, PlatformRole, rights
from knowledgebase.intake.city import accept_city
from knowledgebase.services import founding, joining
from knowledgebase.services.site import Site
from tests.people import PASSWORD, a_profile
from tests.sites import site_of

__all__ = ["PASSWORD", "csrf_of", "enter", "logged_in", "member", "moderator", "platform_admin"]
_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


def member(
    app: Flask,
    email: str,
    city: str = "tehran",
    role: CityRole = CityRole.ADMIN,
    *,
    may_publish: bool = False,
    speaks: bool = False,
) -> str:
    """Make an account with a place in a city, which is made where it is missing; return the person's id."""
    site = site_of(app)
    try:
        raw = {"name": {"en": city.title()}, "country": "IR"}
        founding.add_city(site, accept_city(raw, "", city=city), by=Actor.operator())
    except AlreadyThere:
        pass
    held = rights(role, may_publish=may_publish, speaks_for_city=speaks)
    return _join(site, Invitation(email, city, held))


def moderator(app: Flask, email: str, role: PlatformRole = PlatformRole.MODERATOR) -> str:
    """Make an account with a role for the whole exchange and return the person's id."""
    return _join(site_of(app), Invitation(email, platform_role=role))


def _join(site: Site, invitation: Invitation) -> str:
    link = joining.invite(site, invitation, by=Actor.operator())
    profile = a_profile(name=invitation.email.partition("@")[0].title())
    return joining.accept(site, link.token, profile, PASSWORD, has_accepted=True).person.id


def logged_in(app: Flask, email: str, city: str = "tehran", role: CityRole = CityRole.ADMIN) -> FlaskClient:
    """Make an account with a place in a city and return its browser, logged in."""
    member(app, email, city, role)
    client = app.test_client()
    enter(client, email)
    return client


def platform_admin(app: Flask) -> FlaskClient:
    """Make an admin of the exchange and return its browser, logged in."""
    moderator(app, "root@exchange.example", PlatformRole.ADMIN)
    client = app.test_client()
    enter(client, "root@exchange.example")
    return client


def csrf_of(client: FlaskClient, path: str) -> str:
    """Return the token of the forms of a page."""
    found = _CSRF.search(client.get(path).text)
    assert found, path
    return found[1]


def enter(client: FlaskClient, email: str, password: str = PASSWORD, **fields: str) -> TestResponse:
    """Log in by the page."""
    data = {"csrf_token": csrf_of(client, "/en/log-in"), "email": email, "password": password, **fields}
    return client.post("/en/log-in", data=data)
