"""The proposals that somebody decides, those already decided, and one's own."""

from dataclasses import dataclass

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as WerkzeugResponse

from knowledgebase.domain.errors import Invalid, StaleRevision
from knowledgebase.domain.language import direction
from knowledgebase.domain.proposal import ListedProposal, ProposalState
from knowledgebase.intake.tag import accept_line
from knowledgebase.services import proposing
from knowledgebase.text import lists
from knowledgebase.web import addresses, faults, fmt, names, work_links
from knowledgebase.web.context import the_site
from knowledgebase.web.face import face_line
from knowledgebase.web.forms import typed
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.paged import asked_page
from knowledgebase.web.problems import later
from knowledgebase.web.stepping import steps
from knowledgebase.web.visitor import the_actor

pages = Blueprint("proposals", __name__)
_STATES = {
    ProposalState.OPEN: later("waits for an answer"),
    ProposalState.ACCEPTED: later("accepted"),
    ProposalState.REFUSED: later("refused"),
    ProposalState.WITHDRAWN: later("taken back"),
}
_DONE = {
    "accept": later("The proposal is accepted; the case shows it now."),
    "refuse": later("The proposal is refused."),
    "reopen": later("The decision is undone; the proposal waits again."),
    "withdraw": later("Your proposal is taken back."),
}
_TABS = (
    (ProposalState.OPEN, later("Waiting")),
    (ProposalState.ACCEPTED, later("Accepted")),
    (ProposalState.REFUSED, later("Refused")),
)


@dataclass(frozen=True, slots=True)
class ProposalView:
    """A proposal as lists show it."""

    id: str
    case_title: str
    case_language: str
    case_address: str
    city: str
    tag: str | None
    language: str | None  # of a translation
    language_name: str
    direction: str
    title: str
    summary: str
    how: str  # who translated
    by: str
    date: str
    state: str
    state_words: str
    line: str | None  # of the decision


@pages.get("/<interface:language>/proposals")
def index() -> Response | WerkzeugResponse:
    """Show the proposals that somebody decides; whoever decides none sees its own."""
    language, page = current(), asked_page()
    of_cities = proposing.deciding_for(the_actor())
    if of_cities is not None and not of_cities:
        return redirect(work_links.own_proposals(language), 303)
    known = {state.value: state for state, _ in _TABS}
    state = known.get(request.args.get("state", ""), ProposalState.OPEN)
    found, has_more = proposing.to_decide(the_site(), by=the_actor(), state=state, page=page)
    words = wording(language)
    tabs = [(work_links.proposals(language, one), words.gettext(said), one is state) for one, said in _TABS]
    return make_response(
        render_template(
            "proposals/index.html",
            proposals=[view(one, language) for one in found],
            state=state.value,
            tabs=tabs,
            pager=steps(work_links.proposals(language, state), page, has_more, language),
            links=work_links,
        )
    )


@pages.get("/<interface:language>/proposals/own")
def own() -> str:
    """Show what somebody proposed, the last first."""
    language, page = current(), asked_page()
    found, has_more = proposing.own(the_site(), by=the_actor(), page=page)
    of_cities = proposing.deciding_for(the_actor())
    return render_template(
        "proposals/own.html",
        proposals=[view(one, language) for one in found],
        decides=of_cities is None or bool(of_cities),
        pager=steps(work_links.own_proposals(language), page, has_more, language),
        links=work_links,
    )


@pages.post("/<interface:language>/proposals/<proposal>/accept")
def accept(proposal: str) -> WerkzeugResponse:
    """Give a case what was proposed."""
    return _decided("accept", proposal)


@pages.post("/<interface:language>/proposals/<proposal>/refuse")
def refuse(proposal: str) -> WerkzeugResponse:
    """Refuse what was proposed."""
    return _decided("refuse", proposal)


@pages.post("/<interface:language>/proposals/<proposal>/reopen")
def reopen(proposal: str) -> WerkzeugResponse:
    """Undo a decision."""
    return _decided("reopen", proposal)


@pages.post("/<interface:language>/proposals/<proposal>/withdraw")
def withdraw(proposal: str) -> WerkzeugResponse:
    """Take one's own proposal back."""
    return _decided("withdraw", proposal)


def _decided(act: str, proposal: str) -> WerkzeugResponse:
    """Do an act and lead back to the list, which says what was done or why it was not."""
    site, by, language = the_site(), the_actor(), current()
    words = wording(language)
    try:
        if act == "accept":
            proposing.accept(site, proposal, by=by, line=accept_line(typed("line")["line"]))
        elif act == "refuse":
            proposing.refuse(site, proposal, by=by, line=accept_line(typed("line")["line"]))
        elif act == "reopen":
            proposing.reopen(site, proposal, by=by)
        else:
            proposing.withdraw(site, proposal, by=by)
        flash(words.gettext(_DONE[act]))
    except StaleRevision:
        flash(words.gettext("Meanwhile somebody decided otherwise. Nothing was changed."))
    except Invalid as error:
        flash(" ".join(faults.sentence(fault, language) for fault in error.faults))
    is_own = act == "withdraw"
    return redirect(work_links.own_proposals(language) if is_own else work_links.proposals(language), 303)


def view(listed: ListedProposal, language: str) -> ProposalView:
    """Return a proposal as lists show it."""
    proposal, words = listed.proposal, wording(language)
    draft, told = proposal.draft, proposal.draft.translation
    written = draft.language or ""
    return ProposalView(
        id=proposal.id,
        case_title=listed.title,
        case_language=listed.language,
        case_address=addresses.case(language, proposal.case),
        city=listed.city_names.get(language) or listed.city_names["en"],
        tag=draft.tag.shown if draft.tag else None,
        language=draft.language,
        language_name=names.language_name(written, language) if written else "",
        direction=direction(written),
        title=told.title if told else "",
        summary=told.summary if told else "",
        how=lists.label("translator", told.by, language) if told else "",
        by=face_line(listed.face, language) if listed.face else "",
        date=fmt.moment(proposal.at, language),
        state=proposal.state.value,
        state_words=words.gettext(_STATES[proposal.state]),
        line=proposal.decision.line if proposal.decision else None,
    )
