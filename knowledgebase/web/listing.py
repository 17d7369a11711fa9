"""What stands round a list of cases: filters, chips, order and pages, with every address ready."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil

from knowledgebase.domain.query import FACETS, WINDOW_MAX, Facet, FacetValue, Query, Sort
from knowledgebase.intake.query import address
from knowledgebase.web import addresses, fmt
from knowledgebase.web.labels import Names, facet_labels
from knowledgebase.web.messages import wording

SHOWN = 8  # choices of a filter that are seen at once
SHOWN_MAX = 24  # choices of a filter on a page
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
    is_cut: bool  # there are values that the page does not list


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


def facet_views(facets: Mapping[str, Facet], known: Names, language: str) -> tuple[FacetView, ...]:
    """Return the filters in their fixed order; a filter without choices is left out."""
    titles, labels = facet_titles(language), facet_labels(known, language)
    views = []
    for name in FACETS:
        facet = facets.get(name)
        if facet is None or not facet.values:
            continue
        label = labels[name]
        shown, more = _split(facet.values)
        views.append(
            FacetView(
                name,
                titles[name],
                tuple(_choice(value, label(value.value), language) for value in shown),
                tuple(_choice(value, label(value.value), language) for value in more),
                is_open=name in OPEN or any(value.is_selected for value in facet.values),
                is_cut=facet.is_cut or len(facet.values) > len(shown) + len(more),
            )
        )
    return tuple(views)


def _split(values: tuple[FacetValue, ...]) -> tuple[list[FacetValue], list[FacetValue]]:
    """Return the choices seen at once, every selected one among them, and those folded away."""
    shown = [value for at, value in enumerate(values) if at < SHOWN or value.is_selected]
    more = [value for value in values[SHOWN:SHOWN_MAX] if not value.is_selected]
    return shown, more


def _choice(value: FacetValue, label: str, language: str) -> Choice:
    return Choice(value.value, label, fmt.number(value.cases, language), value.is_selected)


def without(query: Query, name: str, value: str) -> Query:
    """Return the query on its first page without one value of a filter."""
    rest = tuple(kept for kept in query.filters.get(name, ()) if kept != value)
    filters = {key: values for key, values in query.filters.items() if key != name}
    return replace(query, filters={**filters, name: rest} if rest else filters, page=1)


def chips(query: Query, known: Names, language: str) -> tuple[Chip, ...]:
    """Return one chip for each filter in force."""
    titles, labels = facet_titles(language), facet_labels(known, language)
    return tuple(
        Chip(
            titles[name],
            labels[name](value),
            addresses.search(language, address(without(query, name, value))),
        )
        for name in FACETS
        for value in query.filters.get(name, ())
    )


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
