"""What Elasticsearch says, checked before it is believed: errors, receipts, pages and facets."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from elastic_transport import TransportError
from elasticsearch import ApiError, NotFoundError, UnsupportedProductError

from knowledgebase.domain.errors import NotFound, SearchUnavailable
from knowledgebase.search.backend import Answer, Ask, Document, Outcome, Receipt, Stored
from knowledgebase.search.guard import Unanswered

_PERMANENT = {HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
_STORED_VERSION = re.compile(r"current version \[(\d+)\]")


@contextmanager
def translated(what: str = "") -> Iterator[None]:
    """Turn the client's errors inside a `with` block into ours.

    Raises NotFound, naming `what`, where there is no such index; Unanswered when the server is away,
    overloaded or something else than Elasticsearch; SearchUnavailable when it refuses the request.
    """
    try:
        yield
    except NotFoundError as error:
        raise NotFound(what) from error
    except UnsupportedProductError as error:
        raise Unanswered("the server is not Elasticsearch") from error
    except ApiError as error:
        refused = error.meta.status == HTTPStatus.BAD_REQUEST
        raise (SearchUnavailable if refused else Unanswered)(str(error)) from error
    except TransportError as error:
        raise Unanswered(f"{type(error).__name__}: {error.message}") from error


@contextmanager
def well_formed() -> Iterator[None]:
    """Turn any surprise in the shape of an answer into Unanswered."""
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise Unanswered(f"the server's answer has another shape: {error!r}") from error


def receipts(sent: Sequence[Document], said: Any) -> list[Receipt]:
    """Return one receipt a document of a bulk answer, in order. Raises Unanswered for another shape."""
    with well_formed():
        results = [item["index"] for item in said["items"]]
        return [_receipt(document, result) for document, result in zip(sent, results, strict=True)]


def _receipt(document: Document, result: Mapping[str, Any]) -> Receipt:
    status = int(result["status"])
    if status in {HTTPStatus.OK, HTTPStatus.CREATED}:
        return Receipt(document.id, Outcome.STORED)
    error = result["error"]
    kind, reason = str(error["type"]), f"{error['type']}: {error.get('reason', '')}"
    if status == HTTPStatus.CONFLICT and kind == "version_conflict_engine_exception":
        told = _STORED_VERSION.search(reason)
        return Receipt(document.id, Outcome.SUPERSEDED, int(told[1]) if told else None, reason)
    is_permanent = status in _PERMANENT and kind != "cluster_block_exception"
    return Receipt(document.id, Outcome.REFUSED if is_permanent else Outcome.FAILED, reason=reason)


def answer(ask: Ask, said: Any) -> Answer:
    """Return page, total and facets of a search answer. Raises Unanswered for another shape."""
    with well_formed():
        hits = said["hits"]
        return Answer(
            total=int(hits["total"]["value"]),
            hits=tuple((str(hit["_id"]), float(hit["_score"] or 0.0)) for hit in hits["hits"]),
            facets={name: _values(said["aggregations"][name]["values"]["buckets"]) for name in ask.facets},
            is_partial=bool(said["timed_out"]) or int(said["_shards"]["failed"]) > 0,
        )


def _values(buckets: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, int], ...]:
    values = [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return tuple(sorted(values, key=lambda value: (-value[1], value[0])))


def indices(said: Any) -> set[str]:
    """Return the names of the indices that the hits of a search answer came from."""
    with well_formed():
        return {str(hit["_index"]) for hit in said["hits"]["hits"]}


def explained(said: Any) -> dict[str, Mapping[str, Any]]:
    """Return how the score of each hit came about, by id."""
    with well_formed():
        return {str(hit["_id"]): hit["_explanation"] for hit in said["hits"]["hits"]}


def stored(kept: Mapping[str, Any]) -> Stored:
    """Return what the server holds of one document, from a hit or an answer to `_mget`."""
    with well_formed():
        source = kept["_source"]
        return Stored(
            str(kept["_id"]), int(kept["_version"]), str(source["digest"]), bool(source["is_visible"])
        )


def require_whole(said: Any) -> None:
    """Raise Unanswered when not every shard did its part."""
    with well_formed():
        failed = int(said["_shards"]["failed"])
    if failed:
        raise Unanswered(f"{failed} shards failed")
