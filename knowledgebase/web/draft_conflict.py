"""When two people changed the same text: both texts, what differs, and a choice for each part."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, make_response, render_template

from knowledgebase.domain.difference import Difference, Fields, Side, differences
from knowledgebase.domain.draft import CaseChanged, Draft, DraftChanged, Typed
from knowledgebase.domain.errors import Fault
from knowledgebase.intake.case_form import body_of
from knowledgebase.intake.form_fields import BODY
from knowledgebase.intake.form_filling import fill
from knowledgebase.text.compare import Run, compared
from knowledgebase.web import draft_links, form_words
from knowledgebase.web.forms import Form
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.problems import later

CHOICE = "choice."  # prefix of the fields that choose
_LABELS = {
    "topics": later("Topics"),
    "contact": later("Contact"),
    "sources": later("Sources"),
    "funding": later("Where the money came from"),
    "led_by": later("Who ran it, if not the city's administration"),
}
_SIDES = {
    Side.MINE: later("Only you changed this."),
    Side.THEIRS: later("Only the other person changed this."),
    None: later("Both changed this. Choose one."),
}


@dataclass(frozen=True, slots=True)
class PartChoice:
    """One part that differs."""

    name: str  # of the field that chooses
    label: str
    who: str  # a sentence
    mine: tuple[Run, ...]
    theirs: tuple[Run, ...]
    chosen: str  # "" where nothing is


@dataclass(frozen=True, slots=True)
class TwoTexts:
    """Mine and theirs, in the same shape, and what both began with, where it is known."""

    before: Fields | None
    mine: Typed
    theirs: Typed

    def differences(self) -> tuple[Difference, ...]:
        """Return the parts that differ."""
        return differences(self.before, self.mine.fields, self.theirs.fields)


def two_texts(draft: Draft, mine: Mapping[str, str], conflict: DraftChanged | CaseChanged) -> TwoTexts:
    """Return the texts of a conflict; where one is a single field, the others become that as well."""
    own = Typed(mine, draft.typed.kept, draft.typed.headings)
    if isinstance(conflict, DraftChanged):
        before, theirs = conflict.before, conflict.theirs.typed
    else:
        before = fill(conflict.before) if conflict.before else None
        theirs = _by_city(fill(conflict.theirs))
    known = [one for one in (before, own, theirs) if one is not None]
    if any(BODY in one.fields for one in known):
        before, own, theirs = before and _in_one(before), _in_one(own), _in_one(theirs)
    return TwoTexts(before.fields if before else None, own, theirs)


def conflict_page(
    draft: Draft,
    mine: Mapping[str, str],
    conflict: DraftChanged | CaseChanged,
    *,
    chosen: Mapping[str, str] | None = None,
) -> Response:
    """Return the page with both texts; `chosen` are choices that did not decide everything."""
    language, texts = current(), two_texts(draft, mine, conflict)
    words, given = wording(language), chosen or {}
    parts = tuple(_choice(one, given, language) for one in texts.differences())
    missing = tuple(Fault("required", part.name) for part in parts if chosen is not None and not part.chosen)
    is_case = isinstance(conflict, CaseChanged)
    form = Form({part.name: part.chosen for part in parts}, missing)
    page = render_template(
        "write/conflict.html",
        draft=draft,
        form=form,
        parts=parts,
        carried=() if is_case else tuple(texts.mine.fields.items()),
        labels={part.name: part.label for part in parts},
        options=((Side.THEIRS.value, words.gettext("Theirs")), (Side.MINE.value, words.gettext("Mine"))),
        is_case=is_case,
        is_asked=draft.state == "asked",
        expected=_revision_of(draft, conflict),
        theirs=conflict.revision if isinstance(conflict, CaseChanged) else conflict.theirs.revision,
        links=draft_links,
        lang=texts.mine.fields.get("language", "").strip(),
    )
    response = make_response(page)
    response.status_code = 422 if missing else 409
    return response


def _revision_of(draft: Draft, conflict: DraftChanged | CaseChanged) -> int:
    return draft.revision if isinstance(conflict, CaseChanged) else conflict.read


def _by_city(typed: Typed) -> Typed:
    kept = {key: value for key, value in typed.kept.items() if key != "written_by"}
    return Typed(typed.fields, kept, typed.headings)


def _in_one(typed: Typed) -> Typed:
    fields = {name: text for name, text in typed.fields.items() if not name.startswith("section.")}
    return Typed({**fields, BODY: body_of(typed)}, typed.kept)


def _choice(one: Difference, given: Mapping[str, str], language: str) -> PartChoice:
    words = wording(language).gettext
    name = f"{CHOICE}{one.part}"
    mine, theirs = compared(*(_as_text(one.part, side, language) for side in (one.mine, one.theirs)))
    chosen = given.get(name, "") if name in given else (one.changed.value if one.changed else "")
    return PartChoice(name, words(_label(one.part)), words(_SIDES[one.changed]), mine, theirs, _side(chosen))


def _side(text: str) -> str:
    return text if text in set(Side) else ""


def _label(part: str) -> str:
    group = next((group for group in form_words.GROUPS if part in group.parts), None)
    return _LABELS.get(part) or form_words.LABELS.get(part) or (group.title if group else part)


def _as_text(part: str, fields: Fields, language: str) -> str:
    """Return a part as one text: a single field as it is, fields of lists with their labels, one a line."""
    if part in fields or not fields:
        return fields.get(part, "")
    words = wording(language).gettext
    lines = []
    for name, text in fields.items():
        first, *inner = name.split(".")
        place = inner.pop(0) if inner and inner[0].isdecimal() and first != "topics" else ""
        label = form_words.LABELS.get(".".join((first, *inner)), name)
        lines.append(f"{place} {words(label)}: {text}".strip())
    return "\n".join(lines)
