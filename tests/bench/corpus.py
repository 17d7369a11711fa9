"""Cases in a real engine, asked as the search page asks: the same reading, analysis and repair."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from os import getpid
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledgebase.domain.question import Question
from knowledgebase.domain.record import CaseRecord, CityLabel
from knowledgebase.intake.query import read
from knowledgebase.search.backend import Ask
from knowledgebase.search.choice import choose
from knowledgebase.services import indexing, searching
from knowledgebase.services.site import Site, stamp_of
from knowledgebase.store import words
from knowledgebase.store.engine import Store
from knowledgebase.store.values import WordChange
from knowledgebase.text.question import ask
from knowledgebase.text.renderer import Renderer
from tests.bench.measures import DEPTH, Ranking

BATCH = 1_000  # documents sent at once
_GENERATION = "one"
_numbers = count()


@dataclass(frozen=True, slots=True)
class Corpus:
    """Cases in the live generation of an engine, their words in a list."""

    site: Site

    def rankings(self, questions: Iterable[str], *, repair: bool = False) -> list[Ranking]:
        """Return the first ten of each question, words that no case holds repaired where asked for."""
        return [self.ranking(self.repaired(text) if repair else analysed(text)) for text in questions]

    def ranking(self, question: Question, size: int = DEPTH) -> Ranking:
        """Return the ids of the first hits, best first."""
        return [name for name, _ in self.site.index.search(Ask(question, size=size)).hits]

    def repaired(self, text: str) -> Question:
        """Return what the search page asks the engine for, after a look at the word list."""
        return searching._prepare(self.site, read({"q": [text]})).question


def analysed(text: str) -> Question:
    """Return what a typed text asks for, cut as the search page cuts it."""
    return ask(read({"q": [text]}).text)


@contextmanager
def filled(
    records: Sequence[CaseRecord], labels: Mapping[str, CityLabel], *, server: str = ""
) -> Iterator[Corpus]:
    """Lend these cases in an engine of their own: embedded, or an index on the Elasticsearch at `server`.

    The index stays on the server, which is thrown away with it.
    """
    with TemporaryDirectory(prefix="kb-relevance-") as folder:
        prefix = f"kbr{getpid()}x{next(_numbers)}"
        index = choose(server, folder=Path(folder) / "index", prefix=prefix)
        site = Site(Store.open(f"sqlite:///{folder}/words.sqlite"), index, Renderer())
        site.store.upgrade()
        try:
            _fill(site, records, labels)
            yield Corpus(site)
        finally:
            site.close()


def _fill(site: Site, records: Sequence[CaseRecord], labels: Mapping[str, CityLabel]) -> None:
    site.index.create(_GENERATION, stamp_of(site))
    for at in range(0, len(records), BATCH):
        documents = [
            indexing.as_document(record, indexing.Beside(labels)) for record in records[at : at + BATCH]
        ]
        refused = indexing.refusals(site.index.put(_GENERATION, documents))
        if refused:
            raise RuntimeError(f"the engine refused {next(iter(refused.values()))}")
    site.index.refresh(_GENERATION)
    site.index.promote(_GENERATION)
    with site.store.writing() as db:
        words.count(db, _word_list(records, labels))


def _word_list(records: Sequence[CaseRecord], labels: Mapping[str, CityLabel]) -> list[WordChange]:
    """Return the words of all cases with the number of cases that hold each, as the indexer counts them."""
    held: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for record in records:
        forms = indexing.word_forms(record, indexing.Beside(labels))
        held.update(forms.keys())
        shown.update({token: form for token, form in forms.items() if form or token not in shown})
    return [WordChange(token, shown[token], cases) for token, cases in held.items()]
