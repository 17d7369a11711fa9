"""What a city gives, wants and has agreed: what is over shows as over, what one city says alone too."""

from collections.abc import Mapping
from datetime import date

from knowledgebase.domain.city import Capacity, Investment, Membership, Need, Sister
from knowledgebase.domain.record import Listed
from knowledgebase.services.reading import CityPage
from knowledgebase.web.city_dealings import capacities, investments, needs, networks, sisters
from tests.make import a_city, a_city_record, a_date, a_quantity

TODAY = date(2026, 11, 24)


def page(*agreements: Sister, named: Mapping[str, Mapping[str, str]], confirmed: frozenset[str]) -> CityPage:
    return CityPage(a_city_record(a_city(sisters=agreements)), Listed((), 0), named, confirmed)


def test_a_need_past_its_date_is_closed_and_stands_last() -> None:
    wanted = [Need("Past", until=a_date("2025")), Need("Open", until=a_date("2026")), Need("For ever")]

    shown = needs(wanted, TODAY, "en")

    assert [(one.title, one.is_closed) for one in shown] == [
        ("Open", False),
        ("For ever", False),
        ("Past", True),
    ]


def test_a_date_is_over_only_after_its_last_day() -> None:
    assert not capacities([Capacity("Course", "training", until=a_date("2026-11-24"))], TODAY, "en")[
        0
    ].is_closed
    assert capacities([Capacity("Course", "training", until=a_date("2026-11-23"))], TODAY, "en")[0].is_closed


def test_an_investment_is_closed_by_its_stage_too() -> None:
    tram = Investment("Tram", amount=a_quantity("2500000"), currency="EUR", stage="closed")

    shown = investments([tram], TODAY, "fa")[0]

    assert shown.is_closed
    assert [(fact.label, fact.values[0].text) for fact in shown.facts] == [
        ("مبلغ", "۲٫۵ میلیون یورو"),
        ("مرحله", "بسته‌شده"),
    ]


def test_an_agreement_that_only_one_city_names_says_so() -> None:
    seoul, shiraz = Sister("seoul"), Sister("Shiraz", status="ended")
    names = {"seoul": {"en": "Seoul", "fa": "سئول"}}

    shown = sisters(page(shiraz, seoul, named=names, confirmed=frozenset({"seoul"})), "en")

    assert [one.city.text for one in shown] == ["Seoul", "Shiraz"]
    assert shown[0].city.address == "/en/cities/seoul"
    assert shown[0].remark is None
    assert shown[1].city.address is None
    assert shown[1].remark == ("named by \u2068Tehran\u2069, not confirmed by \u2068Shiraz\u2069")


def test_a_known_network_has_a_page_and_another_one_its_name() -> None:
    city = a_city(networks=(Membership("c40", a_date("2012"), "member"), Membership("Cities of Silk")))

    shown = networks(city, "en")

    assert [one.name.address for one in shown] == ["/en/networks/c40", None]
    assert shown[1].name.text == "Cities of Silk"
