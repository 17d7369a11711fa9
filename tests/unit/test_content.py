"""The seed in content/ keeps its promises: it passes the gate and its numbers lead to sources."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from knowledgebase.domain.case import Case, Status, WriterKind
from knowledgebase.domain.city import City
from knowledgebase.domain.incoming import Incoming
from knowledgebase.domain.topic import Topic
from knowledgebase.intake.body import sections
from knowledgebase.intake.folder import walk
from knowledgebase.intake.incoming import read_files
from tools.check_numbers import File, differing, miscited, numbers, read, untraced

CONTENT = Path(__file__).parents[2] / "content"
PATHS = sorted(CONTENT.rglob("*.md"))
LEAST = {"fa": 22, "en": 20, "es": 6, "ar": 5, "fr": 4}  # cases by language
REGION = frozenset({"AE", "EG", "IQ", "IR", "JO", "PK", "PS", "SA", "TR", "UZ"})  # Iran and around it
FAILURES = frozenset(  # mainly about what went wrong
    {
        "addis-ababa/tramway",
        "amsterdam/i-amsterdam",
        "cairo/foreign-waste-contracts",
        "isfahan/freiburg-sister-city",
        "mashhad/effluent-swap",
        "medellin/biblioteca-espana",
        "mexico-city/hoy-no-circula",
        "porto-alegre/budget-participatif",
    }
)
STOPPED = frozenset({Status.STOPPED, Status.SUSPENDED})
NEEDED = frozenset({"challenge", "solution", "results", "limits", "transfer"})  # sections

A_CASE = """---
title: "Pipes lose 12% less"
summary: "Since 2009."
language: en
translations:
  fa: {title: "لوله‌ها ۱۲٪ کمتر نشت می‌کنند", summary: "از ۱۳۸۸."}
results:
  - {indicator: Leaks, after: {value: 12}, sources: [1]}
sources:
  - {title: One}
---
## Results

About 1,200 metres were dug [1]. The cost was 1.2 million.
"""

each_file = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.relative_to(CONTENT).as_posix())


@cache
def incoming() -> tuple[Incoming, ...]:
    return tuple(read_files(CONTENT, walk(CONTENT), {}))


def cases() -> list[Case]:
    return [file.value for file in incoming() if isinstance(file.value, Case)]


def short_of(counts: Counter[str], least: dict[str, int]) -> dict[str, str]:
    return {name: f"{counts[name]} of {least[name]}" for name in least if counts[name] < least[name]}


def test_every_file_passes_the_gate() -> None:
    refused = {file.path: file.faults for file in incoming() if file.value is None or file.faults}

    assert refused == {}


def test_every_case_has_its_city_and_every_city_a_case() -> None:
    cities = {file.id for file in incoming() if isinstance(file.value, City)}

    assert {case.city for case in cases()} == cities


@each_file
@pytest.mark.parametrize("check", [miscited, differing])
def test_citations_and_numbers_agree(path: Path, check: Callable[[File], Iterator[tuple[int, str]]]) -> None:
    assert list(check(read(path))) == []


def test_texts_are_neither_notes_nor_reports() -> None:
    words = {case.id: len(case.body.split()) for case in cases()}

    assert {name: count for name, count in words.items() if not 350 <= count <= 900} == {}


def test_there_are_enough_cases_and_cities() -> None:
    assert len(cases()) >= 60
    assert len({case.city for case in cases()}) >= 45


def test_every_language_is_there() -> None:
    assert short_of(Counter(case.language for case in cases()), LEAST) == {}


def test_every_topic_leads_two_cases() -> None:
    leading = Counter(str(case.topics[0]) for case in cases())

    assert short_of(leading, {str(topic): 2 for topic in Topic}) == {}


def test_enough_cases_are_of_the_region() -> None:
    country = {file.value.id: file.value.country for file in incoming() if isinstance(file.value, City)}

    assert sum(country[case.city] in REGION for case in cases()) >= 12


def test_enough_cases_are_full() -> None:
    full = [one.id for one in cases() if one.results and one.cost and one.preconditions and one.stakeholders]

    assert len(full) >= 15


def test_failures_and_stopped_cases_are_told() -> None:
    told = {case.id for case in cases()}

    assert len(FAILURES & told) >= 6
    assert sum(case.status in STOPPED for case in cases()) >= 2


def test_every_case_tells_what_did_not_work_and_how_to_adapt_it() -> None:
    missing = {
        case.id: NEEDED - {section.key for section in sections(case.body, case.language)} for case in cases()
    }

    assert {name: left for name, left in missing.items() if left} == {}


def test_every_case_has_tags_and_two_sources_to_follow() -> None:
    for case in cases():
        assert 3 <= len(case.tags) <= 8, case.id
        assert sum(bool(source.url) for source in case.sources) >= 2, case.id


def test_every_case_reads_in_persian_and_english() -> None:
    assert [case.id for case in cases() if not {"fa", "en"} <= {case.language, *case.translations}] == []


def test_no_case_speaks_for_its_city() -> None:
    for case in cases():
        assert case.written_by.kind is WriterKind.EDITORS, case.id
        assert case.status_as_of, case.id
        assert (case.offers, case.contact, case.confirmed) == ((), None, None), case.id


def test_a_number_without_a_source_is_named(tmp_path: Path) -> None:
    path = tmp_path / "case.md"
    path.write_text(A_CASE.replace(" [1]. The", ". The"), encoding="utf-8")

    assert [words for _, words in untraced(read(path))] == [
        "body: 1,200 has no source",
        "body: 1.2 million has no source",
    ]


def test_wrong_citations_and_unequal_numbers_are_named(tmp_path: Path) -> None:
    path = tmp_path / "case.md"
    path.write_text(A_CASE.replace("dug [1]", "dug [2]").replace("۱۲٪", "۱۳٪"), encoding="utf-8")

    assert [words for _, words in miscited(read(path))] == ["[2] is cited, but there are 1 sources"]
    assert [words for _, words in differing(read(path))] == [
        "13 is not in title",
        "12 is not in translations.fa.title",
    ]


def test_the_same_number_is_known_in_every_script(tmp_path: Path) -> None:
    path = tmp_path / "case.md"
    path.write_text(A_CASE, encoding="utf-8")

    assert [*untraced(read(path)), *miscited(read(path)), *differing(read(path))] == []


@pytest.mark.parametrize("text", ["16,359", "16.359", "16 359", "۱۶٬۳۵۹", "١٦٬٣٥٩", "۱۶ هزار و ۳۵۹"])
def test_forms_of_a_number_are_one_number(text: str) -> None:
    assert 16_359 in numbers(text)[0].readings
