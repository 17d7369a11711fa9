"""Refusals and failures as pages in the reader's language, and as problem documents for programs."""

import json
import logging
import secrets
from dataclasses import replace
from types import TracebackType
from typing import Any

from flask import Flask, Response, g, make_response, redirect, render_template, request
from jinja2_fragments.flask import render_block
from werkzeug.exceptions import HTTPException

from knowledgebase.domain.errors import Fault, Gone, Invalid, KnowledgeError, Moved
from knowledgebase.services import reading
from knowledgebase.web import addresses, fmt
from knowledgebase.web.context import the_site
from knowledgebase.web.faults import sentence
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import PROGRAMS, current
from knowledgebase.web.partial import is_partial, target_id, varies_by_htmx
from knowledgebase.web.problems import Problem, problem

RETRY_AFTER = 10  # seconds, of every 503
FILES = (".json", ".md")  # ends of addresses that answer with a file for programs
PROBLEM = "application/problem+json"
_log = logging.getLogger(__name__)


def is_for_programs() -> bool:
    """Return whether programs ask here, which are refused with a problem document instead of a page."""
    return request.path.startswith(PROGRAMS) or request.path.endswith(FILES)


def _fault_line(fault: Fault, language: str) -> str:
    place = ":".join(part for part in (str(fault.line or ""), fault.key) if part)
    said = sentence(fault, language)
    return f"{fmt.isolated(place)}: {said}" if place else said


def _document(shown: Problem, error: Exception) -> Response:
    """Return the problem document (RFC 9457) of a refusal or failure."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": shown.title,
        "status": shown.status,
        "detail": shown.detail,
        "code": shown.code,
    }
    if shown.incident:
        body["incident"] = shown.incident
    if isinstance(error, Gone):
        body |= {"city": error.city, "withdrawn": error.at.isoformat()}
    if isinstance(error, Invalid):
        body["faults"] = [
            {
                "code": fault.code,
                "key": fault.key,
                "line": fault.line,
                "detail": sentence(fault, current()),
            }
            for fault in error.faults
        ]
    return Response(json.dumps(body, ensure_ascii=False), mimetype=PROBLEM)


def _page(shown: Problem) -> Response:
    """Return the page, or for htmx the part of it that replaces the target."""
    template = "layout/bare.html" if shown.status >= 500 else "layout/error.html"
    if is_partial():
        return varies_by_htmx(
            make_response(render_block(template, "message", problem=shown, target=target_id()))
        )
    return make_response(render_template(template, problem=shown, target=None))


def answer(shown: Problem, error: Exception) -> Response:
    """Return the answer to a refusal or failure in the form that the address calls for."""
    response = _document(shown, error) if is_for_programs() else _page(shown)
    response.status_code = shown.status
    if shown.status == 503:
        response.headers["Retry-After"] = str(RETRY_AFTER)
    if shown.status != 410:
        response.headers["Cache-Control"] = "no-store"
    return response


def _name_of(city: str, language: str) -> str:
    """Return the name of a city, or its id while the database is away."""
    try:
        known = reading.city_names(the_site(), city)
    except KnowledgeError:
        return city
    return name_in(known, language) or city


def _refused(error: KnowledgeError) -> Response:
    """Answer an error of the exchange's own family."""
    language = current()
    if isinstance(error, Moved):
        return make_response(redirect(addresses.case(language, error.case_id), 301))
    shown = problem(error.http_status, error.code, language)
    if isinstance(error, Gone):
        shown = replace(shown, place=_name_of(error.city, language), date=fmt.moment(error.at, language))
    if isinstance(error, Invalid):
        shown = replace(shown, faults=tuple(_fault_line(fault, language) for fault in error.faults))
    if shown.status >= 500:
        _log.warning("%s: %s (%s)", error.code, error, request.path)
    return answer(shown, error)


def _http(error: HTTPException) -> Response:
    """Answer an error of HTTP itself; redirects of the router pass, and headers like Allow are kept."""
    if error.response is not None or (error.code or 500) < 400:
        return make_response(error.get_response())
    status = error.code or 500
    shown = problem(status, getattr(error, "words", f"http-{status}"), current())
    if status >= 500:
        shown = replace(shown, incident=g.get("incident"))
    response = answer(shown, error)
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            response.headers[name] = value
    return response


Trace = tuple[type, BaseException, TracebackType] | tuple[None, None, None]


def _write_down(trace: Trace) -> None:
    """Write an unforeseen failure to the log under a number that the page tells the reader."""
    g.incident = secrets.token_hex(4)
    _log.error("incident %s: %s %s", g.incident, request.method, request.path, exc_info=trace)


def install(app: Flask) -> None:
    """Answer every refusal and failure of an application with words; traces go to the log alone."""
    app.register_error_handler(KnowledgeError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.log_exception = _write_down  # type: ignore[assignment, method-assign]  # Flask's own line has no number
