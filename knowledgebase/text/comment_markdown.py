"""Markdown of comments: a subset of that of cases, without headings, images, tables, footnotes and ids."""

import markdown
from markdown import Markdown
from markdown.extensions import Extension

from knowledgebase.domain.record import Rendered
from knowledgebase.text.markdown import cleaner, converted, plain_of
from knowledgebase.text.markdown_parts import Finish

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


_CLEANER = cleaner(_TAGS, _ATTRIBUTES, _keep_attribute, _keep_relative)


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
    # made for each text: nothing of a text that failed half-way is left for the next one
    converter = markdown.Markdown(
        extensions=["fenced_code", "sane_lists", "nl2br", _CommentExtension()], output_format="html"
    )
    clean = sanitise_comment(converted(body, lambda: converter.convert(body), floor=HTML_FLOOR))
    return Rendered(clean, plain_of(clean), (), COMMENT_VERSION)
