"""What the store keeps about a case or city beside what its author wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from knowledgebase.domain.case import Case, Translation
from knowledgebase.domain.city import City
from knowledgebase.domain.period import PartialDate

PREVIEW_MAX = 2_000  # characters of a case's text that a result list looks at


class Origin(StrEnum):
    """Where a text is edited: file texts are read-only on the web."""

    FILE = "file"
    FORM = "form"


class State(StrEnum):
    """Whether a case is shown."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Heading:
    """A level-two heading of the rendered text, for the list of contents."""

    anchor: str  # id in the HTML, with the prefix "c-"
    text: str
    part: str | None = None  # key of data/sections.tsv, when recognised


@dataclass(frozen=True, slots=True)
class Rendered:
    """A Markdown text after the pipeline; made on save, served as stored."""

    html: str  # sanitised
    plain: str  # the same text without marks, for excerpts and the index
    headings: tuple[Heading, ...]
    version: int  # of renderer and sanitiser


@dataclass(frozen=True, slots=True)
class Tag:
    """A free word on a case: folded for matching, shown as written."""

    folded: str
    shown: str


@dataclass(frozen=True, slots=True)
class Contribution:
    """A translation that somebody proposed and the city accepted; the case's, not its text's."""

    translation: Translation
    by: str  # person's id


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A stored case as it stands now."""

    case: Case
    rendered: Rendered
    tags: tuple[Tag, ...]  # the file's and the web's, as they count under the rules for tags
    revision: int  # grows by one with every accepted edit, from 1
    index_revision: int  # grows with everything that changes the search document
    state: State
    origin: Origin
    first_published: datetime  # aware UTC
    updated: datetime  # aware UTC
    withdrawn_at: datetime | None = None
    city_revision: int = 1  # revision of the case's city, for kept pages
    contributed: Mapping[str, Contribution] = field(default_factory=dict)  # translations by language

    @property
    def credited(self) -> Mapping[str, Contribution]:
        """Return the contributed translations that are shown: where the author's own are not."""
        own = {self.case.language, *self.case.translations}
        return {tag: one for tag, one in self.contributed.items() if tag not in own}

    @property
    def told(self) -> Case:
        """Return the case as it is shown and found: with the translations of others."""
        added = {language: one.translation for language, one in self.credited.items()}
        return replace(self.case, translations={**self.case.translations, **added}) if added else self.case


@dataclass(frozen=True, slots=True)
class CityRecord:
    """A stored city as it stands now."""

    city: City
    rendered: Rendered
    revision: int
    origin: Origin
    updated: datetime
    cases: int = 0  # public cases


@dataclass(frozen=True, slots=True)
class Revision:
    """One line of a text's history."""

    number: int
    at: datetime
    by: str  # who: "import", an operator or a person's id
    what: str  # "published", "revised", "withdrawn", "restored", "renamed"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class CardResult:
    """The headline result of a card, ready to be formatted."""

    indicator: str
    unit: str | None
    before: str | None
    after: str | None
    change: str | None
    change_unit: str | None
    better: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """What a list shows of a case; titles and summaries by language, own language included."""

    id: str
    language: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    topics: tuple[str, ...]
    status: str
    city: str
    city_names: Mapping[str, str]
    country: str
    year: int | None  # Gregorian, of the first day of `started`
    written_by: str
    evidence: int
    first_published: datetime
    updated: datetime
    translated_by: Mapping[str, str] = field(default_factory=dict)  # language to kind of translator
    result: CardResult | None = None
    started: PartialDate | None = None  # as it was written
    comments: int = 0  # visible ones


@dataclass(frozen=True, slots=True)
class Preview:
    """A card with the beginning of its case's text, from which excerpts are cut."""

    card: Card
    plain: str  # at most PREVIEW_MAX characters


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of a list of cases."""

    cards: tuple[Card, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CityLine:
    """A city in a list of cities."""

    id: str
    names: Mapping[str, str]
    country: str
    cases: int  # public ones


@dataclass(frozen=True, slots=True)
class TagLine:
    """A tag in a list of tags."""

    folded: str
    shown: str
    cases: int  # public ones


@dataclass(frozen=True, slots=True)
class FiledCase:
    """A case that still comes from a file, as the list of those to be taken over names it."""

    id: str
    title: str
    language: str  # of the title
    is_public: bool


@dataclass(frozen=True, slots=True)
class CaseLabel:
    """What another page says of a case."""

    titles: Mapping[str, str]  # by language
    language: str  # its own


@dataclass(frozen=True, slots=True)
class CityLabel:
    """What a case says of its city."""

    names: Mapping[str, str]  # by language
    country: str
