"""A case or city as a file: the gate reads it back as the very same value."""

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.intake.case import accept
from knowledgebase.intake.case_keys import CaseKeys
from knowledgebase.intake.city import accept_city
from knowledgebase.intake.city_keys import CityKeys
from knowledgebase.intake.export import case_file, city_file
from knowledgebase.intake.frontmatter import parse
from knowledgebase.intake.yaml_text import scalar
from tests.make import a_case, a_city, a_full_case, a_full_city
from tests.unit.intake.raw import BODY, CITY, CONCEPTS, FULL, TODAY, accepted, accepted_city
from tests.unit.intake.raw_cases import AWKWARD, bodies, raw_cases, raw_cities

patiently = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def read_back(text: str) -> Case:
    raw = parse(text.encode())
    return accept(
        raw.mapping,
        raw.body,
        city="tabriz",
        slug="clean-air",
        lines=raw.lines,
        today=TODAY,
        concepts=CONCEPTS,
    )


def city_back(text: str) -> City:
    raw = parse(text.encode())
    return accept_city(raw.mapping, raw.body, city="tabriz", lines=raw.lines, today=TODAY)


@patiently
@given(raw=raw_cases(), body=bodies)
def test_every_valid_case_comes_back_as_itself(raw: dict[str, Any], body: str) -> None:
    case = accepted(body, **raw)

    text = case_file(case)

    assert read_back(text) == case
    assert case_file(read_back(text)) == text


@pytest.mark.parametrize("case", [a_case(), a_full_case()], ids=["short", "full"])
def test_the_cases_of_the_tests_pass_the_gate(case: Case) -> None:
    raw = parse(case_file(case).encode())

    assert accept(raw.mapping, raw.body, city=case.city, slug=case.slug) == case


@pytest.mark.parametrize("city", [a_city(), a_full_city()], ids=["short", "full"])
def test_the_cities_of_the_tests_pass_the_gate(city: City) -> None:
    raw = parse(city_file(city).encode())

    assert accept_city(raw.mapping, raw.body, city=city.id) == city


def test_the_full_values_of_the_tests_leave_no_key_out() -> None:
    assert set(parse(case_file(a_full_case()).encode()).mapping) == set(CaseKeys.model_fields) - {
        "written_by"
    }
    assert set(parse(city_file(a_full_city()).encode()).mapping) == set(CityKeys.model_fields)


@patiently
@given(raw=raw_cities())
def test_every_valid_city_comes_back_as_itself(raw: dict[str, Any]) -> None:
    city = accept_city(raw, "A [1] city.", city="tabriz", today=TODAY)

    text = city_file(city)

    assert city_back(text) == city
    assert city_file(city_back(text)) == text


def test_a_case_with_every_key_writes_every_key_in_the_order_of_the_format() -> None:
    written = parse(case_file(accepted(**FULL)).encode()).mapping

    assert list(written) == list(CaseKeys.model_fields)


def test_a_city_with_every_key_writes_every_key_in_the_order_of_the_format() -> None:
    written = parse(city_file(accepted_city("Text")).encode()).mapping

    assert list(written) == list(CityKeys.model_fields)


def test_the_text_is_canonical() -> None:
    case = accepted(
        language="fa",
        title="هوای پاک: طرح یک",
        tags=["هوا", "a, b"],
        started="۱۳۹۸-۰۷",
        cost={"capital": {"amount": "۱٫۵۰", "currency": "تومان", "year": "1398"}},
        results=[{"indicator": "دوده", "what": "outcome", "before": {"value": "12", "date": "2018"}}],
        sources=[{"title": "No", "url": "https://example.org/r#2"}],
    )

    assert case_file(case).partition("\n---\n")[0] == (
        "---\n"
        "title: 'هوای پاک: طرح یک'\n"
        "summary: The city closed its centre to old diesels. Soot fell by a third.\n"
        "language: fa\n"
        "topics: [air]\n"
        "tags: [هوا, 'a, b']\n"
        "status: operating\n"
        "started: 1398-07\n"
        "cost:\n"
        "  capital:\n"
        "    amount: 1.50\n"
        "    currency: toman\n"
        "    year: 1398\n"
        "results:\n"
        "  - indicator: دوده\n"
        "    what: outcome\n"
        "    before:\n"
        "      value: 12\n"
        "      date: 2018\n"
        "sources:\n"
        "  - title: 'No'\n"
        "    url: https://example.org/r#2"
    )


def test_a_file_ends_with_one_newline() -> None:
    assert case_file(accepted()).endswith("Cleaner air.\n")
    assert city_file(accepted_city()).endswith("\n---\n")


def test_long_lines_are_not_folded() -> None:
    summary = "شهر مرکز خود را به روی دیزل‌های کهنه بست و دوده کم شد. " * 6

    assert f"\nsummary: {summary.strip()}\n" in case_file(accepted(summary=summary))


def test_an_id_of_a_known_network_is_written_as_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledgebase.text.lists import Network, networks

    networks.cache_clear()
    monkeypatch.setattr("knowledgebase.text.lists.networks", lambda: {"c40": Network("c40", {"en": "C40"})})

    text = city_file(accepted_city(networks=[{"id": "c40", "role": "member"}, {"name": "Other"}]))

    assert "networks:\n  - id: c40\n    role: member\n  - name: Other\n" in text


@pytest.mark.parametrize("text", AWKWARD)
@pytest.mark.parametrize("in_list", [False, True])
def test_every_text_is_read_back_by_any_reader_of_yaml(text: str, in_list: bool) -> None:
    written = f"a: [{scalar(text, in_list=True)}]" if in_list else f"a: {scalar(text)}"

    read = yaml.safe_load(written)["a"]

    assert read == ([text] if in_list else text)


@pytest.mark.parametrize(
    "text", ["Clean air", "هوای پاک", "می\u200cشود", "it's 40% (nearly)", "https://a.ir/b?c=d"]
)
def test_ordinary_texts_are_not_quoted(text: str) -> None:
    assert scalar(text) == text


def test_the_example_of_every_key_is_really_one() -> None:
    assert set(FULL) == set(CaseKeys.model_fields)
    assert set(CITY) == set(CityKeys.model_fields)
    assert accepted(BODY, **FULL).results
