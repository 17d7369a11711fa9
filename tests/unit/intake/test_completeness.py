"""How far a case has come towards the full tier."""

from dataclasses import replace

from knowledgebase.domain.case import Status
from knowledgebase.domain.completeness import FULL_SECTIONS, completeness
from tests.unit.intake.raw import FULL, accepted

EDITORS = {"written_by": {"kind": "editors"}, "status_as_of": {"date": "2025"}}


def test_a_case_with_everything_is_complete() -> None:
    found = completeness(accepted(**FULL), FULL_SECTIONS)

    assert (found.done, found.missing, found.percent) == (found.total, (), 100)


def test_a_snapshot_misses_what_makes_a_case_full() -> None:
    found = completeness(accepted(), ())

    assert {"tags", "results", "sources", "offers", "sections.limits"} <= set(found.missing)
    assert found.done == 1  # the language of the case is English, so no translation is missing
    assert found.total == found.done + len(found.missing)


def test_a_case_without_english_misses_a_translation() -> None:
    translation = {"title": "T", "summary": "S", "by": "city"}

    assert "translations" in completeness(accepted(language="fa"), ()).missing
    assert (
        "translations"
        not in completeness(accepted(language="fa", translations={"en": translation}), ()).missing
    )


def test_what_a_case_cannot_have_is_not_asked_for() -> None:
    by_editors = completeness(accepted(**EDITORS), ())
    planned = completeness(replace(accepted(), status=Status.PLANNED), ())

    assert not {"offers", "contact", "confirmed"} & set(by_editors.missing)
    assert not {"results", "evaluation"} & set(planned.missing)


def test_what_no_form_asks_for_never_counts() -> None:
    assert not {"sdgs", "interventions"} & set(completeness(accepted(), ()).missing)
