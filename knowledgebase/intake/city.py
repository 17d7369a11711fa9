"""The gate for cities: raw input becomes a City, or is refused with every fault at once."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from knowledgebase.domain.city import City
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.intake.body import body_faults, citation_faults, tidy_body
from knowledgebase.intake.case import address_faults
from knowledgebase.intake.city_keys import CityKeys
from knowledgebase.intake.gate import NO_LINES, read_model, setting_for
from knowledgebase.intake.refusal import in_order, line_of


def accept_city(
    raw: Mapping[str, Any],
    body: str,
    *,
    city: str,
    lines: Mapping[str, int] = NO_LINES,
    today: date | None = None,
) -> City:
    """Turn raw input into a City, or refuse it naming every fault at once; see `accept` of cases.

    Raises Invalid with one fault a problem, ordered by line.
    """
    setting = replace(setting_for(raw, today=today, concepts=None), may_declare=False)
    text, cut = tidy_body(body)
    first_line = lines["body"] + cut if "body" in lines else None
    read = read_model(CityKeys, raw, setting, lines)
    faults = [
        *address_faults(city, None),
        *read.faults,
        *body_faults(text, first_line),
        *citation_faults(text, setting.sources or 0, first_line),
    ]
    if "name" in read.good and "en" not in read.good["name"]:
        faults.append(Fault("required", "name.en", line_of(lines, "name.en")))
    if faults or read.model is None:
        raise Invalid(in_order(faults))
    return _city(read.model, text, city)


def _city(keys: CityKeys, body: str, city_id: str) -> City:
    return City(
        id=city_id,
        name=dict(keys.name),
        country=keys.country,
        administration=dict(keys.administration),
        location=keys.location.value() if keys.location else None,
        population=keys.population.value() if keys.population else None,
        area_km2=keys.area_km2,
        elevation_m=keys.elevation_m,
        coastal=keys.coastal,
        climate=keys.climate,
        income_band=keys.income_band,
        hazards=keys.hazards,
        languages=keys.languages,
        website=keys.website,
        governance=keys.governance,
        capacities=tuple(one.value() for one in keys.capacities),
        investments=tuple(one.value() for one in keys.investments),
        needs=tuple(one.value() for one in keys.needs),
        sisters=tuple(one.value() for one in keys.sisters),
        networks=tuple(one.value() for one in keys.networks),
        contact=keys.contact.value() if keys.contact else None,
        sources=tuple(one.value() for one in keys.sources),
        body=body,
    )
