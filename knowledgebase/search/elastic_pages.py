"""How a page is read from Elasticsearch: with its neighbours, so that ties are in the order of ids."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from knowledgebase.domain.query import Sort
from knowledgebase.search.backend import Answer, Ask
from knowledgebase.search.checks import WINDOW
from knowledgebase.search.elastic_answers import answer, explained, indices
from knowledgebase.search.elastic_query import body, explaining
from knowledgebase.search.plan import plan
from knowledgebase.search.ties import Window, exact_score, page, ties, weight

Send: TypeAlias = Callable[[dict[str, Any]], Any]  # from the body of a search to the server's answer

# Hits asked for on either side of a page: most ties end within the first number. Where one does not, all
# of the tie that lies further away than the second has the very score of its nearest: no words, or one.
_SLACKS = (16, 1_000)


def in_order(ask: Ask, send: Send) -> tuple[Answer, set[str]]:
    """Return the answer to an ask, and the indices it comes from.

    One request; a second one where a tie reaches far beyond the page, or where only exact scores can
    tell whether neighbours tie. Raises Unanswered for an answer of another shape, and what `send` raises.
    """
    if plan(ask).sort is Sort.NEWEST:
        said = send(body(ask))
        return answer(ask, said), indices(said)
    wider = _widened(ask, _SLACKS[0])
    said = send(body(wider))
    found = answer(wider, said)
    hits = _page(ask, wider, found, send, is_last=False)
    if hits is None:
        wider = replace(_widened(ask, _SLACKS[1]), facets={})
        hits = _page(ask, wider, answer(wider, send(body(wider))), send, is_last=True)
    return replace(found, hits=hits or ()), indices(said)


def _widened(ask: Ask, slack: int) -> Ask:
    first = max(0, ask.offset - slack)
    return replace(ask, offset=first, size=min(WINDOW, ask.offset + ask.size + slack) - first)


def _page(
    ask: Ask, wider: Ask, found: Answer, send: Send, *, is_last: bool
) -> tuple[tuple[str, float], ...] | None:
    """Return the page of an ask from what a wider one found; None when that is not wide enough."""
    end = ask.offset + ask.size

    def exact(ids: Sequence[str]) -> list[float | None]:
        told = explained(send(explaining(ask, ids)))
        return [exact_score(told[name]) if name in told else None for name in ids]

    hits = [(score, name) for name, score in found.hits]
    is_ended = is_last or len(hits) < wider.size or wider.offset + wider.size == WINDOW
    window = Window(hits, wider.offset, is_begun=is_last or not wider.offset, is_ended=is_ended)
    tied = ties(window, ask.offset, end, weight(ask.question), exact)
    return None if tied is None else page(tied, ask.offset, end, str)
