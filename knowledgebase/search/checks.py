"""What no engine is ever given: faults found here make both engines refuse the same things."""

import re

from knowledgebase.domain.query import FACETS
from knowledgebase.search.backend import END, Ask, Document

ID_MAX = 512  # bytes; the longest document id that Elasticsearch takes
VALUE_MAX = 8_191  # characters of a facet value; four bytes each stay below Lucene's longest term
REVISION_MAX = 2**63 - 1
WINDOW = 10_000  # offset + size of the deepest page
_GENERATION = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


def refusal(document: Document) -> str:
    """Return why no engine could keep a document, empty when nothing speaks against it."""
    if not 0 < len(document.id.encode("utf-8", "replace")) <= ID_MAX:
        return f"id: 1 to {ID_MAX} bytes"
    if not 1 <= document.revision <= REVISION_MAX:
        return "revision: out of range"
    texts = (document.exact, document.stem, document.concepts, document.comments)
    if not all(text == END or text.endswith(f" {END}") for text in texts):
        return f"text: does not end with {END}"
    if document.is_visible and not document.newest.endswith(f"|{document.id}"):
        return "newest: not a date and the id"
    if unknown := document.facets.keys() - set(FACETS):
        return f"facets: unknown {min(unknown)}"
    values = [value for values in document.facets.values() for value in values]
    if any(not 0 < len(value) <= VALUE_MAX for value in values):
        return f"facets: values have 1 to {VALUE_MAX} characters"
    try:
        "".join((document.id, document.digest, document.newest, *texts, *values)).encode()
    except UnicodeEncodeError:
        return "text: lone surrogates"
    return ""


def require_generation(name: str) -> None:
    """Raise ValueError unless a name can be part of an index name and of a path."""
    if not _GENERATION.fullmatch(name):
        raise ValueError(f"not a name of a generation: {name!r}")


def require_ask(ask: Ask) -> None:
    """Raise ValueError when a page or a facet is asked for that no caller may ask for."""
    if ask.size < 1 or ask.offset < 0 or ask.offset + ask.size > WINDOW:
        raise ValueError(f"no such page: {ask.offset} + {ask.size}")
    if unknown := (ask.filters.keys() | ask.facets.keys()) - set(FACETS):
        raise ValueError(f"no such facet: {min(unknown)}")
    if any(facet.size < 1 for facet in ask.facets.values()):
        raise ValueError("a facet is asked for no value")
