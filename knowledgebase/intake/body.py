"""The Markdown body of a file: its size, its characters, its sections and its citations."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledgebase.domain.case import BODY_MAX
from knowledgebase.domain.errors import Fault
from knowledgebase.intake import characters
from knowledgebase.text.lists import section_key

FAULTS_MAX = 20  # of one kind in one body

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})(.*)")
_UNDERLINE = re.compile(r"(=+|-+)[ ]*")
_CODE = re.compile(r"`[^`]*`")
_CITATION = re.compile(r"(?<!\\)\[(\d{1,3}(?:\s{0,3}[,\u060c]\s{0,3}\d{1,3}){0,49})\](?![(\[])")
_DEFINITION = re.compile(r" {0,3}\[[^\]]{1,200}\]: *\S")  # of a link reference or a footnote, no citation
_NUMBER = re.compile(r"\d+")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Section:
    """A level-two heading with its place and what stands below it."""

    heading: str
    key: str | None  # of data/sections.tsv
    line: int  # within the body, from 0
    is_empty: bool


def tidy_body(body: str) -> tuple[str, int]:
    """Return the body as it is stored, and how many lines were cut before its first one.

    Line ends are LF, text is composed (NFC), blank lines at both ends go.
    """
    text = body.replace("\r\n", "\n")
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    kept = re.sub(r"\A(?:[ \t]*\n)+", "", text)
    return kept.rstrip(" \t\n"), text[: len(text) - len(kept)].count("\n")


def body_faults(body: str, first_line: int | None) -> Iterator[Fault]:
    """Yield what is wrong with the body as text; `first_line` is its line in the file."""
    size = len(body.encode("utf-8", "surrogatepass"))
    if size > BODY_MAX:
        yield Fault("too-large", "body", first_line, {"most": BODY_MAX, "length": size})
    for count, (at, name) in enumerate(characters.unfit(body), start=1):
        if count > FAULTS_MAX:
            return
        line = None if first_line is None else first_line + body.count("\n", 0, at)
        yield Fault("control-character", "body", line, {"character": name})


def prose(body: str) -> list[str]:
    """Return the lines of the body, those of fenced code emptied; an unclosed fence is no fence."""
    lines = body.split("\n")
    hopeless = {"`": len(body) + 1, "~": len(body) + 1}  # shortest run of marks known to stay unclosed
    at = 0
    while at < len(lines):
        opened = _FENCE.match(lines[at])
        marks = opened.group(1) if opened else ""
        if marks and len(marks) < hopeless[marks[0]]:
            end = _end_of_fence(lines, at, marks)
            if end is None:
                hopeless[marks[0]] = len(marks)
            else:
                lines[at : end + 1] = [""] * (end + 1 - at)
                at = end
        at += 1
    return lines


def _end_of_fence(lines: list[str], at: int, marks: str) -> int | None:
    for place in range(at + 1, len(lines)):
        line = lines[place].strip(" \t")
        if line.startswith(marks) and not line.strip(marks[0]):
            return place
    return None


def sections(body: str, language: str | None) -> tuple[Section, ...]:
    """Return the level-two headings outside code, with the sections of the format that they open."""
    lines = body.split("\n")
    found = [heading for heading in headings(body) if heading[1] <= 2]
    ends = [heading[0] for heading in found[1:]] + [len(lines)]
    kept = []
    for (line, level, text, first), end in zip(found, ends, strict=False):
        if level == 2:
            content = lines[first:end]
            kept.append(Section(text, section_key(text, language), line, not any(map(str.strip, content))))
    return tuple(kept)


def headings(body: str) -> Iterator[tuple[int, int, str, int]]:
    """Yield line, level, text and first line of content of every heading outside code."""
    lines = prose(body)
    for at, line in enumerate(lines):
        marked = _HEADING.match(line)
        if marked:
            text = _ATTRIBUTES.sub("", marked.group(2)).strip().rstrip("#").strip()
            yield at, len(marked.group(1)), text, at + 1
        elif _UNDERLINE.fullmatch(line) and _opens_block(lines, at - 1):
            yield at - 1, 1 if line[0] == "=" else 2, lines[at - 1].strip(), at + 1


def _opens_block(lines: list[str], at: int) -> bool:
    return at >= 0 and bool(lines[at].strip()) and (at == 0 or not lines[at - 1].strip())


def citation_faults(body: str, sources: int, first_line: int | None) -> Iterator[Fault]:
    """Yield a fault for every citation of a number that the list of sources does not reach."""
    count = 0
    for at, line in enumerate(prose(body)):
        if "[" not in line or _DEFINITION.match(line):
            continue
        for found in _CITATION.finditer(_CODE.sub("", line)):
            for number in map(int, _NUMBER.findall(found.group(1))):
                if 1 <= number <= sources:
                    continue
                count += 1
                if count > FAULTS_MAX:
                    return
                values = {"number": number, "count": sources}
                yield Fault("no-such-source", "body", None if first_line is None else first_line + at, values)


def without_citation(body: str, gone: int) -> str:
    """Return the body after source number `gone` is taken from the list: later numbers move up by one.

    A citation of that source alone goes; code stays as it is.
    """
    written, shown = body.split("\n"), prose(body)
    for at, line in enumerate(shown):
        if "[" in line and not _DEFINITION.match(line):
            written[at] = _outside_code(line, gone)
    return "\n".join(written)


def moved(numbers: Iterable[str], gone: int) -> list[str]:
    """Return numbers of sources as they are once one is taken from the list; what is no number stays."""
    kept = [(text, int(text) if len(text) <= 3 and text.isdecimal() else 0) for text in numbers]
    return [str(number - 1) if number > gone else text for text, number in kept if number != gone]


def _outside_code(line: str, gone: int) -> str:
    pieces, end = [], 0
    for code in _CODE.finditer(line):
        pieces += [_moved_up(line[end : code.start()], gone), code.group()]
        end = code.end()
    return "".join([*pieces, _moved_up(line[end:], gone)])


def _moved_up(text: str, gone: int) -> str:
    def renumbered(found: re.Match[str]) -> str:
        numbers = moved(_NUMBER.findall(found.group(1)), gone)
        return f"[{', '.join(numbers)}]" if numbers else ""

    return _CITATION.sub(renumbered, text)
