"""What stands before every view: who may open it, and that a form was sent from a page of ours."""

from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.exceptions import Forbidden

from knowledgebase.services.authorizing import authorize
from knowledgebase.web import resending
from knowledgebase.web.permits import EXEMPT, PERMITS
from knowledgebase.web.visitor import is_somebody, the_actor

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})  # "none": the person's own doing, no page led here
_csrf = CSRFProtect()


class FormTooOld(Forbidden):
    """A form without a valid token of this browser: too old, or cookies are off."""

    words = "form-too-old"  # of web/problems


def _is_foreign() -> bool:
    """Return whether the browser says that a page of somebody else sends this."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in _OURS
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def _admit() -> Response | None:
    """Let a request through to its view, answer it in the view's place, or raise."""
    if request.endpoint is None:
        return None
    permit, is_change = PERMITS[request.endpoint], request.method not in SAFE
    is_exempt = request.endpoint in EXEMPT
    if is_change and not is_exempt and _is_foreign():
        raise Forbidden
    if permit.is_for_people:
        if not is_somebody():
            return resending.ask_to_log_in()
        concern = permit.concern(request.view_args or {})
        if permit.action and concern:
            authorize(the_actor(), permit.action, concern)
    if not is_change or is_exempt:
        return None
    try:
        _csrf.protect()
    except CSRFError as error:
        if permit.is_for_people:
            return resending.ask_to_send_again()
        raise FormTooOld from error
    return None


def _keep_private(response: Response) -> Response:
    """Keep what somebody logged in is shown out of every cache."""
    actor = g.get("actor")
    if actor is not None and actor.person is not None:
        response.headers["Cache-Control"] = "no-store"
    if response.mimetype == "text/html":
        response.vary.add("Cookie")
    return response


def install(app: Flask) -> None:
    """Put the guard before every view of an application, and its headers on every answer."""
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,  # `_admit` calls it, after it knows who asks
        WTF_CSRF_TIME_LIMIT=None,  # as long as the browser is open
        WTF_CSRF_SSL_STRICT=True,
        SESSION_COOKIE_NAME="kb-form",  # only for the tokens of forms and one-line notices
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=urlsplit(str(app.config["KB_BASE_URL"])).scheme == "https",
    )
    _csrf.init_app(app)
    app.before_request(_admit)
    app.after_request(_keep_private)
