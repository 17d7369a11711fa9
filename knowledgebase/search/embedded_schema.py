"""Fields of the embedded index, and a document in the engine's own form."""

from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

import tantivy

from knowledgebase.domain.query import FACETS
from knowledgebase.search.backend import Document, Stored

FORMAT = ".".join(version("tantivy").split(".")[:2])  # an index of another version is built anew
_WHOLE = "raw"  # a value, not words
_WORDS = "whitespace"  # ready tokens: the engine analyses nothing


@lru_cache(1)
def schema() -> tantivy.Schema:
    """Return the schema of every generation; a change asks for another SCHEMA_VERSION."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, fast=True, tokenizer_name=_WHOLE, index_option="basic")
    builder.add_unsigned_field("revision", stored=True, fast=True)
    builder.add_text_field("digest", stored=True, tokenizer_name=_WHOLE, index_option="basic")
    builder.add_boolean_field("is_visible", stored=True, indexed=True)
    builder.add_text_field("exact", tokenizer_name=_WORDS, index_option="position")
    for name in ("stem", "concepts", "comments"):
        builder.add_text_field(name, tokenizer_name=_WORDS, index_option="freq")
    for name in ("newest", *FACETS):
        builder.add_text_field(name, fast=True, tokenizer_name=_WHOLE, index_option="basic")
    return builder.build()


def open_index(path: Path) -> tantivy.Index:
    """Return an index opened afresh, which looks for new commits only when told to.

    A thread that watches the files, as the engine would have it, does not survive a fork.
    """
    index = tantivy.Index.open(str(path))
    index.config_reader("manual")
    index.reload()
    return index


def to_engine(document: Document) -> tantivy.Document:
    """Return a document as the engine stores it."""
    made = tantivy.Document()
    for name in ("id", "digest", "exact", "stem", "concepts", "comments", "newest"):
        made.add_text(name, getattr(document, name))
    made.add_unsigned("revision", document.revision)
    made.add_boolean("is_visible", document.is_visible)
    for name, values in document.facets.items():
        for value in values:
            made.add_text(name, value)
    return made


def from_engine(kept: tantivy.Document) -> Stored:
    """Return what a stored document says of itself."""
    values = kept.to_dict()
    return Stored(
        id=str(values["id"][0]),
        revision=int(values["revision"][0]),
        digest=str(values["digest"][0]),
        is_visible=bool(values["is_visible"][0]),
    )
