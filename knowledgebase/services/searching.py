"""Answer a query: the engine ranks, the database decides what is shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledgebase.domain.case import SUMMARY_MAX
from knowledgebase.domain.errors import SearchUnavailable, WrongIndex
from knowledgebase.domain.query import FACETS, Facet, FacetValue, Hit, Piece, Query, Results
from knowledgebase.domain.question import Question, Word
from knowledgebase.domain.record import Preview
from knowledgebase.search.backend import Answer, Ask, FacetAsk
from knowledgebase.services.site import Site
from knowledgebase.store import case_lists, lookups, words
from knowledgebase.store.connection import Connection
from knowledgebase.store.values import WordCount
from knowledgebase.text.excerpt import Marker
from knowledgebase.text.question import ask
from knowledgebase.text.repair import one_edit
from knowledgebase.text.vocabulary import vocabulary

FACET_MAX = 5_000  # values of a filter that are counted; past it the page says that the list is cut
# at least as many as a facet can have distinct values: counts over segments and shards are exact only then
_FACET_SIZES = {"topic": 16, "status": 16, "written_by": 8, "language": 300, "country": 300, "year": 600}


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with what the database says about it."""

    question: Question
    repaired: str | None
    hidden: tuple[str, ...]
    is_queue_long: bool  # more hidden ids than an engine is told


def search(site: Site, query: Query, *, language: str, named: int = 0) -> Results:
    """Return one page of public cases for a query, shown in the reader's language.

    Of cities and tags to filter by, the chosen ones and the first `named` come with their names.
    When the engine is away, or more cases were hidden than it can be told, a simple list from the
    database answers, labelled. Raises StoreUnavailable when the database is away too.
    """
    asked = _prepare(site, query)
    try:
        if asked.is_queue_long:
            raise SearchUnavailable("too many hidden cases wait for the engine")
        answer = _answer(site, query, asked)
    except (SearchUnavailable, WrongIndex):
        return _degraded(site, query, asked, language)
    facets = _facets(query, answer)
    with site.store.reading() as db:
        previews = case_lists.previews(db, [case_id for case_id, _ in answer.hits])
        city_names, tag_names = _names(db, query, facets, named)
    marker = Marker(asked.question)
    hits = (
        _hit(previews[case_id], score, marker, language)
        for case_id, score in answer.hits
        if case_id in previews
    )
    return Results(
        query=query,
        total=answer.total,
        hits=tuple(hits),
        facets=facets,
        concepts=asked.question.concepts,
        repaired=asked.repaired,
        is_incomplete=answer.is_partial,
        city_names=city_names,
        tag_names=tag_names,
    )


def _prepare(site: Site, query: Query) -> _Asked:
    """Analyse the question, repair words that no case and no label holds, and learn what must stay hidden."""
    question, labelled = ask(query.text), vocabulary().words
    with site.store.reading() as db:
        tokens = {token for word in question.words for token in (word.exact, *word.stems)}
        before = lookups.before_search(db, tokens)
        known = before.known | (tokens & labelled.keys())
        missing = [word for word in question.words if known.isdisjoint((word.exact, *word.stems))]
        candidates = frozenset[str]().union(*(one_edit(word.exact) for word in missing))
        near = words.near(db, candidates) if candidates else ()
    near += tuple(WordCount(token, labelled[token], 0) for token in sorted(candidates & labelled.keys()))
    repairs = {}
    for word in missing:
        options = one_edit(word.exact)
        best = [other for other in near if other.shown and other.folded in options]  # most cases first
        best.sort(key=lambda other: other.folded[0] != word.exact[0])  # the first letter is seldom wrong
        if best:
            repairs[word.shown] = best[0].shown
    if not repairs:
        return _Asked(question, None, before.hidden.ids, before.hidden.is_cut)
    repaired = _replace_words(query.text, question.words, repairs)
    return _Asked(ask(repaired), repaired, before.hidden.ids, before.hidden.is_cut)


def _replace_words(text: str, typed: tuple[Word, ...], repairs: Mapping[str, str]) -> str:
    """Return the typed text with the mistyped words replaced where they stand."""
    parts: list[str] = []
    at = 0
    for word in typed:
        shown = re.escape(word.shown)
        begins = re.compile(rf"(?<![^\W_]){shown}")  # not inside another word, where it can be avoided
        found = begins.search(text, at) or re.compile(shown).search(text, at)
        if found is None:
            continue
        parts += [text[at : found.start()], repairs.get(word.shown, word.shown)]
        at = found.end()
    return "".join([*parts, text[at:]])


def _ask(query: Query, asked: _Asked) -> Ask:
    return Ask(
        question=asked.question,
        filters=query.filters,
        hidden=asked.hidden,
        sort=query.sort,
        offset=query.offset,
        size=query.size,
        facets={name: FacetAsk(_FACET_SIZES.get(name, FACET_MAX)) for name in FACETS},
    )


def _answer(site: Site, query: Query, asked: _Asked) -> Answer:
    """Ask the engine; selected values that a cut list left out are counted by a second request."""
    request = _ask(query, asked)
    answer = site.index.search(request)
    missing: dict[str, tuple[str, ...]] = {}
    for name, selected in query.filters.items():
        counted = {value for value, _ in answer.facets.get(name, ())}
        if len(counted) >= FACET_MAX and not counted.issuperset(selected):
            missing[name] = tuple(value for value in selected if value not in counted)
    if not missing:
        return answer
    asks = {name: FacetAsk(FACET_MAX, include=values) for name, values in missing.items()}
    more = site.index.search(replace(request, facets=asks, offset=0, size=1))
    facets = {name: (*counts, *more.facets.get(name, ())) for name, counts in answer.facets.items()}
    return replace(answer, facets=facets)


def _facets(query: Query, answer: Answer) -> dict[str, Facet]:
    """Return the choices of every filter; a selected value without cases stays, counted as none."""
    facets = {}
    for name in FACETS:
        counts = answer.facets.get(name, ())
        selected = query.filters.get(name, ())
        values = [FacetValue(value, cases, value in selected) for value, cases in counts]
        if selected:
            counted = {value for value, _ in counts}
            values += [FacetValue(value, 0, is_selected=True) for value in selected if value not in counted]
        facets[name] = Facet(tuple(values), is_cut=len(counts) >= FACET_MAX)
    return facets


def _hit(preview: Preview, score: float, marker: Marker, language: str) -> Hit:
    """Return a found case as the reader sees it.

    Title and summary stand in the reader's language when the case has them there. Where they hold none
    of the reader's words the excerpt is cut from the case's own text, of which the beginning is read.
    """
    card = preview.card
    shown = language if language in card.titles else card.language
    title = marker.mark(card.titles[shown], shown)
    summary = marker.excerpt(card.summaries[shown], shown, SUMMARY_MAX)
    is_told = marker.words < 1 or _has_marks(summary) or (marker.words == 1 and _has_marks(title))
    own = () if is_told else _own_excerpt(preview, marker)
    if own:
        return Hit(card, score, title, own, language=shown, excerpt_language=card.language)
    return Hit(card, score, title, summary, language=shown, excerpt_language=shown)


def _own_excerpt(preview: Preview, marker: Marker) -> tuple[Piece, ...]:
    """Return the part of the case's own text or summary that holds the reader's words; nothing if neither."""
    card = preview.card
    own = marker.excerpt(preview.plain, card.language)
    if not _has_marks(own):
        own = marker.excerpt(card.summaries[card.language], card.language, SUMMARY_MAX)
    return own if _has_marks(own) else ()


def _names(
    db: Connection, query: Query, facets: Mapping[str, Facet], named: int
) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]]:
    """Return the names of cities by id and the shown forms of folded tags, those of the filters in sight."""
    cities, tags = (
        (*(one.value for one in facets[name].values[:named]), *query.filters.get(name, ()))
        if name in facets
        else query.filters.get(name, ())
        for name in ("city", "tag")
    )
    return lookups.names(db, cities, tags) if cities or tags else ({}, {})


def _has_marks(pieces: tuple[Piece, ...]) -> bool:
    return any(piece.is_marked for piece in pieces)


def _degraded(site: Site, query: Query, asked: _Asked, language: str) -> Results:
    """Return a simple list from the database: cases that hold every word, newest first, no counts."""
    tokens = [word.exact for word in asked.question.words]
    with site.store.reading() as db:
        listed = case_lists.like(db, tokens, query.filters, limit=query.size, offset=query.offset)
        previews = case_lists.previews(db, [card.id for card in listed.cards])
        city_names, tag_names = _names(db, query, {}, 0)
    marker = Marker(asked.question)
    hits = tuple(
        _hit(previews[card.id], 0.0, marker, language) for card in listed.cards if card.id in previews
    )
    return Results(
        query=query,
        total=listed.total,
        hits=hits,
        is_degraded=True,
        city_names=city_names,
        tag_names=tag_names,
    )
