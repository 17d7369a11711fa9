"""Cases and questions made by a seeded generator, and the answers that brute force gives to them."""

import itertools
import os
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledgebase.domain.query import FACETS, Sort
from knowledgebase.domain.question import Phrase, Question, Word
from knowledgebase.search.backend import END, Answer, Ask, Document, FacetAsk, Receipt, SearchBackend, Stamp
from knowledgebase.search.choice import choose
from knowledgebase.search.elastic import ElasticBackend

STAMP = Stamp(site="a1b2c3", schema=1, analysis="1-test")
SYLLABLES = (
    "آب",
    "شهر",
    "باد",
    "خاک",
    "راه",
    "کوی",
    "پل",
    "سبز",
    "re",
    "ti",
    "mo",
    "wa",
    "ca",
    "lo",
    "né",
    "بلد",
)
FILLER = "north south east west up down left right here there"
VOCABULARY = tuple(f"{first}{last}" for first in SYLLABLES for last in SYLLABLES)
WEIGHTS = tuple(1 / (rank + 4) for rank in range(len(VOCABULARY)))
CONCEPTS = tuple(f"concept-{number}" for number in range(40))
TAGS = tuple(f"tag {number}" for number in range(60))
CITIES = tuple(f"city-{number}" for number in range(45))

_numbers = itertools.count()


def text(*parts: Sequence[str]) -> str:
    """Return parts joined as the index has them: END after each."""
    return " ".join(token for part in parts for token in (*part, END)) or END


def stem(word: str) -> str:
    """Return a stem that several words share."""
    return word[:3]


def a_document(name: str, *, revision: int = 1, title: str = "", body: str = "", **named: object) -> Document:
    """Return a visible document of few words; further fields by name."""
    parts = [title.split()] * 3 + [body.split()]
    exact = text(*(part for part in parts if part))
    fields: dict[str, object] = {
        "digest": f"{name}-{revision}",
        "is_visible": True,
        "exact": exact,
        "stem": " ".join(stem(token) for token in exact.split(" ")),
        "newest": f"2024-01-01|{name}",
        "facets": {"city": (name.partition("/")[0],)},
    }
    return Document(id=name, revision=revision, **(fields | named))  # type: ignore[arg-type]


def a_tombstone(name: str, revision: int) -> Document:
    """Return a document that is not to be seen."""
    return Document(id=name, revision=revision, digest="gone", is_visible=False)


def a_question(
    words: str = "", *, phrases: Sequence[str] = (), without: Sequence[str] = (), **named: object
) -> Question:
    """Return the question that these words would make."""
    return Question(
        words=tuple(Word(word, (stem(word),), word) for word in words.split()),
        phrases=tuple(Phrase(tuple(phrase.split())) for phrase in phrases),
        excluded=tuple(Phrase(tuple(phrase.split())) for phrase in without),
        **named,  # type: ignore[arg-type]
    )


def cases(count: int, *, seed: int = 7) -> list[Document]:
    """Return documents of all lengths with every facet, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # the same for every run
    return [_case(chance, number) for number in range(count)]


def _case(chance: random.Random, number: int) -> Document:
    city = chance.choice(CITIES)
    name = f"{city}/case-{number}"
    title = chance.choices(VOCABULARY, WEIGHTS, k=chance.randint(2, 8))
    summary = chance.choices(VOCABULARY, WEIGHTS, k=chance.randint(8, 40))
    body = chance.choices(VOCABULARY, WEIGHTS, k=int(chance.lognormvariate(4, 1)))
    remarks = chance.choices(VOCABULARY, WEIGHTS, k=chance.choice((0, 0, 0, 20)))
    parts = [title, title, title, summary, summary, body]
    return Document(
        id=name,
        revision=1,
        digest=f"{number:032x}",
        is_visible=True,
        exact=text(*parts),
        stem=text(*([stem(word) for word in part] for part in parts)),
        concepts=text(chance.sample(CONCEPTS, chance.randint(0, 9))),
        comments=text([stem(word) for word in remarks]),
        newest=f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}|{name}",
        facets={
            "topic": tuple(chance.sample([f"topic-{topic}" for topic in range(16)], chance.randint(1, 3))),
            "city": (city,),
            "country": (f"c{int(city[5:]) % 17}",),
            "language": (chance.choice(("fa", "fa", "en", "ar")),),
            "status": (chance.choice(("planned", "operating", "ended")),),
            "year": (str(chance.randint(1995, 2025)),) if chance.random() < 0.8 else (),
            "tag": tuple(chance.sample(TAGS, chance.randint(0, 5))),
            "written_by": (chance.choice(("city", "editors")),),
        },
    )


def asks(count: int, documents: Sequence[Document], *, seed: int = 11) -> Iterator[Ask]:
    """Yield random asks: words with repeats, concepts, phrases, exclusions, choices, hidden ids, pages."""
    chance = random.Random(seed)  # noqa: S311  # the same for every run
    for _ in range(count):
        some = chance.choice(documents)
        tokens = some.exact.split(" ")
        start = chance.randrange(max(1, len(tokens) - 3))
        run = tuple(tokens[start : start + chance.randint(1, 3)])
        words = chance.choices(VOCABULARY, WEIGHTS, k=chance.choice((0, 1, 2, 3, 4, 6, 9, 14)))
        chosen = {
            name: tuple(sorted(set(chance.choices(_values(documents, name), k=chance.randint(1, 3)))))
            for name in chance.sample(FACETS, chance.choice((0, 0, 1, 2, 3)))
        }
        yield Ask(
            question=Question(
                words=tuple(Word(word, tuple(sorted({stem(word), word[:2]})), word) for word in words),
                phrases=(Phrase(run),) if chance.random() < 0.15 and END not in run else (),
                excluded=(Phrase((chance.choice(VOCABULARY),)),) if chance.random() < 0.2 else (),
                concepts=tuple(sorted(chance.sample(CONCEPTS, chance.choice((0, 0, 1, 2))))),
            ),
            filters=chosen,
            hidden=tuple(document.id for document in chance.sample(documents, chance.choice((0, 0, 5)))),
            sort=chance.choice((Sort.BEST, Sort.BEST, Sort.BEST, Sort.NEWEST)),
            offset=chance.choice((0, 0, 20, 200)),
            facets={name: FacetAsk(200) for name in FACETS},
        )


def _values(documents: Sequence[Document], name: str) -> list[str]:
    return sorted({value for document in documents for value in document.facets.get(name, ())})


@dataclass(frozen=True, slots=True)
class Bag:
    """One document taken apart for brute force."""

    document: Document
    words: Mapping[str, frozenset[str]]
    exact: str = field(default="")


def bags(documents: Sequence[Document]) -> list[Bag]:
    """Return documents taken apart."""
    return [
        Bag(
            document,
            {
                name: frozenset(getattr(document, name).split(" "))
                for name in ("exact", "stem", "concepts", "comments")
            },
            f" {document.exact} ",
        )
        for document in documents
    ]


def is_text_match(bag: Bag, ask: Ask) -> bool:
    """Say whether a document answers an ask by the contract, filters left aside."""
    question, document = ask.question, bag.document
    if not document.is_visible or document.id in ask.hidden:
        return False
    if any(f" {' '.join(phrase.words)} " not in bag.exact for phrase in question.phrases):
        return False
    if any(f" {' '.join(phrase.words)} " in bag.exact for phrase in question.excluded):
        return False
    if not question.scores:
        return True
    found = sum(
        word.exact in bag.words["exact"]
        or any(part in bag.words["stem"] or part in bag.words["comments"] for part in word.stems)
        for word in question.words
    )
    is_worded = bool(question.words) and found >= question.minimum
    return is_worded or any(concept in bag.words["concepts"] for concept in question.concepts)


def is_chosen(document: Document, ask: Ask, *, without: str = "") -> bool:
    """Say whether a document passes the filters; those of the facet `without` are left aside."""
    return all(
        name == without or set(chosen) & set(document.facets.get(name, ()))
        for name, chosen in ask.filters.items()
    )


def brute_force(whole: Sequence[Bag], ask: Ask) -> tuple[int, dict[str, tuple[tuple[str, int], ...]]]:
    """Return the total, and every facet counted without its own choice: most first, then by value."""
    found = [bag.document for bag in whole if is_text_match(bag, ask)]
    facets: dict[str, tuple[tuple[str, int], ...]] = {}
    for name in ask.facets:
        tally = Counter(
            value
            for document in found
            if is_chosen(document, ask, without=name)
            for value in document.facets.get(name, ())
        )
        facets[name] = tuple(sorted(tally.items(), key=lambda counted: (-counted[1], counted[0])))
    return sum(is_chosen(document, ask) for document in found), facets


def new_prefix() -> str:
    """Return a prefix of index names that nobody else uses on the shared server."""
    return f"kb-{os.getpid()}-{next(_numbers)}"


@contextmanager
def elastic(url: str, shards: int = 1) -> Iterator[ElasticBackend]:
    """Lend a backend with indices of its own, removed afterwards."""
    prefix = new_prefix()
    engine = choose(url, folder=Path(os.devnull), shards=shards, prefix=prefix)
    assert isinstance(engine, ElasticBackend)
    try:
        yield engine
    finally:
        for generation in engine.generations():
            engine._mine.writing.indices.delete(index=f"{prefix}-{generation}")
        engine.close()


def ids(answer: Answer) -> list[str]:
    """Return the ids of a page in order."""
    return [name for name, _ in answer.hits]


def fill(
    engine: SearchBackend, documents: Sequence[Document], *, step: int = 500, generation: str = "one"
) -> list[Receipt]:
    """Make a generation of these documents, in batches of `step`, and make it live."""
    engine.create(generation, STAMP)
    receipts: list[Receipt] = []
    for at in range(0, len(documents), step):
        receipts += engine.put(generation, documents[at : at + step])
    engine.refresh(generation)
    engine.promote(generation)
    return receipts


def found(engine: SearchBackend, *documents: Document, **ask: Any) -> list[str]:
    """Return the ids that an ask finds among these documents, best first."""
    fill(engine, documents)
    return ids(engine.search(Ask(**ask)))
