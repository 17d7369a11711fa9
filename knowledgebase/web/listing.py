"""What stands round a list of cases: filters, chips, order and pages, with every address ready."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil

from knowledgebase.domain.query import FACETS, WINDOW_MAX, Facet, FacetValue, Query, Sort
from knowledgebase.intake.query import address
from knowledgebase.web import addresses, fmt
from knowledgebase.web.labels import Names, facet_labels
from knowledgebase.web.messages import wording

SHOWN = 5  # choices of a filter that are seen at once
TOPICS_MAX = 16  # all of them are on the page, those past SHOWN folded away
WHOLE_MAX = 150  # choices of the one filter that a reader asked to see whole
CHIP_BYTES_MAX = 3_000  # of the addresses of all chips together; each holds the whole search but one filter
OPEN = frozenset({"topic", "city", "country", "language"})  # filters that are unfolded from the start
NEAR = 1  # pages named on each side of this one


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    count: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class FacetView:
    """One filter: choices seen at once, choices folded away."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]
    is_open: bool
    is_cut: bool  # there are values that are not listed here


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force; the address is the same search without it."""

    facet: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page or an order to choose."""

    label: str
    address: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Pager:
    """The pages of a list; None among them is a gap."""

    back: str | None
    next: str | None
    links: tuple[Link | None, ...]


def facet_titles(language: str) -> Mapping[str, str]:
    """Return what each filter is called."""
    words = wording(language)
    return {
        "topic": words.gettext("Topic"),
        "city": words.gettext("City"),
        "country": words.gettext("Country"),
        "language": words.gettext("Language of the text"),
        "status": words.gettext("Status"),
        "year": words.gettext("Year of start"),
        "tag": words.gettext("Tag"),
        "written_by": words.gettext("Written by"),
    }


def listed_values(name: str, facet: Facet, whole: str | None = None) -> tuple[FacetValue, ...]:
    """Return the choices of a filter that a page lists, the selected ones always; `whole` is shown longer."""
    most = WHOLE_MAX if name == whole else TOPICS_MAX if name == "topic" else SHOWN
    return tuple(value for at, value in enumerate(facet.values) if at < most or value.is_selected)


def facet_views(
    facets: Mapping[str, Facet], known: Names, language: str, whole: str | None = None
) -> tuple[FacetView, ...]:
    """Return the filters in their fixed order, or the one that is asked whole; those without choices not."""
    titles, labels = facet_titles(language), facet_labels(known, language)
    views = []
    for name in FACETS:
        facet = facets.get(name)
        if facet is None or not facet.values or whole not in (None, name):
            continue
        label, listed = labels[name], listed_values(name, facet, whole)
        shown, more = (listed, ()) if whole else _split(listed)
        views.append(
            FacetView(
                name,
                titles[name],
                tuple(_choice(value, label(value.value), language) for value in shown),
                tuple(_choice(value, label(value.value), language) for value in more),
                is_open=name in OPEN or any(value.is_selected for value in facet.values),
                is_cut=facet.is_cut or len(facet.values) > len(listed),
            )
        )
    return tuple(views)


def _split(values: tuple[FacetValue, ...]) -> tuple[tuple[FacetValue, ...], tuple[FacetValue, ...]]:
    """Return the choices seen at once, every selected one among them, and those folded away."""
    shown = tuple(value for at, value in enumerate(values) if at < SHOWN or value.is_selected)
    return shown, tuple(value for value in values[SHOWN:] if not value.is_selected)


def _choice(value: FacetValue, label: str, language: str) -> Choice:
    return Choice(value.value, label, fmt.number(value.cases, language), value.is_selected)


def without(query: Query, name: str, value: str) -> Query:
    """Return the query on its first page without one value of a filter."""
    rest = tuple(kept for kept in query.filters.get(name, ()) if kept != value)
    filters = {key: values for key, values in query.filters.items() if key != name}
    return replace(query, filters={**filters, name: rest} if rest else filters, page=1)


def chips(query: Query, known: Names, language: str) -> tuple[Chip, ...]:
    """Return a chip for each filter in force, as many as their addresses have room on the page.

    The boxes of the filters show every one in force.
    """
    titles, labels = facet_titles(language), facet_labels(known, language)
    made = (
        Chip(
            titles[name],
            labels[name](value),
            addresses.search(language, address(without(query, name, value))),
        )
        for name in FACETS
        for value in query.filters.get(name, ())
    )
    return tuple(_while_room(made))


def _while_room(made: Iterable[Chip]) -> Iterator[Chip]:
    room = CHIP_BYTES_MAX
    for chip in made:
        room -= len(chip.address)
        if room < 0:
            return
        yield chip


def sorts(query: Query, language: str) -> tuple[Link, ...]:
    """Return the two orders of an answer."""
    words = wording(language)
    labels = {Sort.BEST: words.gettext("Best match"), Sort.NEWEST: words.gettext("Newest")}
    return tuple(
        Link(
            label,
            addresses.search(language, address(replace(query, sort=sort, page=1))),
            query.sort is sort,
        )
        for sort, label in labels.items()
    )


def pages_of(total: int, size: int) -> int:
    """Return how many pages a list has; people see at most WINDOW_MAX cases of it."""
    return ceil(min(total, WINDOW_MAX) / size)


def pager(at: str, page: int, last: int, language: str) -> Pager | None:
    """Return the pages of a list, None when there is only one.

    `at` is the address of its first page, other parameters included; `page` is from 1 to `last`.
    """
    if last <= 1:
        return None
    joint = "&" if "?" in at else "?"

    def place(number: int) -> str:
        return at if number == 1 else f"{at}{joint}page={number}"

    links: list[Link | None] = []
    previous = 0
    for number in sorted({1, last, *range(max(1, page - NEAR), min(last, page + NEAR) + 1)}):
        if number - previous > 1:
            links.append(None)
        links.append(Link(fmt.in_digits(str(number), language), place(number), number == page))
        previous = number
    return Pager(
        place(page - 1) if page > 1 else None,
        place(page + 1) if page < last else None,
        tuple(links),
    )
