"""In which state a case stands: its revisions, how complete it is, how it is cited."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from knowledgebase.domain.completeness import completeness
from knowledgebase.domain.record import CaseRecord, Revision
from knowledgebase.services.reading import CasePage
from knowledgebase.text import lists
from knowledgebase.web import addresses, case_links, fmt
from knowledgebase.web.case_meta import printed_address, revision_line
from knowledgebase.web.case_writer import author
from knowledgebase.web.facts import Text, dated, on_day
from knowledgebase.web.messages import wording

SECTIONS = "sections."


@dataclass(frozen=True, slots=True)
class StateView:
    """Revision, dates and completeness of a case."""

    revision: str
    published: Text
    updated: Text
    confirmed: Text | None
    complete: str
    missing: tuple[str, ...]
    formerly: tuple[str, ...]  # earlier last parts of the address


@dataclass(frozen=True, slots=True)
class CitationView:
    """How a case is cited; `title` and `author` keep their own direction."""

    author: str
    year: str
    title: str
    revision: str
    address: str
    readable: str


@dataclass(frozen=True, slots=True)
class RevisionView:
    """One line of the history."""

    number: str
    date: Text
    what: str
    by: str
    note: str | None


def state_view(record: CaseRecord, language: str) -> StateView:
    """Return the state of a case."""
    case = record.case
    parts = [heading.part for heading in record.rendered.headings if heading.part]
    complete = completeness(case, parts)
    return StateView(
        fmt.in_digits(record.revision, language),
        dated(on_day(record.first_published.date()), language),
        dated(on_day(record.updated.date()), language),
        dated(on_day(case.confirmed), language) if case.confirmed else None,
        fmt.percent(complete.percent, language),
        _worded(complete.missing, language),
        case.formerly,
    )


def citation_view(page: CasePage, language: str, base_url: str) -> CitationView:
    """Return how a case is cited on paper."""
    record = page.record
    address = base_url + addresses.case(language, record.case.id)
    return CitationView(
        author(record.case, page.city.city, language),
        fmt.year(record.updated.year, language),
        record.case.title_in(language),
        revision_line(record.revision, fmt.moment(record.updated, language), language),
        address,
        printed_address(base_url, language, record.case.id),
    )


def revision_views(revisions: Iterable[Revision], language: str) -> tuple[RevisionView, ...]:
    """Return the history, as it comes."""
    words = wording(language)
    return tuple(
        RevisionView(
            fmt.in_digits(revision.number, language),
            dated(on_day(revision.at.date()), language),
            lists.label("revision", revision.what, language),
            words.gettext("from the content folder") if revision.by == "import" else revision.by,
            revision.note,
        )
        for revision in revisions
    )


def file_names(case_id: str) -> dict[str, str]:
    """Return the name under which a reader saves a case, and one in plain letters for old browsers."""
    name = f"{case_id.replace('/', '-')}.md"
    plain = name if name.isascii() else f"{case_id.partition('/')[0]}.md"
    return {"filename": plain, "filename*": f"UTF-8''{quote(name, safe='')}"}


def downloads(case_id: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return label and address of the other forms of a case."""
    words = wording(language)
    return (
        (words.gettext("Markdown file"), case_links.markdown(language, case_id)),
        (words.gettext("JSON for programs"), case_links.json(language, case_id)),
    )


def _worded(keys: Iterable[str], language: str) -> tuple[str, ...]:
    """Return in words which parts of the format a case lacks."""
    known = _parts(language)
    return tuple(
        lists.section_label(key.removeprefix(SECTIONS), language)
        if key.startswith(SECTIONS)
        else known.get(key, key)
        for key in keys
    )


def _parts(language: str) -> Mapping[str, str]:
    words = wording(language)
    return {
        "translations": words.gettext("title and summary in English"),
        "tags": words.gettext("tags"),
        "scale": words.gettext("scale"),
        "started": words.gettext("date of the start"),
        "cost": words.gettext("cost"),
        "results": words.gettext("results"),
        "evaluation": words.gettext("evaluation"),
        "beneficiaries": words.gettext("for whom it is"),
        "preconditions": words.gettext("what another city must have"),
        "offers": words.gettext("what the city offers"),
        "stakeholders": words.gettext("who took part"),
        "participation": words.gettext("participation of residents"),
        "contact": words.gettext("contact"),
        "sources": words.gettext("sources"),
        "confirmed": words.gettext("confirmation by the city"),
    }
