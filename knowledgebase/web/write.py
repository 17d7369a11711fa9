"""Where a city's cases are written: the list of drafts and cases, and the form of one draft."""

from dataclasses import replace
from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, redirect, render_template, request

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.case import Case
from knowledgebase.domain.draft import CaseChanged, Draft, DraftChanged, DraftState, Typed
from knowledgebase.domain.errors import Fault, Invalid, NotAllowed, NotFound, WrongState
from knowledgebase.intake.case_form import note_of, proposed_summary
from knowledgebase.intake.form_filling import begin
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services import draft_desk, drafting, publishing
from knowledgebase.services.authorizing import may
from knowledgebase.services.draft_desk import Desk
from knowledgebase.services.publishing import Publication
from knowledgebase.web import draft_links, form_reading, work_links
from knowledgebase.web.context import the_site
from knowledgebase.web.draft_conflict import conflict_page
from knowledgebase.web.draft_lists import work_view
from knowledgebase.web.draft_view import as_fields, draft_view, judged
from knowledgebase.web.form_reading import Act
from knowledgebase.web.form_view import form_view
from knowledgebase.web.forms import Form, done, refused, typed, typed_token
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.problems import later
from knowledgebase.web.visitor import the_actor

pages = Blueprint("write", __name__)
_STAYS = frozenset({"add", "row", "remove", "preview"})  # acts after which one goes on writing


@pages.get("/<interface:language>/write")
def index() -> str:
    """Show the drafts and cases of one of the cities that somebody writes for."""
    actor, asked = the_actor(), request.args.get("city", "")
    mine = sorted(city for city in actor.memberships if may(actor, Action.WRITE_CASE, Concern.city(city)))
    city = asked if is_city_id(asked) else next(iter(mine), "")
    if not city:
        return render_template("write/nothing.html")
    record = draft_desk.city_to_write_for(the_site(), city, by=actor)
    work = drafting.work_of(the_site(), city, by=actor)
    page = work_view(work, record, mine, actor, current())
    return render_template("write/index.html", page=page, form=Form({"city": city}))


@pages.post("/<interface:language>/write")
def start() -> Response:
    """Begin a draft of a new case, and lead to its form."""
    given, token = typed("city"), typed_token()
    if not (token and is_city_id(given["city"])):
        raise NotFound(given["city"])
    city = draft_desk.city_to_write_for(the_site(), given["city"], by=the_actor())
    fields = begin(city.city, current())
    draft = drafting.start(the_site(), given["city"], fields, token=token, by=the_actor())
    return make_response(redirect(draft_links.draft(current(), draft.id), 303))


@pages.get("/<interface:language>/write/<draft>")
def show(draft: str) -> Response:
    """Show a draft: the form while it is written, the text while it waits, where it went afterwards."""
    desk = draft_desk.desk(the_site(), draft, by=the_actor())
    if desk.draft.state in (DraftState.WRITING, DraftState.RETURNED):
        return desk_page(desk, Form(desk.draft.typed.fields), is_preview="preview" in request.args)
    return waiting_page(desk, Form())


@pages.post("/<interface:language>/write/<draft>")
def change(draft: str) -> Response:
    """Save what was typed, and do what the button says."""
    act, fields = form_reading.the_act(), form_reading.typed_fields()
    if act.verb == "remove":
        fields = form_reading.without(fields, act.about)
    try:
        saved = drafting.save(the_site(), draft, fields, expected=form_reading.expected(), by=the_actor())
    except DraftChanged as conflict:
        return conflict_page(conflict.theirs, fields, conflict)
    except WrongState:
        return _too_late(draft, fields)
    if act.verb in ("ask", "publish"):
        return _hand_in(saved, act.verb)
    if act.verb not in _STAYS:
        return done(later("The draft is saved."), _next_of(saved, act))
    return make_response(redirect(_next_of(saved, act), 303))


@pages.post("/<interface:language>/write/<draft>/preview")
def preview(draft: str) -> str:
    """Show how what is typed now would look, without saving it."""
    held = draft_desk.desk(the_site(), draft, by=the_actor())
    now = replace(held.draft.typed, fields=form_reading.typed_fields())
    view = draft_view(the_site(), now, held.city, current())
    return render_template("write/preview.html", view=view)


def desk_page(desk: Desk, form: Form, *, is_preview: bool = False, notice: str | None = None) -> Response:
    """Return the page of the form; with faults, or a notice that something was refused, it says so."""
    draft, language = desk.draft, current()
    proposed = "" if form.value("summary").strip() else proposed_summary(Typed(form.values))
    view = form_view(
        form,
        language,
        opened=form_reading.opened(),
        grown=request.args.get("row", ""),
        proposed=proposed,
    )
    page = render_template(
        "write/draft.html",
        desk=desk,
        draft=draft,
        form=form,
        view=view,
        opened=[group.key for group in view.groups],
        tag_links=work_links,
        links=draft_links,
        notice=notice,
        city_name=desk.city.city.name_in(language),
        preview=draft_view(the_site(), draft.typed, desk.city, language) if is_preview else None,
    )
    response = make_response(page)
    response.status_code = 409 if notice else 422 if form.faults else 200
    return response


def waiting_page(desk: Desk, form: Form) -> Response:
    """Return the page of a draft that nobody writes on: it was asked for, is published or discarded."""
    draft, language = desk.draft, current()
    is_asked = draft.state is DraftState.ASKED
    response = make_response(
        render_template(
            "write/waiting.html",
            desk=desk,
            draft=draft,
            form=form,
            links=draft_links,
            city_name=desk.city.city.name_in(language),
            has_place=draft.city in the_actor().memberships,
            may_withdraw=may(the_actor(), Action.PUBLISH_CASE, Concern.city(draft.city)),
            preview=draft_view(the_site(), draft.typed, desk.city, language) if is_asked else None,
        )
    )
    response.status_code = 422 if form.faults else 200
    return response


def publish_or_say(draft: Draft, publication: Publication) -> Response:
    """Publish, and lead to what became of it; where others published since, show both texts."""
    try:
        done = publishing.publish(the_site(), draft.id, publication, by=the_actor())
    except CaseChanged as conflict:
        return conflict_page(draft, draft.typed.fields, conflict)
    except Invalid as error:
        return _with_faults(draft, as_fields(error.faults, draft.typed))
    return make_response(redirect(draft_links.draft(current(), done.id), 303))


def case_of(draft: Draft) -> tuple[Case | None, tuple[Fault, ...]]:
    """Return the case that a draft says, or what is wrong with it."""
    slug = draft.case_id.partition("/")[2] if draft.case_id else None
    return judged(draft.typed, draft.city, slug)


def _hand_in(draft: Draft, verb: str) -> Response:
    case, faults = case_of(draft)
    if case is None:
        return _with_faults(draft, faults)
    if verb == "publish":
        return publish_or_say(draft, Publication(case, draft.revision, note_of(draft.typed)))
    publishing.ask(the_site(), draft.id, revision=draft.revision, by=the_actor())
    return done(
        later("The city's admins are asked to publish this text."), draft_links.draft(current(), draft.id)
    )


def _with_faults(draft: Draft, faults: tuple[Fault, ...]) -> Response:
    desk = draft_desk.desk(the_site(), draft.id, by=the_actor())
    if desk.draft.state is DraftState.ASKED:
        raise NotAllowed(draft.id)
    fields = {**dict.fromkeys((fault.key for fault in faults), ""), **draft.typed.fields}
    return desk_page(desk, refused(fields, faults))


def _too_late(draft_id: str, fields: dict[str, str]) -> Response:
    """Return the form with what was typed, saying that the draft is not written on any more."""
    words = wording(current())
    sentence = words.gettext(
        "This draft is no longer open for writing, so nothing was saved. What you typed stands below: copy "
        "what you need."
    )
    desk = draft_desk.desk(the_site(), draft_id, by=the_actor())
    return desk_page(desk, refused(fields, ()), notice=sentence)


def _next_of(draft: Draft, act: Act) -> str:
    """Return where to go on writing: at what was added, or at the preview."""
    language = current()
    opened = [key for key in form_reading.opened() if not (act.verb == "remove" and key == act.about)]
    asked = [("open", key) for key in opened]
    place = ""
    if act.verb == "add":
        asked.append(("open", act.about))
        place = f"#g-{act.about.replace('.', '-')}"
    if act.verb == "row":
        asked.append(("row", act.about))
        place = f"#r-{act.about}-last"
    if act.verb == "preview":
        asked.append(("preview", "1"))
        place = "#preview"
    address = draft_links.draft(language, draft.id)
    return f"{address}{'?' if asked else ''}{urlencode(asked)}{place}"
