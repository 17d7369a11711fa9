"""Fields and settings of an Elasticsearch index, as data."""

from typing import Any

from knowledgebase.domain.query import FACETS
from knowledgebase.search.checks import WINDOW

_WORDS = {"type": "text", "analyzer": "whitespace"}  # ready tokens: the server analyses nothing
_COUNTED = _WORDS | {"index_options": "freqs"}  # no positions: phrases are asked of `exact` only
_VALUE = {"type": "keyword"}

PROPERTIES: dict[str, Any] = {
    "id": _VALUE,
    "digest": {"type": "keyword", "index": False, "doc_values": False},
    "is_visible": {"type": "boolean"},
    "exact": _WORDS,
    "stem": _COUNTED,
    "concepts": _COUNTED,
    "comments": _COUNTED,
    "newest": {"type": "keyword", "index": False},  # a sort key
    **dict.fromkeys(FACETS, _VALUE),
}
KEPT = ("digest", "is_visible")  # of the source; the revision is the document's version


def mappings(meta: dict[str, Any]) -> dict[str, Any]:
    """Return the mapping of an index that says `meta` of itself; unknown fields are refused."""
    return {
        "dynamic": "strict",
        "_meta": meta,
        "_source": {"includes": list(KEPT)},
        "properties": PROPERTIES,
    }


def settings(shards: int) -> dict[str, Any]:
    """Return the settings of a new index; copies are made when it goes live, so that filling is quick.

    The refresh interval is explicit because shards that nobody searches stop refreshing without one.
    """
    return {
        "number_of_shards": shards,
        "number_of_replicas": 0,
        "refresh_interval": "1s",
        "max_result_window": WINDOW,
        "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
    }
