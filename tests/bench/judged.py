"""Judged collections as values: passages, questions, and which passage answers which question.

XQuAD and PQuAD are paragraphs with questions of readers; NTREX is news in many languages, sentence by
sentence, of which the headline is the question and the rest the document.
"""

import json
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledgebase.domain.case import Translation, TranslatorKind
from knowledgebase.domain.record import CaseRecord
from tests.make import a_case, a_record, a_rendered

LATIN = frozenset({"en", "es", "de", "tr", "fr", "pt"})  # languages whose questions may be plain ASCII
PEOPLES = ("en", "es", "de", "ru", "tr", "el", "ar", "hi", "zh", "th")  # languages of XQuAD
NEWS = {
    "en": "eng",
    "fa": "fas",
    "ar": "arb",
    "fr": "fra",
    "es": "spa",
    "pt": "por",
    "de": "deu",
    "zh": "zho-CN",
    "ru": "rus",
    "tr": "tur",
}  # our language to NTREX's

_SYNTAX = re.compile(r'["\u00ab\u00bb\u201c\u201d]|(?<!\S)-(?=\S)')  # quotes, and a minus before a word


class Missing(Exception):
    """The collections are not where they should be."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text to be found; `told` are summaries in other languages, as a case may carry them."""

    id: str
    language: str
    title: str
    body: str
    told: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and the ids of the passages that answer it."""

    text: str
    right: frozenset[str]


@dataclass(frozen=True, slots=True)
class Collection:
    """Passages with questions to them."""

    name: str
    passages: tuple[Passage, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class News:
    """The documents of NTREX in one language: sentences by document, the headline first."""

    language: str
    documents: Mapping[str, Sequence[str]]


def read_collection(folder: Path, name: str, language: str) -> Collection:
    """Return one collection of corpus.jsonl, queries.jsonl and qrels.tsv. Raises Missing.

    Questions that its makers left untranslated are left out: they ask in another script.
    """
    home = folder / name
    right: dict[str, set[str]] = defaultdict(set)
    for line in _lines(home / "qrels.tsv"):
        question, passage, grade = line.split("\t")
        if int(grade) > 0:
            right[question].add(f"{name}/{passage}")
    passages = [json.loads(line) for line in _lines(home / "corpus.jsonl")]
    questions = [json.loads(line) for line in _lines(home / "queries.jsonl")]
    asked = [
        one for one in questions if language in LATIN or not one["text"].isascii()
    ]  # else left in English
    return Collection(
        name,
        tuple(Passage(f"{name}/{one['id']}", language, one["title"], one["text"]) for one in passages),
        tuple(Asked(_plain(one["text"]), frozenset(right[one["id"]])) for one in asked),
    )


def read_news(folder: Path, language: str) -> News:
    """Return NTREX in one of our languages. Raises Missing."""
    home = folder / "ntrex"
    documents: dict[str, list[str]] = defaultdict(list)
    names = _lines(home / "document_ids.tsv")
    for name, sentence in zip(names, _lines(home / f"{NEWS[language]}.txt"), strict=True):
        documents[name].append(sentence)
    return News(language, documents)


def headlines(asked: News, found: News, sentences: int) -> Collection:
    """Return headlines in one language, to be found in documents of another or of the same.

    Each document carries so many sentences behind its headline in the language of the question, as the
    summary that a case has in another language.
    """
    passages = []
    for name, lines in found.documents.items():
        summary = " ".join(asked.documents[name][1 : 1 + sentences])
        told = {asked.language: summary} if summary else {}
        passages.append(Passage(f"ntrex/{name}", found.language, "", " ".join(lines[1:]), told))
    questions = [
        Asked(_plain(lines[0]), frozenset([f"ntrex/{name}"])) for name, lines in asked.documents.items()
    ]
    way = asked.language if asked is found else f"{asked.language} to {found.language}"
    return Collection(f"ntrex {way}", tuple(passages), tuple(questions))


def with_summaries(found: Collection, asked: Collection, language: str, sentences: int) -> Collection:
    """Return the passages of one XQuAD with the questions of another, in whose language each is told."""
    told = {_last(one.id): _beginning(one.body, sentences) for one in asked.passages}
    passages = [
        Passage(one.id, one.language, one.title, one.body, {language: told[_last(one.id)]})
        for one in found.passages
    ]
    names = {_last(one.id): one.id for one in passages}
    questions = [
        Asked(one.text, frozenset(names[_last(name)] for name in one.right)) for one in asked.questions
    ]
    return Collection(f"{asked.name} to {found.name}", tuple(passages), tuple(questions))


def as_record(passage: Passage) -> CaseRecord:
    """Return a passage as a stored case: its text is the body, nothing else is known of it."""
    told = {tag: Translation("", text, TranslatorKind.EDITORS) for tag, text in passage.told.items()}
    case = a_case(
        passage.id, language=passage.language, title=passage.title, summary="", body="", translations=told
    )
    return a_record(case, rendered=a_rendered(passage.body))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").removesuffix("\n").split("\n")
    except FileNotFoundError as error:
        raise Missing(f"no judged collections: {path} is missing (YARDSTICK=folder)") from error


def _plain(text: str) -> str:
    """Return a question without quotes and minus signs, which its writer did not mean as demands."""
    return " ".join(_SYNTAX.sub(" ", text).split())


def _last(name: str) -> str:
    return name.rpartition("/")[2]


def _beginning(text: str, sentences: int) -> str:
    """Return the first sentences of an English text; good enough for a summary."""
    return ". ".join(text.split(". ")[:sentences])
