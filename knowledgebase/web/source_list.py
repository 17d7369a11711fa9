"""The numbered sources of a case or a city, ready to be printed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledgebase.domain.source import Contact, Source
from knowledgebase.web import case_links, fmt
from knowledgebase.web.stored_text import direction_of


@dataclass(frozen=True, slots=True)
class SourceView:
    """One source; its texts are the publishers'."""

    number: int
    shown: str  # the number in the reader's digits
    title: str
    direction: str  # of the title
    publisher: str | None
    year: str | None
    address: str | None
    readable: str | None  # the address as it is read
    checked: str | None  # day of the last look at the address


@dataclass(frozen=True, slots=True)
class ContactView:
    """Whom to ask: the office and its page, never a mail address."""

    office: str | None
    address: str | None
    readable: str | None


def source_views(sources: Iterable[Source], language: str) -> tuple[SourceView, ...]:
    """Return the sources with their numbers, from 1."""
    return tuple(
        SourceView(
            number,
            fmt.in_digits(number, language),
            source.title,
            direction_of(source.title),
            source.publisher,
            fmt.in_digits(source.year, language) if source.year else None,
            source.url,
            case_links.readable(source.url) if source.url else None,
            fmt.day(date.fromisoformat(source.checked), language) if source.checked else None,
        )
        for number, source in enumerate(sources, 1)
    )


def contact_view(contact: Contact | None) -> ContactView | None:
    """Return what is shown of a contact, None where nothing is."""
    if contact is None or not (contact.office or contact.url):
        return None
    return ContactView(contact.office, contact.url, case_links.readable(contact.url) if contact.url else None)
