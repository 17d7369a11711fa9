"""The list of cities by country."""

from knowledgebase.domain.record import CityLine
from knowledgebase.web.city_list import city_list

LINES = (
    CityLine("seoul", {"en": "Seoul", "fa": "سئول"}, "KR", 2),
    CityLine("tabriz", {"en": "Tabriz", "fa": "تبریز"}, "IR", 1),
    CityLine("isfahan", {"en": "Isfahan", "fa": "اصفهان"}, "IR", 0),
    CityLine("leipzig", {"en": "Leipzig", "fa": "لایپزیگ"}, "DE", 1),
)


def test_countries_and_cities_stand_in_the_order_of_the_language() -> None:
    shown = city_list(LINES, "fa")

    assert [group.name for group in shown.groups] == ["آلمان", "ایران", "کرهٔ جنوبی"]
    assert [city.name for city in shown.groups[1].cities] == ["اصفهان", "تبریز"]


def test_every_letter_of_the_index_leads_to_the_first_country_that_begins_with_it() -> None:
    lines = (*LINES, CityLine("tokyo", {"en": "Tokyo"}, "JP", 1), CityLine("pune", {"en": "Pune"}, "IN", 1))

    shown = city_list(lines, "en")

    assert [(letter.letter, letter.anchor) for letter in shown.letters] == [
        ("G", "country-de"),
        ("I", "country-in"),
        ("J", "country-jp"),
        ("S", "country-kr"),
    ]


def test_the_sums_are_told_in_words_and_digits_of_the_language() -> None:
    shown = city_list(LINES, "fa")

    assert (shown.cities, shown.countries, shown.cases) == ("۴ شهر", "۳ کشور", "۴ تجربه")


def test_an_empty_site_has_no_groups_and_no_letters() -> None:
    shown = city_list((), "en")

    assert (shown.groups, shown.letters, shown.cities) == ((), (), "0 cities")


def test_a_city_without_a_name_in_the_language_keeps_its_english_one() -> None:
    shown = city_list([CityLine("pune", {"en": "Pune"}, "IN", 1)], "fa")

    assert shown.groups[0].cities[0].name == "Pune"
