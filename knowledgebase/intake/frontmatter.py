"""A file as a raw mapping and a body: UTF-8, front matter between two lines, all scalars text.

Built from the events of the YAML parser, so that nothing is guessed from the look of a value
(`NO` is Norway, `012` is text), nothing is expanded (aliases are refused) and every key keeps its line.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NoReturn, TypeAlias

import yaml

from knowledgebase.domain.case import BODY_MAX
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.intake import characters
from knowledgebase.intake.refusal import in_order, shown

FRONT_MAX = 65_536  # bytes of UTF-8 between the two lines
FILE_MAX = FRONT_MAX + 2 * BODY_MAX  # bytes read at all; the body is measured without carriage returns
KEYS_MAX = 2_000
DEPTH_MAX = 6
FAULTS_MAX = 20  # of one kind in one file

Raw: TypeAlias = "str | list[Raw] | dict[str, Raw]"

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml where it was built in
_BOMS = {
    b"\xff\xfe\x00\x00": "UTF-32",
    b"\x00\x00\xfe\xff": "UTF-32",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
_NOTHING = frozenset({"~", "null", "Null", "NULL"})  # plain scalars that mean an empty value
_PROBLEMS = {  # of the parser, with what a writer has to do
    "mapping values are not allowed": "yaml-colon",
    "cannot start any token": "yaml-start",
    "tab character": "yaml-tab",
    "found unexpected end of stream": "yaml-unclosed",
}


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file as read, nothing judged yet but its form."""

    mapping: dict[str, Raw]
    lines: Mapping[
        str, int
    ]  # line of every dotted key, list places from 1; "" is the front matter, "body" the body
    body: str
    body_line: int


def parse(data: bytes) -> RawFile:
    """Return front matter and body of a file, with the line of every key.

    Raises Invalid with lines when the bytes are no clean UTF-8, the front matter is missing, too large
    or too deep, repeats a key or uses aliases, anchors or tags, or is no YAML.
    """
    text = decode(data)
    front, body, body_line = _split(text)
    if len(front.encode()) > FRONT_MAX:
        raise Invalid([Fault("front-matter-too-large", "", 1, {"most": FRONT_MAX})])
    builder = _Builder()
    builder.read(front)
    if builder.faults:
        raise Invalid(in_order(builder.faults))
    lines = {**builder.lines, "": 1, "body": body_line}
    return RawFile(builder.mapping, lines, body, body_line)


def decode(data: bytes) -> str:
    """Return the text of a file with LF line ends, composed (NFC), without a byte order mark.

    Raises Invalid for anything but UTF-8 and for characters that no text may hold.
    """
    if len(data) > FILE_MAX:
        raise Invalid([Fault("file-too-large", "", None, {"most": FILE_MAX})])
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            raise Invalid([Fault("other-encoding", "", 1, {"encoding": encoding})])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Invalid([Fault("not-utf-8", "", line, {"byte": f"0x{data[error.start]:02X}"})]) from error
    text = text.replace("\r\n", "\n")
    _refuse_unfit(text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _refuse_unfit(text: str) -> None:
    faults = []
    for at, name in characters.unfit(text):
        if name == "U+0000" and text.count("\0") > len(text) // 4:
            raise Invalid([Fault("other-encoding", "", 1, {"encoding": "UTF-16"})])
        faults.append(Fault("control-character", "", text.count("\n", 0, at) + 1, {"character": name}))
        if len(faults) == FAULTS_MAX:
            break
    if faults:
        raise Invalid(faults)


def _split(text: str) -> tuple[str, str, int]:
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise Invalid([Fault("no-front-matter", "", 1)])
    for at, line in enumerate(lines[1:], start=1):
        if line.startswith("---") and line.rstrip() == "---":
            return "\n".join(lines[1:at]), "\n".join(lines[at + 1 :]), at + 2
    raise Invalid([Fault("front-matter-not-closed", "", 1)])


@dataclass(slots=True)
class _Open:
    """A map or list that is still being filled."""

    value: dict[str, Raw] | list[Raw]
    path: str  # dotted key with a final dot, empty at the top
    key: str | None = None  # of a map: waiting for its value


@dataclass(slots=True)
class _Builder:
    """Fills a mapping from parser events and notes the line of every key."""

    mapping: dict[str, Raw] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    keys: int = 0

    def read(self, front: str) -> None:
        """Fill the mapping. Raises Invalid where going on makes no sense."""
        # U+2028 and U+2029 end lines for YAML but not for editors: as spaces they keep line numbers true.
        text = front.replace("\u2028", " ").replace("\u2029", " ")
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            self._stop(_syntax_fault(error, text))
        except yaml.YAMLError as error:
            self._stop(Fault("yaml", "", 1, {"column": 1, "problem": shown(error)}))

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open(event, {})
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open(event, [])
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.faults.append(Fault("alias", self._place(), _line(event), {"name": shown(event.anchor)}))
            self._put("", _line(event))
        elif isinstance(event, yaml.DocumentStartEvent) and self.keys:
            self._stop(Fault("several-documents", "", _line(event)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_extras(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._name(top, event)
            return
        is_plain = event.implicit[0]
        self._put("" if is_plain and event.value in _NOTHING else event.value, _line(event))

    def _name(self, top: _Open, event: yaml.ScalarEvent) -> None:
        self.keys += 1
        line, key = _line(event), event.value
        if self.keys > KEYS_MAX:
            self._stop(Fault("too-many-keys", "", line, {"most": KEYS_MAX}))
        if not key:
            self._stop(Fault("key-not-text", top.path.rstrip("."), line))
        path = top.path + key
        if key in top.value:
            self.faults.append(
                Fault("duplicate-key", path, line, {"name": shown(key), "first": self.lines[path]})
            )
        else:
            self.lines[path] = line
        top.key = key

    def _put(self, raw: Raw, line: int) -> None:
        if not self.stack:
            self._not_a_map(line)
        top = self.stack[-1]
        if isinstance(top.value, list):
            top.value.append(raw)
            self.lines[f"{top.path}{len(top.value)}"] = line
        elif top.key is None:
            self._stop(Fault("key-not-text", top.path.rstrip("."), line))
        else:
            top.value.setdefault(top.key, raw)
            top.key = None

    def _open(
        self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, value: dict[str, Raw] | list[Raw]
    ) -> None:
        self._refuse_extras(event)
        line = _line(event)
        path = ""
        if self.stack:
            path = f"{self._place()}."
            self._put(value, line)
        elif isinstance(value, dict):
            self.mapping = value
        else:
            self._not_a_map(line)
        self.stack.append(_Open(value, path))
        if len(self.stack) > DEPTH_MAX:
            self._stop(Fault("too-deep", path.rstrip("."), line, {"most": DEPTH_MAX}))

    def _place(self) -> str:
        """Return the dotted key of what comes next."""
        top = self.stack[-1] if self.stack else None
        if top is None:
            return ""
        return top.path + (str(len(top.value) + 1) if isinstance(top.value, list) else top.key or "?")

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor is not None:
            self.faults.append(Fault("anchor", self._place(), _line(event), {"name": shown(event.anchor)}))
        if event.tag is not None:
            self.faults.append(Fault("tag", self._place(), _line(event), {"name": shown(event.tag)}))

    def _not_a_map(self, line: int) -> NoReturn:
        self._stop(Fault("not-a-map", "", line))

    def _stop(self, fault: Fault) -> NoReturn:
        raise Invalid(in_order([*self.faults, fault]))


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return 2 if mark is None else mark.line + 2  # the opening line of the front matter is line 1


def _syntax_fault(error: yaml.MarkedYAMLError, text: str) -> Fault:
    mark = error.problem_mark if error.problem_mark is not None else error.context_mark
    line, column = (1, 1) if mark is None else (mark.line + 2, mark.column + 1)
    problem = " ".join(filter(None, (error.context, error.problem)))
    code = next((code for said, code in _PROBLEMS.items() if said in problem), "yaml")
    if code == "yaml-start" and text.split("\n")[line - 2][column - 1 : column] == "\t":
        code = "yaml-tab"
    values: dict[str, str | int] = {
        "column": column,
        **({"problem": shown(problem)} if code == "yaml" else {}),
    }
    return Fault(code, "", line, values)
