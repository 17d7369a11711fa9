"""When a form meets a closed session: log-in comes between, and nothing that was typed is lost."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from knowledgebase.web import account_links
from knowledgebase.web.forms import Form
from knowledgebase.web.language import current

CARRIED = "kept."  # prefix of the fields that carry what was typed through the log-in
TO = "kept_to"  # field: where the typed form was going
NEXT = "next"  # field and parameter: where to go after the log-in
_SECRET = "password"  # noqa: S105 - part of the names of fields that are never carried
_OURS = frozenset({"csrf_token"})
_NEXT_MAX = 2_000  # characters

Fields = list[tuple[str, str]]


def is_here(path: str, method: str = "GET") -> bool:
    """Return whether a path leads to a page of this very site that answers this method."""
    if not path.startswith("/") or len(path) > _NEXT_MAX or path[1:2] in {"/", "\\"}:
        return False
    if not path.isprintable() or any(sign in path for sign in "\\ \t"):
        return False
    try:
        parts = urlsplit(path)
        if parts.scheme or parts.netloc:
            return False
        current_app.create_url_adapter(request).match(parts.path, method)  # type: ignore[union-attr]
    except (ValueError, RequestRedirect, HTTPException):
        return False
    return True


def next_of(path: str) -> str:
    """Return where to go after a log-in: the path when it is ours, else the front page."""
    return path if is_here(path) else f"/{current()}/"


def ask_to_log_in() -> Response:
    """Lead a visitor to the log-in and back; what a form brought comes with it."""
    if request.method in {"GET", "HEAD"}:
        path = request.full_path if request.query_string else request.path
        return make_response(redirect(account_links.log_in(current(), path), 303))
    return log_in_page(Form(), carried=_sent(), to=request.full_path.rstrip("?"), status=403)


def ask_to_send_again() -> Response:
    """Show what a form brought whose token is not this browser's any more, to be sent once more."""
    return send_again_page(_sent(), request.full_path.rstrip("?"), status=403)


def log_in_page(
    form: Form, *, next_path: str = "", carried: Sequence[tuple[str, str]] = (), to: str = "", status: int
) -> Response:
    """Return the page of the log-in; `carried` are fields that go to the path `to` afterwards."""
    response = make_response(
        render_template("account/log_in.html", form=form, next_path=next_path, carried=carried, to=to)
    )
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def send_again_page(carried: Sequence[tuple[str, str]], to: str, *, status: int = 200) -> Response:
    """Return the page that shows carried fields and sends them to where they were going."""
    longest = max((value for _, value in carried), key=len, default="")
    response = make_response(
        render_template("account/send_again.html", carried=carried, to=to, longest=longest)
    )
    response.status_code = status
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent() -> Fields:
    """Return the fields of the request that may be carried."""
    return [
        (name, value)
        for name, value in request.form.items(multi=True)
        if _SECRET not in name and name not in _OURS
    ]


def carried() -> tuple[Fields, str]:
    """Return the fields that the log-in form carries, and the path they go to ("" for none)."""
    to = request.form.get(TO, "")
    if not is_here(to, "POST"):
        return [], ""
    fields = [
        (name.removeprefix(CARRIED), value)
        for name, value in request.form.items(multi=True)
        if name.startswith(CARRIED)
    ]
    return fields, to
