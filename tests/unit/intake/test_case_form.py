"""The form for cases: a case fills it and comes back the same, and faults lead to its fields."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from knowledgebase.domain.case import Case, Writer, WriterKind
from knowledgebase.domain.draft import Typed
from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.source import Contact
from knowledgebase.domain.topic import Topic
from knowledgebase.intake.case_form import accept_form, body_of, note_of, raw_of
from knowledgebase.intake.form_filling import begin, fill
from knowledgebase.intake.frontmatter import parse
from tests.make import a_case, a_city, a_full_case
from tests.unit.intake.raw import CONCEPTS, TODAY, accepted
from tests.unit.intake.raw_cases import bodies, raw_cases

patiently = settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
SNAPSHOT = {
    "title": "Clean air zone",
    "language": "en",
    "topics.1": "air",
    "status": "operating",
    "section.challenge": "Smog over the city. It came every winter.",
    "section.solution": "A zone without *old* diesels [1]. Cameras watch it.",
    "section.results": "Cleaner air.",
    "sources.1.title": "Annual report",
}


def back(typed: Typed, slug: str = "clean-air") -> Case:
    return accept_form(typed, city="tabriz", slug=slug, today=TODAY, concepts=CONCEPTS)


def faults_of(**changes: str) -> list[tuple[str, str]]:
    fields = SNAPSHOT | {name.replace("__", "."): value for name, value in changes.items()}
    with pytest.raises(Invalid) as refused:
        back(Typed(fields))
    assert all(fault.line is None for fault in refused.value.faults)
    return [(fault.key, fault.code) for fault in refused.value.faults]


def case_of(**changes: str) -> Case:
    return back(Typed(SNAPSHOT | {name.replace("__", "."): value for name, value in changes.items()}))


@patiently
@given(raw=raw_cases(), body=bodies)
def test_every_valid_case_comes_back_from_the_form_as_itself(raw: dict[str, Any], body: str) -> None:
    case = accepted(body, **raw)

    typed = fill(case)

    assert back(typed) == case


def test_a_case_with_every_key_comes_back_from_the_form() -> None:
    case = a_full_case()

    assert accept_form(fill(case), city=case.city, slug=case.slug) == case


def test_keys_without_a_field_are_kept_beside_the_form() -> None:
    typed = fill(a_full_case())

    assert set(typed.kept) == {
        "formerly",
        "concepts",
        "sdgs",
        "interventions",
        "status_as_of",
        "context",
        "cover",
        "license",
    }


def test_a_text_by_the_editors_stays_theirs_until_somebody_says_otherwise() -> None:
    editors = Writer(WriterKind.EDITORS, "The editors")
    case = a_case(written_by=editors)

    typed = fill(replace(case, status_as_of=a_full_case().status_as_of, sources=a_full_case().sources))

    assert typed.kept["written_by"] == {"kind": "editors", "name": "The editors"}


@pytest.mark.parametrize("path", sorted(Path("content").glob("*/[!_]*.md"))[::10], ids=str)
def test_the_seed_cases_fill_boxes_and_come_back(path: Path) -> None:
    file = parse(path.read_bytes())
    case = accept_form(
        Typed({"body": file.body}, file.mapping), city=path.parent.name, slug=path.stem, today=TODAY
    )

    typed = fill(case)

    assert "body" not in typed.fields
    assert accept_form(typed, city=case.city, slug=case.slug, today=TODAY) == case


def test_boxes_become_sections_under_the_headings_of_the_language() -> None:
    typed = Typed(
        {"language": "fa", "section.results": "هوای پاک\u200cتر", "section.challenge": "\r\nدود\r\n\r\n"}
    )

    assert body_of(typed) == "## چالش\n\nدود\n\n## نتیجه\u200cها و شواهد\n\nهوای پاک\u200cتر"


def test_headings_of_before_stay_and_a_new_section_comes_at_its_place() -> None:
    typed = fill(a_case())

    more = replace(typed, fields={**typed.fields, "section.cost": "Much."})

    assert [line for line in body_of(more).splitlines() if line.startswith("##")] == [
        "## Challenge",
        "## Solution",
        "## Cost and funding",
        "## Results",
    ]


def test_a_text_of_another_shape_is_one_area() -> None:
    body = "A word before.\n\n" + a_case().body

    typed = fill(a_case(body=body))

    assert typed.fields["body"] == body
    assert not [name for name in typed.fields if name.startswith("section.")]


def test_sections_of_other_names_are_one_free_area() -> None:
    typed = fill(a_case(body=a_case().body + "\n\n## Who paid for lunch\n\nNobody."))

    assert typed.fields["section.more"] == "## Who paid for lunch\n\nNobody."


def test_an_empty_summary_is_made_of_the_first_sentences() -> None:
    case = case_of(summary="  ")

    assert case.summary == "Smog over the city. A zone without old diesels. Cleaner air."


def test_a_typed_summary_stays() -> None:
    assert case_of(summary="Mine.").summary == "Mine."


def test_too_much_text_is_told_at_the_fullest_box() -> None:
    assert faults_of(section__solution="word " * 50_000) == [("section.solution", "too-large")]


def test_an_empty_form_names_its_required_fields_once() -> None:
    with pytest.raises(Invalid) as refused:
        back(Typed({}))

    required = [fault.key for fault in refused.value.faults if fault.code == "required"]
    assert sorted(required) == [
        "language",
        "section.challenge",
        "section.solution",
        "status",
        "title",
        "topics.1",
    ]


def test_all_faults_come_at_once_each_by_its_field() -> None:
    assert faults_of(
        title="x" * 121,
        sources__2__url="javascript:alert(1)",
        sources__2__title="A page",
        results__1__indicator="Soot",
        results__1__what="outcome",
        results__1__before__value="much",
        cost__capital__amount="5",
        funding__1__source="own",
        funding__1__share="60",
        funding__2__source="loan",
        funding__2__share="60",
        contact__email="nobody",
        topics__2="weather",
    ) == [
        ("title", "too-long"),
        ("topics.2", "unknown-value"),
        ("cost.capital.currency", "required"),
        ("results.1.before.value", "not-a-number"),
        ("contact.email", "not-an-email-address"),
        ("sources.2.url", "not-a-web-address"),
    ]


def test_shares_above_a_hundred_are_a_fault_of_the_first_share() -> None:
    assert faults_of(
        funding__1__source="own", funding__1__share="60", funding__2__source="loan", funding__2__share="60"
    ) == [("funding.1.source", "shares-above-100")]


def test_a_fault_behind_an_empty_row_leads_to_the_row_as_it_stands() -> None:
    assert faults_of(stakeholders__3__kind="nobody", stakeholders__3__name="Police") == [
        ("stakeholders.3.kind", "unknown-value")
    ]


def test_an_empty_source_between_others_keeps_its_number() -> None:
    assert faults_of(sources__3__title="Third") == [("sources.2.title", "required")]


def test_a_citation_without_source_leads_to_its_box() -> None:
    assert faults_of(section__results="Cleaner [4].") == [("section.results", "no-such-source")]


def test_a_character_that_nobody_sees_leads_to_its_box() -> None:
    assert faults_of(section__solution="A\x07zone.") == [("section.solution", "control-character")]


def test_a_stopped_case_needs_its_limits() -> None:
    assert faults_of(status="stopped") == [("section.limits", "required")]


def test_two_translations_of_one_language_are_a_fault() -> None:
    assert faults_of(
        translations__1__language="fa",
        translations__1__title="هوا",
        translations__1__summary="هوا",
        translations__1__by="city",
        translations__2__language="fa",
        translations__2__title="هوا",
    ) == [("translations.2.language", "twice")]


def test_a_fault_of_a_translation_leads_to_its_row() -> None:
    assert faults_of(translations__2__language="fa", translations__2__title="هوا") == [
        ("translations.2.summary", "required"),
        ("translations.2.by", "required"),
    ]


def test_a_note_that_is_too_long_is_a_fault() -> None:
    assert faults_of(note="x" * 301) == [("note", "too-long")]


def test_a_note_is_one_line() -> None:
    assert note_of(Typed({"note": " new\n figures "})) == "new figures"
    assert note_of(Typed({"note": " "})) is None


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("10", "10"),
        ("10-20", {"low": "10", "high": "20"}),
        ("10 – 20", {"low": "10", "high": "20"}),
        ("-5..-2", {"low": "-5", "high": "-2"}),
        ("۱۰ تا ۲۰", {"low": "۱۰", "high": "۲۰"}),
        ("-5", "-5"),
        ("much", "much"),
    ],
)
def test_an_amount_may_be_a_range(typed: str, read: object) -> None:
    raw, _ = raw_of(Typed({"results.1.after.value": typed}))

    assert raw["results"][0]["after"]["value"] == read


def test_tags_are_typed_with_any_comma() -> None:
    assert case_of(tags="smog، diesel; هوای پاک,,").tags == ("smog", "diesel", "هوای پاک")


def test_the_half_space_stays() -> None:
    assert case_of(title="هوای پاک\u200cتر", language="fa").title == "هوای پاک\u200cتر"


def test_without_a_slug_the_title_suggests_one() -> None:
    assert accept_form(Typed(SNAPSHOT), city="tabriz", today=TODAY).slug == "clean-air-zone"


def test_a_new_form_knows_language_and_contact() -> None:
    city = a_city(contact=Contact("Air office", "https://example.org", "air@example.org"))

    assert begin(city, "fa").fields == {
        "language": "fa",
        "contact.office": "Air office",
        "contact.url": "https://example.org",
        "contact.email": "air@example.org",
    }


def test_the_form_leads_to_a_case_of_the_city() -> None:
    case = case_of()

    assert (case.written_by.kind, case.topics, case.city) == (WriterKind.CITY, (Topic.AIR,), "tabriz")
