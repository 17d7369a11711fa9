"""What is done to a draft beside writing it: taken back, returned, decided, discarded, shared, reconciled."""

from collections.abc import Iterable, Mapping

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request

from knowledgebase.domain.difference import Side, merged
from knowledgebase.domain.draft import CaseChanged, DraftChanged, DraftState, Typed
from knowledgebase.domain.errors import Fault, Invalid, NotAllowed, WrongState
from knowledgebase.intake.case_form import note_of
from knowledgebase.intake.draft_lines import accept_letter, accept_line
from knowledgebase.services import draft_desk, draft_sharing, drafting, publishing
from knowledgebase.services.publishing import Publication
from knowledgebase.web import draft_links, form_reading
from knowledgebase.web.context import the_site
from knowledgebase.web.draft_conflict import CHOICE, TwoTexts, conflict_page, two_texts
from knowledgebase.web.forms import done, refused, typed, typed_number
from knowledgebase.web.language import current
from knowledgebase.web.layout import absolute
from knowledgebase.web.messages import wording
from knowledgebase.web.problems import later
from knowledgebase.web.visitor import the_actor
from knowledgebase.web.write import case_of, publish_or_say, waiting_page

pages = Blueprint("draft_acts", __name__)


def _back(draft: str, sentence: str = "") -> Response:
    if sentence:
        flash(sentence)
    return make_response(redirect(draft_links.draft(current(), draft), 303))


@pages.post("/<interface:language>/write/<draft>/take-back")
def take_back(draft: str) -> Response:
    """Go on writing what was asked to be published."""
    publishing.take_back(the_site(), draft, by=the_actor())
    return _back(draft)


@pages.post("/<interface:language>/write/<draft>/return")
def give_back(draft: str) -> Response:
    """Return a draft to its writer with a line."""
    given = typed("line")
    try:
        line = accept_line(given)
    except Invalid as error:
        desk = draft_desk.desk(the_site(), draft, by=the_actor())
        return _undecided(desk, given, error.faults, is_allowed=desk.may_return)
    publishing.give_back(the_site(), draft, line, by=the_actor())
    return _back(draft, wording(current()).gettext("The draft is returned to its writer."))


@pages.post("/<interface:language>/write/<draft>/decide")
def decide(draft: str) -> Response:
    """Publish what somebody asked to be published, with the letter that approved it."""
    given = typed("letter_number", "letter_date")
    desk = draft_desk.desk(the_site(), draft, by=the_actor())
    if desk.draft.state is DraftState.PUBLISHED:
        return _back(draft)
    case, faults = case_of(desk.draft)
    try:
        letter = accept_letter(given, language=current())
    except Invalid as error:
        faults = (*faults, *error.faults)
        letter = None
    if case is None or faults:
        return _undecided(desk, given, faults, is_allowed=desk.may_publish)
    revision = form_reading.expected()
    publication = Publication(case, revision, note_of(desk.draft.typed), letter)
    return publish_or_say(desk.draft, publication)


def _undecided(
    desk: draft_desk.Desk, given: Mapping[str, str], faults: Iterable[Fault], *, is_allowed: bool
) -> Response:
    """Return the page of a draft that waits, with what is wrong with the decision.

    Raises WrongState for a draft that waits no more, NotAllowed for whoever may not decide.
    """
    if desk.draft.state is not DraftState.ASKED:
        raise WrongState(desk.draft.id)
    if not is_allowed:
        raise NotAllowed(desk.draft.id)
    return waiting_page(desk, refused(given, faults))


@pages.post("/<interface:language>/write/<draft>/discard")
def discard(draft: str) -> Response:
    """Put a draft away."""
    gone = drafting.discard(the_site(), draft, by=the_actor())
    return done(later("The draft is discarded."), draft_links.work(current(), gone.city))


@pages.post("/<interface:language>/write/<draft>/share")
def share(draft: str) -> Response:
    """Make a link to a draft and show it, this once."""
    made = draft_sharing.share(the_site(), draft, by=the_actor())
    language = current()
    return make_response(
        render_template(
            "write/link.html",
            address=absolute(draft_links.shared(language, made.token)),
            expires=made.expires,
            back=draft_links.draft(language, draft),
        )
    )


@pages.post("/<interface:language>/write/<draft>/revoke")
def revoke(draft: str) -> Response:
    """End one link to a draft, or all."""
    draft_sharing.revoke(the_site(), draft, by=the_actor(), number=typed_number("number"))
    return _back(draft, wording(current()).gettext("The link shows nothing any more."))


@pages.post("/<interface:language>/write/<draft>/choose")
def choose(draft: str) -> Response:
    """Save the parts that somebody chose of two texts."""
    is_case = typed("against")["against"] == "case"
    return _onto_case(draft) if is_case else _onto_draft(draft)


def _onto_draft(draft_id: str) -> Response:
    site, actor, read = the_site(), the_actor(), form_reading.expected()
    mine, shown = form_reading.typed_fields(), _shown()
    try:
        drafting.save(site, draft_id, mine, expected=read, by=actor)
        return _back(draft_id)  # nobody stands in the way any more
    except DraftChanged as conflict:
        texts = two_texts(conflict.theirs, mine, conflict)
        whole = _chosen(texts) if conflict.theirs.revision == shown else None
        if whole is None:
            again = _choices() if conflict.theirs.revision == shown else None
            return conflict_page(conflict.theirs, mine, conflict, chosen=again)
        try:
            drafting.save(site, draft_id, whole, expected=shown, by=actor)
        except DraftChanged as newer:
            return conflict_page(newer.theirs, whole, newer)
    return _back(draft_id, wording(current()).gettext("The chosen parts are saved in the draft."))


def _onto_case(draft_id: str) -> Response:
    site, actor = the_site(), the_actor()
    desk = draft_desk.desk(site, draft_id, by=actor)
    conflict = draft_desk.newer_case(site, draft_id, by=actor)
    if conflict is None:
        return _back(draft_id)
    texts = two_texts(desk.draft, desk.draft.typed.fields, conflict)
    whole = _chosen(texts) if conflict.revision == _shown() else None
    if whole is None:
        return _ask_again(desk.draft.typed, desk, conflict)
    merged_text = Typed(whole, texts.theirs.kept, texts.theirs.headings)
    try:
        drafting.rebase(
            site,
            draft_id,
            merged_text,
            expected=form_reading.expected(),
            case_revision=conflict.revision,
            by=actor,
        )
    except DraftChanged as newer:
        return conflict_page(newer.theirs, whole, newer)
    sentence = wording(current()).gettext(
        "The chosen parts are saved in the draft, on the newest text. Publish it when it is right."
    )
    return _back(draft_id, sentence)


def _ask_again(typed_text: Typed, desk: draft_desk.Desk, conflict: CaseChanged) -> Response:
    again = _choices() if conflict.revision == _shown() else None
    return conflict_page(desk.draft, typed_text.fields, conflict, chosen=again)


def _shown() -> int:
    return typed_number("theirs") or 0


def _choices() -> dict[str, str]:
    return {name: typed(name)[name] for name in request.form if name.startswith(CHOICE)}


def _chosen(texts: TwoTexts) -> dict[str, str] | None:
    """Return the one text of the chosen parts, None while a part waits for a choice."""
    sides = {name.removeprefix(CHOICE): Side(side) for name, side in _choices().items() if side in set(Side)}
    try:
        return merged(texts.before, texts.mine.fields, texts.theirs.fields, sides)
    except KeyError:
        return None
