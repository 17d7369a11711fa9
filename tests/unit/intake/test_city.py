"""The gate for cities."""

from typing import Any

import pytest

from knowledgebase.domain.city import City, Membership, Sister
from knowledgebase.domain.errors import Invalid
from knowledgebase.intake.city import accept_city
from knowledgebase.text import lists
from tests.unit.intake.raw import CITY, accepted_city, refused_city


def test_a_full_city_is_accepted() -> None:
    city = accepted_city("A city in the north-west.")

    assert (city.id, city.name_in("fa"), city.country, city.coastal) == ("tabriz", "تبریز", "IR", False)
    assert city.sisters[1] == Sister("Baku, Azerbaijan", kind="memorandum")
    assert city.body == "A city in the north-west."


def test_a_city_needs_a_name_and_a_country_only() -> None:
    city = accept_city({"name": {"en": "Oslo"}, "country": "NO"}, "", city="oslo")

    assert city == City("oslo", {"en": "Oslo"}, "NO")


@pytest.mark.parametrize("key", ["name", "country"])
def test_name_and_country_are_required(key: str) -> None:
    assert refused_city(**{key: None}) == [("required", key)]


def test_a_name_in_english_is_required() -> None:
    assert refused_city(name={"fa": "تبریز"}) == [("required", "name.en")]
    assert refused_city(name="Tabriz") == [("not-a-map", "name")]
    assert refused_city(name={"en": "a\u202eb"}) == [("invisible-character", "name.en")]


def test_a_place_lies_on_the_globe() -> None:
    assert refused_city(location={"lat": "91", "lon": "-181"}) == [
        ("out-of-range", "location.lat"),
        ("out-of-range", "location.lon"),
    ]
    assert refused_city(location={"lat": "-33.93"}) == [("required", "location.lon")]


def test_figures_carry_numbers_of_sources_that_exist() -> None:
    assert refused_city(population={"count": "5", "sources": ["2"]}) == [
        ("no-such-source", "population.sources.1")
    ]
    assert refused_city(population={"count": "nan"}) == [("not-a-whole-number", "population.count")]
    assert refused_city("Known for its bazaar [2].") == [("no-such-source", "body")]


def test_a_city_has_no_language_so_doubtful_years_are_asked_about() -> None:
    assert refused_city(sisters=[{"city": "istanbul", "since": "1389"}]) == [
        ("only-gregorian", "sisters.1.since")
    ]
    assert refused_city(population={"count": "5", "year": "1395"}) == [("only-gregorian", "population.year")]


def test_an_opening_with_an_amount_names_its_currency() -> None:
    opening = {"title": "Metro", "amount": "5"}

    assert refused_city(investments=[opening]) == [("required", "investments.1.currency")]
    assert refused_city(investments=[{**opening, "currency": "EUR"}]) == []


def test_an_agreement_does_not_end_before_it_starts() -> None:
    backwards = {"city": "istanbul", "since": "2010", "until": "2009"}

    assert refused_city(sisters=[backwards]) == [("ends-before-start", "sisters.1.until")]


def test_a_network_is_an_id_or_a_name() -> None:
    known = next(iter(lists.networks()))

    assert accepted_city(networks=[{"id": known}]).networks == (Membership(known),)
    assert refused_city(networks=[{"id": known, "name": "x"}]) == [("id-or-name", "networks.1")]
    assert refused_city(networks=[{"role": "member"}]) == [("id-or-name", "networks.1")]
    assert refused_city(networks=[{"id": "no-such-network"}]) == [("unknown-code", "networks.1.id")]


@pytest.mark.parametrize(
    ("key", "most", "one"),
    [
        ("capacities", 30, {"title": "A", "kind": "training"}),
        ("investments", 30, {"title": "A"}),
        ("needs", 30, {"title": "A"}),
        ("sisters", 100, {"city": "a-city"}),
        ("networks", 50, {"name": "A"}),
    ],
)
def test_lists_have_their_limits(key: str, most: int, one: dict[str, Any]) -> None:
    assert refused_city(**{key: [one] * most}) == []
    assert refused_city(**{key: [one] * (most + 1)}) == [("too-many", key)]


@pytest.mark.parametrize("city", ["x", "Tabriz", "تبریز", "a--b", "-ab", "ab-", "a" * 41, "a_b", "../a", ""])
def test_an_id_of_a_city_is_plain(city: str) -> None:
    with pytest.raises(Invalid) as error:
        accept_city(CITY, "", city=city)

    assert [fault.code for fault in error.value.faults] == ["not-a-city-id"]


def test_all_faults_come_at_once() -> None:
    assert refused_city(
        country="Iran", climate="hot", website="tabriz.ir", mayor="x", languages=["fa", "fa"]
    ) == [
        ("unknown-code", "country"),
        ("unknown-value", "climate"),
        ("twice", "languages.2"),
        ("not-a-web-address", "website"),
        ("unknown-key", "mayor"),
    ]
