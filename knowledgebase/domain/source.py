"""Where a statement comes from, and whom to ask: sources, contacts, images."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of a list of sources; its number is its place in the list, from 1."""

    title: str  # 1..300 characters
    publisher: str | None = None
    year: int | None = None
    url: str | None = None  # http or https
    checked: str | None = None  # ISO date of the last look at `url`


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask; office and url are shown, the address never."""

    office: str | None = None
    url: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture of a case: a file beside it, re-encoded on import."""

    file: str  # plain name in the case's folder
    alt: str
    credit: str | None = None
