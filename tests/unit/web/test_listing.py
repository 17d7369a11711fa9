"""Filters, chips, orders and pages round a list."""

from knowledgebase.domain.query import Facet, FacetValue, Query, Sort
from knowledgebase.domain.topic import Topic
from knowledgebase.web.labels import Names
from knowledgebase.web.listing import (
    CHIP_BYTES_MAX,
    SHOWN,
    WHOLE_MAX,
    chips,
    facet_views,
    pager,
    pages_of,
    sorts,
    without,
)

NAMES = Names({"tehran": {"en": "Tehran", "fa": "تهران"}}, {"هوا": "هوا"})


def values(count: int, *, selected: int | None = None) -> tuple[FacetValue, ...]:
    return tuple(FacetValue(f"tag{at}", 100 - at, at == selected) for at in range(count))


def test_filters_stand_in_their_fixed_order_with_words() -> None:
    facets = {
        "year": Facet((FacetValue("2019", 3),)),
        "country": Facet((FacetValue("IR", 4),)),
        "topic": Facet((FacetValue("air", 1234),)),
        "tag": Facet(()),
    }

    views = facet_views(facets, NAMES, "fa")

    assert [view.name for view in views] == ["topic", "country", "year"]
    assert [view.choices[0].label for view in views] == ["کیفیت هوا", "ایران", "۲۰۱۹ (۱۳۹۷–۹۸)"]
    assert views[0].choices[0].count == "۱٬۲۳۴"


def test_a_long_filter_says_that_it_is_cut() -> None:
    (view,) = facet_views({"tag": Facet(values(SHOWN + 5))}, NAMES, "en")

    assert (len(view.choices), len(view.more), view.is_cut) == (SHOWN, 0, True)


def test_all_topics_are_there_those_past_the_first_folded_away() -> None:
    facet = Facet(tuple(FacetValue(topic, 1) for topic in Topic))

    (view,) = facet_views({"topic": facet}, NAMES, "en")

    assert (len(view.choices), len(view.more), view.is_cut) == (SHOWN, len(Topic) - SHOWN, False)


def test_a_filter_asked_whole_stands_alone_and_is_cut_far_behind() -> None:
    facets = {"tag": Facet(values(WHOLE_MAX + 5)), "country": Facet((FacetValue("IR", 4),))}

    (view,) = facet_views(facets, NAMES, "en", "tag")

    assert (view.name, len(view.choices), len(view.more), view.is_cut) == ("tag", WHOLE_MAX, 0, True)


def test_chips_stop_before_their_addresses_fill_the_page() -> None:
    query = Query(filters={"city": tuple(f"city-of-some-length-{at}" for at in range(60))})

    shown = chips(query, NAMES, "en")

    assert 0 < len(shown) < 60
    assert sum(len(chip.address) for chip in shown) <= CHIP_BYTES_MAX


def test_a_chosen_value_is_always_seen() -> None:
    (view,) = facet_views({"tag": Facet(values(SHOWN + 5, selected=SHOWN + 2))}, NAMES, "en")

    assert view.choices[-1].value == f"tag{SHOWN + 2}"
    assert view.is_open


def test_each_chip_leads_to_the_search_without_it() -> None:
    query = Query("air", {"city": ("tehran",), "topic": ("air", "waste")}, sort=Sort.NEWEST, page=3)

    shown = chips(query, NAMES, "en")

    assert [(chip.facet, chip.label) for chip in shown] == [
        ("Topic", "Air quality"),
        ("Topic", "Waste and circular economy"),
        ("City", "Tehran"),
    ]
    assert shown[0].address == "/en/search?q=air&topic=waste&city=tehran&sort=newest"
    assert shown[2].address == "/en/search?q=air&topic=air&topic=waste&sort=newest"


def test_removing_the_last_value_removes_the_filter() -> None:
    assert without(Query(filters={"city": ("tehran",)}), "city", "tehran").filters == {}


def test_the_order_keeps_question_and_filters() -> None:
    best, newest = sorts(Query("air", {"topic": ("air",)}, page=2), "en")

    assert (best.address, best.is_current) == ("/en/search?q=air&topic=air", True)
    assert (newest.address, newest.is_current) == ("/en/search?q=air&topic=air&sort=newest", False)


def test_people_see_a_thousand_cases_at_most() -> None:
    assert (pages_of(0, 20), pages_of(21, 20), pages_of(200_000, 20)) == (0, 2, 50)


def test_one_page_needs_no_pager() -> None:
    assert pager("/en/search", 1, 1, "en") is None


def test_a_pager_names_ends_and_neighbours() -> None:
    shown = pager("/fa/search?q=x", 5, 9, "fa")

    assert shown is not None
    assert [link.label if link else None for link in shown.links] == ["۱", None, "۴", "۵", "۶", None, "۹"]
    assert (shown.back, shown.next) == ("/fa/search?q=x&page=4", "/fa/search?q=x&page=6")


def test_the_first_page_has_no_number_in_its_address() -> None:
    shown = pager("/en/topics/air", 2, 2, "en")

    assert shown is not None
    assert (shown.back, shown.next) == ("/en/topics/air", None)
