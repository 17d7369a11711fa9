"""Markdown to the HTML that pages serve: rendered once, on save, then sanitised by our own policy."""

import html
import re
import threading
from collections.abc import Callable, Mapping
from typing import Any

import markdown
import nh3
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.toc import TocExtension
from markupsafe import Markup

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.record import Heading, Rendered
from knowledgebase.text.lists import section_key
from knowledgebase.text.markdown_parts import PREFIX, CaseExtension, TooDeep, slug_of_heading
from knowledgebase.text.prefilter import refuse_bombs

RENDERER_VERSION = 2  # of everything between a body and its stored HTML
GROWTH_MAX = 20  # bytes of HTML for one byte of Markdown
HTML_FLOOR = 1_000_000  # characters always allowed

_TAGS = {
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "div",
        "em",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
    ),
    *("pre", "section", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
_ATTRIBUTES = {
    "*": {"dir", "id"},
    "a": {"href"},
    "ol": {"start"},
    "section": {"data-part"},
    "td": {"align"},
    "th": {"align"},
}
_HEADING = re.compile(r'<h2 [^>]*?id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)
_SUPERSCRIPT = re.compile(r"[ \u00a0]?<sup\b.*?</sup>", re.DOTALL)
_TITLE, _BLOCK = "\x1e", "\x1f"  # stand where a heading and any other block ends
_TITLE_END = re.compile(r"</h[2-6]>")
_BLOCK_END = re.compile(r"</(?:p|li|td|th|tr|blockquote|pre|div|section)>|<hr>")
_SEAM = re.compile(f"([{_TITLE}{_BLOCK}])[\n{_TITLE}{_BLOCK}]*")
_ENDERS = frozenset(".:;!?\u2026\u061b\u061f\u06d4\u3002\uff01\uff1f")  # of sentences
_CLOSERS = "»”\"')]"  # may stand behind them
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"[ \t]{2,}|\t")
_LINES = re.compile(r" ?\n[ \n]*")


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    del tag
    if name == "dir" and value not in {"rtl", "ltr", "auto"}:
        return None
    if name == "id" and not value.startswith(PREFIX):
        return None
    if name == "data-part" and not value.isalpha():
        return None
    if name == "href" and value.startswith("#") and not value.startswith("#" + PREFIX):
        return None
    return value


def _keep_relative(url: str) -> str | None:
    return url if url.startswith("#" + PREFIX) else None


def cleaner(
    tags: set[str],
    attributes: Mapping[str, set[str]],
    keep_attribute: Callable[[str, str, str], str | None],
    keep_relative: Callable[[str], str | None],
) -> nh3.Cleaner:
    """Return what makes HTML harmless, with the rules for links that every text from people shares."""
    return nh3.Cleaner(
        tags=tags,
        attributes=dict(attributes),
        attribute_filter=keep_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener noreferrer",
        url_relative=keep_relative,
    )


_CLEANER = cleaner(_TAGS, _ATTRIBUTES, _keep_attribute, _keep_relative)


class _Converter(threading.local):
    """The Markdown of one thread, made once: to make it takes as long as a tenth of a text."""

    def __init__(self) -> None:
        self._make()

    def _make(self) -> None:
        self._case = CaseExtension()
        self._markdown = markdown.Markdown(
            extensions=[
                "tables",
                "fenced_code",
                "sane_lists",
                FootnoteExtension(UNIQUE_IDS=False),
                TocExtension(marker="", slugify=slug_of_heading, toc_depth=1),  # ids only, no list of them
                self._case,
            ],
            extension_configs={"tables": {"use_align_attribute": True}},
            output_format="html",
        )
        # a plain list: the registry looks whether it is sorted at each of 400 looks a text
        inline: Any = self._markdown.treeprocessors["inline"]
        inline.inlinePatterns = list(self._markdown.inlinePatterns)

    def convert(self, body: str, sources: int) -> str:
        """Return HTML that is not sanitised yet."""
        self._case.cite(sources)
        is_whole = False
        try:
            converted = self._markdown.reset().convert(body)
            is_whole = True
        finally:
            if not is_whole:  # what was left half-way would show in the next text
                self._make()
        return converted


_CONVERTER = _Converter()


def sanitise(dirty: str) -> str:
    """Return HTML that runs nothing, fetches nothing and names no id of the page; idempotent."""
    return _CLEANER.clean(dirty)


def plain_of(clean: str) -> str:
    """Return the text of sanitised HTML: no marks, no citations, one line a block.

    Lines stay apart when they are shown in one: a heading ends with a colon, any other block that does
    not end a sentence (an entry of a list, a cell of a table) with a middle dot.
    """
    text = _BLOCK_END.sub(_BLOCK, _TITLE_END.sub(_TITLE, _SUPERSCRIPT.sub("", clean)))
    text = html.unescape(_TAG.sub("", text.replace("<br>", "\n")))
    text = _LINES.sub("\n", _SPACES.sub(" ", text)).strip(f" \n{_TITLE}{_BLOCK}")
    parts = _SEAM.split(text.replace(f"\n{_TITLE}", _TITLE).replace(f"\n{_BLOCK}", _BLOCK))
    ended = (_ended(part, kind) for part, kind in zip(parts[::2], parts[1::2], strict=False))
    return "".join((*ended, parts[-1]))


def _ended(block: str, kind: str) -> str:
    """Return a block with what stands between it and the next one."""
    if block.rstrip(_CLOSERS)[-1:] in _ENDERS:
        return f"{block}\n"
    return f"{block}:\n" if kind == _TITLE else f"{block} ·\n"


def _headings(clean: str) -> tuple[Heading, ...]:
    found = []
    for anchor, inner in _HEADING.findall(clean):
        text = html.unescape(_TAG.sub("", _SUPERSCRIPT.sub("", inner))).strip()
        found.append(Heading(anchor, text, section_key(text, None)))
    return tuple(found)


def converted(body: str, convert: Callable[[], str], *, floor: int) -> str:
    """Return the HTML of a Markdown text, not sanitised yet; `floor` characters of it are always allowed.

    Raises Invalid ("too-complex") for texts that no honest author writes.
    """
    refuse_bombs(body)
    try:
        dirty = convert()
    except (RecursionError, TooDeep) as error:
        raise Invalid([Fault("too-complex", "body", values={"limit": "nesting"})]) from error
    if len(dirty) > max(floor, GROWTH_MAX * len(body)):
        raise Invalid([Fault("too-complex", "body", values={"limit": "output"})])
    return dirty


def render(body: str, *, sources: int = 0) -> Rendered:
    """Return a Markdown text as sanitised HTML with its plain text and headings.

    `sources` is how many numbered sources the page shows: `[1]` up to that number become links.
    Raises Invalid ("too-complex") for texts that no honest author writes.
    """
    clean = sanitise(converted(body, lambda: _CONVERTER.convert(body, sources), floor=HTML_FLOOR))
    return Rendered(clean, plain_of(clean), _headings(clean), RENDERER_VERSION)


def stored(clean: str) -> Markup:
    """Return stored HTML as markup: the only door to unescaped text from people.

    Only for HTML that `render` made and the store kept.
    """
    return Markup(clean)  # noqa: S704 - sanitised on save
