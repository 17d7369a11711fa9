"""Search as a reader meets it: languages, typos, filters, pages; the same on both sets of parts."""

import random
from collections import Counter

import pytest

from knowledgebase.domain.query import Query, Results
from knowledgebase.intake.query import read
from knowledgebase.services import searching
from knowledgebase.services.loosening import loosen
from knowledgebase.services.site import Site
from tests.counting import counting
from tests.sites import Folder, found, publish


def search(site: Site, text: str = "", **filters: str) -> Results:
    query = read({"q": [text], **{name: [value] for name, value in filters.items()}})
    return searching.search(site, query, language="en")


@pytest.fixture
def library(folder: Folder) -> Folder:
    folder.case("tehran/smog", title="آلودگی هوا در تهران", language="fa", topics="air", tags="دود")
    folder.case("london/zone", title="Cutting air pollution in London", topics="air, mobility", tags="cars")
    folder.case("madrid/aire", title="Contaminación del aire", language="es", topics="air", tags="coches")
    folder.case("tehran/waste", title="تفکیک پسماند", language="fa", topics="waste", tags="زباله")
    folder.case("london/waste", title="Sorting food waste", topics="waste", tags="cars", started="2015")
    return folder


@pytest.mark.parametrize("typed", ["آلودگی هوا", "آلودگي هوا", "air pollution", "contaminación del aire"])
def test_one_question_finds_the_cases_of_every_language(each_site: Site, library: Folder, typed: str) -> None:
    publish(each_site, library)

    assert set(found(each_site, typed)[:3]) == {"tehran/smog", "london/zone", "madrid/aire"}


def test_the_readers_own_words_come_first(each_site: Site, library: Folder) -> None:
    publish(each_site, library)

    assert found(each_site, "آلودگی هوا")[0] == "tehran/smog"
    assert found(each_site, "cutting air pollution")[0] == "london/zone"


def test_a_mistyped_word_is_repaired_and_said(each_site: Site, library: Folder) -> None:
    publish(each_site, library)

    results = search(each_site, "polution london")

    assert results.repaired == "pollution london"
    assert results.hits[0].card.id == "london/zone"


def test_a_word_that_only_the_vocabulary_knows_is_not_mistyped(each_site: Site, library: Folder) -> None:
    library.case("lyon/nappe", title="L'eau sous la ville", language="fr", topics="water", tags="charlon")
    publish(each_site, library)

    assert search(each_site, "charbon").repaired is None
    assert search(each_site, "charlom").repaired == "charlon"


def test_a_mistyped_word_is_repaired_from_the_vocabulary(each_site: Site, library: Folder) -> None:
    library.case("delhi/coal", title="The end of coal burning", topics="air", tags="coal")
    publish(each_site, library)

    results = search(each_site, "le charbo")

    assert results.repaired == "le charbon"
    assert [hit.card.id for hit in results.hits] == ["delhi/coal"]


def test_a_word_that_cases_hold_is_preferred_to_a_label(site: Site, library: Folder) -> None:
    library.case("lyon/nappe", title="L'eau sous la ville", language="fr", topics="water", tags="charlon")
    publish(site, library)

    assert search(site, "charon").repaired == "charlon"


def test_a_mistyped_word_is_not_replaced_inside_another(site: Site, library: Folder) -> None:
    publish(site, library)

    assert search(site, "-antipolution polution").repaired == "-antipolution pollution"


def test_a_known_word_is_never_repaired(site: Site, library: Folder) -> None:
    publish(site, library)

    assert search(site, "waste").repaired is None


def test_phrases_and_exclusions(each_site: Site, library: Folder) -> None:
    publish(each_site, library)

    assert found(each_site, '"food waste"') == ["london/waste"]
    assert found(each_site, '"waste food"') == []
    assert "london/zone" not in found(each_site, "air -london")


def test_asked_words_are_marked_in_title_and_excerpt(site: Site, library: Folder) -> None:
    publish(site, library)

    hit = search(site, "food").hits[0]

    assert [piece.text for piece in hit.title if piece.is_marked] == ["food"]


def test_facets_count_without_their_own_choice(each_site: Site, library: Folder) -> None:
    publish(each_site, library)

    results = search(each_site, topic="waste", language="fa")

    topics = {value.value: value.cases for value in results.facets["topic"].values}
    languages = {value.value: value.cases for value in results.facets["language"].values}
    assert topics == {"air": 1, "waste": 1}
    assert languages == {"en": 1, "fa": 1}


def test_a_chosen_value_without_cases_stays_to_be_unchosen(site: Site, library: Folder) -> None:
    publish(site, library)

    results = search(site, topic="energy")

    assert [(value.value, value.cases) for value in results.facets["topic"].values if value.is_selected] == [
        ("energy", 0)
    ]


def test_nothing_found_says_which_filter_to_give_up(each_site: Site, library: Folder) -> None:
    publish(each_site, library)
    query = read({"q": ["waste"], "topic": ["air"], "city": ["london"]})

    assert {looser.dropped: looser.total for looser in loosen(each_site, query)} == {
        ("topic",): 1,
        ("topic", "city"): 2,
    }


def test_advice_is_about_the_repaired_word(each_site: Site, library: Folder) -> None:
    publish(each_site, library)
    query = read({"q": ["waaste"], "topic": ["air"], "city": ["london"]})

    repaired = searching.search(each_site, query, language="en").repaired

    assert repaired == "waste"
    assert loosen(each_site, query) == ()
    assert [looser.dropped for looser in loosen(each_site, query, repaired=repaired)] == [
        ("topic",),
        ("topic", "city"),
    ]


def test_pages_do_not_overlap_and_miss_nothing(each_site: Site, folder: Folder) -> None:
    for number in range(45):
        folder.case(f"tehran/case-{number:02}", title="The same words")
    publish(each_site, folder)

    pages = [
        [
            hit.card.id
            for hit in searching.search(each_site, Query(text="words", page=page), language="en").hits
        ]
        for page in (1, 2, 3, 4)
    ]

    assert [len(page) for page in pages] == [20, 20, 5, 0]
    assert len({case_id for page in pages for case_id in page}) == 45


def test_a_search_asks_at_most_four_statements(site: Site, library: Folder) -> None:
    publish(site, library)
    search(site)  # the first one opens the index

    with counting(site.store) as counted:
        search(site, "polution in london", topic="air")

    assert counted.number <= 4


def test_both_sets_of_parts_answer_alike(site: Site, big_app: object, library: Folder) -> None:
    from flask import Flask

    from tests.sites import site_of

    assert isinstance(big_app, Flask)
    big = site_of(big_app)
    publish(site, library)
    publish(big, library)

    for typed in ("air pollution", "پسماند", "waste -food", "cars", "", "polution"):
        one, other = search(site, typed), search(big, typed)
        assert [hit.card.id for hit in one.hits] == [hit.card.id for hit in other.hits]
        assert one.facets == other.facets


def test_two_hundred_random_filters_count_what_the_database_holds(site: Site, folder: Folder) -> None:
    chance = random.Random(7)  # noqa: S311 - the same every time
    rows = []
    for number in range(60):
        row = {
            "city": chance.choice(["tehran", "london", "lima"]),
            "topic": chance.choice(["air", "waste", "water"]),
            "language": chance.choice(["fa", "en"]),
            "year": str(chance.randint(2015, 2018)),
            "tag": chance.choice(["one", "two"]),
        }
        rows.append(row)
        folder.case(
            f"{row['city']}/case-{number}",
            topics=row["topic"],
            language=row["language"],
            started=row["year"],
            tags=row["tag"],
        )
    publish(site, folder)

    for _ in range(200):
        names = chance.sample(["city", "topic", "language", "year", "tag"], chance.randint(0, 3))
        chosen = {name: chance.choice(rows)[name] for name in names}
        results = search(site, **chosen)
        for facet in ("city", "topic", "language", "year", "tag"):
            others = {name: value for name, value in chosen.items() if name != facet}
            expected = Counter(
                row[facet] for row in rows if all(row[name] == value for name, value in others.items())
            )
            counted = {value.value: value.cases for value in results.facets[facet].values if value.cases}
            assert counted == dict(expected)
