"""What the tables of every family share: one metadata, names of rules, and two kinds of rules."""

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def closed(column: str, values: Iterable[str]) -> CheckConstraint:
    """Return the rule that a column holds one of these values."""
    return CheckConstraint(f"{column} in ({', '.join(repr(str(value)) for value in values)})", name=column)


def at_least(column: str, least: int) -> CheckConstraint:
    """Return the rule that a number is not below another one."""
    return CheckConstraint(f"{column} >= {least}", name=column)
