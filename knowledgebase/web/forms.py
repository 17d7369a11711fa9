"""Forms of pages: what was typed, what is wrong with it, and how both come back to the person."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import flash, make_response, redirect, render_template, request
from flask.wrappers import Response
from werkzeug.exceptions import BadRequest

from knowledgebase.domain.errors import Fault, TooManyComments, TooManyTries
from knowledgebase.web.faults import sentence
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording

TOKEN = "token"  # noqa: S105 - name of the field by which a repeated form is known
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_NUMBER = re.compile(r"[0-9]{1,9}")
REFUSED = 422


@dataclass(frozen=True, slots=True)
class Form:
    """A form as a page shows it: nothing that was typed is lost, every fault stands beside its field."""

    values: Mapping[str, str] = field(default_factory=dict)  # typed or stored text by field
    faults: tuple[Fault, ...] = ()
    token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    _by_field: Mapping[str, list[Fault]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Put each fault beside its fields once: a form may have a thousand of both."""
        by_field: dict[str, list[Fault]] = {}
        for fault in self.faults:
            for name in {fault.key, self.nearest(fault.key) or fault.key}:
                by_field.setdefault(name, []).append(fault)
        object.__setattr__(self, "_by_field", by_field)

    def value(self, name: str) -> str:
        """Return the text of a field."""
        return self.values.get(name, "")

    def wrong(self, name: str) -> list[str]:
        """Return the sentences about a field and what lies inside it, such as "sources.2.url"."""
        language = current()
        return [sentence(fault, language) for fault in self._by_field.get(name, ())]

    def aria(self, name: str, *, has_hint: bool = False) -> dict[str, str]:
        """Return the attributes by which a field tells what is said about it; see templates/forms."""
        wrong = len(self._by_field.get(name, ()))
        said = ["hint"] if has_hint else []
        said += [f"wrong{number}" for number in range(1, wrong + 1)]
        about = " ".join(f"{field_id(name)}-{one}" for one in said)
        told = {"aria-describedby": about} if about else {}
        return {**told, "aria-invalid": "true"} if wrong else told

    def nearest(self, key: str) -> str:
        """Return the field that a fault's key belongs to: itself, or what lies round it."""
        while key and key not in self.values:
            key = key.rpartition(".")[0]
        return key

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Return the field ("" for the whole form) and the sentence of every fault, in their order."""
        language = current()
        return [(self.nearest(fault.key), sentence(fault, language)) for fault in self.faults]


def field_id(name: str) -> str:
    """Return the id of a field's element, by which the summary of faults links to it."""
    return "f-" + name.replace(".", "-")


def typed(*names: str) -> dict[str, str]:
    """Return the text of exactly these fields of the request; fields of other names are not read.

    Line ends become plain ones (LF). Raises BadRequest for text that is no UTF-8.
    """
    return {name: _text(request.form.get(name, "")) for name in names}


def typed_many(name: str) -> list[str]:
    """Return all texts of a field that may come several times."""
    return [_text(value) for value in request.form.getlist(name)]


def _text(value: str) -> str:
    if "\ufffd" in value:  # what the server made of bytes that are no text
        raise BadRequest
    return value.replace("\r\n", "\n").replace("\r", "\n")


def typed_number(name: str) -> int | None:
    """Return the number in a field, None for what is none: at most nine ASCII digits, as tables hold it."""
    given = request.form.get(name, "")
    return int(given) if _NUMBER.fullmatch(given) else None


def typed_token() -> str:
    """Return the token of the form, by which a second sending of it is known; "" where it has none."""
    given = request.form.get(TOKEN, "")
    return given if _TOKEN.fullmatch(given) else ""


def refused(values: Mapping[str, str], faults: Iterable[Fault]) -> Form:
    """Return the form with what was typed and what is wrong with it, under the same token."""
    known = typed_token()
    return Form(values, tuple(faults), known) if known else Form(values, tuple(faults))


def form_page(template: str, form: Form, **values: Any) -> Response:
    """Return a page with a form; one with faults answers 422."""
    response = make_response(render_template(template, form=form, **values))
    response.status_code = REFUSED if form.faults else 200
    return response


def done(said: str, to: str, *, language: str | None = None, **values: str) -> Response:
    """Lead to the page `to`, which says once what was done: a sentence of the catalogue and its values."""
    text = wording(language or current()).gettext(said)
    flash(text % values if values else text)
    return make_response(redirect(to, 303))


def told_to_wait(page: Response, error: TooManyTries | TooManyComments) -> Response:
    """Return a page that says there were too many, with the time to come again."""
    page.status_code = error.http_status
    page.headers["Retry-After"] = str(error.retry_after)
    return page


def choices(pairs: Sequence[tuple[str, str]], *, none: str | None = None) -> list[tuple[str, str]]:
    """Return what a list of choices offers, with a first one that chooses nothing when `none` words it."""
    return [("", none), *pairs] if none is not None else list(pairs)
