"""A stored text on a page: its HTML with tables that scroll, and the list of what stands on the page."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from knowledgebase.domain.record import Heading, Rendered
from knowledgebase.text.markdown import stored
from knowledgebase.web import fmt

_BEFORE_CITATION = re.compile(r'\s+(?=<sup dir="ltr">\[<a href="#c-source-)')
_NO_BREAK = "\u00a0"
_CITED = re.compile(r'(<a href="#c-source-[0-9]+"[^>]*>)([0-9]+)(?=</a>)')


@dataclass(frozen=True, slots=True)
class Contents:
    """A line of the list of contents."""

    anchor: str
    text: str
    is_author: bool  # the words are the author's, in the language of the text


def text_of(rendered: Rendered, table_label: str, language: str) -> Markup:
    """Return a stored text as markup, the numbers of its sources in the reader's digits.

    A number in brackets stays on the line of the word before it.
    Each table stands in a box that scrolls by itself, can be reached by keyboard and is announced as
    `table_label`.
    """
    box = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(table_label)}"><table'
    boxed = rendered.html.replace("<table", box).replace("</table>", "</table></div>")
    kept = _BEFORE_CITATION.sub(_NO_BREAK, boxed)
    return stored(_CITED.sub(lambda found: found[1] + fmt.in_digits(found[2], language), kept))


def direction_of(text: str) -> str:
    """Return the direction of the first letter of a text whose language nobody told."""
    kinds = (unicodedata.bidirectional(sign) for sign in text)
    first = next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L")
    return "ltr" if first == "L" else "rtl"


def contents_of(
    headings: Iterable[Heading], before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]
) -> tuple[Contents, ...]:
    """Return the list of contents: parts of the page as (anchor, words) round the headings of the text."""
    return (
        *(Contents(anchor, words, is_author=False) for anchor, words in before),
        *(Contents(heading.anchor, heading.text, is_author=True) for heading in headings),
        *(Contents(anchor, words, is_author=False) for anchor, words in after),
    )
