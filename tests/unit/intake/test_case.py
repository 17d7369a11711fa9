"""The gate for cases: every rule of the format both ways, all faults at once, in the order of lines."""

from decimal import Decimal
from typing import Any

import pytest

from knowledgebase.domain.case import Case, Writer, WriterKind
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.money import Quantity
from knowledgebase.domain.topic import Topic
from knowledgebase.intake.case import accept
from tests.unit.intake.raw import BODY, FULL, SNAPSHOT, TODAY, a_raw, accepted, faults, file_faults, refused

EDITORS = {"written_by": {"kind": "editors"}, "status_as_of": {"date": "2025"}}
SOURCES = [{"title": "Report"}, {"title": "Study"}]


def a_result(**changes: Any) -> dict[str, Any]:
    return {"indicator": "Soot", "what": "outcome", **changes}


def test_a_snapshot_is_accepted_with_the_defaults_of_the_format() -> None:
    case = accepted()

    assert case == Case(
        id="tabriz/clean-air",
        language="en",
        title="Clean air zone",
        summary="The city closed its centre to old diesels. Soot fell by a third.",
        body=BODY,
        topics=(Topic.AIR,),
        status=case.status,
    )
    assert (case.written_by, case.license) == (Writer(WriterKind.CITY), "CC-BY-4.0")


def test_a_full_case_is_accepted() -> None:
    case = accepted(**FULL)

    assert case.started is not None
    assert (case.year, case.evidence.level) == (2019, 4)


@pytest.mark.parametrize("key", list(SNAPSHOT))
def test_every_key_of_the_snapshot_is_required(key: str) -> None:
    missing = refused(**{key: None})

    assert ("required", key) in missing
    assert refused(**{key: ""}) == missing


def test_an_unknown_key_is_refused_at_every_depth() -> None:
    assert refused(titel="x") == [("unknown-key", "titel")]
    assert refused(cost={"price": "3"}) == [("unknown-key", "cost.price")]
    assert refused(results=[a_result(before={"value": "1", "when": "2019"})]) == [
        ("unknown-key", "results.1.before.when")
    ]
    assert refused(id="tabriz/other") == [("unknown-key", "id")]


def test_two_thousand_unknown_keys_are_two_thousand_faults() -> None:
    assert len(refused(**{f"k{number}": "x" for number in range(2_000)})) == 2_000


@pytest.mark.parametrize("key", sorted(set(FULL) - set(SNAPSHOT)))
@pytest.mark.parametrize("nothing", ["", None, " "])
def test_an_empty_value_of_an_optional_key_counts_as_left_out(key: str, nothing: str | None) -> None:
    raw = {**SNAPSHOT, key: nothing}

    assert accept(raw, BODY, city="tabriz", slug="clean-air", today=TODAY) == accepted()


def test_an_empty_map_says_nothing() -> None:
    empty = {"context": {}, "cost": {"capital": ""}, "beneficiaries": {"groups": []}, "contact": {}}

    assert accepted(**empty, translations={}, tags=[]) == accepted()


@pytest.mark.parametrize(
    "key", ["topics", "tags", "partners", "sdgs", "offers", "sources", "results", "formerly"]
)
def test_one_value_where_a_list_belongs_is_refused_by_that_name(key: str) -> None:
    assert ("not-a-list", key) in refused(**{key: "air"})


@pytest.mark.parametrize("key", ["written_by", "cost", "context", "cover", "translations", "status_as_of"])
def test_one_value_where_a_map_belongs_is_refused_by_that_name(key: str) -> None:
    assert ("not-a-map", key) in refused(**{key: "text"})


@pytest.mark.parametrize("key", ["title", "status", "started", "months_to_implement"])
def test_a_list_where_one_value_belongs_is_refused_by_that_name(key: str) -> None:
    assert ("not-one-value", key) in refused(**{key: ["x"]})


def test_limits_of_texts() -> None:
    assert refused(title="x" * 120, summary="y" * 400, tags=["z" * 40]) == []
    assert refused(title="x" * 121, summary="y" * 401, tags=["z" * 41]) == [
        ("too-long", "title"),
        ("too-long", "summary"),
        ("too-long", "tags.1"),
    ]


def test_one_to_three_different_topics() -> None:
    assert accepted(topics=["water", "air", "waste"]).topics == (Topic.WATER, Topic.AIR, Topic.WASTE)
    assert refused(topics=[]) == [("required", "topics")]
    assert refused(topics=["air", "water", "waste", "energy"]) == [("too-many", "topics")]
    assert refused(topics=["air", "air"]) == [("twice", "topics.2")]
    assert refused(topics=["smog"]) == [("unknown-value", "topics.1")]


def test_ten_tags_and_no_twins() -> None:
    assert len(accepted(tags=[f"tag {number}" for number in range(10)]).tags) == 10
    assert refused(tags=[f"tag {number}" for number in range(11)]) == [("too-many", "tags")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Metro", "metro"),
        ("کیفیت هوا", "كيفيت هوا"),
        ("بازآفرینی شهری", "بازآفريني شهري"),
        ("می\u200cشود", "می شود"),
        ("۱۲", "12"),
    ],
)
def test_tags_that_match_alike_are_twins(first: str, second: str) -> None:
    assert refused(tags=[first, "other", second]) == [("twice", "tags.3")]


def test_a_tag_is_shown_as_written() -> None:
    assert accepted(tags=["كيفيت هوا"]).tags == ("كيفيت هوا",)


def test_an_empty_tag_is_refused() -> None:
    assert refused(tags=["a", ""]) == [("required", "tags.2")]


def test_concepts_must_be_in_the_vocabulary() -> None:
    assert accepted(concepts=["emissions"]).concepts == ("emissions",)
    assert refused(concepts=["emissions", "no-such-term"]) == [("unknown-code", "concepts.2")]


def test_goals_are_numbers_from_1_to_17() -> None:
    assert accepted(sdgs=["1", "۱۷"]).sdgs == (1, 17)
    assert refused(sdgs=["0", "18", "x"]) == [
        ("out-of-range", "sdgs.1"),
        ("out-of-range", "sdgs.2"),
        ("not-a-whole-number", "sdgs.3"),
    ]


def test_former_slugs_are_slugs() -> None:
    assert accepted(formerly=["old-name", "نام-پیشین"]).formerly == ("old-name", "نام-پیشین")
    assert refused(formerly=["Old name", "../x", "a\u200bb"]) == [
        ("not-a-slug", "formerly.1"),
        ("not-a-slug", "formerly.2"),
        ("not-a-slug", "formerly.3"),
    ]
    assert refused(formerly=["clean-air"]) == [("own-slug", "formerly.1")]


def test_names_hide_nothing() -> None:
    hidden = "a\u202eb"

    assert refused(
        title=hidden,
        tags=[hidden],
        led_by={"name": hidden, "kind": "state"},
        stakeholders=[{"name": hidden}],
        partners=[hidden],
        sources=[{"title": hidden}],
    ) == [
        ("invisible-character", "title"),
        ("invisible-character", "led_by.name"),
        ("invisible-character", "tags.1"),
        ("invisible-character", "partners.1"),
        ("invisible-character", "stakeholders.1.name"),
        ("invisible-character", "sources.1.title"),
    ]


def test_a_translation_is_in_another_language() -> None:
    one = {"title": "T", "summary": "S", "by": "city"}

    assert set(accepted(translations={"fa": one, "fr": one}).translations) == {"fa", "fr"}
    assert refused(translations={"en": one}) == [("own-language", "translations.en")]
    assert refused(translations={"fa-IR": one}) == [("not-a-language", "translations.fa-IR")]
    assert refused(translations={"fa": {"title": "T"}}) == [
        ("required", "translations.fa.summary"),
        ("required", "translations.fa.by"),
    ]


def test_who_is_not_the_city_says_when_the_status_held() -> None:
    assert refused(written_by={"kind": "editors"}) == [("required-unless-city", "status_as_of")]
    assert refused(**EDITORS) == []
    assert refused(written_by={"kind": "city"}) == []


@pytest.mark.parametrize("kind", ["editors", "researcher", "network"])
def test_who_is_not_the_city_promises_nothing_in_its_name(kind: str) -> None:
    promises = {"offers": ["call"], "contact": {"office": "Air office"}, "confirmed": "2026-01-01"}

    assert refused(**promises) == []
    assert refused(**promises, written_by={"kind": kind}, status_as_of={"date": "2025"}) == [
        ("only-the-city", "offers"),
        ("only-the-city", "contact"),
        ("only-the-city", "confirmed"),
    ]


def test_a_doubtful_year_needs_a_language_or_a_calendar() -> None:
    assert refused(started="1398") == [("which-calendar", "started")]
    assert accepted(started="1398", calendar="jalali").year == 2019
    assert accepted(started="۱۳۹۸", language="fa").year == 2019
    assert refused(language="ar", started="1440") == [("which-calendar", "started")]


def test_a_start_later_than_next_year_is_only_planned() -> None:
    assert refused(started="2027-12-31") == []
    assert refused(started="2028") == [("starts-too-late", "started")]
    assert refused(started="2028", status="planned") == []


def test_an_end_is_not_before_its_start() -> None:
    assert refused(started="2019-05", ended="2019") == []
    assert refused(started="2019-05-02", ended="2019-05-02") == []
    assert refused(started="2019-05", ended="2019-04-30") == [("ends-before-start", "ended")]
    assert refused(language="fa", started="1398-01", ended="2019-03-20") == [("ends-before-start", "ended")]


def test_values_of_a_result_come_in_order_of_time() -> None:
    backwards = a_result(before={"value": "1", "date": "2020"}, after={"value": "2", "date": "2019"})
    change = a_result(change={"value": "1", "unit": "points", "from": "2020", "to": "2019-12"})

    assert refused(results=[backwards, change]) == [
        ("ends-before-start", "results.1.after"),
        ("ends-before-start", "results.2.change.to"),
    ]


def test_a_stopped_case_says_what_did_not_work() -> None:
    assert refused(status="stopped") == [("missing-section", "body")]
    assert refused(f"{BODY}\n\n## What did not work\n\nThe money ran out.", status="stopped") == []


@pytest.mark.parametrize("section", ["The challenge", "The solution", "Results"])
def test_the_three_sections_are_required_and_not_empty(section: str) -> None:
    renamed = faults(BODY.replace(f"## {section}", "## Else"))
    emptied = faults(BODY.replace(f"## {section}\n\n", f"## {section}\n\n## Else\n\n"))

    assert [fault.code for fault in renamed] == ["missing-section"]
    assert [fault.code for fault in emptied] == ["empty-section"]


@pytest.mark.parametrize(("status", "needs"), [("planned", False), ("implementing", False), ("pilot", True)])
def test_results_may_be_missing_before_there_are_any(status: str, needs: bool) -> None:
    without = BODY.partition("## Results")[0]

    assert bool(refused(without, status=status)) is needs
    assert refused(f"{without}## Results\n", status="planned") == []


@pytest.mark.parametrize(
    ("language", "body"),
    [
        ("fa", "## چالش\nدود\n## راه‌حل\nکار\n## نتیجه‌ها و شواهد\nبه"),
        ("ar", "## التحدي\nا\n## الحل\nب\n## النتائج\nت"),
        ("fr", "## Le défi\na\n## La solution\nb\n## Résultats et preuves\nc"),
        ("es", "## El desafío\na\n## La solución\nb\n## Resultados\nc"),
        ("de", "## The challenge\na\n## La solution\nb\n## نتایج\nc"),
    ],
)
def test_sections_are_recognised_in_every_language(language: str, body: str) -> None:
    assert refused(body, language=language) == []


def test_citations_reach_no_further_than_the_sources() -> None:
    assert refused(f"{BODY} [1] and [1,2]", sources=SOURCES) == []
    found = faults(f"{BODY} [3] and [1, 4]", sources=SOURCES)

    assert [(fault.code, fault.values["number"], fault.values["count"]) for fault in found] == [
        ("no-such-source", 3, 2),
        ("no-such-source", 4, 2),
    ]


def test_source_numbers_in_front_matter_are_in_the_list() -> None:
    money = {"amount": "1", "currency": "EUR", "sources": ["9"]}

    assert refused(
        sources=SOURCES,
        status_as_of={"date": "2025", "sources": ["0", "2"]},
        cost={"capital": money},
        results=[a_result(sources=["1", "3"])],
        evaluation={"kind": "internal", "sources": ["4"]},
    ) == [
        ("out-of-range", "status_as_of.sources.1"),
        ("no-such-source", "cost.capital.sources.1"),
        ("no-such-source", "results.1.sources.2"),
        ("no-such-source", "evaluation.sources.1"),
    ]


def test_shares_sum_to_at_most_100() -> None:
    parts = [{"source": "own", "share": "60"}, {"source": "loan", "share": "40"}, {"source": "fees"}]

    assert refused(cost={"funding": parts}) == []
    assert refused(cost={"funding": [*parts, {"source": "grant", "share": "0.5"}]}) == [
        ("shares-above-100", "cost.funding")
    ]
    assert refused(cost={"funding": [{"source": "own", "share": "101"}]}) == [
        ("out-of-range", "cost.funding.1.share")
    ]


def test_tomans_are_kept_as_rials() -> None:
    cost = accepted(cost={"capital": {"amount": {"low": "1.5", "high": "۲"}, "currency": "تومان"}}).cost

    assert cost is not None
    assert cost.capital is not None
    assert cost.capital.amount == Quantity(Decimal(15), Decimal(20))
    assert (cost.capital.currency, cost.capital.written_currency) == ("IRR", "toman")


def test_an_amount_is_a_number_or_a_range_in_order() -> None:
    def money(amount: object) -> list[tuple[str, str]]:
        return refused(cost={"capital": {"amount": amount, "currency": "EUR"}})

    assert money("12.5") == money({"low": "1", "high": "1"}) == []
    assert money({"low": "2", "high": "1"}) == [("low-above-high", "cost.capital.amount")]
    assert money({"low": "2"}) == [("required", "cost.capital.amount.high")]
    assert money({"low": "nan", "high": "1e400"}) == [
        ("not-a-number", "cost.capital.amount.low"),
        ("not-a-number", "cost.capital.amount.high"),
    ]
    assert money("-1") == money({"low": "-1", "high": "1"}) == [("out-of-range", "cost.capital.amount")]
    assert money(["1", "2"]) == [("not-a-number-or-range", "cost.capital.amount")]


def test_a_change_may_be_negative() -> None:
    assert (
        refused(results=[a_result(change={"value": {"low": "-39", "high": "-23"}, "unit": "percent"})]) == []
    )


@pytest.mark.parametrize(
    "reference", ["london/low-emission-zone", "https://example.org/x", "تهران/x", "x", "ftp://x"]
)
def test_a_model_is_a_case_or_an_address(reference: str) -> None:
    is_good = reference.startswith(("london", "https"))

    assert (refused(adapted_from=reference) == []) is is_good


@pytest.mark.parametrize("file", ["zone.jpg", "Zone_2.JPEG", "نما.png", "a.webp"])
def test_a_cover_is_a_plain_name_beside_the_case(file: str) -> None:
    assert refused(cover={"file": file, "alt": "A"}) == []


@pytest.mark.parametrize(
    "file",
    [
        "../x.jpg",
        "a/b.jpg",
        "/x.jpg",
        ".x.jpg",
        "x.php.jpg",
        "x.svg",
        "x.gif",
        "x.jpg.exe",
        "x",
        "a\u202eb.jpg",
        "https://x.org/a.png",
        "a b.jpg",
        "x" * 100 + ".jpg",
    ],
)
def test_no_other_file_is_a_cover(file: str) -> None:
    assert refused(cover={"file": file, "alt": "A"}) == [("not-a-cover-name", "cover.file")]


def test_the_day_of_confirmation_is_a_day_that_has_come() -> None:
    assert refused(confirmed="2026-03-02") == []  # somewhere it is tomorrow already
    assert refused(confirmed="2026-03-03") == [("in-the-future", "confirmed")]
    assert refused(confirmed="2025-11") == [("needs-a-day", "confirmed")]


def test_a_body_past_its_limit_is_refused() -> None:
    assert refused(BODY + "x" * (200_000 - len(BODY))) == []
    assert refused(BODY + "x" * (200_001 - len(BODY))) == [("too-large", "body")]


@pytest.mark.parametrize("sign", ["\0", "\x07", "\ud800", "\ufffe", "\x85"])
def test_a_body_holds_no_controls(sign: str) -> None:
    assert refused(BODY + sign) == [("control-character", "body")]


def test_a_body_keeps_bidi_marks_tabs_and_half_spaces() -> None:
    text = f"{BODY}\n\n\tcode \u202atext\u202c می\u200cشود"

    assert accepted(text).body == text


def test_a_body_of_a_form_is_tidied() -> None:
    assert accepted("\r\n \r\n" + BODY.replace("\n", "\r\n") + " \r\n\r\n").body == BODY


def test_an_address_is_checked_too() -> None:
    with pytest.raises(Invalid) as error:
        accept(a_raw(), BODY, city="Tabriz!", slug="a/b", today=TODAY)

    assert [fault.code for fault in error.value.faults] == ["not-a-city-id", "not-a-slug"]


def test_numbers_and_booleans_of_json_are_read() -> None:
    case = accepted(
        sdgs=[3], started="2019", preconditions=[{"kind": "legal", "text": "x", "essential": True}]
    )

    assert (case.sdgs, case.preconditions[0].essential) == ((3,), True)


FAULTY = """---
title: ""
summary: fine
language: en
written_by: {kind: editors}
topics: [air, smog]
status: operating
started: "2019"
ended: 2018
titel: x
translations:
  en: {title: A, summary: B, by: city}
offers: [call]
results:
  - indicator: Soot
    what: outcome
    sources: [1, 7]
    before:
      value: many
sources:
  - title: One
    url: ftp://x
---

## The challenge

Text [1].

## Results

Text [2] and
[3].
"""


def test_all_faults_of_a_file_come_at_once_in_the_order_of_their_lines() -> None:
    assert file_faults(FAULTY) == [
        ("required-unless-city", "status_as_of", 1),
        ("required", "title", 2),
        ("unknown-value", "topics.2", 6),
        ("ends-before-start", "ended", 9),
        ("unknown-key", "titel", 10),
        ("own-language", "translations.en", 12),
        ("only-the-city", "offers", 13),
        ("no-such-source", "results.1.sources.2", 17),
        ("not-a-number", "results.1.before.value", 19),
        ("not-a-web-address", "sources.1.url", 22),
        ("missing-section", "body", 25),
        ("no-such-source", "body", 31),
        ("no-such-source", "body", 32),
    ]


def test_faults_of_a_form_have_no_lines_and_all_their_placeholders() -> None:
    (fault,) = faults(title="x" * 121)

    assert fault == Fault("too-long", "title", None, {"most": 120, "length": 121})


def test_a_faulty_key_does_not_hide_the_rules_of_others() -> None:
    assert refused(title="", status="stopped", started="2030", written_by={"kind": "editors"}) == [
        ("required", "title"),
        ("required-unless-city", "status_as_of"),
        ("starts-too-late", "started"),
        ("missing-section", "body"),
    ]


def test_a_long_faulty_value_is_cut_in_the_message() -> None:
    (fault,) = faults(status="x" * 10_000)

    assert len(str(fault.values["value"])) == 80
