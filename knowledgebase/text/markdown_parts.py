"""Our additions to Markdown: sections by key, citations as links, direction per block, no images."""

import re
import unicodedata
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from knowledgebase.text.lists import section_key

PREFIX = "c-"  # of every id in a text from people, so that none can pass for one of the page
DEPTH_MAX = 30  # elements inside elements
# lists and tables are not here: they take the direction of the text round them, since "auto" would look
# past their children, which have a direction of their own
_DIRECTED = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "blockquote", "td", "th", "dd"})
_CITATION = r"\[(\d{1,3}(?:\s{0,3}[,\u060c]\s{0,3}\d{1,3}){0,9})\](?![(\[])"
_DIGITS = re.compile(r"\d+")


class TooDeep(Exception):
    """The text nests deeper than any honest one."""


def _prefix_ids(element: Element) -> None:
    name = element.get("id")
    if name and not name.startswith(PREFIX):
        element.set("id", PREFIX + name)
    target = element.get("href", "")
    if target.startswith("#") and not target.startswith("#" + PREFIX):
        element.set("href", "#" + PREFIX + target[1:])


def _unpicture(element: Element) -> None:
    """Turn an image into a link: a reader's browser fetches nothing that he did not ask for."""
    if element.tag == "img":
        element.tag = "a"
        element.text = element.get("alt") or element.get("src")
        element.set("href", element.attrib.pop("src", ""))


class Finish(Treeprocessor):
    """Last look at the tree: ids, images, direction, depth."""

    def run(self, root: Element) -> None:
        """Change the tree in place. Raises TooDeep."""
        level = list(root)
        for _ in range(DEPTH_MAX):
            if not level:
                return
            for element in level:
                _unpicture(element)
                _prefix_ids(element)
                if element.tag in _DIRECTED:
                    element.set("dir", "auto")
            level = [child for element in level for child in element]
        raise TooDeep


class _Sections(Treeprocessor):
    """Group what follows each level-two heading into a section that carries its key."""

    def run(self, root: Element) -> None:
        """Change the tree in place; text before the first heading stays outside."""
        children = list(root)
        for child in children:
            root.remove(child)
        target = root
        for child in children:
            if child.tag in {"h1", "h2"}:
                target = SubElement(root, "section")
                key = section_key(child.text or "", None) if child.tag == "h2" else None
                if key:
                    target.set("data-part", key)
                child.tag = "h2"
            target.append(child)


class _Citations(InlineProcessor):
    """`[1]` and `[1, 2]` as links to the numbered sources of the page."""

    sources = 0  # how many the page shows; other numbers stay text

    def handleMatch(  # type: ignore[override]  # noqa: N802 - name of the base class
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        """Return the links in a superscript, or nothing when a number has no source."""
        del data
        numbers = [int(digits) for digits in _DIGITS.findall(m.group(1))]
        if not all(1 <= number <= self.sources for number in numbers):
            return None, None, None
        element = Element("sup", {"dir": "ltr"})
        element.text = "["
        for place, (number, written) in enumerate(zip(numbers, _DIGITS.findall(m.group(1)), strict=True)):
            link = SubElement(element, "a", {"href": f"#{PREFIX}source-{number}"})
            link.text = written
            link.tail = ", " if place < len(numbers) - 1 else "]"
        return element, m.start(0), m.end(0)


class CaseExtension(Extension):
    """Everything of this module, added to a Markdown instance; raw HTML becomes text."""

    def __init__(self) -> None:
        """Make a page without sources."""
        super().__init__()
        self._citations = _Citations(_CITATION)

    def cite(self, sources: int) -> None:
        """Let the next text cite so many sources."""
        self._citations.sources = sources

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name of the base class
        """Register the processors."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(self._citations, "citation", 175)
        md.treeprocessors.register(_Sections(md), "sections", 60)
        md.treeprocessors.register(Finish(md), "finish", 1)


def slug_of_heading(text: str, separator: str) -> str:
    """Return the id of a heading, in its own script; "part" where no letter is left."""
    folded = unicodedata.normalize("NFC", text).casefold()
    words = re.findall(r"[^\W_]+", folded.replace("\u200c", ""))
    name = separator.join(words)[:80] or "part"
    return PREFIX + (
        f"part{separator}{name}" if words[:1] == ["source"] else name
    )  # source-1 is the list's own
