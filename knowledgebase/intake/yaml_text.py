"""Front matter as text: one canonical spelling, never folded, quoted only where a reader could go astray."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

INDENT = "  "

# Letters and digits of any script with harmless signs between; commas only outside flow lists.
_SIGNS = r"\w .;/()'%+=&@*!?\u200c\u00ab\u00bb\u060c\u061b\u061f\u2019\u2013\u2014-"
_PLAIN = re.compile(rf"[^\W_](?:[,{_SIGNS}]*[\w.)%!?\u00bb\u061f])?")
_WEB = re.compile(r"https?://[^\s,\[\]{}\"'`]*[^\s,\[\]{}\"'`:]")
_GUESSED = re.compile(r"(?i)y|n|yes|no|on|off|true|false|null|none|nan|inf|[0-9][^ ]*|[0-9][0-9 .:+-]*")
_UNSEEN = "\x00-\x1f\x7f-\x9f\u2028-\u202e\u200b\u2060-\u206f\ufeff\ud800-\udfff\ufffe\uffff"
_NEEDS_ESCAPE = re.compile(f"[{_UNSEEN}]")
_ESCAPED = re.compile(f'[{_UNSEEN}"\\\\]')


@dataclass(frozen=True, slots=True)
class Bare:
    """A number, date or yes and no: always written without quotes."""

    text: str


Node: TypeAlias = "str | Bare | Sequence[Node] | Mapping[str, Node]"


def front_matter(mapping: Mapping[str, Node]) -> str:
    """Return a mapping as YAML lines, maps in blocks, lists of plain values on one line."""
    return "".join(f"{line}\n" for line in _map(mapping))


def scalar(text: str, *, in_list: bool = False) -> str:
    """Return a text as a YAML scalar: plain where that is safe for every reader, else in quotes."""
    is_plain = _PLAIN.fullmatch(text) and not _GUESSED.fullmatch(text) and not (in_list and "," in text)
    if is_plain or (not in_list and _WEB.fullmatch(text)):
        return text
    if _NEEDS_ESCAPE.search(text):
        return '"' + _ESCAPED.sub(_escape, text) + '"'
    return "'" + text.replace("'", "''") + "'"


def _escape(found: re.Match[str]) -> str:
    sign = found.group()
    return f"\\{sign}" if sign in '"\\' else f"\\u{ord(sign):04x}"


def _one(node: str | Bare, *, in_list: bool = False) -> str:
    return node.text if isinstance(node, Bare) else scalar(node, in_list=in_list)


def _map(mapping: Mapping[str, Node]) -> Iterator[str]:
    for key, node in mapping.items():
        name = scalar(key)
        if isinstance(node, str | Bare):
            yield f"{name}: {_one(node)}"
        elif isinstance(node, Mapping):
            yield f"{name}:"
            yield from (INDENT + line for line in _map(node))
        elif all(isinstance(one, str | Bare) for one in node):
            listed = ", ".join(_one(one, in_list=True) for one in node if isinstance(one, str | Bare))
            yield f"{name}: [{listed}]"
        else:
            yield f"{name}:"
            yield from _list(node)


def _list(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Mapping):
            first, *rest = _map(node)
            yield f"{INDENT}- {first}"
            yield from (INDENT * 2 + line for line in rest)
