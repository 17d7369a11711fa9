"""Name the numbers of content/ that a reader could not trace to a source, or that differ between languages.

Usage: .venv/bin/python tools/check_numbers.py [--list] [--facts FOLDER] [FILE or FOLDER ...]

Named are: a number of the body without a citation in its sentence or the one before (in list items and table
rows also: in the sentence that leads to them or the head of the table; the head itself needs none); a result,
cost or population without sources; a citation of a source that is not there; a source that nothing cites; a
number of title or summary that another language does not have. Exit 1 when something is named.
`--list` shows every number with the sources of its sentence. `--facts` reports instead which numbers stand in
no document of the city: YAML files of documents parted by `---`, each with a key `city`. Digits of all
scripts, 1,000 = 1.000 = 1 000, "1.2 million" and years of both calendars are the same there, and a fact
rounded to two digits or more is known. Numbers in words are not seen.
"""

import argparse
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from knowledgebase.intake.body import prose  # noqa: E402
from knowledgebase.intake.characters import ascii_digits  # noqa: E402
from knowledgebase.intake.frontmatter import Raw, RawFile, parse  # noqa: E402
from knowledgebase.intake.slug import slug_of  # noqa: E402

SCALES = {  # the longer first where one begins another
    "mil millones": 10**9,
    "هزار میلیارد": 10**12,
    "هزار میلیون": 10**9,
    **dict.fromkeys(("trillion", "billón", "billones", "تریلیون", "تريليون"), 10**12),
    **dict.fromkeys(("billion", "bn", "milliard", "میلیارد", "مليار"), 10**9),
    **dict.fromkeys(("million", "millón", "millones", "میلیون", "مليون", "ملايين", "mn"), 10**6),
    **dict.fromkeys(("thousand", "mille", "mil", "هزار", "ألف", "آلاف", "الف"), 10**3),
    **{"crore": 10**7, "lakh": 10**5},
}
MAYBE = {"m": 10**6, "k": 10**3}  # million or metre, thousand or kilo
JALALI = range(1300, 1450)  # years in Persian texts
NO_FIGURES = frozenset({"date", "from", "to", "year", "sources"})  # keys
FIGURES = frozenset({"results", "cost", "beneficiaries", "population"})  # keys
SOURCED = re.compile(r"results\.\d+|cost\.(?:capital|yearly)|population")  # what may and must carry sources

_SPACE = "[ \u00a0\u202f\u2009\u066c'\u2019]"
_NUMBER = re.compile(
    rf"(?<![A-Za-z0-9])(?<![0-9][.,])(?<![^\W\d_]-)"
    rf"(?P<digits>[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}})+(?![0-9])(?:[.,][0-9]+)?|[0-9]+(?:[.,][0-9]+)*)"
    rf"(?:[\s\u200c-]?(?P<scale>{'|'.join(SCALES)}|[mk])(?P<more>[a-zé]*))?"
)
_AND = re.compile(r"\s*و\s?")  # sixteen thousand and 359
_TO = re.compile(r"\s*(?:-|–|to|or|of the|of|تا|یا|از|a|à|y|et|sur|إلى|من)\s*")  # 3 to 5 million
_CITATION = re.compile(r"\[([0-9]{1,3}(?:\s*[,\u060c]\s*[0-9]{1,3})*)\](?!\()")
_ADDRESS = re.compile(r"\]\([^)]*\)|https?://\S+")
_END = re.compile(r"(?<=[.!?؟…])[»”\")]*\s+(?!\[[0-9])")
_ITEM = re.compile(r"\s*(?:[-*+]|[0-9]+[.)])\s+")
_RULE = re.compile(r"\s*\|?[\s:|-]+\|?\s*")
_UNREAD = re.compile(r"^\s*(?:-\s+)?(?:n|url|id):.*$|\[[0-9, ]+\]", re.MULTILINE)  # of a document of facts


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, with everything it may mean."""

    text: str
    readings: frozenset[Decimal]


@dataclass(frozen=True, slots=True)
class Placed:
    """A number where it stands, with the sources of its sentence or entry."""

    line: int
    key: str
    number: Number
    cited: tuple[int, ...]
    is_traced: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """A case or city file, read but not judged; leaves are all texts of its front matter by dotted key."""

    path: Path
    raw: RawFile
    leaves: dict[str, tuple[str, tuple[int, ...]]]  # with the sources of the entry

    @property
    def language(self) -> str:
        """Return the language of the body, empty for a city."""
        return self.leaves.get("language", ("", ()))[0]


def _digits_read(token: str) -> set[Decimal]:
    """Return what the digits may mean: 1.234 is a decimal here and more than a thousand there."""
    plain = re.sub(_SPACE, "", token)
    marks = re.findall("[.,]", plain)
    joined = Decimal(re.sub("[.,]", "", plain))
    if not marks or len(marks) > len(set(marks)):  # 1.234.567
        return {joined}
    head, _, tail = plain.rpartition(marks[-1])
    decimal = Decimal(f"{re.sub('[.,]', '', head)}.{tail}")
    return {joined, decimal} if len(marks) == 1 and len(tail) == 3 and len(head) <= 3 else {decimal}


def numbers(text: str, language: str = "") -> list[Number]:
    """Return the numbers of a text in order; not citations, addresses, PM2.5 or CO2."""
    plain = _ADDRESS.sub("]", _CITATION.sub(" ", ascii_digits(text)))
    found: list[tuple[str, set[Decimal], int]] = []  # text, readings, scale
    end = 0
    for match in _NUMBER.finditer(plain):
        digits, scale, more = match["digits"], match["scale"] or "", match["more"]
        times = 1 if more and len(scale) < 4 else SCALES.get(scale, 1)  # miles are no mil
        own = _digits_read(digits)
        readings = {value * times for value in own}
        if scale in MAYBE and not more:
            readings |= {value * MAYBE[scale] for value in own}
        if language == "fa" and digits.isdigit() and int(digits) in JALALI:
            readings |= {value + shift for value in own for shift in (621, 622)}
        between = plain[end : match.start()]
        if found and found[-1][2] > 1 and _AND.fullmatch(between):
            whole = {before + value for before in found[-1][1] for value in readings}
            found[-1][1].update(whole)
            readings |= whole
        elif found and found[-1][2] == 1 < times and _TO.fullmatch(between):
            found[-1][1].update({value * times for value in found[-1][1]})
        found.append((match.group() if times > 1 else digits, readings, times))
        end = match.end("scale") if times > 1 else match.end("digits")
    return [Number(words, frozenset(readings)) for words, readings, _ in found]


def citations(text: str) -> tuple[int, ...]:
    """Return the numbers of the sources that a text cites."""
    return tuple(int(one) for found in _CITATION.findall(text) for one in re.findall("[0-9]+", found))


def _blocks(body: str) -> Iterator[tuple[int, str, str]]:
    """Yield line, kind (text, item, row, heading) and text of every block."""
    at, kind, kept = 0, "", ""
    for line, text in enumerate([*prose(body), ""]):
        bare = text.strip()
        new = "heading" if bare.startswith("#") else "row" if bare.startswith("|") else ""
        new = new or ("item" if _ITEM.match(text) else "text")
        if kept and (not bare or new != "text" or kind in {"heading", "row"}):
            yield at, kind, kept
            kept = ""
        if bare and not (new == "row" and _RULE.fullmatch(text)):
            at, kind = (at, kind) if kept else (line, new)
            kept = f"{kept} {_ITEM.sub('', text).strip()}".strip()


def sentences(body: str) -> Iterator[tuple[int, str, tuple[int, ...], bool]]:
    """Yield line, text and citations of every sentence and table row, and whether its numbers are traced."""
    lead: set[int] = set()
    last = ""
    for line, kind, text in _blocks(body):
        is_head = kind == "row" and last != "row"
        if kind == "heading":
            lead = set()
        near = lead if kind in {"item", "row"} else set()
        for part in [text] if kind == "row" else _END.split(text):
            cited = citations(part)
            yield line, part, cited, bool(near or cited or is_head)
            near = {*cited, *(lead if kind == "item" else ())}
        if kind == "text" or is_head:
            lead = near | (lead if is_head else set())
        last = kind


def _leaves(value: Raw, key: str, cited: tuple[int, ...]) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Yield dotted key, text and sources of the nearest entry for every text of the front matter."""
    if isinstance(value, dict):
        own = value.get("sources")
        if key and isinstance(own, list):
            cited = tuple(int(one) for one in own if isinstance(one, str) and one.isdigit())
        for name, below in value.items():
            yield from _leaves(below, f"{key}.{name}" if key else name, cited)
    elif isinstance(value, list):
        for place, below in enumerate(value, start=1):
            yield from _leaves(below, f"{key}.{place}", cited)
    else:
        yield key, value, cited


def read(path: Path) -> File:
    """Return a file. Raises Invalid when it has no readable front matter."""
    raw = parse(path.read_bytes())
    return File(path, raw, {key: (text, cited) for key, text, cited in _leaves(raw.mapping, "", ())})


def headings(file: File) -> dict[str, tuple[str, list[Number]]]:
    """Return the numbers of title and summary in every language: by key, with the language."""
    spoken = {key: re.fullmatch(r"(?:translations\.(\w+)\.)?(?:title|summary)", key) for key in file.leaves}
    languages = {key: found[1] or file.language for key, found in spoken.items() if found}
    return {key: (spoken, numbers(file.leaves[key][0], spoken)) for key, spoken in languages.items()}


def placed(file: File) -> Iterator[Placed]:
    """Yield every number of title, summary, figures and body."""
    for key, (_, found) in headings(file).items():
        for number in found:
            yield Placed(file.raw.lines.get(key, 1), key, number, ())
    for key, (text, cited) in file.leaves.items():
        parts = key.split(".")
        if parts[0] in FIGURES and not NO_FIGURES.intersection(parts):
            for number in numbers(text, file.language):
                is_traced = bool(cited) or not SOURCED.match(key)
                yield Placed(file.raw.lines.get(key, 1), key, number, cited, is_traced)
    for line, text, cited, is_traced in sentences(file.raw.body):
        for number in numbers(text, file.language):
            yield Placed(file.raw.body_line + line, "body", number, cited, is_traced)


def untraced(file: File) -> Iterator[tuple[int, str]]:
    """Yield line and words for every number without a source."""
    yield from (
        (one.line, f"{one.key}: {one.number.text} has no source") for one in placed(file) if not one.is_traced
    )


def miscited(file: File) -> Iterator[tuple[int, str]]:
    """Yield line and words for every citation without a source and every source without a citation."""
    there = {int(key.split(".")[1]) for key in file.leaves if re.match(r"sources\.[0-9]", key)}
    cited = {*citations(file.raw.body), *(one for _, entry in file.leaves.values() for one in entry)}
    for number in sorted(cited - there):
        yield file.raw.body_line, f"[{number}] is cited, but there are {len(there)} sources"
    for number in sorted(there - cited):
        yield file.raw.lines.get(f"sources.{number}", 1), f"source {number} is never cited"


def differing(file: File) -> Iterator[tuple[int, str]]:
    """Yield line and words for every number of title or summary that another language does not have."""
    told = headings(file)
    for key, (_, own) in told.items():
        name = key.rpartition(".")[2]
        for at, here, there in ((name, own, told[name][1]), (key, told[name][1], own)):
            for number in here:
                if not any(number.readings & other.readings for other in there):
                    yield file.raw.lines.get(key, 1), f"{number.text} is not in {at}"


def read_facts(folder: Path) -> dict[str, set[Decimal]]:
    """Return what the numbers of all documents of each city may mean, by the city's id."""
    known: dict[str, set[Decimal]] = {}
    for path in sorted(folder.glob("*.yaml")):
        for document in re.split(r"^---\s*$", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
            city = re.search(r"^city:\s*['\"]?([^('\"\n]+)", document, re.MULTILINE)
            if city:
                read_here = (number.readings for number in numbers(_UNREAD.sub("", document)))
                known.setdefault(slug_of(city[1].strip()), set()).update(*read_here)
    return known


def _is_known(value: Decimal, facts: set[Decimal]) -> bool:
    _, digits, exponent = value.normalize().as_tuple()
    half = Decimal(10) ** int(exponent) / 2 if len(digits) > 1 else Decimal(0)
    return value in facts or any(abs(fact - value) < half for fact in facts)


def unknown(file: File, known: dict[str, set[Decimal]]) -> Iterator[tuple[int, str]]:
    """Yield line and words for every number that stands in no document of the file's city."""
    facts = known.get(file.path.parent.name, set())
    if not facts:
        yield 1, f"no document of {file.path.parent.name}"
    for one in placed(file) if facts else ():
        if not any(_is_known(value, facts) for value in one.number.readings):
            yield one.line, f"{one.key}: {one.number.text} {list(one.cited)}"


def _show(file: File, lines: Iterable[tuple[int, str]]) -> int:
    shown = list(lines)
    sys.stdout.writelines(f"{file.path}:{line}: {words}\n" for line, words in shown)
    return len(shown)


def main() -> int:
    """Show what was asked for; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("paths", nargs="*", type=Path, default=[ROOT / "content"], metavar="FILE or FOLDER")
    parser.add_argument("--list", action="store_true", help="show every number with its sources")
    parser.add_argument("--facts", type=Path, metavar="FOLDER", help="report numbers that are in no document")
    asked = parser.parse_args()
    known = read_facts(asked.facts) if asked.facts else {}
    named = 0
    for path in (one for place in asked.paths for one in (sorted(place.rglob("*.md")) or [place])):
        file = read(path)
        if asked.list:
            _show(
                file, ((one.line, f"{one.key}: {one.number.text} {list(one.cited)}") for one in placed(file))
            )
        checks = [unknown(file, known)] if asked.facts else [untraced(file), miscited(file), differing(file)]
        named += sum(_show(file, check) for check in checks)
    return 1 if named and not asked.facts else 0


if __name__ == "__main__":
    sys.exit(main())
