"""A query string as a Query: nothing a reader can type or link to is an error here."""

import re
from collections.abc import Callable, Mapping, Sequence

from knowledgebase.domain.case import Status, WriterKind
from knowledgebase.domain.query import FACETS, PAGE_SIZE, QUESTION_MAX, WINDOW_MAX, WORDS_MAX, Query, Sort
from knowledgebase.domain.topic import Topic
from knowledgebase.intake import characters
from knowledgebase.intake.slug import is_city_id
from knowledgebase.text import lists
from knowledgebase.text.normalize import skeleton

VALUES_MAX = 20  # chosen values of one facet
TAG_KEY_MAX = 80  # characters of a folded tag

_SPOOFS = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")  # private use: our own marks in excerpts
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_YEAR = re.compile(r"[0-9]{4}")


def read(args: Mapping[str, Sequence[str]], *, size_max: int | None = None) -> Query:
    """Return the query that the parameters ask for; unknown names and values are left out.

    `size_max` lets the API choose `size`, up to that many hits a page. A page past the window is the
    last one that may be asked for, anything that is no page is the first.
    """
    text, is_cut = _question(_first(args, "q"))
    size = PAGE_SIZE if size_max is None else _number(_first(args, "size"), PAGE_SIZE, size_max)
    chosen = {name: _values(args.get(name, ()), _READERS[name]) for name in FACETS}
    return Query(
        text=text,
        filters={name: values for name, values in chosen.items() if values},
        sort=Sort.NEWEST if _first(args, "sort") == Sort.NEWEST else Sort.BEST,
        page=_number(_first(args, "page"), 1, WINDOW_MAX // size),
        size=size,
        is_cut=is_cut,
    )


def address(query: Query) -> tuple[tuple[str, str], ...]:
    """Return the parameters that lead to a query, in one stable order, defaults left out."""
    pairs = [("q", query.text)] if query.text else []
    pairs += [(name, value) for name in FACETS for value in query.filters.get(name, ())]
    if query.sort is not Sort.BEST:
        pairs.append(("sort", query.sort.value))
    if query.page > 1:
        pairs.append(("page", str(query.page)))
    if query.size != PAGE_SIZE:
        pairs.append(("size", str(query.size)))
    return tuple(pairs)


def _first(args: Mapping[str, Sequence[str]], name: str) -> str:
    return next(iter(args.get(name, ())), "")


def _question(typed: str) -> tuple[str, bool]:
    text = _cleaned(typed)
    words = text[:QUESTION_MAX].split()
    kept = " ".join(words[:WORDS_MAX])
    return kept, len(text) > QUESTION_MAX or len(words) > WORDS_MAX


def _cleaned(typed: str) -> str:
    """Return typed text on one line without controls, surrogates, noncharacters and private-use marks."""
    breaks_kept = typed.replace("\r", "\n").replace("\f", "\n").replace("\v", "\n")
    return characters.one_line(_SPOOFS.sub("", characters.without_unfit(breaks_kept)))


def _number(typed: str, otherwise: int, most: int) -> int:
    """Return a number from 1 to `most`; what is no number at all is `otherwise`."""
    text = characters.ascii_digits(typed.strip())
    digits = text.lstrip("0") if text.isascii() and text.isdigit() else ""
    if not digits:
        return otherwise
    return most if len(digits) > len(str(most)) else min(int(digits), most)


def _values(typed: Sequence[str], reader: Callable[[str], str | None]) -> tuple[str, ...]:
    kept: list[str] = []
    for one in typed:
        value = reader(one.strip()[:QUESTION_MAX])
        if value is not None and value not in kept:
            kept.append(value)
        if len(kept) == VALUES_MAX:
            break
    return tuple(sorted(kept))


def _one_of(known: type[Topic] | type[Status] | type[WriterKind]) -> Callable[[str], str | None]:
    return lambda typed: typed if typed in set(known) else None


def _country(typed: str) -> str | None:
    return typed.upper() if typed.upper() in lists.codes("country") else None


def _year(typed: str) -> str | None:
    digits = characters.ascii_digits(typed)
    return digits if _YEAR.fullmatch(digits) else None


def _tag(typed: str) -> str | None:
    return skeleton(_cleaned(typed))[:TAG_KEY_MAX].strip() or None


_READERS: Mapping[str, Callable[[str], str | None]] = {
    "topic": _one_of(Topic),
    "city": lambda typed: typed if is_city_id(typed) else None,
    "country": _country,
    "language": lambda typed: typed if _LANGUAGE.fullmatch(typed) else None,
    "status": _one_of(Status),
    "year": _year,
    "tag": _tag,
    "written_by": _one_of(WriterKind),
}
