"""Counts by filter are taken once a commit and question, and never outlive their commit."""

from pathlib import Path

import pytest
import tantivy

from knowledgebase.domain.question import Question, Word
from knowledgebase.search.backend import Ask, Document, FacetAsk
from knowledgebase.search.embedded_reader import COUNTS_KEPT, Facets, Opened, Snapshot
from knowledgebase.search.embedded_schema import schema, to_engine

AIR = Question((Word("air", ("air",), "air"),))
ASK = Ask(AIR, facets={"topic": FacetAsk(9)})


@pytest.fixture
def index(tmp_path: Path) -> tantivy.Index:
    """Lend an empty index of the folder `tmp_path`."""
    return tantivy.Index(schema(), path=str(tmp_path))


def commit(index: tantivy.Index, name: str) -> None:
    writer = index.writer(num_threads=1)
    writer.add_document(to_engine(Document(name, 1, "digest", is_visible=True)))
    writer.commit()
    writer.wait_merging_threads()


class Counter:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> Facets:
        self.asked += 1
        return {"topic": (("air", self.asked),)}


@pytest.mark.parametrize(
    "other",
    [Ask(AIR, facets=ASK.facets, offset=20), Ask(AIR, facets=ASK.facets, size=100)],
    ids=["page", "size"],
)
def test_another_page_of_a_question_takes_the_counts_of_the_first(index: tantivy.Index, other: Ask) -> None:
    snapshot, counter = Snapshot(index.searcher()), Counter()

    both = [snapshot.facets(ask, counter) for ask in (ASK, other)]

    assert both == [{"topic": (("air", 1),)}] * 2
    assert counter.asked == 1


@pytest.mark.parametrize(
    "other",
    [
        Ask(Question(), facets=ASK.facets),
        Ask(AIR, facets=ASK.facets, filters={"city": ("tehran",)}),
        Ask(AIR, facets=ASK.facets, hidden=("tehran/smog",)),
        Ask(AIR, facets={"topic": FacetAsk(9, include=("air",))}),
    ],
    ids=["question", "filter", "hidden", "facets"],
)
def test_whatever_changes_the_counts_is_counted(index: tantivy.Index, other: Ask) -> None:
    snapshot, counter = Snapshot(index.searcher()), Counter()

    snapshot.facets(ASK, counter)
    counted = snapshot.facets(other, counter)

    assert counted == {"topic": (("air", 2),)}


def test_the_longest_unasked_counts_are_forgotten_first(index: tantivy.Index) -> None:
    snapshot, counter = Snapshot(index.searcher()), Counter()
    asks = [Ask(AIR, hidden=(str(number),), facets=ASK.facets) for number in range(COUNTS_KEPT + 1)]

    for ask in asks:
        snapshot.facets(ask, counter)
        snapshot.facets(asks[0], counter)
    snapshot.facets(asks[1], counter)

    assert counter.asked == COUNTS_KEPT + 2


def test_a_new_commit_begins_without_counts(index: tantivy.Index, tmp_path: Path) -> None:
    commit(index, "tehran/smog")
    opened, counter = Opened(tmp_path), Counter()
    before = opened.newest()
    before.facets(ASK, counter)

    commit(index, "tehran/zone")
    after = opened.newest()

    assert (before.searcher.num_docs, after.searcher.num_docs) == (1, 2)
    assert after.facets(ASK, counter) == {"topic": (("air", 2),)}
    assert opened.newest() is after
