"""The indices behind the alias: made, named, promoted and removed, each knowing what it is for.

An index is `<prefix>-<generation>`; the alias `<prefix>` is what searches use, and shows visible
documents only. Each index has a `-write` alias besides: a bulk request that must name an alias
cannot make an index by accident, with fields guessed by the server.
"""

from collections.abc import Mapping
from typing import Any

from elasticsearch import Elasticsearch

from knowledgebase.domain.errors import NotAllowed, NotFound, WrongIndex
from knowledgebase.search.backend import Stamp
from knowledgebase.search.checks import require_generation
from knowledgebase.search.elastic_answers import translated, well_formed
from knowledgebase.search.elastic_mapping import mappings, settings
from knowledgebase.search.guard import Unanswered

VISIBLE: dict[str, Any] = {"term": {"is_visible": True}}


class Indices:
    """The indices of one prefix. Every method may raise SearchUnavailable."""

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self._client = client
        self._prefix = prefix

    def name(self, generation: str) -> str:
        """Return the index of a generation. Raises ValueError when it cannot be one."""
        require_generation(generation)
        return f"{self._prefix}-{generation}"

    def write_alias(self, generation: str) -> str:
        """Return the name that bulk requests use."""
        return f"{self.name(generation)}-write"

    def make(self, generation: str, stamp: Stamp, shards: int) -> None:
        """Make an empty index in place of any of that name. Raises NotAllowed when it is live."""
        self.remove(generation)
        said = {"site": stamp.site, "schema": stamp.schema, "analysis": stamp.analysis}
        with translated(generation):
            made = self._client.indices.create(
                index=self.name(generation),
                mappings=mappings(said | {"prefix": self._prefix, "generation": generation}),
                settings=settings(shards),
                aliases={self.write_alias(generation): {}},
            )
        with well_formed():
            is_ready = bool(made["shards_acknowledged"])
        if not is_ready:
            raise Unanswered(f"{generation}: its shards did not start in time")

    def promote(self, generation: str, replicas: int) -> None:
        """Point the alias to a generation, in one step for every search. Raises NotFound."""
        index = self.name(generation)
        with translated(generation):
            self._client.indices.put_settings(index=index, settings={"number_of_replicas": replicas})
            others = {"index": f"{self._prefix}-*", "alias": self._prefix, "must_exist": False}
            mine = {"index": index, "alias": self._prefix, "filter": VISIBLE}
            self._client.indices.update_aliases(actions=[{"remove": others}, {"add": mine}])

    def remove(self, generation: str) -> None:
        """Remove an index if it is there. Raises NotAllowed when it is live."""
        if self.live() == generation:
            raise NotAllowed(f"{generation} is live")
        with translated(generation):
            self._client.indices.delete(index=self.name(generation), ignore_unavailable=True)

    def generations(self) -> tuple[str, ...]:
        """Return the names of this prefix's generations, sorted; another prefix may begin alike."""
        said = self._meta(f"{self._prefix}-*")
        mine = (meta["generation"] for meta in said.values() if meta.get("prefix") == self._prefix)
        return tuple(sorted(map(str, mine)))

    def live(self) -> str | None:
        """Return the generation that the alias points to, None where there is no alias."""
        try:
            with translated(self._prefix):
                said = self._client.indices.get_alias(name=self._prefix).body
        except NotFound:
            return None
        with well_formed():
            [index] = said
            return str(index).removeprefix(f"{self._prefix}-")

    def stamp(self, generation: str) -> Stamp:
        """Return what a generation was made for. Raises NotFound, WrongIndex when it does not say."""
        return self.stamp_of(self.name(generation))

    def stamp_of(self, index: str) -> Stamp:
        """Return what an index says of itself. Raises as `stamp`."""
        meta = self._meta(index).get(index, {})
        try:
            return Stamp(str(meta["site"]), int(meta["schema"]), str(meta["analysis"]))
        except (KeyError, TypeError, ValueError) as error:
            raise WrongIndex(f"{index} does not say what it was made for") from error

    def _meta(self, pattern: str) -> dict[str, Mapping[str, Any]]:
        with translated(pattern):
            said = self._client.indices.get_mapping(index=pattern).body
        with well_formed():
            return {str(index): dict(kept["mappings"].get("_meta", {})) for index, kept in said.items()}
