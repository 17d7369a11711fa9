"""Who asks: the session behind the cookie, read once a request, and how the cookie comes and goes."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, request
from flask_login import LoginManager, UserMixin, current_user
from werkzeug.wrappers import Request

from knowledgebase.domain.person import Actor, Entered
from knowledgebase.services import entering
from knowledgebase.web.context import the_site

_PLAIN = "kb"
_SECURE = "__Host-kb"  # browsers take it over https only, for this very host and every path
_NEVER = "-"  # the library's own cookie for remembering is not used: no browser sends this name


class Visitor(UserMixin):  # type: ignore[misc]  # the library has no types
    """Somebody logged in, as Flask-Login wants it."""

    def __init__(self, actor: Actor) -> None:
        """Wrap an actor that a session belongs to."""
        self.actor = actor

    def get_id(self) -> str:
        """Return the id of the session, not of the person: whoever logs out is gone."""
        return self.actor.session or ""


def cookie_name() -> str:
    """Return the cookie's name: over https one that no neighbour under the same domain can set."""
    return _SECURE if _is_secure() else _PLAIN


def _is_secure() -> bool:
    return urlsplit(str(current_app.config["KB_BASE_URL"])).scheme == "https"


def token() -> str | None:
    """Return the token that the browser sent."""
    return request.cookies.get(cookie_name())


def _load(asked: Request) -> Visitor | None:
    actor = entering.who(the_site(), asked.cookies.get(cookie_name()))
    return Visitor(actor) if actor.person else None


def the_actor() -> Actor:
    """Return who asks, with its memberships as they are now: at most one statement a request."""
    if "actor" not in g:
        g.actor = current_user.actor if current_user.is_authenticated else Actor.visitor()
    actor: Actor = g.actor
    return actor


def is_somebody() -> bool:
    """Return whether the request comes from somebody logged in; without a cookie nothing is asked."""
    return token() is not None and the_actor().person is not None


def become(entered: Entered) -> None:
    """Let the rest of this request be that of somebody who has just come in."""
    g.actor = entering.who(the_site(), entered.token)


def address() -> str:
    """Return the network address that tries to log in are counted for."""
    return request.remote_addr or ""


def agent() -> str:
    """Return what the browser says of itself."""
    return request.headers.get("User-Agent", "")


def let_in(response: Response, entered: Entered) -> Response:
    """Give the browser the token of a session that was just opened."""
    lasts: timedelta | None = entering.ABSOLUTE_REMEMBERED if entered.is_remembered else None
    response.set_cookie(
        cookie_name(),
        entered.token,
        max_age=lasts,
        secure=_is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


def let_out(response: Response) -> Response:
    """Take the token from the browser; what it opened is closed by services/entering."""
    response.delete_cookie(cookie_name(), secure=_is_secure(), httponly=True, samesite="Lax")
    return response


def install(app: Flask) -> None:
    """Let Flask-Login read our session, and none of its own cookies.

    Its hook after each request, which looks after a cookie that is not used here, is left out.
    """
    manager = LoginManager()
    manager.session_protection = None
    manager.request_loader(_load)
    app.config["REMEMBER_COOKIE_NAME"] = _NEVER
    app.login_manager = manager  # type: ignore[attr-defined]  # where the library looks for it
