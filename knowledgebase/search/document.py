"""From a stored case to the document that both engines index: ready tokens, weighted by repetition.

Repeating the title three times and summary, tags, concept labels and city names twice gives plain
BM25 the field weights that were measured; END between parts keeps phrases from matching across seams.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from functools import lru_cache

from knowledgebase.domain.language import ANALYSED
from knowledgebase.domain.record import CaseRecord, State
from knowledgebase.search.backend import END, Document
from knowledgebase.text.analysis import SHORT_MAX, analyse, analyse_short
from knowledgebase.text.vocabulary import vocabulary

TITLE_TIMES = 3
SUMMARY_TIMES = 2  # also of tags, concept labels and city names
_DIGEST = 16  # bytes


@dataclass(frozen=True, slots=True)
class Remark:
    """A visible comment: its language and its text without marks."""

    language: str
    text: str


@dataclass(slots=True)
class _Parts:
    """Tokens of the two main fields, in the making."""

    exact: list[str] = field(default_factory=list)
    stem: list[str] = field(default_factory=list)

    def add(self, text: str, language: str, times: int = 1) -> None:
        """Add the tokens of a text so many times, END after each; a text without words adds nothing."""
        self._add(*analyse(text, language), times)

    def add_name(self, name: str, language: str) -> None:
        """Add the tokens of a name that many cases share, as often as a summary's."""
        self._add(*analyse_short(name, language), SUMMARY_TIMES)

    def add_concept(self, concept: str) -> None:
        """Add the tokens of a concept's labels in every analysed language, each as often as a summary's."""
        exact, stems = _labels(concept)
        self.exact += exact
        self.stem += stems

    def _add(self, exact: Sequence[str], stems: Sequence[str], times: int) -> None:
        if exact:
            self.exact += [*exact, END] * times
        if stems:
            self.stem += [*stems, END] * times


def document(
    record: CaseRecord, *, city_names: Mapping[str, str], country: str, comments: Sequence[Remark] = ()
) -> Document:
    """Return what the engines are to hold of a case: a tombstone when it is withdrawn.

    `city_names` are the names of its city by language, `comments` those that everybody may see.
    """
    case = record.case
    if record.state is State.WITHDRAWN:
        return tombstone(case.id, record.index_revision)
    central, all_concepts = _concepts(record)
    parts = _parts(record, city_names, central)
    spoken = [token for remark in comments for token in (*analyse(remark.text, remark.language)[1], END)]
    published = record.first_published.astimezone(UTC).date().isoformat()
    return _sealed(
        Document(
            id=case.id,
            revision=record.index_revision,
            digest="",
            is_visible=True,
            exact=_joined(parts.exact),
            stem=_joined(parts.stem),
            concepts=_joined([*all_concepts, END]),
            comments=_joined(spoken),
            newest=f"{published}|{case.id}",
            facets=_facets(record, country),
        )
    )


def tombstone(name: str, revision: int) -> Document:
    """Return what keeps an older copy of a case from coming back after it is gone."""
    return _sealed(Document(id=name, revision=revision, digest="", is_visible=False))


def _parts(record: CaseRecord, city_names: Mapping[str, str], central: Iterable[str]) -> _Parts:
    case = record.told
    parts = _Parts()
    parts.add(case.title, case.language, TITLE_TIMES)
    parts.add(case.summary, case.language, SUMMARY_TIMES)
    for language, translation in sorted(case.translations.items()):
        parts.add(translation.title, language, TITLE_TIMES)
        parts.add(translation.summary, language, SUMMARY_TIMES)
    for tag in record.tags:
        parts.add(tag.shown, case.language, SUMMARY_TIMES)
    for concept in central:
        parts.add_concept(concept)
    for language, name in sorted(city_names.items()):
        parts.add_name(name, language)
    parts.add(record.rendered.plain, case.language)
    return parts


def _concepts(record: CaseRecord) -> tuple[list[str], list[str]]:
    """Return the concepts a case is about, whose labels are indexed, and all it names; both sorted.

    It is about what its writer chose and what titles, summaries and tags name; the body only mentions.
    """
    case, known = record.told, vocabulary()
    central = {concept for concept in case.concepts if concept in known.concepts}
    named = [(case.language, f"{case.title}\n{case.summary}")]
    named += [(language, f"{told.title}\n{told.summary}") for language, told in case.translations.items()]
    for language, text in named:
        central.update(known.count(text, language))
    for tag in record.tags:
        central.update(_named_by(tag.shown))
    return sorted(central), sorted(central | known.count(record.rendered.plain, case.language).keys())


@lru_cache(SHORT_MAX)
def _named_by(tag: str) -> tuple[str, ...]:
    return vocabulary().detect(tag)


@lru_cache(SHORT_MAX)
def _labels(concept: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the exact and the stem tokens of a concept's labels, as a case about it holds them."""
    parts = _Parts()
    for language in ANALYSED:
        parts.add_name(vocabulary().label(concept, language), language)
    return tuple(parts.exact), tuple(parts.stem)


def _facets(record: CaseRecord, country: str) -> dict[str, tuple[str, ...]]:
    case = record.case
    return {
        "topic": tuple(topic.value for topic in case.topics),
        "city": (case.city,),
        "country": (country,),
        "language": (case.language,),
        "status": (case.status.value,),
        "year": () if case.year is None else (str(case.year),),
        "tag": tuple(sorted({tag.folded for tag in record.tags})),
        "written_by": (case.written_by.kind.value,),
    }


def _joined(tokens: Sequence[str]) -> str:
    return " ".join(tokens) or END


def _sealed(made: Document) -> Document:
    """Return a document with the hash of all it holds but its id and revision."""
    said = (made.is_visible, made.exact, made.stem, made.concepts, made.comments, made.newest)
    whole = json.dumps([*said, sorted(made.facets.items())], ensure_ascii=True).encode("ascii")
    return replace(made, digest=hashlib.blake2b(whole, digest_size=_DIGEST).hexdigest())
