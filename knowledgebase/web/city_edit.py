"""A city's people change its page in a form; a form that somebody overtook comes back with both texts."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request

from knowledgebase.domain.city import City
from knowledgebase.domain.difference import merged
from knowledgebase.domain.errors import Fault, HeldByFile, Invalid, NotFound, StaleRevision
from knowledgebase.domain.record import CityRecord
from knowledgebase.intake.city_form import accept_city_form, typed_of, without_source
from knowledgebase.intake.note import accept_note
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services import editing_city
from knowledgebase.web import addresses, fmt
from knowledgebase.web.city_conflict import CHOICE, choices, chosen
from knowledgebase.web.city_form_parts import ROWS, Known, known_cities, read_form, shown
from knowledgebase.web.city_form_view import city_form
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, form_page, refused, typed
from knowledgebase.web.language import current
from knowledgebase.web.problems import later
from knowledgebase.web.rows import Step, step_of
from knowledgebase.web.visitor import the_actor

pages = Blueprint("city_edit", __name__)
_NUMBER_MAX = 9  # digits of a revision


@dataclass(frozen=True, slots=True)
class _Work:
    """One form of one city."""

    record: CityRecord
    known: Known
    language: str

    @property
    def id(self) -> str:
        """Return the city's id."""
        return self.record.city.id

    def typed(self, city: City) -> dict[str, str]:
        """Return a city as the texts of this form."""
        return self.known.named(typed_of(city, self.language))


@pages.get("/<interface:language>/cities/<city>/edit")
def show(city: str) -> Response:
    """Show the form with what is stored; a city of a file is led to where it is taken over."""
    try:
        work = _opened(city)
    except HeldByFile:
        return _to_take_over(city)
    return _page(work, Form(shown(work.typed(work.record.city))), work.record.revision)


@pages.post("/<interface:language>/cities/<city>/edit")
def save(city: str) -> Response:
    """Save the form, or show it again: with a row more or less, with faults, or beside a newer text."""
    try:
        work = _opened(city)
    except HeldByFile:
        return _to_take_over(city)
    values = read_form() | typed("note")
    opened_with = _number("revision")
    if step := step_of(request.form, ROWS):
        return _page(work, refused(shown(_stepped(step, values)), ()), opened_with)
    if request.form.get("meanwhile"):
        return _resolve(work, values, opened_with)
    return _save(work, values, opened_with)


def _opened(city: str) -> _Work:
    if not is_city_id(city):
        raise NotFound(city)
    language = current()
    opened = editing_city.open_city(the_site(), city, by=the_actor())
    return _Work(opened.record, known_cities(opened.known, language, but=city), language)


def _to_take_over(city: str) -> Response:
    return make_response(redirect(addresses.city_part(current(), city, "take-over"), 303))


def _number(name: str) -> int:
    """Return a revision that the form names; one that never was where it names none."""
    text = request.form.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _NUMBER_MAX else 0


def _stepped(step: Step, values: Mapping[str, str]) -> dict[str, str]:
    if step.rows.name == "sources" and step.removes:
        values = without_source(values, step.removes)
    return step.taken(values)


def _save(work: _Work, values: Mapping[str, str], opened_with: int) -> Response:
    """Put what is typed through the gate and store it."""
    try:
        city, note = _accepted(work, values)
        editing_city.edit_city(the_site(), city, expected=opened_with, by=the_actor(), note=note)
    except Invalid as error:
        return _page(work, refused(shown(values), error.faults), opened_with)
    except StaleRevision:
        return _conflict(work, work.typed(city) | {"note": values["note"]}, opened_with)
    name = fmt.isolated(city.name_in(work.language))
    return done(later("The page of %(city)s was saved."), addresses.city(work.language, work.id), city=name)


def _accepted(work: _Work, values: Mapping[str, str]) -> tuple[City, str | None]:
    """Return city and note. Raises Invalid with the faults of both."""
    faults: list[Fault] = []
    note = None
    try:
        note = accept_note(values)
    except Invalid as error:
        faults += error.faults
    try:
        city = accept_city_form(values, city=work.id, stored=work.record.city, known_cities=work.known.ids)
    except Invalid as error:
        raise Invalid([*error.faults, *faults]) from error
    if faults:
        raise Invalid(faults)
    return city, note


def _resolve(work: _Work, values: Mapping[str, str], opened_with: int) -> Response:
    """Make one text of two as the writer chose, and save it."""
    before, now = _versions(work, opened_with)
    if _number("meanwhile") != now.revision:
        return _conflict(work, values, opened_with)
    note = {"note": values["note"]}
    mine = {name: text for name, text in values.items() if name != "note"}
    try:
        whole = merged(before, mine, work.typed(now.city), chosen())
    except KeyError as error:
        missing = Fault("required", f"{CHOICE}.{error.args[0]}")
        return _conflict(work, values, opened_with, (missing,))
    return _save(work, shown(whole) | note, now.revision)


def _versions(work: _Work, opened_with: int) -> tuple[dict[str, str] | None, CityRecord]:
    found = editing_city.versions(the_site(), work.id, opened_with, by=the_actor())
    return work.typed(found.before) if found.before else None, found.now


def _page(work: _Work, form: Form, revision: int) -> Response:
    view = city_form(form.values, work.known, work.language)
    return form_page(
        "cities/edit.html",
        form,
        view=view,
        name=fmt.isolated(work.record.city.name_in(work.language)),
        back=addresses.city(work.language, work.id),
        revision=revision,
    )


def _conflict(
    work: _Work, values: Mapping[str, str], opened_with: int, faults: tuple[Fault, ...] = ()
) -> Response:
    """Show what is typed beside what somebody saved meanwhile, part by part."""
    before, now = _versions(work, opened_with)
    mine = {name: text for name, text in values.items() if name != "note"}
    found = choices(before, mine, work.typed(now.city), work.language)
    taken = {name: request.form.get(name, "") for name in (one.field for one in found)}
    picked = {one.field: taken[one.field] or one.chosen for one in found}
    form = refused(picked, faults)
    page = render_template(
        "cities/conflict.html",
        form=form,
        labels={one.field: one.title for one in found},
        choices=found,
        carried=[(name, text) for name, text in values.items() if text],
        name=fmt.isolated(work.record.city.name_in(work.language)),
        back=addresses.city(work.language, work.id),
        saved=fmt.moment(now.updated, work.language),
        opened_with=opened_with,
        meanwhile=now.revision,
    )
    response = make_response(page)
    response.status_code = StaleRevision.http_status
    return response
