"""A case or a city back as a file: canonical text that the gate reads as the very same value."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City, Membership
from knowledgebase.domain.evidence import Change
from knowledgebase.domain.money import Money, Quantity
from knowledgebase.domain.period import PartialDate
from knowledgebase.intake.case_keys import CaseKeys
from knowledgebase.intake.choices import TOMAN
from knowledgebase.intake.city_keys import CityKeys
from knowledgebase.intake.keys import FileKeys
from knowledgebase.intake.result_keys import RIALS_IN_TOMAN
from knowledgebase.intake.yaml_text import Bare, Node, front_matter
from knowledgebase.text import lists

_RENAMED: Mapping[type, Mapping[str, str]] = {Change: {"start": "from", "end": "to"}}


def case_file(case: Case) -> str:
    """Return the file of a case; the gate reads it as the same case, and its export is the same text."""
    return _file(CaseKeys, case, case.body)


def raw_case(case: Case) -> dict[str, Any]:
    """Return the front matter of a case as the gate reads it: texts, lists and maps."""
    return {name: _plain(node) for name, node in _front(CaseKeys, case).items()}


def _plain(node: Node) -> Any:
    if isinstance(node, Bare):
        return node.text
    if isinstance(node, str):
        return node
    if isinstance(node, Mapping):
        return {key: _plain(one) for key, one in node.items()}
    return [_plain(one) for one in node]


def city_file(city: City) -> str:
    """Return the file of a city; the gate reads it as the same city, and its export is the same text."""
    return _file(CityKeys, city, city.body)


def raw_city(city: City) -> dict[str, Any]:
    """Return the front matter of a city as the gate reads it."""
    return {name: _plain(node) for name, node in _front(CityKeys, city).items()}


def _file(model: type[FileKeys], value: Case | City, body: str) -> str:
    return f"---\n{front_matter(_front(model, value))}---\n" + (f"\n{body}\n" if body else "")


def _front(model: type[FileKeys], value: Case | City) -> dict[str, Node]:
    nodes = _fields(value)
    return {name: nodes[name] for name in model.model_fields if name in nodes}


def _fields(value: Any) -> dict[str, Node]:
    """Return the fields of a value that differ from their defaults, by their keys in the format."""
    renamed = _RENAMED.get(type(value), {})
    given = {
        field.name: getattr(value, field.name) for field in fields(value) if not _is_default(value, field)
    }
    return {renamed.get(name, name): _node(one) for name, one in given.items()}


def _is_default(value: Any, field: "Field[Any]") -> bool:
    default = field.default_factory() if field.default_factory is not MISSING else field.default
    return default is not MISSING and bool(getattr(value, field.name) == default)


def _node(value: Any) -> Node:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, bool | int | Decimal | date | PartialDate):
        return Bare(_bare(value))
    if isinstance(value, Mapping):
        return {key: _node(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return [_node(one) for one in value]
    return _record(value)


def _bare(value: bool | int | Decimal | date | PartialDate) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, PartialDate):
        return value.written
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def _record(value: Any) -> Node:
    assert is_dataclass(value)  # noqa: S101  # domain values hold nothing else
    if isinstance(value, Quantity):
        return (
            _node(value.low)
            if value.low == value.high
            else {"low": _node(value.low), "high": _node(value.high)}
        )
    nodes = _fields(value)
    if isinstance(value, Money):
        nodes["currency"] = nodes.pop("written_currency")
        nodes["amount"] = _node(_as_written(value))
    if isinstance(value, Membership):
        name = nodes.pop("network")
        nodes = {"id" if value.network in lists.networks() else "name": name, **nodes}
    return nodes


def _as_written(money: Money) -> Quantity:
    if money.written_currency != TOMAN:
        return money.amount
    return Quantity(money.amount.low / RIALS_IN_TOMAN, money.amount.high / RIALS_IN_TOMAN)
