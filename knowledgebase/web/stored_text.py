"""A stored text on a page: its HTML with tables that scroll, and the list of what stands on the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from knowledgebase.domain.record import Heading, Rendered
from knowledgebase.text.markdown import stored


@dataclass(frozen=True, slots=True)
class Contents:
    """A line of the list of contents."""

    anchor: str
    text: str
    is_author: bool  # the words are the author's, in the language of the text


def text_of(rendered: Rendered, table_label: str) -> Markup:
    """Return a stored text as markup; each table stands in a box that scrolls by itself.

    The box can be reached by keyboard and is announced as `table_label`.
    """
    box = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(table_label)}"><table'
    return stored(rendered.html.replace("<table", box).replace("</table>", "</table></div>"))


def contents_of(
    headings: Iterable[Heading], before: Iterable[tuple[str, str]], after: Iterable[tuple[str, str]]
) -> tuple[Contents, ...]:
    """Return the list of contents: parts of the page as (anchor, words) round the headings of the text."""
    return (
        *(Contents(anchor, words, is_author=False) for anchor, words in before),
        *(Contents(heading.anchor, heading.text, is_author=True) for heading in headings),
        *(Contents(anchor, words, is_author=False) for anchor, words in after),
    )
