"""The closed lists of the exchange as values: labels, topics, networks, codes and sections of a text."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

DATA = Path(__file__).parent.parent / "data"
TOPIC_LANGUAGES = ("en", "fa", "ar", "fr", "es")
HEADING_MAX = 200  # characters of a heading that can still be a section of the format

_NUMBERING = re.compile("^[0-9\u06f0-\u06f9\u0660-\u0669]{1,2}[.)-] ?")
_FOLDED = str.maketrans(
    {
        "\u064a": "\u06cc",  # Arabic yeh and kaf, typed in Persian headings
        "\u0643": "\u06a9",
        "\u200c": " ",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2019": "'",
        "*": "",
        "_": "",
        "`": "",
    }
)


@dataclass(frozen=True, slots=True)
class TopicText:
    """What is said about a topic, and its colour."""

    id: str
    labels: Mapping[str, str]  # by language
    abouts: Mapping[str, str]  # one sentence, by language
    hue: str


@dataclass(frozen=True, slots=True)
class Network:
    """A network of cities or an institution that cities belong to."""

    id: str
    names: Mapping[str, str]  # by language
    website: str | None = None


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a tab-separated file of knowledgebase/data by its header; quotes mean nothing."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    header = lines[0].split("\t")
    for line in lines[1:]:
        if line.strip():
            cells = line.split("\t")
            yield dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=False))


@cache
def _labels() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    found: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in rows("lists.tsv"):
        found.setdefault(row["list"], {})[row["value"]] = MappingProxyType({"en": row["en"], "fa": row["fa"]})
    return MappingProxyType({name: MappingProxyType(values) for name, values in found.items()})


def labels(list_name: str) -> Mapping[str, Mapping[str, str]]:
    """Return the values of a closed list with their labels by language, in the order of the list.

    A list that does not exist is empty.
    """
    return _labels().get(list_name, MappingProxyType({}))


def label(list_name: str, value: str, language: str) -> str:
    """Return the label of a value: in English where the language has none, else the value itself."""
    known = labels(list_name).get(value, {})
    return known.get(language) or known.get("en") or value


@cache
def _codes() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("codes.tsv"):
        found.setdefault(row["list"], set()).add(row["value"])
    return {name: frozenset(values) for name, values in found.items()}


def codes(list_name: str) -> frozenset[str]:
    """Return the codes of a standard: "country" (ISO 3166-1 alpha-2) or "currency" (ISO 4217)."""
    return _codes().get(list_name, frozenset())


@cache
def languages() -> frozenset[str]:
    """Return the codes of ISO 639: two letters, three where a living language has no two."""
    return frozenset((DATA / "languages.txt").read_text(encoding="ascii").split())


@cache
def topic_texts() -> Mapping[str, TopicText]:
    """Return what is said about each of the sixteen topics, in their fixed order."""
    found = {}
    for row in rows("topics.tsv"):
        names = {language: row[language] for language in TOPIC_LANGUAGES if row.get(language)}
        abouts = {
            language: row[f"{language}_about"] for language in ("en", "fa") if row.get(f"{language}_about")
        }
        found[row["id"]] = TopicText(row["id"], MappingProxyType(names), MappingProxyType(abouts), row["hue"])
    return MappingProxyType(found)


@cache
def topics() -> Mapping[str, Mapping[str, str]]:
    """Return the labels of the topics by id and language."""
    return MappingProxyType({id_: text.labels for id_, text in topic_texts().items()})


@cache
def networks() -> Mapping[str, Network]:
    """Return the known networks of cities by id."""
    return MappingProxyType(
        {
            row["id"]: Network(
                row["id"],
                MappingProxyType({language: row[language] for language in ("en", "fa") if row.get(language)}),
                row.get("website") or None,
            )
            for row in rows("networks.tsv")
        }
    )


@cache
def concept_ids() -> frozenset[str]:
    """Return the ids of all terms of the vocabulary."""
    return frozenset(row["id"] for row in rows("vocabulary.tsv"))


@cache
def _sections() -> tuple[Mapping[str, Mapping[str, tuple[str, ...]]], Mapping[str, Mapping[str, str]]]:
    """Return the headings of each section by language, and the section of each folded heading by language."""
    headings: dict[str, dict[str, tuple[str, ...]]] = {}
    sections: dict[str, dict[str, str]] = {}
    for row in rows("sections.tsv"):
        key = row.pop("key")
        headings[key] = {language: tuple(cell.split("|")) for language, cell in row.items()}
        for language, cells in headings[key].items():
            sections.setdefault(language, {}).update({_fold_heading(cell): key for cell in cells})
    return headings, sections


def _fold_heading(heading: str) -> str:
    text = unicodedata.normalize("NFKC", heading).translate(_FOLDED).casefold()
    text = " ".join(text.split())
    return _NUMBERING.sub("", text).rstrip(" :.\u061b\u060c")


def section_keys() -> tuple[str, ...]:
    """Return the keys of the recognised sections, in their order on a page."""
    return tuple(_sections()[0])


def section_key(heading: str, language: str | None = None) -> str | None:
    """Return which section a level-two heading opens: looked up in its own language first, then in all.

    Case, emphasis, half-spaces, Arabic letter forms, numbering and a final colon do not matter.
    """
    if len(heading) > HEADING_MAX:
        return None
    folded = _fold_heading(heading)
    sections = _sections()[1]
    own = sections.get(language or "", {}).get(folded)
    return own or next((known[folded] for known in sections.values() if folded in known), None)


def section_label(key: str, language: str) -> str:
    """Return the preferred heading of a section, in English where the language has none."""
    cells = _sections()[0][key]
    return (cells.get(language) or cells["en"])[0]
