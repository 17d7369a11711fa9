"""A city in a form: what is typed becomes the mapping that a file's front matter gives, and back.

The gate is the one of files, `accept_city`; here are only the shape of its input and the places of its
faults. `city_fields.py` says how the fields are named.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from knowledgebase.domain.city import City
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.intake.body import moved, without_citation
from knowledgebase.intake.city import accept_city
from knowledgebase.intake.city_fields import (
    BY_LANGUAGE,
    HAZARDS,
    LISTS,
    MAPS,
    OWN_LANGUAGES,
    PLAIN,
    Row,
    part_of,
    rows_of,
)
from knowledgebase.intake.export import raw_city
from knowledgebase.intake.slug import city_id_of
from knowledgebase.text import lists
from knowledgebase.text.normalize import skeleton

NOBODY: Mapping[str, str] = MappingProxyType({})
RESERVED = frozenset({"new"})  # an address of its own under /cities/
_BETWEEN_NUMBERS = re.compile(r"[\s,;\u060c\u061b]+")
_KNOWN = frozenset({*(part_of(name) for name in (*PLAIN, *LISTS)), HAZARDS})


def typed_of(city: City, language: str) -> dict[str, str]:
    """Return a stored city as the texts of its form; known networks by their name in `language`."""
    keys = raw_city(city)
    typed = dict.fromkeys(PLAIN, "") | dict(_filled_plainly(keys)) | {"body": city.body}
    for key, name in BY_LANGUAGE.items():
        others = sorted(set(keys.get(key, {})) - set(OWN_LANGUAGES))
        rows = [{"language": tag, "text": keys[key][tag]} for tag in others]
        typed |= _numbered(name, rows)
    typed |= _numbered("languages", [{"language": tag} for tag in keys.get("languages", ())])
    for name in ("capacities", "investments", "needs", "sources"):
        typed |= _numbered(name, keys.get(name, ()))
    chosen = {"kind": "sister", "status": "active"}  # the format leaves its defaults out
    typed |= _numbered("sisters", [chosen | sister for sister in keys.get("sisters", ())])
    networks = [
        {**one, "network": one.get("name") or network_name(one["id"], language)}
        for one in keys.get("networks", ())
    ]
    return typed | _numbered("networks", networks)


def accept_city_form(
    typed: Mapping[str, str],
    *,
    city: str,
    stored: City | None = None,
    known_cities: Mapping[str, str] = NOBODY,
    today: date | None = None,
) -> City:
    """Turn what is typed in the form of a city into a City, or refuse it naming every fault at once.

    Keys that the form does not have are kept as they are `stored`. `known_cities`: id by folded name, for
    sister cities that are named as this exchange names them.
    Raises Invalid, its faults keyed by the names of the fields.
    """
    raw = {key: kept for key, kept in (raw_city(stored) if stored else {}).items() if key not in _KNOWN}
    raw |= _plain(typed) | _lists(typed, known_cities)
    raw[HAZARDS] = _hazards(typed, stored.hazards if stored else ())
    faults: list[Fault] = []
    for key, name in BY_LANGUAGE.items():
        raw[key] = _by_language(typed, key, name, faults)
    accepted = None
    try:
        accepted = accept_city(raw, typed.get("body", ""), city=city, today=today)
    except Invalid as refused:
        faults += [
            Fault(fault.code, field_of(fault.key, typed), values=fault.values) for fault in refused.faults
        ]
    if faults or accepted is None:
        raise Invalid(faults)
    return accepted


def accept_new_city(typed: Mapping[str, str], *, today: date | None = None) -> City:
    """Turn the fields name.en, name.fa, country and id into a City without more; see `accept_city_form`.

    Without an id the name in English makes one.
    """
    name = {tag: typed[f"name.{tag}"] for tag in OWN_LANGUAGES if typed.get(f"name.{tag}", "").strip()}
    raw = {"name": name, "country": typed.get("country")}
    city_id = typed.get("id", "").strip() or city_id_of(name.get("en", ""))
    try:
        city = accept_city(raw, "", city=city_id, today=today)
    except Invalid as refused:
        raise Invalid([_of_new(fault, city_id) for fault in refused.faults]) from refused
    if city.id in RESERVED:
        raise Invalid([Fault("not-a-city-id", "id", values={"value": city.id})])
    return city


def _of_new(fault: Fault, city_id: str) -> Fault:
    """Return a fault where the short form has its field; an id that no name suggests is asked for."""
    if fault.key != "city":
        return fault
    return Fault(fault.code, "id", values=fault.values) if city_id else Fault("required", "id")


def without_source(typed: Mapping[str, str], number: int) -> dict[str, str]:
    """Return the texts after a source is gone: citations of it are gone, those of later ones move up."""
    kept = dict(typed)
    for field, text in typed.items():
        if field == "body":
            kept[field] = without_citation(text, number)
        elif field.endswith(".sources"):
            kept[field] = ", ".join(moved(_source_numbers(text), number))
    return kept


def field_of(key: str, typed: Mapping[str, str]) -> str:
    """Return the name of the field that shows the fault of a key."""
    first, _, rest = key.partition(".")
    if first in BY_LANGUAGE:
        return _field_of_name(first, rest, typed)
    if first == "languages" and rest:
        return f"languages.{_row_number(typed, first, rest)}.language"
    if first == HAZARDS:
        return HAZARDS
    if first in LISTS and rest:
        place, _, inner = rest.partition(".")
        return f"{first}.{_row_number(typed, first, place)}.{_inner_field(first, inner)}"
    return f"{first}.sources" if rest.startswith("sources.") else key


@cache
def _network_ids() -> Mapping[str, str]:
    known = lists.networks().values()
    return {skeleton(name): one.id for one in known for name in (one.id, *one.names.values())}


def network_name(network: str, language: str) -> str:
    """Return the name of a known network as the form shows it and reads it back."""
    names = lists.networks()[network].names
    return names.get(language) or names["en"]


def _filled_plainly(keys: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for field in PLAIN:
        key, _, inner = field.partition(".")
        if inner and isinstance(keys.get(key), Mapping):
            yield field, _flat(keys[key].get(inner, ""))
        elif not inner and key in keys:
            yield field, keys[key]
    for hazard in keys.get(HAZARDS, ()):
        yield f"{HAZARDS}.{hazard}", "yes"


def _numbered(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    return {
        f"{name}.{number}.{field}": text
        for number, row in enumerate(rows, start=1)
        for field, text in _row_texts(name, row).items()
    }


def _row_texts(name: str, row: Mapping[str, Any]) -> dict[str, str]:
    texts = {field: _flat(row.get(field, "")) for field in LISTS[name]}
    if "amount.low" in texts:
        amount = row.get("amount", "")
        ends = (amount["low"], amount["high"]) if isinstance(amount, Mapping) else (amount, "")
        texts["amount.low"], texts["amount.high"] = ends
    return texts


def _flat(value: Any) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _plain(typed: Mapping[str, str]) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for field in PLAIN:
        key, _, inner = field.partition(".")
        if key in MAPS:
            read = typed.get(field, "")
            raw.setdefault(key, {})[inner] = _source_numbers(read) if inner == "sources" else read
        elif not inner and key != "body":
            raw[key] = typed.get(field, "")
    for key in MAPS:
        if not any(typed.get(f"{key}.{inner}", "").strip() for inner in raw[key]):
            raw[key] = ""
    return raw


def _lists(typed: Mapping[str, str], known_cities: Mapping[str, str]) -> dict[str, Any]:
    raw: dict[str, Any] = {
        name: [_row_keys(row, known_cities) for row in _kept_rows(typed, name)]
        for name in LISTS
        if name not in BY_LANGUAGE.values()
    }
    raw["languages"] = [row["language"] for row in raw["languages"]]
    return raw


def _kept_rows(typed: Mapping[str, str], name: str) -> list[Row]:
    """Return the rows that the gate is asked about: blank ones are left out.

    A blank source with others behind it stays: texts cite sources by their numbers.
    """
    rows = rows_of(typed, name)
    if name != "sources":
        return [row for row in rows if not row.is_blank]
    while rows and rows[-1].is_blank:
        rows.pop()
    return rows


def _row_keys(row: Row, known_cities: Mapping[str, str]) -> dict[str, Any]:
    raw: dict[str, Any] = {field: text for field, text in row.fields.items() if "." not in field}
    if "sources" in raw:
        raw["sources"] = _source_numbers(raw["sources"])
    if "amount.low" in row.fields:
        low, high = row.fields["amount.low"], row.fields["amount.high"]
        raw["amount"] = {"low": low, "high": high} if high.strip() else low
    if "city" in raw:
        raw["city"] = known_cities.get(skeleton(raw["city"]), raw["city"])
    if "network" in raw:
        name = raw.pop("network")
        known = _network_ids().get(skeleton(name))
        raw |= {"id": known} if known else {"name": name}
    return raw


def _source_numbers(text: str) -> list[str]:
    return [number for number in _BETWEEN_NUMBERS.split(text) if number]


def _hazards(typed: Mapping[str, str], stored: Sequence[str]) -> list[str]:
    """Return the ticked hazards: those that are stored in their order, then the others in the list's."""
    ordered = dict.fromkeys((*stored, *lists.labels("hazard")))
    return [hazard for hazard in ordered if typed.get(f"{HAZARDS}.{hazard}", "")]


def _by_language(typed: Mapping[str, str], key: str, name: str, faults: list[Fault]) -> dict[str, str]:
    """Return a name by language; a language twice, or none, is a fault that no mapping could show."""
    found = {tag: typed[f"{key}.{tag}"] for tag in OWN_LANGUAGES if typed.get(f"{key}.{tag}", "").strip()}
    for row in _kept_rows(typed, name):
        tag = row.fields["language"].strip()
        if not tag or tag in found:
            code, values = ("twice", {"value": tag}) if tag else ("required", {})
            faults.append(Fault(code, f"{name}.{row.number}.language", values=dict(values)))
        else:
            found[tag] = row.fields["text"]
    return found


def _field_of_name(key: str, language: str, typed: Mapping[str, str]) -> str:
    if language in OWN_LANGUAGES or not language:
        return f"{key}.{language or OWN_LANGUAGES[0]}"
    name = BY_LANGUAGE[key]
    for row in rows_of(typed, name):
        if row.fields["language"].strip() == language:
            is_named = language in lists.languages()
            return f"{name}.{row.number}.{'text' if is_named else 'language'}"
    return name


def _row_number(typed: Mapping[str, str], name: str, place: str) -> int:
    """Return the number in the form of the row at a place of the list that the gate was given."""
    kept = _kept_rows(typed, name)
    at = int(place) - 1 if place.isdigit() else 0
    return kept[at].number if at < len(kept) else 1


def _inner_field(name: str, inner: str) -> str:
    if inner.startswith("sources"):
        return "sources"
    if inner == "amount":
        return "amount.low"
    return inner if inner in LISTS[name] else LISTS[name][0]
