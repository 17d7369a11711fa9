"""Column types of our own: moments in UTC, keys that sort alike everywhere, values kept as JSON."""
# ruff: noqa: ARG002  # the signatures of column types are given

import json
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import DateTime, Dialect, LargeBinary, Text
from sqlalchemy.types import TypeDecorator, TypeEngine


class Moment(TypeDecorator[datetime]):
    """An aware moment: UTC in, UTC out, whatever the database makes of time zones; a naive one is refused."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column type of a dialect."""
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as the driver takes it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a time zone: {value.isoformat()}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def key() -> TypeEngine[str]:
    """Return the type of ids and words: compared by code point in both databases, so lists sort alike."""
    return Text().with_variant(Text(collation="C"), "postgresql")


class Kept(TypeDecorator[Any]):
    """A value as JSON text, rebuilt by its own type; nothing inside it is filtered or sorted by SQL."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any) -> None:
        """Keep values of this type: a frozen dataclass, or a tuple or mapping of such."""
        super().__init__()
        self.kind = kind

    @cached_property
    def _adapter(self) -> TypeAdapter[Any]:
        return TypeAdapter(self.kind)

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Return the value as text."""
        return None if value is None else self._adapter.dump_json(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Return the value that was kept."""
        return None if value is None else self._adapter.validate_json(value)


class Packed(TypeDecorator[Mapping[str, str]]):
    """Words with their shown forms, as compressed JSON: read whole or not at all."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: Dialect) -> bytes | None:
        """Return the words packed."""
        if value is None:
            return None
        return zlib.compress(json.dumps(dict(value), ensure_ascii=False, separators=(",", ":")).encode(), 1)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Mapping[str, str] | None:
        """Return the words unpacked."""
        return None if value is None else json.loads(zlib.decompress(value))
