"""Questions of people in cities, put to the cases of content/, within a language and across languages."""

import csv
import random
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from tempfile import TemporaryDirectory

from knowledgebase.app import make_site
from knowledgebase.cli.content import bring_in
from knowledgebase.config import Settings
from knowledgebase.domain.record import CaseRecord, CityLabel
from knowledgebase.store import cases, cities
from tests.bench.corpus import Corpus, analysed, filled
from tests.bench.measures import Ranking, Score, ndcg, success
from tests.bench.spellings import with_slip
from tests.running import ROOT

QUESTIONS = Path(__file__).parent / "city_questions.tsv"
DEPTHS = (1, 3, 5)
SLIPS = 5  # of each question
SLIP_LEAST = 0.97  # share of the clean nDCG@10
_ALL = 1_000  # cases of a ranking


@dataclass(frozen=True, slots=True)
class CityQuestion:
    """A problem in the words of somebody who has it, and the cases that answer it."""

    language: str
    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Content:
    """The cases of content/ as the store hands them out, and their cities."""

    records: tuple[CaseRecord, ...]
    labels: Mapping[str, CityLabel]

    def bare(self) -> tuple[CaseRecord, ...]:
        """Return the cases in their own language only."""
        return tuple(replace(one, case=replace(one.case, translations={})) for one in self.records)


def read_content() -> Content:
    """Return content/ as an import leaves it."""
    with TemporaryDirectory(prefix="kb-relevance-") as folder:
        site = make_site(Settings(instance=Path(folder), search_url="", database_url=""))
        try:
            site.store.upgrade()
            if bring_in(site, ROOT / "content").has_failed:
                raise RuntimeError("a file of content/ was refused")
            with site.store.reading() as db:
                records = cases.scan(db, 0, _ALL).records
                return Content(records, cities.labels(db, {record.case.city for record in records}))
        finally:
            site.close()


def read_questions(content: Content) -> tuple[CityQuestion, ...]:
    """Return the questions. Raises ValueError for one whose case is not there."""
    known = {record.case.id for record in content.records}
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = [CityQuestion(row["language"], row["question"], frozenset(row["cases"].split())) for row in rows]
    if unknown := frozenset[str]().union(*(one.right for one in found)) - known:
        raise ValueError(f"{QUESTIONS.name} names cases that are not there: {sorted(unknown)}")
    return tuple(found)


def measure_city(server: str) -> list[Score]:
    """Return success@1, @3, @5 for cases told in the reader's language and for the others.

    Once with cases as they are, of which each is told in Persian and English too; once stripped of
    these translations, so that only concepts and shared names lead from one language to another.
    """
    content = read_content()
    questions = read_questions(content)
    scores: list[Score] = []
    with filled(content.records, content.labels, server=server) as corpus:
        told = {one.case.id: {one.case.language, *one.case.translations} for one in content.records}
        scores += _successes("city", questions, corpus, told)
        scores.append(_slips(questions, corpus))
    with filled(content.bare(), content.labels, server=server) as corpus:
        own = {one.case.id: {one.case.language} for one in content.records}
        scores += _successes("city, untranslated", questions, corpus, own)
    return scores


def _successes(
    name: str, questions: Sequence[CityQuestion], corpus: Corpus, told: Mapping[str, Set[str]]
) -> list[Score]:
    rankings = [corpus.ranking(analysed(one.text), _ALL) for one in questions]

    def within(question: CityQuestion, case_id: str) -> bool:
        return question.language in told[case_id]

    def across(question: CityQuestion, case_id: str) -> bool:
        return question.language not in told[case_id]

    return [
        *_of_kind(f"{name}, same language", questions, rankings, within),
        *_of_kind(f"{name}, other language", questions, rankings, across),
    ]


def _of_kind(
    name: str,
    questions: Sequence[CityQuestion],
    rankings: Sequence[Ranking],
    is_meant: Callable[[CityQuestion, str], bool],
) -> list[Score]:
    """Return the successes over the right cases of one kind; the other right ones count neither way."""
    pairs: list[tuple[Ranking, frozenset[str]]] = []
    for question, ranking in zip(questions, rankings, strict=True):
        meant = frozenset(case_id for case_id in question.right if is_meant(question, case_id))
        if meant:
            others = question.right - meant
            pairs.append(([case_id for case_id in ranking if case_id not in others], meant))
    return [
        Score(
            f"{name}: success@{depth}",
            mean(success(ranking, right, depth) for ranking, right in pairs),
            note=f"{len(pairs)} questions" if depth == 1 else "",
        )
        for depth in DEPTHS
    ]


def _slips(questions: Sequence[CityQuestion], corpus: Corpus) -> Score:
    chance = random.Random(0)  # noqa: S311  # the same for every run
    clean: list[float] = []
    wrong: list[float] = []
    for one in questions:
        for _ in range(SLIPS):
            slipped = with_slip(one.text, chance)
            if slipped is not None:
                clean.append(ndcg(corpus.ranking(corpus.repaired(one.text)), one.right))
                wrong.append(ndcg(corpus.ranking(corpus.repaired(slipped)), one.right))
    return Score(
        "city: nDCG@10 with a slip, of the clean",
        mean(wrong) / mean(clean),
        least=SLIP_LEAST,
        note=f"{mean(wrong):.3f} of {mean(clean):.3f}",
    )
