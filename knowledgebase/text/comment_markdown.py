"""Markdown of comments: a subset of that of cases, without headings, images, tables, footnotes and ids."""

import markdown
import nh3
from markdown import Markdown
from markdown.extensions import Extension

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.record import Rendered
from knowledgebase.text.markdown import GROWTH_MAX, plain_of
from knowledgebase.text.markdown_parts import Finish, TooDeep
from knowledgebase.text.prefilter import refuse_bombs

COMMENT_VERSION = 1  # of everything between a comment and its stored HTML
HTML_FLOOR = 100_000  # characters always allowed

_TAGS = {"a", "blockquote", "br", "code", "em", "hr", "li", "ol", "p", "pre", "strong", "ul"}
_ATTRIBUTES = {"*": {"dir"}, "a": {"href"}, "ol": {"start"}}


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    del tag
    is_foreign = (name == "dir" and value not in {"rtl", "ltr", "auto"}) or value.startswith("#")
    return None if is_foreign else value


def _keep_relative(url: str) -> str | None:
    del url
    return None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_keep_attribute,
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener noreferrer",
    url_relative=_keep_relative,
)


class _CommentExtension(Extension):
    """What comments do not have is taken out; raw HTML becomes text, an image a link."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - name of the base class
        """Register and deregister the processors."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.parser.blockprocessors.deregister("hashheader")
        md.parser.blockprocessors.deregister("setextheader")
        md.treeprocessors.register(Finish(md), "finish", 1)


def sanitise_comment(dirty: str) -> str:
    """Return HTML that runs nothing, fetches nothing and names no id; idempotent."""
    return _CLEANER.clean(dirty)


def render_comment(body: str) -> Rendered:
    """Return a comment as sanitised HTML with its plain text; it has no headings.

    Raises Invalid ("too-complex") for texts that no honest writer writes.
    """
    refuse_bombs(body)
    # made for each text: nothing of a text that failed half-way is left for the next one
    converter = markdown.Markdown(
        extensions=["fenced_code", "sane_lists", "nl2br", _CommentExtension()], output_format="html"
    )
    try:
        dirty = converter.convert(body)
    except (RecursionError, TooDeep) as error:
        raise Invalid([Fault("too-complex", "body", values={"limit": "nesting"})]) from error
    if len(dirty) > max(HTML_FLOOR, GROWTH_MAX * len(body)):
        raise Invalid([Fault("too-complex", "body", values={"limit": "output"})])
    clean = sanitise_comment(dirty)
    return Rendered(clean, plain_of(clean), (), COMMENT_VERSION)
