"""A draft as a reader will meet it as a case: by the same gate, the same renderer and the same page."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore

from markupsafe import Markup
from werkzeug.exceptions import ServiceUnavailable

from knowledgebase.domain.case import Case
from knowledgebase.domain.draft import Typed, title_of
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.record import CaseRecord, CityRecord, Origin, Rendered, State
from knowledgebase.intake.case_form import accept_form, body_of, fullest_of
from knowledgebase.services.reading import CasePage
from knowledgebase.services.site import Site
from knowledgebase.web.case_view import CaseView, case_view
from knowledgebase.web.messages import wording
from knowledgebase.web.stored_text import text_of

PREVIEWS = 2  # at once, in one worker: the renderer is there for those who publish as well
PATIENCE = 2.0  # seconds that a preview waits for its turn
_turns = BoundedSemaphore(PREVIEWS)


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft's text: as a case where it is one already, else title and text alone."""

    title: str
    language: str
    case: CaseView | None
    text: Markup | None  # where it is no case yet
    faults: tuple[Fault, ...]


def judged(typed: Typed, city: str, slug: str | None = None) -> tuple[Case | None, tuple[Fault, ...]]:
    """Return the case that was typed, or what is wrong with it."""
    try:
        return accept_form(typed, city=city, slug=slug), ()
    except Invalid as refused:
        return None, refused.faults


def draft_view(site: Site, typed: Typed, city: CityRecord, language: str) -> DraftView:
    """Return a draft as it will be read; never raises for what was typed.

    Raises ServiceUnavailable while too many others look at theirs.
    """
    case, faults = judged(typed, city.city.id)
    written = typed.fields.get("language", "").strip()
    try:
        with _turn():
            rendered = site.renderer.render(
                case.body if case else body_of(typed), sources=len(case.sources) if case else 0
            )
    except Invalid as refused:
        faults = (*faults, *as_fields(refused.faults, typed))
        return DraftView(title_of(typed), written, None, None, faults)
    if case is None:
        label = wording(language).gettext("Table of the text")
        return DraftView(title_of(typed), written, None, text_of(rendered, label, language), faults)
    return DraftView(case.title, case.language, _as_page(site, case, rendered, city, language), None, ())


def as_fields(faults: tuple[Fault, ...], typed: Typed) -> tuple[Fault, ...]:
    """Return faults of the rendering with a field of the text: of several boxes the fullest is to blame."""
    key = fullest_of(typed)
    return tuple(Fault(fault.code, key, values=fault.values) for fault in faults)


def _as_page(site: Site, case: Case, rendered: Rendered, city: CityRecord, language: str) -> CaseView:
    record = CaseRecord(
        case=case,
        rendered=rendered,
        tags=(),
        revision=1,
        index_revision=1,
        state=State.PUBLISHED,
        origin=Origin.FORM,
        first_published=site.now(),
        updated=site.now(),
    )
    return case_view(CasePage(record, city), language, "")


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=PATIENCE):
        raise ServiceUnavailable(retry_after=int(PATIENCE))
    try:
        yield
    finally:
        _turns.release()
