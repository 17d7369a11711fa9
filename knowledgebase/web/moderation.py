"""The moderators' queue: what waits, what was decided, each with its reasons and its buttons."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request

from knowledgebase.domain.comment import Matter, MatterKind
from knowledgebase.domain.errors import Invalid, NotFound
from knowledgebase.intake.comment import accept_reason
from knowledgebase.services import moderating
from knowledgebase.web import comment_links, fmt
from knowledgebase.web.comment_view import CommentView, comment_view
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, typed
from knowledgebase.web.language import current
from knowledgebase.web.listing import pager, pages_of
from knowledgebase.web.messages import wording
from knowledgebase.web.paged import asked_page
from knowledgebase.web.problems import later
from knowledgebase.web.visitor import the_actor

pages = Blueprint("moderation", __name__)

_WITHOUT_REASON: Mapping[str, Callable[..., object]] = {
    "release": moderating.release,
    "suspend": moderating.suspend,
    "undo": moderating.undo,
}
_WITH_REASON: Mapping[str, Callable[..., object]] = {
    "refuse": moderating.refuse,
    "dismiss": moderating.dismiss,
    "hide": moderating.hide,
    "uphold": moderating.uphold,
    "reverse": moderating.reverse,
}
_OFFERED: Mapping[MatterKind, tuple[str, ...]] = {
    MatterKind.HELD: ("release", "refuse"),
    MatterKind.REPORTED: ("hide", "dismiss"),
    MatterKind.HIDDEN: ("reverse", "uphold"),
    MatterKind.SUSPENSION: ("suspend", "dismiss"),
}
_BUTTONS: Mapping[str, str] = {
    "release": later("Release"),
    "refuse": later("Do not release"),
    "hide": later("Hide"),
    "dismiss": later("Leave as it is"),
    "reverse": later("Show again"),
    "uphold": later("Keep hidden"),
    "suspend": later("Suspend"),
    "undo": later("Undo"),
}
_KINDS: Mapping[MatterKind, str] = {
    MatterKind.HELD: later("A first comment waits"),
    MatterKind.REPORTED: later("Reported"),
    MatterKind.HIDDEN: later("Hidden by the city concerned"),
    MatterKind.SUSPENSION: later("Suspension asked for"),
}
_OUTCOMES: Mapping[str, str] = {
    "released": later("Released"),
    "refused": later("Not released"),
    "dismissed": later("Left as it is"),
    "hidden": later("Hidden"),
    "upheld": later("Kept hidden"),
    "reversed": later("Shown again; the city may not hide it any more"),
    "restored": later("Shown again by the city itself"),
    "suspended": later("Suspended"),
    "deleted": later("Deleted by its writer"),
}
_FINAL = frozenset({"deleted", "restored"})


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter on the page."""

    number: int
    to: str
    kind: str
    when: str
    comment: CommentView | None
    person: str | None  # name
    about: tuple[str, str] | None  # id of the case or city, and its address
    reasons: tuple[tuple[str, str], ...]  # day and words
    outcome: str | None
    note: str | None
    buttons: tuple[tuple[str, str], ...]  # value and words
    wants_reason: bool
    form: Form


def matter_view(matter: Matter, language: str, refused: Form | None = None) -> MatterView:
    """Return a matter in a language of the interface; `refused` is its form when a reason is missing."""
    translate = wording(language).gettext
    reasons = [(fmt.moment(report.at, language), report.reason) for report in matter.reports]
    if matter.reason:
        reasons.append((fmt.moment(matter.at, language), matter.reason))
    if matter.outcome is None:
        offered = _OFFERED[matter.kind]
    else:
        offered = () if matter.outcome.value in _FINAL else ("undo",)
    return MatterView(
        number=matter.number,
        to=comment_links.matter(language, matter.number),
        kind=translate(_KINDS[matter.kind]),
        when=fmt.moment(matter.decided_at or matter.at, language),
        comment=comment_view(matter.comment, language) if matter.comment else None,
        person=matter.person_name,
        about=_about(matter, language),
        reasons=tuple(reasons),
        outcome=translate(_OUTCOMES[matter.outcome.value]) if matter.outcome else None,
        note=matter.note,
        buttons=tuple((name, translate(_BUTTONS[name])) for name in offered),
        wants_reason=any(name in _WITH_REASON for name in offered),
        form=refused or Form({"reason": ""}),
    )


def _about(matter: Matter, language: str) -> tuple[str, str] | None:
    if matter.comment is None:
        return None
    about = matter.comment.about
    return about.case or about.city, comment_links.subject(language, about)


@pages.get("/<interface:language>/moderation")
def queue() -> Response:
    """Show what waits, or with `decided` what was decided."""
    return _page()


@pages.post("/<interface:language>/moderation/<int(max=999999999):number>")
def decide(number: int) -> Response:
    """Decide a matter, or take a decision back."""
    values, language = typed("decision", "reason"), current()
    name, site, actor = values["decision"], the_site(), the_actor()
    if name in _WITHOUT_REASON:
        _WITHOUT_REASON[name](site, number, by=actor)
    elif name in _WITH_REASON:
        try:
            reason = accept_reason(values)
        except Invalid as error:
            return _page(number, Form({"reason": values["reason"]}, error.faults))
        _WITH_REASON[name](site, number, reason, by=actor)
    else:
        raise NotFound(name)
    return done(later("Done. It can be undone under what was decided."), comment_links.queue(language))


def _page(number: int | None = None, refused: Form | None = None) -> Response:
    language, page = current(), asked_page()
    is_open = request.args.get("decided") != "yes"
    found = moderating.queue(the_site(), page=page, is_open=is_open, by=the_actor())
    at = comment_links.queue(language, is_open=is_open)
    last = max(1, pages_of(found.total, moderating.QUEUE_SIZE))
    if page > last:
        raise NotFound(f"{at}&page={page}")
    response = make_response(
        render_template(
            "moderation/queue.html",
            matters=[
                matter_view(matter, language, refused if matter.number == number else None)
                for matter in found.matters
            ],
            total=found.total,
            is_open=is_open,
            pages=pager(at, page, last, language),
            labels={"reason": wording(language).gettext("Reason")},
            form=refused or Form({"reason": ""}),
        )
    )
    response.status_code = 422 if refused else 200
    return response
