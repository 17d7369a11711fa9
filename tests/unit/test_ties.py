"""Neighbours with nearly equal scores: one order, whatever single precision made of each engine's scores."""

import itertools
import random
from collections.abc import Sequence
from typing import Any

import pytest

from knowledgebase.domain.question import Question, Word
from knowledgebase.search.backend import COMMENT_BOOST, CONCEPT_BOOST, EXACT_BOOST
from knowledgebase.search.ties import DOUBT, EXPLAINED_MOST, Window, exact_score, page, ties, weight

WEIGHT = 2.0
STEP = DOUBT * (WEIGHT + 1)  # doubt of scores near one
Hit = tuple[float, str]


def never(ids: Sequence[str]) -> list[float | None]:
    raise AssertionError(f"exact scores asked for: {ids}")


def ordered(*hits: Hit, exact: Any = never) -> str:
    found = ties(Window(hits), 0, len(hits), WEIGHT, exact)
    assert found is not None
    return " ".join(name for name, _ in page(found, 0, len(hits), str))


def test_equal_scores_are_in_the_order_of_ids() -> None:
    assert ordered((1.0, "c"), (1.0, "a"), (0.9, "d"), (0.9, "b")) == "a c b d"


def test_scores_apart_by_less_than_single_precision_can_tell_are_a_tie() -> None:
    assert ordered((1.0, "b"), (1.0 - 0.9 * STEP, "a")) == "a b"


def test_scores_clearly_apart_stay_as_they_are() -> None:
    assert ordered((1.0, "b"), (1.0 - 3.1 * STEP, "a")) == "b a"


def test_a_row_of_near_neighbours_is_one_tie() -> None:
    assert ordered(*((1.0 - at * 0.9 * STEP, name) for at, name in enumerate("edcba"))) == "a b c d e"


@pytest.mark.parametrize(("gap", "order"), [(1.9, "a b"), (2.1, "b a")])
@pytest.mark.parametrize("seen", [1.2, 2.0, 2.9])
def test_where_the_doubt_is_too_large_exact_scores_decide(seen: float, gap: float, order: str) -> None:
    exact = {"b": 1.0, "a": 1.0 - gap * STEP}

    told = ordered((1.0, "b"), (1.0 - seen * STEP, "a"), exact=lambda ids: [exact[name] for name in ids])

    assert told == order


@pytest.mark.parametrize(("seen", "order"), [(1.9, "a b"), (2.1, "b a")])
def test_without_exact_scores_those_seen_decide(seen: float, order: str) -> None:
    hits = ((1.0, "b"), (1.0 - seen * STEP, "a"))

    assert ordered(*hits, exact=lambda ids: [None for _ in ids]) == order


def test_exact_scores_are_asked_of_everything_that_may_stand_at_the_gap() -> None:
    asked: list[str] = []
    above = [(1.0 + 5.5 * STEP, "far"), (1.0 + 0.5 * STEP, "b"), (1.0, "c")]
    below = [(1.0 - 2 * STEP, "d"), (1.0 - 2.5 * STEP, "e"), (1.0 - 7 * STEP, "gone")]

    def exact(ids: Sequence[str]) -> list[float | None]:
        asked.extend(ids)
        return [1.0 if name in "bc" else 0.5 for name in ids]

    told = ordered((2.0, "first"), *above, *below, exact=exact)

    assert told == "first far b c d e gone"
    assert "".join(sorted(name for name in asked if len(name) == 1)) == "bcde"


def test_a_long_tie_asks_for_some_exact_scores_only() -> None:
    asked: list[int] = []
    hits = [*((1.0, f"b{at}") for at in range(400)), *((1.0 - 2 * STEP, f"a{at}") for at in range(400))]

    def exact(ids: Sequence[str]) -> list[float | None]:
        asked.append(len(ids))
        return [1.0 if name[0] == "b" else 0.5 for name in ids]

    assert ordered(*hits, exact=exact).split()[:400] == sorted(f"b{at}" for at in range(400))
    assert asked == [2 * EXPLAINED_MOST]


def test_a_tie_that_reaches_the_end_of_a_window_needs_a_wider_one() -> None:
    hits = [(1.0, "a"), (0.5, "c"), (0.5, "b")]

    assert ties(Window(hits, is_ended=False), 0, 2, WEIGHT, never) is None
    assert ties(Window(hits, is_ended=False), 0, 1, WEIGHT, never) == ([[(1.0, "a")]], 0)
    assert ties(Window(hits), 0, 2, WEIGHT, never) is not None


def test_a_tie_that_reaches_the_beginning_of_a_window_needs_a_wider_one() -> None:
    hits = [(1.0, "b"), (1.0, "a"), (0.5, "c")]

    assert ties(Window(hits, 7, is_begun=False), 8, 9, WEIGHT, never) is None
    assert ties(Window(hits, 7, is_begun=False), 9, 10, WEIGHT, never) == ([[(0.5, "c")]], 9)


def test_a_page_past_the_end_is_empty() -> None:
    found = ties(Window([(1.0, "a")]), 20, 40, WEIGHT, never)

    assert found is not None
    assert page(found, 20, 40, str) == ()


@pytest.mark.parametrize("seed", range(20))
def test_two_engines_of_single_precision_give_the_same_pages(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same for every run
    truth = near_scores(chance, 300)
    noisy = [
        sorted(((score + chance.uniform(-0.49, 0.49) * STEP, name) for name, score in truth.items()))[::-1]
        for _ in range(2)
    ]
    size = chance.choice((1, 3, 7, 20))

    pages = [
        [paged(hits, offset, size, chance.choice((0, 2, 9)), truth) for offset in range(0, 300, size)]
        for hits in noisy
    ]

    assert pages[0] == pages[1]
    assert sorted(itertools.chain(*pages[0])) == sorted(truth)


def near_scores(chance: random.Random, count: int) -> dict[str, float]:
    """Return scores of which many lie a few doubts apart, and many are equal."""
    scores, score = {}, 1.0
    for name in chance.sample(range(1_000, 9_999), count):
        scores[str(name)] = score
        score -= chance.choice((0.0, 0.0, 0.5, 1.1, 1.5, 1.9, 2.1, 2.5, 2.9, 5.0, 50.0)) * STEP
    return scores


def paged(
    hits: Sequence[Hit], offset: int, size: int, slack: int, truth: dict[str, float]
) -> tuple[str, ...]:
    """Return the ids of a page, seen through a window that is widened until it is wide enough."""
    while True:
        first, end = max(0, offset - slack), offset + size + slack
        window = Window(hits[first:end], first, is_begun=not first, is_ended=end >= len(hits))
        found = ties(window, offset, offset + size, WEIGHT, lambda ids: [truth[name] for name in ids])
        if found is not None:
            return tuple(name for name, _ in page(found, offset, offset + size, str))
        slack = slack * 2 + 1


def test_the_weight_of_a_question_is_the_sum_of_its_boosts() -> None:
    question = Question((Word("parks", ("park", "parks"), "parks"),), concepts=("parks", "trees"))

    assert weight(question) == EXACT_BOOST + 2 * (1 + COMMENT_BOOST) + 2 * CONCEPT_BOOST


def said(what: str, value: float = 0.0, *details: dict[str, Any]) -> dict[str, Any]:
    return {"description": what, "value": value, "details": list(details)}


RARITY = said("idf, computed as log(...)", 0.07, said("n, number of docs", 1864), said("N, total", 2000))
OFTEN = said(
    "freq / (freq + k1 * (1 - b + b * dl / avgdl))",
    0.76,
    said("freq, occurrences of term within document", 2.0),
    said("k1, term saturation parameter", 1.2),
    said("b, length normalization parameter", 0.75),
    said("dl, length of field (approximate)", 60.0),
    said("avgdl, average length of field", 161.9935),
)


def test_the_explanations_of_both_engines_are_the_same_exact_score() -> None:
    embedded = said(
        "sum", 0.1, said("Boost x1.5 of ...", 0.1, said("TermQuery", 0.1, said("(K1+1)", 2.2), RARITY, OFTEN))
    )
    elastic = said("sum of:", 0.1, said("score(freq=2.0)", 0.1, said("boost", 3.3000002), RARITY, OFTEN))

    assert exact_score(embedded) == exact_score(elastic) == pytest.approx(0.1770817, rel=1e-6)


def test_an_explanation_of_another_shape_is_no_score() -> None:
    assert exact_score(said("constant", 1.0)) is None
    assert exact_score(said("sum", 1.0, said("score", 1.0, said("idf, as ever", 0.1)))) is None
