"""The schema of joining by request, and of how it was made sure that a city is a city."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text

from knowledgebase.domain.joining import Proof, RequestState
from knowledgebase.store.columns import Moment, key
from knowledgebase.store.schema import closed, metadata

__all__ = ["city_proofs", "join_requests"]

join_requests = Table(
    "join_requests",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", key(), nullable=False, unique=True),  # random
    Column("state", Text, nullable=False),
    Column("open_key", key(), unique=True),  # hash of address and city while it is open
    Column("asked_at", Moment, nullable=False),
    Column("asked_from", key(), nullable=False),  # hash of the network address, for the limit
    Column("city_number", Integer, ForeignKey("cities.number")),
    Column("city_name", Text),  # of one that is not here yet
    Column("country", Text),
    Column("name", Text, nullable=False),
    Column("position", Text, nullable=False),
    Column("office", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("website", Text),
    Column("letter", Text, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", key()),  # person's id or "operator"
    Column("note", Text),
    closed("state", RequestState),
    CheckConstraint("(state = 'open') = (open_key is not null)", name="open_key"),
    CheckConstraint("(state = 'open') = (decided_at is null)", name="decided_at"),
    CheckConstraint("(city_number is null) <> (city_name is null)", name="city"),
    CheckConstraint("(city_name is null) = (country is null)", name="country"),
    Index(None, "state", "number"),
    Index(None, "asked_from", "asked_at"),
    sqlite_autoincrement=True,
)

city_proofs = Table(
    "city_proofs",
    metadata,
    Column(
        "city_number",
        Integer,
        ForeignKey("cities.number", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("at", Moment, nullable=False),
    Column("how", Text, nullable=False),
    Column("note", Text),  # for the people of the exchange, not shown to readers
    Column("by", key(), nullable=False),  # person's id or "operator"
    closed("how", Proof),
)
