"""How a refusal inside a field becomes a fault with its dotted key and its line."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from knowledgebase.domain.errors import Fault

SHOWN_MAX = 80  # characters of a faulty value or key that a message repeats

_CODES = {  # of pydantic's own refusals that can still happen
    "missing": "required",
    "extra_forbidden": "unknown-key",
    "model_type": "not-a-map",
    "model_attributes_type": "not-a-map",
    "dict_type": "not-a-map",
    "mapping_type": "not-a-map",
}


def refusal(code: str, **values: str | int) -> PydanticCustomError:
    """Return the error that a field raises: a fault code and its placeholders."""
    return PydanticCustomError(code, code, values)


def shown(value: object) -> str:
    """Return as much of a faulty value as a message may repeat."""
    text = str(value)
    return text if len(text) <= SHOWN_MAX else text[: SHOWN_MAX - 1] + "…"


def line_of(lines: Mapping[str, int], key: str) -> int | None:
    """Return the line of a dotted key, or of the nearest thing round it that stands in the file."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key)


def faults_of(error: ValidationError, lines: Mapping[str, int]) -> list[Fault]:
    """Return one fault for every refusal of a model."""
    return [_fault(detail, lines) for detail in error.errors(include_url=False, include_input=False)]


def _fault(detail: ErrorDetails, lines: Mapping[str, int]) -> Fault:
    code = _CODES.get(detail["type"], detail["type"])
    values: dict[str, Any] = dict(detail.get("ctx", {})) if code == detail["type"] else {}
    places = [place for place in detail["loc"] if place != "[key]"]
    if "at" in values:  # the place of a list where a rule about the whole list is broken
        places.append(values.pop("at"))
    key = ".".join(str(place + 1) if isinstance(place, int) else place for place in places)
    if code == "unknown-key":
        values = {"name": shown(places[-1])}
    return Fault(code, shown(key), line_of(lines, key), values)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults by line; those without a line keep their order at the end."""
    return sorted(faults, key=lambda fault: (fault.line is None, fault.line or 0))
