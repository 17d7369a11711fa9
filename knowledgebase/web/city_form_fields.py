"""Every field and list of the form of a city; its English words are translated where they are shown."""

from dataclasses import dataclass, replace
from typing import Literal

from knowledgebase.web.problems import later


@dataclass(frozen=True, slots=True)
class Field:
    """One field; within a row its name is the last part of the whole one."""

    name: str
    label: str
    kind: Literal["line", "area", "choice"] = "line"
    of: str = ""  # which choices; see city_form_parts.options
    hint: str | None = None
    dir: str = "auto"
    lang: str | None = None
    size: str | None = None  # "short": a number, a date, a code
    inputmode: str | None = None
    rows: int = 3  # lines of an area
    list: str | None = None  # id of the suggestions
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of rows in the form."""

    name: str
    title: str
    add: str  # words of the button
    fields: tuple[Field, ...]
    row: str = later("Row %(number)s")
    remove: str = later("Remove row %(number)s")
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading of the form."""

    key: str
    title: str
    fields: tuple[Field, ...] = ()
    lists: tuple[Listing, ...] = ()
    hint: str | None = None
    has_hazards: bool = False


_SHORT = Field("", "", dir="ltr", size="short")
_NUMBER = replace(_SHORT, inputmode="decimal")
_URL = Field("", "", dir="ltr", inputmode="url")
_CITED = replace(_SHORT, hint=later("Numbers of the list of sources, such as 1, 3."))
_SOURCES = replace(_CITED, name="sources", label=later("Sources"))
_TITLE = Field("title", later("Title"), is_required=True)
_SINCE = replace(_SHORT, name="since", label=later("Since"))
_LANGUAGE = Field("language", later("Language"), "choice", "language")
_DATED = (
    Field("text", later("Text"), "area", hint=later("At most 400 characters.")),
    replace(
        _SHORT,
        name="as_of",
        label=later("Known to hold on"),
        hint=later("A Gregorian year, month or day: 2025, 2025-04 or 2025-04-21."),
    ),
    replace(_SHORT, name="until", label=later("Last date")),
    _SOURCES,
)

NAMES = Part(
    "names-of-city",
    later("Names"),
    (
        Field("name.fa", later("Name in Persian"), lang="fa"),
        Field("name.en", later("Name in English"), lang="en", is_required=True),
        Field("administration.fa", later("Administration, in Persian"), lang="fa"),
        Field(
            "administration.en",
            later("Administration, in English"),
            lang="en",
            hint=later("Its official name, such as Isfahan Municipality."),
        ),
    ),
    (
        Listing(
            "names",
            later("The name in further languages"),
            later("Add a language of the name"),
            (_LANGUAGE, Field("text", later("Name"))),
        ),
        Listing(
            "administrations",
            later("The administration in further languages"),
            later("Add a language of the administration"),
            (_LANGUAGE, Field("text", later("Name"))),
        ),
    ),
)
FACTS = Part(
    "facts",
    later("Facts"),
    (
        Field("country", later("Country"), "choice", "country", is_required=True),
        replace(_NUMBER, name="population.count", label=later("Residents")),
        replace(_NUMBER, name="population.year", label=later("Year of the count")),
        replace(_CITED, name="population.sources", label=later("Sources of the count")),
        replace(_NUMBER, name="area_km2", label=later("Area in square kilometres")),
        replace(_NUMBER, name="elevation_m", label=later("Metres above the sea")),
        replace(
            _NUMBER,
            name="location.lat",
            label=later("Latitude"),
            hint=later("In degrees; south is negative, as in -33.93."),
        ),
        replace(
            _NUMBER,
            name="location.lon",
            label=later("Longitude"),
            hint=later("In degrees; west is negative."),
        ),
        Field("coastal", later("On a coast"), "choice", "yes-no"),
        Field("climate", later("Climate"), "choice", "climate"),
        Field("income_band", later("Income of the country"), "choice", "income_band"),
        Field("governance", later("Form of government"), "choice", "governance"),
        replace(_URL, name="website", label=later("Website")),
    ),
    (Listing("languages", later("Languages of the city"), later("Add a language"), (_LANGUAGE,)),),
    has_hazards=True,
)
TEXT = Part(
    "text-of-page",
    later("Text of the page"),
    (
        Field(
            "body",
            later("Text"),
            "area",
            rows=12,
            hint=later("Markdown: ## begins a heading, - a point of a list, [1] names a source."),
        ),
    ),
)
DEALINGS = Part(
    "dealings",
    later("What the city gives and looks for"),
    hint=later("Each of these is shown as closed after its last date."),
    lists=(
        Listing(
            "capacities",
            later("What the city can give"),
            later("Add something that the city can give"),
            (_TITLE, Field("kind", later("Kind"), "choice", "capacity", is_required=True), *_DATED),
        ),
        Listing(
            "investments",
            later("Openings for investors"),
            later("Add an opening"),
            (
                _TITLE,
                Field("sector", later("Topic"), "choice", "topic"),
                replace(_NUMBER, name="amount.low", label=later("Amount, or its lower end")),
                replace(_NUMBER, name="amount.high", label=later("Upper end of the amount")),
                replace(
                    _SHORT,
                    name="currency",
                    label=later("Currency"),
                    hint=later("Three letters, such as EUR, or toman."),
                ),
                Field("stage", later("Stage"), "choice", "stage"),
                *_DATED,
            ),
        ),
        Listing(
            "needs",
            later("What the city looks for"),
            later("Add a need"),
            (_TITLE, Field("topic", later("Topic"), "choice", "topic"), *_DATED),
        ),
    ),
)
BONDS = Part(
    "bonds",
    later("Agreements and networks"),
    hint=later("Choose a city or network that is suggested, or write another name."),
    lists=(
        Listing(
            "sisters",
            later("Sister cities and agreements"),
            later("Add an agreement"),
            (
                Field("city", later("City"), list="known-cities", is_required=True),
                Field("kind", later("Kind"), "choice", "agreement"),
                Field("status", later("Status"), "choice", "agreement_status"),
                _SINCE,
                replace(_SHORT, name="until", label=later("Until")),
                _SOURCES,
            ),
        ),
        Listing(
            "networks",
            later("Networks"),
            later("Add a network"),
            (
                Field("network", later("Network"), list="known-networks", is_required=True),
                Field("role", later("Role of the city")),
                _SINCE,
                _SOURCES,
            ),
        ),
    ),
)
CONTACT = Part(
    "contact-of-city",
    later("Contact"),
    (
        Field("contact.office", later("Office")),
        replace(_URL, name="contact.url", label=later("Page of the office")),
        Field(
            "contact.email",
            later("E-mail address"),
            dir="ltr",
            inputmode="email",
            hint=later("It is never shown on a page."),
        ),
    ),
)
SOURCES = Part(
    "sources-of-city",
    later("Sources"),
    lists=(
        Listing(
            "sources",
            later("List of sources"),
            later("Add a source"),
            (
                _TITLE,
                Field("publisher", later("Publisher")),
                replace(_SHORT, name="year", label=later("Year"), inputmode="numeric"),
                replace(_URL, name="url", label=later("Address")),
                replace(_SHORT, name="checked", label=later("Last looked at on")),
            ),
            later("Source %(number)s"),
            later("Remove source %(number)s"),
            later("Sources are cited by their numbers. When one is removed, all numbers follow."),
        ),
    ),
)
PARTS = (NAMES, FACTS, TEXT, DEALINGS, BONDS, CONTACT, SOURCES)
