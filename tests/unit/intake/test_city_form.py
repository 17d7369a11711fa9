"""A city in a form: it fills the form, comes back as itself, and faults stand at the typed field."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from knowledgebase.domain.city import City, Investment, Membership
from knowledgebase.domain.errors import Invalid
from knowledgebase.intake import city_form
from knowledgebase.intake.city import accept_city
from knowledgebase.intake.city_fields import LISTS, PLAIN, hazard_fields, most_of, part_of, rows_of
from knowledgebase.intake.city_form import accept_city_form, typed_of, without_source
from knowledgebase.intake.city_keys import CityKeys
from tests.make import a_city, a_full_city, a_quantity
from tests.unit.intake.raw import TODAY
from tests.unit.intake.raw_cases import raw_cities

patiently = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))


def back(typed: dict[str, str], stored: City | None = None, **how: Any) -> City:
    return accept_city_form(typed, city="tehran", stored=stored, today=TODAY, **how)


def faults(**changes: str) -> list[tuple[str, str]]:
    typed = typed_of(a_full_city(), "en") | {name.replace("__", "."): text for name, text in changes.items()}
    try:
        back(typed)
    except Invalid as refused:
        return [(fault.code, fault.key) for fault in refused.faults]
    return []


@pytest.mark.parametrize("city", [a_city(), a_full_city()], ids=["short", "full"])
@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_stored_city_comes_back_from_its_form_as_itself(city: City, language: str) -> None:
    assert back(typed_of(city, language), city) == city


@patiently
@given(raw=raw_cities())
def test_every_valid_city_comes_back_from_its_form_as_itself(raw: dict[str, Any]) -> None:
    city = accept_city(raw, "A [1] city.", city="tehran", today=TODAY)

    assert back(typed_of(city, "fa"), city) == city


def test_the_form_has_a_field_for_every_key_of_the_format() -> None:
    fields = (*PLAIN, *LISTS, *hazard_fields())

    assert {part_of(field) for field in fields} - {"body"} == set(CityKeys.model_fields)


def test_the_form_fills_every_plain_field_of_a_full_city() -> None:
    typed = typed_of(a_full_city(), "en")

    assert [name for name in PLAIN if not typed[name]] == []
    assert typed["hazards.earthquake"] == "yes"


def test_keys_that_the_form_does_not_have_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = a_full_city()
    typed = typed_of(stored, "en") | {"governance": ""}
    monkeypatch.setattr(city_form, "_KNOWN", city_form._KNOWN - {"governance"})
    monkeypatch.setattr(city_form, "PLAIN", tuple(name for name in PLAIN if name != "governance"))

    assert back(typed, stored).governance == stored.governance


def test_what_a_field_no_longer_holds_is_gone() -> None:
    stored = a_full_city()
    typed = typed_of(stored, "en") | dict.fromkeys(
        ("climate", "location.lat", "location.lon", "hazards.earthquake"), ""
    )

    changed = back(typed, stored)

    assert changed == replace(stored, climate=None, location=None, hazards=())


def test_hazards_keep_their_order_and_new_ones_follow() -> None:
    stored = a_full_city(hazards=("heat", "earthquake"))
    typed = typed_of(stored, "en") | {"hazards.flood": "yes"}

    assert back(typed, stored).hazards[:2] == ("heat", "earthquake")
    assert "flood" in back(typed, stored).hazards


def test_one_amount_stands_in_the_first_of_two_fields() -> None:
    city = a_city(investments=(Investment("Tram", amount=a_quantity("5"), currency="toman"),))
    typed = typed_of(city, "en")

    assert (typed["investments.1.amount.low"], typed["investments.1.amount.high"]) == ("5", "")
    assert back(typed) == city


@pytest.mark.parametrize("typed_name", ["C40 Cities", "c40", "  c40 cities "])
def test_a_known_network_is_known_by_its_name(typed_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(city_form, "_network_ids", lambda: {"c40 cities": "c40", "c40": "c40"})
    typed = typed_of(a_full_city(), "en") | {"networks.1.network": typed_name}

    assert back(typed).networks[0].network == "c40"


def test_another_network_stays_as_it_is_written() -> None:
    city = a_city(networks=(Membership("A network nobody lists"),))

    assert back(typed_of(city, "fa")) == city


def test_a_city_of_this_exchange_is_known_by_its_name() -> None:
    typed = typed_of(a_full_city(), "en") | {"sisters.1.city": " SEOUL city"}

    assert back(typed, known_cities={"seoul city": "seoul"}).sisters[0].city == "seoul"


def test_blank_rows_are_left_out_and_faults_behind_them_keep_their_place() -> None:
    typed = typed_of(a_city(), "en")
    typed |= {f"capacities.{number}.{field}": "" for number in (1, 2) for field in LISTS["capacities"]}
    typed |= {"capacities.2.title": "Metro training"}
    typed |= {"sisters.1.city": " ", "sisters.1.kind": "sister", "sisters.1.status": "active"}

    with pytest.raises(Invalid) as refused:
        back(typed)

    assert [(fault.code, fault.key) for fault in refused.value.faults] == [("required", "capacities.2.kind")]


def test_a_blank_source_between_others_is_a_fault_because_texts_cite_by_number() -> None:
    assert faults(sources__2__title="", sources__3__title="Third") == [("required", "sources.2.title")]


def test_blank_sources_at_the_end_are_left_out() -> None:
    assert faults(sources__2__title=" ", sources__2__url="") == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name__en": " "}, ("required", "name.en")),
        ({"name__fa": "x" * 200}, ("too-long", "name.fa")),
        ({"country": "XX"}, ("unknown-code", "country")),
        ({"location__lat": "91"}, ("out-of-range", "location.lat")),
        ({"location__lon": ""}, ("required", "location.lon")),
        ({"population__count": ""}, ("required", "population.count")),
        ({"population__sources": "1, 7"}, ("no-such-source", "population.sources")),
        ({"coastal": "perhaps"}, ("not-yes-or-no", "coastal")),
        ({"website": "javascript:alert(1)"}, ("not-a-web-address", "website")),
        ({"contact__email": "nobody"}, ("not-an-email-address", "contact.email")),
        ({"names__1__language": "zz"}, ("not-a-language", "names.1.language")),
        ({"names__1__language": "fa"}, ("twice", "names.1.language")),
        ({"names__1__language": ""}, ("required", "names.1.language")),
        ({"names__1__text": ""}, ("required", "names.1.text")),
        ({"languages__1__language": "zz"}, ("not-a-language", "languages.1.language")),
        ({"languages__2__language": "fa"}, ("twice", "languages.2.language")),
        ({"capacities__1__title": ""}, ("required", "capacities.1.title")),
        ({"capacities__1__sources": "9"}, ("no-such-source", "capacities.1.sources")),
        ({"investments__1__amount__low": "9"}, ("low-above-high", "investments.1.amount.low")),
        ({"investments__1__amount__low": ""}, ("required", "investments.1.amount.low")),
        ({"investments__1__amount__high": "much"}, ("not-a-number", "investments.1.amount.high")),
        ({"investments__1__currency": ""}, ("required", "investments.1.currency")),
        ({"needs__1__as_of": "1403"}, ("only-gregorian", "needs.1.as_of")),
        ({"sisters__1__city": ""}, ("required", "sisters.1.city")),
        ({"sisters__1__until": "1900"}, ("ends-before-start", "sisters.1.until")),
        ({"networks__1__network": "\u202e"}, ("invisible-character", "networks.1.network")),
        ({"sources__1__url": "ftp://x"}, ("not-a-web-address", "sources.1.url")),
        ({"body": "See [4]."}, ("no-such-source", "body")),
    ],
)
def test_a_fault_stands_at_the_field_that_was_typed(
    changes: dict[str, str], expected: tuple[str, str]
) -> None:
    assert faults(**changes) == [expected]


def test_all_faults_are_named_at_once() -> None:
    assert faults(country="", website="x", names__1__language="fa") == [
        ("twice", "names.1.language"),
        ("required", "country"),
        ("not-a-web-address", "website"),
    ]


def test_fields_that_the_form_does_not_have_change_nothing() -> None:
    typed = typed_of(a_full_city(), "en")

    assert back(typed | {"id": "x", "origin": "file", "capacities.1.owner": "me"}) == back(typed)


def test_a_number_that_is_none_makes_no_row() -> None:
    typed = {
        "sources.\u0663.title": "x",
        "sources.99999.title": "x",
        "sources.x.title": "x",
        "sources.2.title": "B",
    }

    assert [row.number for row in rows_of(typed, "sources")] == [2]


def test_the_form_knows_how_many_rows_the_gate_accepts() -> None:
    assert {name: most_of(name) for name in ("capacities", "sisters", "sources", "languages")} == {
        "capacities": 30,
        "sisters": 100,
        "sources": 50,
        "languages": 20,
    }


def test_citations_move_when_a_source_is_taken_away() -> None:
    typed = {
        "body": "A [1]. B [2]. C [1,2، 3]. `[3]` [2](x) [3]\n\n```\n[3]\n```",
        "population.sources": "2, 3",
        "needs.1.sources": "2",
        "needs.1.title": "[3]",
    }

    kept = without_source(typed, 2)

    assert kept == {
        "body": "A [1]. B . C [1, 2]. `[3]` [2](x) [2]\n\n```\n[3]\n```",
        "population.sources": "2",
        "needs.1.sources": "",
        "needs.1.title": "[3]",
    }


def test_numbers_that_are_none_stay_when_a_source_is_taken_away() -> None:
    typed = {"needs.1.sources": f"all, {'9' * 5_000}, 3"}

    assert without_source(typed, 2) == {"needs.1.sources": f"all, {'9' * 5_000}, 2"}
