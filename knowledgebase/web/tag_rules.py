"""Rules for tags: the page of them, what admins find on a tag's page, and where old tags lead."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as WerkzeugResponse

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.tagging import TagRule
from knowledgebase.intake.query import read
from knowledgebase.intake.tag import accept_line, accept_tag
from knowledgebase.services import tag_rules
from knowledgebase.services.authorizing import may
from knowledgebase.web import addresses, fmt, work_links
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, done, form_page, refused, typed
from knowledgebase.web.language import current
from knowledgebase.web.listing import Pager
from knowledgebase.web.messages import wording
from knowledgebase.web.paged import asked_page
from knowledgebase.web.personal import part
from knowledgebase.web.problems import later
from knowledgebase.web.stepping import steps
from knowledgebase.web.visitor import is_somebody, the_actor

pages = Blueprint("tag_rules", __name__)


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule in the list of rules."""

    folded: str
    sentence: str
    date: str
    reason: str | None


@part("tag-admin")
def tag_admin(argument: str) -> str:
    """Return what an admin may do to the tag `argument` on its page; nothing for anybody else."""
    if not (is_somebody() and may(the_actor(), Action.MANAGE_TAGS, Concern.exchange())):
        return ""
    form = Form({"folded": argument, "into": "", "line": ""})
    return render_template("tagging/admin.html", form=form, links=work_links)


@pages.get("/<interface:language>/tag-rules")
def index() -> Response:
    """Show the rules, the last made first, with a form for another one."""
    return _page(Form({"tag": "", "into": "", "line": ""}))


def _page(form: Form) -> Response:
    language, page = current(), asked_page()
    rules, has_more = tag_rules.rules(the_site(), by=the_actor(), page=page)
    pager: Pager | None = steps(work_links.tag_rules(language), page, has_more, language)
    shown = [_view(rule, language) for rule in rules]
    return form_page("tagging/rules.html", form, rules=shown, pager=pager, links=work_links)


def _view(rule: TagRule, language: str) -> RuleView:
    words = wording(language)
    said = words.gettext("“%(tag)s” is shown as “%(shown)s”")
    if rule.is_forbidden:
        said = words.gettext("“%(tag)s” is forbidden")
    elif rule.merged_into:
        said = words.gettext("“%(tag)s” counts as “%(shown)s”")
    told = {"tag": fmt.isolated(rule.folded), "shown": fmt.isolated(rule.shown or "")}
    at = fmt.moment(rule.at, language) if rule.at else ""
    return RuleView(rule.folded, said % told, at, rule.reason)


@pages.post("/<interface:language>/tag-rules")
def decide() -> Response | WerkzeugResponse:
    """Merge a tag into another one, give it a spelling, or forbid it."""
    asked, language, site = typed("folded", "tag", "into", "line", "act"), current(), the_site()
    values = {name: asked[name] for name in ("tag", "into", "line")}
    values["tag"] = values["tag"] or asked["folded"]
    try:
        folded, reason = _folded(values["tag"]), accept_line(values["line"])
        if asked["act"] == "forbid":
            tag_rules.forbid(site, folded, by=the_actor(), reason=reason)
            leads_to = work_links.tag_rules(language)
        else:
            into = accept_tag(values["into"], key="into")
            leads_to = addresses.tag(
                language, tag_rules.merge(site, folded, into, by=the_actor(), reason=reason)
            )
    except Invalid as error:
        faults = [
            Fault("required", "into") if fault == Fault("required", "tag") else fault
            for fault in error.faults
        ]
        return _page(refused(values, faults))
    return done(later("The rule holds. Cases and search follow at once."), leads_to)


@pages.post("/<interface:language>/tag-rules/undo")
def undo() -> WerkzeugResponse:
    """Take a rule back."""
    language = current()
    tag_rules.take_back(the_site(), _folded(typed("folded")["folded"]), by=the_actor())
    return done(later("The rule was undone. The tag counts as itself again."), work_links.tag_rules(language))


def _folded(shown: str) -> str:
    """Return the key of a tag, however strange. Raises Invalid for a blank one."""
    folded = next(iter(read({"tag": [shown]}).filters.get("tag", ())), None)
    if folded is None:
        raise Invalid([Fault("required", "tag")])
    return folded
