"""How good a ranking is, and one such figure beside its bar."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import mean

from tests.bench.figures import Figure
from tests.bench.judged import Asked

DEPTH = 10  # hits that are looked at
Ranking = Sequence[str]  # ids, best first


@dataclass(frozen=True, slots=True)
class Score(Figure):
    """A share between 0 and 1, shown with three decimals."""

    @property
    def shown(self) -> str:
        """The value."""
        return f"{self.value:.3f}"

    @property
    def bound(self) -> str:
        """The bar, empty where there is none."""
        if self.most is not None:
            return f"<= {self.most:.3f}"
        return "" if self.least is None else f">= {self.least:.3f}"


def ndcg(ranking: Ranking, right: frozenset[str]) -> float:
    """Return nDCG@10 with every right hit worth the same."""
    gain = sum(1 / log2(place + 2) for place, name in enumerate(ranking[:DEPTH]) if name in right)
    return gain / sum(1 / log2(place + 2) for place in range(min(DEPTH, len(right))))


def recall(ranking: Ranking, right: frozenset[str]) -> float:
    """Return the share of what is right among the first ten."""
    return len(right.intersection(ranking[:DEPTH])) / len(right)


def reciprocal_rank(ranking: Ranking, right: frozenset[str]) -> float:
    """Return 1 / place of the first right hit, 0 where none is among the first ten."""
    return next((1 / place for place, name in enumerate(ranking[:DEPTH], 1) if name in right), 0.0)


def overlap(ranking: Ranking, other: Ranking) -> float:
    """Return the share of the first ten of one ranking that the other has too; nothing is like nothing."""
    first, second = set(ranking[:DEPTH]), set(other[:DEPTH])
    return len(first & second) / max(len(first), len(second)) if first or second else 1.0


def success(ranking: Ranking, right: frozenset[str], depth: int) -> bool:
    """Say whether something right is among the first `depth`."""
    return not right.isdisjoint(ranking[:depth])


def means(questions: Iterable[Asked], rankings: Sequence[Ranking]) -> Mapping[str, float]:
    """Return the means of nDCG@10, R@10 and MRR@10, and the share of questions without any hit."""
    pairs = [(ranking, one.right) for one, ranking in zip(questions, rankings, strict=True)]
    return {
        "nDCG@10": mean(ndcg(*pair) for pair in pairs),
        "R@10": mean(recall(*pair) for pair in pairs),
        "MRR@10": mean(reciprocal_rank(*pair) for pair in pairs),
        "no hit": mean(not ranking for ranking, _ in pairs),
    }
