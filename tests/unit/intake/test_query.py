"""Query strings: rows S4 to S8 of the contract; nothing a reader can type is an error."""

import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledgebase.domain.query import FACETS, PAGE_SIZE, QUESTION_MAX, SIZE_MAX, WINDOW_MAX, Query, Sort
from knowledgebase.intake.query import VALUES_MAX, address, read

LAST_PAGE = WINDOW_MAX // PAGE_SIZE


def test_no_parameters_are_an_empty_query() -> None:
    assert read({}) == Query()
    assert address(Query()) == ()


def test_every_parameter_is_read() -> None:
    query = read(
        {
            "q": ["clean air"],
            "topic": ["water", "air"],
            "city": ["tabriz"],
            "country": ["ir"],
            "language": ["fa"],
            "status": ["operating"],
            "year": ["2019", "۲۰۲۰"],
            "tag": ["Metro"],
            "written_by": ["city"],
            "sort": ["newest"],
            "page": ["2"],
        }
    )

    assert query == Query(
        text="clean air",
        filters={
            "topic": ("air", "water"),
            "city": ("tabriz",),
            "country": ("IR",),
            "language": ("fa",),
            "status": ("operating",),
            "year": ("2019", "2020"),
            "tag": ("metro",),
            "written_by": ("city",),
        },
        sort=Sort.NEWEST,
        page=2,
    )


def test_an_address_is_stable_and_leaves_defaults_out() -> None:
    one = read({"page": ["1"], "topic": ["water", "air"], "q": [" هوا "], "sort": ["best"], "year": ["2019"]})
    other = read({"year": ["2019"], "topic": ["air", "water", "air"], "q": ["هوا"]})

    assert one == other
    assert address(one) == (("q", "هوا"), ("topic", "air"), ("topic", "water"), ("year", "2019"))


@pytest.mark.parametrize(
    "text",
    [
        '{"match_all": {}}',
        '{"$gt": ""}',
        "_exists_:title",
        "*:*",
        "title:smog",
        "/re.*/",
        "smog~2",
        "a AND b OR (c)",
        "[1 TO 2]",
        "<script>alert(1)</script>",
        "%00",
        "'; DROP TABLE cases;--",
        "{{7*7}}",
    ],
)
def test_the_language_of_an_engine_is_text(text: str) -> None:
    assert read({"q": [text]}).text == text


def test_several_questions_are_the_first() -> None:
    assert read({"q": ["one", "two"]}).text == "one"
    assert read({"q": []}).text == ""


def test_a_question_is_cut_at_256_characters_and_32_words_and_says_so() -> None:
    assert read({"q": ["x" * QUESTION_MAX]}) == Query(text="x" * QUESTION_MAX)
    assert read({"q": ["x" * 100_000]}) == Query(text="x" * QUESTION_MAX, is_cut=True)
    assert read({"q": ["a " * 32]}) == Query(text=" ".join("a" * 32))
    assert read({"q": ["a " * 5_000]}) == Query(text=" ".join("a" * 32), is_cut=True)


def test_marks_of_excerpts_controls_and_broken_characters_are_dropped() -> None:
    assert read({"q": ["a\ue000b\uf8ffc\U000f0000d\0e\x1bf\ud800g\uffffh"]}).text == "abcdefgh"


def test_line_breaks_and_tabs_are_spaces() -> None:
    assert read({"q": [" a\r\nb\tc\u2028d\ve "]}).text == "a b c d e"


def test_half_spaces_and_quotes_stay() -> None:
    assert read({"q": ['"می\u200cشود" -دود']}).text == '"می\u200cشود" -دود'


@pytest.mark.parametrize(
    ("page", "meant"),
    [
        ("3", 3),
        ("۳", 3),
        ("٣", 3),
        (" 3 ", 3),
        ("003", 3),
        ("50", 50),
        ("51", LAST_PAGE),
        ("1000000000", LAST_PAGE),
        ("9" * 5_000, LAST_PAGE),
        ("0" * 5_000 + "2", 2),
        ("0", 1),
        ("-1", 1),
        ("²", 1),
        ("1.5", 1),
        ("1e3", 1),
        ("two", 1),
        ("", 1),
        ("\ud800", 1),
        ("+2", 1),
    ],
)
def test_a_page_is_always_one_that_may_be_asked_for(page: str, meant: int) -> None:
    assert read({"page": [page]}).page == meant


def test_the_size_of_a_page_is_the_interface_s_own_unless_the_api_allows_it() -> None:
    assert read({"size": ["50"]}).size == PAGE_SIZE
    assert read({"size": ["50"]}, size_max=SIZE_MAX).size == 50
    assert read({"size": ["5000"]}, size_max=SIZE_MAX).size == SIZE_MAX
    assert read({"size": ["-1"]}, size_max=SIZE_MAX).size == PAGE_SIZE
    assert read({}, size_max=SIZE_MAX).size == PAGE_SIZE


def test_no_parameter_is_slow_to_read() -> None:
    long = ["0" * 100_000 + "x", "a" * 100_000, "\u200c" * 100_000, "-a" * 50_000, " " * 100_000 + "x"]

    started = time.process_time()
    for name in ("q", *FACETS, "sort", "page", "size"):
        read({name: long}, size_max=SIZE_MAX)

    assert time.process_time() - started < 1.0


@settings(deadline=None)
@given(page=st.text(max_size=10), size=st.integers(0, 300))
def test_no_page_leaves_the_window(page: str, size: int) -> None:
    query = read({"page": [page], "size": [str(size)]}, size_max=SIZE_MAX)

    assert query.page >= 1
    assert query.offset + query.size <= WINDOW_MAX


@pytest.mark.parametrize(
    "name", ["topics", "facet", "q[]", "__proto__", "order", "filter[topic]", "x" * 10_000]
)
def test_unknown_names_are_ignored(name: str) -> None:
    assert read({name: ["x"]}) == Query()


@pytest.mark.parametrize("name", FACETS)
@pytest.mark.parametrize("value", ["", "  ", "\0", "\u202e", "\ue000"])
def test_values_that_show_nothing_are_left_out(name: str, value: str) -> None:
    assert read({name: [value]}).filters == {} or name == "tag"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("topic", "smog"),
        ("topic", "AIR"),
        ("city", "Tabriz!"),
        ("country", "XX"),
        ("language", "farsi"),
        ("status", "best"),
        ("year", "20"),
        ("year", "²⁰¹⁹"),
        ("year", "9" * 5_000),
        ("written_by", "nobody"),
        ("sort", "random"),
    ],
)
def test_values_outside_their_list_are_left_out(name: str, value: str) -> None:
    assert read({name: [value]}) == Query()


def test_a_tag_is_matched_however_it_is_spelled() -> None:
    spellings = ["كيفيت  هوا", "کیفیت هوا", "کیفیت\u200cهوا"]

    assert {read({"tag": [spelling]}).filters["tag"] for spelling in spellings} == {("کیفیت هوا",)}


def test_at_most_twenty_values_of_a_facet_are_kept() -> None:
    query = read({"city": [f"city-{number:03}" for number in range(1_000)]})

    assert len(query.filters["city"]) == VALUES_MAX


_values = st.one_of(
    st.text(max_size=30), st.sampled_from(["air", "tabriz", "IR", "fa", "2019", "city", "operating"])
)
_arguments = st.dictionaries(
    st.sampled_from(["q", *FACETS, "sort", "page", "size", "x"]), st.lists(_values, max_size=4), max_size=6
)


@settings(deadline=None)
@given(args=_arguments)
def test_an_address_leads_back_to_its_query(args: Mapping[str, list[str]]) -> None:
    query = read(args, size_max=SIZE_MAX)
    again: dict[str, list[str]] = {}
    for name, value in address(query):
        again.setdefault(name, []).append(value)

    assert read(again, size_max=SIZE_MAX) == query
    assert address(read(again, size_max=SIZE_MAX)) == address(query)
