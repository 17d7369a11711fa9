"""What a city does to its own published case: revise it, withdraw it, put it back."""

from dataclasses import replace

from flask import Blueprint, Response, make_response, redirect, render_template

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import Invalid, NotFound, StaleRevision, StoreUnavailable
from knowledgebase.domain.record import Origin
from knowledgebase.intake.draft_lines import accept_line
from knowledgebase.intake.form_filling import fill
from knowledgebase.intake.slug import case_id_of
from knowledgebase.services import draft_desk, drafting, withdrawing
from knowledgebase.services.authorizing import may
from knowledgebase.web import addresses, draft_links
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, form_page, refused, typed, typed_token
from knowledgebase.web.language import current
from knowledgebase.web.personal import part
from knowledgebase.web.problems import later
from knowledgebase.web.visitor import is_somebody, the_actor

pages = Blueprint("case_acts", __name__)
TRIES = 3  # to begin from the newest text while others publish


@pages.post("/<interface:language>/cases/<city>/<slug>/revise")
def revise(city: str, slug: str) -> Response:
    """Begin to revise a case, and lead to the form."""
    site, case_id, token = the_site(), case_id_of(city, slug), typed_token()
    if not token:
        raise NotFound(case_id)
    for left in reversed(range(TRIES)):
        case, revision = draft_desk.case_to_revise(site, case_id, by=the_actor())
        filled = fill(case)
        ours = replace(filled, kept={key: one for key, one in filled.kept.items() if key != "written_by"})
        try:
            draft = drafting.revise(site, case_id, ours, revision=revision, token=token, by=the_actor())
        except StaleRevision:
            if left:
                continue
            raise
        break
    return make_response(redirect(draft_links.draft(current(), draft.id), 303))


@pages.get("/<interface:language>/cases/<city>/<slug>/withdraw")
def ask_to_withdraw(city: str, slug: str) -> Response:
    """Ask for the reason of a withdrawal."""
    return _withdraw_page(case_id_of(city, slug), Form())


@pages.post("/<interface:language>/cases/<city>/<slug>/withdraw")
def withdraw(city: str, slug: str) -> Response:
    """Take a case off the exchange."""
    case_id, given = case_id_of(city, slug), typed("line")
    try:
        reason = accept_line(given)
    except Invalid as error:
        return _withdraw_page(case_id, refused(given, error.faults))
    withdrawing.withdraw(the_site(), case_id, reason, by=the_actor())
    return done(later("The case is withdrawn."), draft_links.work(current(), city))


@pages.post("/<interface:language>/cases/<city>/<slug>/restore")
def restore(city: str, slug: str) -> Response:
    """Put a withdrawn case back."""
    case_id = case_id_of(city, slug)
    withdrawing.restore(the_site(), case_id, by=the_actor())
    return done(later("The case is shown again."), addresses.case(current(), case_id))


def _withdraw_page(case_id: str, form: Form) -> Response:
    case, _ = draft_desk.case_to_revise(the_site(), case_id, by=the_actor())
    return form_page(
        "write/withdraw.html",
        form,
        title=case.title,
        title_language=case.language,
        to=draft_links.own_case(current(), case_id, "withdraw"),
        back=addresses.case(current(), case_id),
    )


@part("case-acts")
def case_acts(argument: str) -> str:
    """Return what those who write for a case's city may do to it; nothing for everybody else."""
    origin, _, case_id = argument.partition(":")
    try:
        actor = the_actor() if is_somebody() else None
    except StoreUnavailable:
        return ""
    concern = Concern.city(case_id.partition("/")[0])
    if actor is None or not may(actor, Action.WRITE_CASE, concern):
        return ""
    language = current()
    return render_template(
        "write/case_acts.html",
        is_file=origin == Origin.FILE,
        take_over=addresses.city_part(language, case_id.partition("/")[0], "take-over")
        if may(actor, Action.TAKE_OVER, concern)
        else None,
        revise=draft_links.own_case(language, case_id, "revise"),
        withdraw=draft_links.own_case(language, case_id, "withdraw")
        if may(actor, Action.PUBLISH_CASE, concern)
        else None,
        form=Form(),
    )
