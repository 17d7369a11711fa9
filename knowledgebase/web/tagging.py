"""Pages on which a city tags its case and people propose something for it, and suggestions of tags."""

from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.case import Case
from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.proposal import Draft
from knowledgebase.intake.slug import case_id_of
from knowledgebase.intake.tag import accept_tag, accept_translation
from knowledgebase.services import proposing, reading, suggesting, tagging
from knowledgebase.services.authorizing import may
from knowledgebase.text import lists
from knowledgebase.web import addresses, names, work_links
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, choices, done, form_page, refused, typed, typed_token
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.personal import part
from knowledgebase.web.problems import later
from knowledgebase.web.tags import show as show_tag
from knowledgebase.web.visitor import is_somebody, the_actor

pages = Blueprint("tagging", __name__)
TYPED_MAX = 200  # characters of what was typed that are looked at


@part("case-tags")
def case_tags(argument: str) -> str:
    """Return what somebody may do to the tags of a case, given its id; visitors are led to the log-in."""
    city = argument.partition("/")[0]
    is_tagger = is_somebody() and may(the_actor(), Action.TAG_CASE, Concern.city(city))
    return render_template("tagging/on_case.html", case_id=argument, is_tagger=is_tagger, links=work_links)


@pages.get("/<interface:language>/cases/<city>/<slug>/tags")
def edit(city: str, slug: str) -> Response:
    """Show the tags of a case to those who may change them."""
    return _editor(case_id_of(city, slug), Form({"tag": ""}))


@pages.post("/<interface:language>/cases/<city>/<slug>/tags")
def add(city: str, slug: str) -> Response | WerkzeugResponse:
    """Give a case a tag."""
    case_id, asked, language = case_id_of(city, slug), typed("tag"), current()
    try:
        given = tagging.add(the_site(), case_id, accept_tag(asked["tag"]), by=the_actor())
    except Invalid as error:
        return _editor(case_id, refused(asked, error.faults))
    to = work_links.case_tags(language, case_id)
    return done(later("The case has the tag “%(tag)s” now."), to, tag=given.shown)


@pages.post("/<interface:language>/cases/<city>/<slug>/tags/remove")
def remove(city: str, slug: str) -> Response | WerkzeugResponse:
    """Take a tag of the web from a case."""
    case_id, asked, language = case_id_of(city, slug), typed("folded"), current()
    try:
        tagging.remove(the_site(), case_id, asked["folded"], by=the_actor())
    except Invalid as error:
        return _editor(case_id, refused({"tag": ""}, error.faults))
    return done(later("The tag was taken away."), work_links.case_tags(language, case_id))


def _editor(case_id: str, form: Form) -> Response:
    case = _public(case_id)
    tags = tagging.tags_of(the_site(), case_id, by=the_actor())
    return form_page("tagging/edit.html", form, tags=tags, **_about(case))


@pages.get("/<interface:language>/cases/<city>/<slug>/propose")
def propose(city: str, slug: str) -> Response:
    """Show the form that proposes a tag, or title and summary in another language."""
    return _proposing(case_id_of(city, slug), Form(_empty()))


@pages.post("/<interface:language>/cases/<city>/<slug>/propose")
def send(city: str, slug: str) -> Response | WerkzeugResponse:
    """Store a proposal for a case."""
    case_id, language = case_id_of(city, slug), current()
    asked = typed(*_empty())
    try:
        proposing.propose(the_site(), case_id, _draft(asked), token=_token(asked["what"]), by=the_actor())
    except Invalid as error:
        return _proposing(case_id, refused(asked, error.faults))
    return done(
        later("Thank you. The city will decide about your proposal."), work_links.own_proposals(language)
    )


def _token(what: str) -> str:
    """Return the token of the form that was sent; the two forms of the page have one that is the same."""
    return f"{what}:{typed_token() or Form().token}"


def _empty() -> dict[str, str]:
    return dict.fromkeys(("what", "tag", "language", "title", "summary", "is_machine"), "")


def _draft(asked: dict[str, str]) -> Draft:
    if asked["what"] == "translation":
        return accept_translation(asked)
    return Draft(tag=accept_tag(asked["tag"]))


def _proposing(case_id: str, form: Form) -> Response:
    case, language = _public(case_id), current()
    taken = {case.language, *case.translations}
    known = [(tag, names.language_name(tag, language)) for tag in lists.languages() if tag not in taken]
    known.sort(key=lambda pair: pair[1])
    none = wording(language).gettext("Choose a language")
    return form_page("tagging/propose.html", form, languages=choices(known, none=none), **_about(case))


def _public(case_id: str) -> Case:
    """Return a public case with all its translations. Raises NotFound."""
    return reading.case(the_site(), case_id).record.case


def _about(case: Case) -> dict[str, Any]:
    language = current()
    return {
        "case_id": case.id,
        "title": case.title_in(language),
        "title_language": language if language in case.translations else case.language,
        "summary": case.summary_in(language),
        "address": addresses.case(language, case.id),
        "links": work_links,
    }


@pages.get("/<interface:language>/tags/suggest")
def suggest() -> Response | WerkzeugResponse | str:
    """Answer a program of ours with tags that somebody may mean; without a question it is a tag's page."""
    if "q" not in request.args:
        return show_tag("suggest")
    found = suggesting.suggest(the_site(), request.args["q"][:TYPED_MAX], language=current())
    answer = jsonify([{"tag": one.tag.shown, "cases": one.cases} for one in found])
    answer.headers["Cache-Control"] = "no-store"
    return answer
