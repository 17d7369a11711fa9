"""The gate for cases, part two: rules between keys."""

from decimal import Decimal
from typing import Any

import pytest

from knowledgebase.domain.money import Quantity
from tests.unit.intake.raw import BODY, accepted, faults, file_faults, refused

EDITORS = {"written_by": {"kind": "editors"}, "status_as_of": {"date": "2025"}}
SOURCES = [{"title": "Report"}, {"title": "Study"}]


def a_result(**changes: Any) -> dict[str, Any]:
    return {"indicator": "Soot", "what": "outcome", **changes}


def test_a_translation_is_in_another_language() -> None:
    one = {"title": "T", "summary": "S", "by": "city"}

    assert set(accepted(translations={"fa": one, "fr": one}).translations) == {"fa", "fr"}
    assert refused(translations={"en": one}) == [("own-language", "translations.en")]
    assert refused(translations={"fa-IR": one}) == [("not-a-language", "translations.fa-IR")]
    assert refused(translations={"zz": one}) == [("not-a-language", "translations.zz")]
    assert refused(translations={"fa": {"title": "T"}}) == [
        ("required", "translations.fa.summary"),
        ("required", "translations.fa.by"),
    ]


def test_a_language_that_does_not_exist_is_named_with_its_line() -> None:
    text = f"---\ntitle: Zone\nlanguage: zz\nsummary: Clean.\ntopics: [air]\nstatus: pilot\n---\n{BODY}"

    assert file_faults(text) == [("not-a-language", "language", 3)]


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
