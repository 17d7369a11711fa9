"""What is done to a comment on its own page: edit, delete, report, hide, restore, pin, accept."""

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, request

from knowledgebase.domain.comment import Comment
from knowledgebase.domain.errors import Fault, Invalid, NotAllowed, NotFound, StaleRevision
from knowledgebase.domain.person import Actor
from knowledgebase.intake.comment import accept_reason
from knowledgebase.services import comment_marks, comment_reading, commenting, moderating
from knowledgebase.services.comment_reading import Doing
from knowledgebase.services.comment_subject import subject
from knowledgebase.services.site import Site
from knowledgebase.web import comment_links
from knowledgebase.web.comment_forms import TEXTS, labels, languages, words_of
from knowledgebase.web.comment_view import comment_view, text_views
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, form_page, typed, typed_number
from knowledgebase.web.language import current
from knowledgebase.web.problems import later
from knowledgebase.web.visitor import the_actor

pages = Blueprint("comment_acts", __name__)


def _delete(site: Site, comment_id: str, *, by: Actor) -> None:
    commenting.delete(site, comment_id, by=by)


_PLAIN: Mapping[str, Callable[..., object]] = {
    "delete": _delete,
    "pin": comment_marks.pin,
    "unpin": comment_marks.unpin,
    "accept": comment_marks.accept_answer,
    "unaccept": comment_marks.unaccept_answer,
}
_DONE: Mapping[str, str] = {
    "delete": later("The comment was deleted."),
    "pin": later("The comment stands beside the evidence now."),
    "unpin": later("The comment is no statement of the city any more."),
    "accept": later("The answer is marked as accepted."),
    "unaccept": later("The answer is not marked any more."),
    "report": later("Thank you. The moderators look at it."),
    "hide": later("The comment is hidden; a line says why."),
    "restore": later("The comment is shown again."),
    "suspension": later("The platform admins are asked."),
}


@pages.get("/<interface:language>/comments/<comment>/edit")
def edit_form(comment: str) -> Response:
    """Show the form by which a comment is edited."""
    shown = comment_reading.show(the_site(), comment, by=the_actor())
    if Doing.EDIT not in shown.may:
        raise NotAllowed(comment)
    return _edit_page(shown.comment, Form(_values_of(shown.comment)))


@pages.post("/<interface:language>/comments/<comment>/edit")
def edit(comment: str) -> Response:
    """Save another text of a comment, or show it again with what is wrong."""
    site, actor, values = the_site(), the_actor(), typed(*TEXTS, "revision")
    shown = comment_reading.show(site, comment, by=actor)
    revision = typed_number("revision") or 0
    try:
        words = words_of(values)
        if "preview" in request.form:
            form = Form(values)
            texts = commenting.preview(site, shown.comment.about, words, by=actor)
            return _edit_page(shown.comment, form, text_views(texts, current()))
        commenting.edit(site, comment, words, revision=revision, by=actor)
    except Invalid as error:
        return _edit_page(shown.comment, Form(values, error.faults))
    except StaleRevision:
        now = Form(values | {"revision": str(shown.comment.revision)}, (Fault("changed-meanwhile", "body"),))
        page = _edit_page(shown.comment, now, text_views(shown.comment.texts, current()))
        page.status_code = StaleRevision.http_status
        return page
    return _back(shown.comment, later("The comment says it in your new words now."))


@pages.post("/<interface:language>/comments/<comment>/<act>")
def act(comment: str, act: str) -> Response:
    """Do one thing to a comment; where a reason is needed and missing, the page says so."""
    site, actor = the_site(), the_actor()
    shown = comment_reading.show(site, comment, by=actor)
    if act in _PLAIN:
        _PLAIN[act](site, comment, by=actor)
        return _back(shown.comment, _DONE[act], is_gone=act == "delete")
    if act not in _DONE:
        raise NotFound(act)
    values = typed("reason")
    try:
        reason = accept_reason(values)
    except Invalid as error:
        return reason_page(shown.comment, act, Form(values, error.faults))
    if act == "report":
        comment_marks.report(site, comment, reason, by=actor)
    elif act == "hide":
        comment_marks.hide(site, comment, reason, by=actor)
    elif act == "restore":
        comment_marks.restore(site, comment, reason, by=actor)
    else:
        moderating.ask_for_suspension(site, shown.comment.writer, reason, by=actor)
    return _back(shown.comment, _DONE[act])


def reason_page(comment: Comment, act: str, form: Form) -> Response:
    """Return the page that asks for a reason once more."""
    language = current()
    return form_page(
        "comments/reason.html",
        form,
        view=comment_view(comment, language),
        subject=subject(the_site(), comment.about),
        to=comment_links.comment(language, comment.id, act),
        labels=labels(language),
    )


def _edit_page(comment: Comment, form: Form, preview: object = ()) -> Response:
    language = current()
    return form_page(
        "comments/edit.html",
        form,
        view=comment_view(comment, language),
        subject=subject(the_site(), comment.about),
        to=comment_links.comment(language, comment.id, "edit"),
        preview=preview,
        labels=labels(language),
        languages=languages(language),
    )


def _values_of(comment: Comment) -> dict[str, str]:
    own, *others = comment.texts
    second = others[0] if others else None
    return {
        "body": own.body,
        "language": own.language,
        "second_body": second.body if second else "",
        "second_language": second.language if second else "",
        "revision": str(comment.revision),
    }


def _back(comment: Comment, said: str, *, is_gone: bool = False) -> Response:
    """Lead back to the comment, or where it is gone to what it was about."""
    language = current()
    to = comment_links.comment(language, comment.id)
    return done(said, comment_links.talk(language, comment.about) if is_gone else to)
