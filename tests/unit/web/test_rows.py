"""Rows of a form: read, added, removed, whatever somebody sends."""

import pytest

from knowledgebase.web.rows import Rows, Step, step_of

SOURCES = Rows("sources", ("title", "year"), most=3)
TWO = {"sources.1.title": "A", "sources.1.year": "2001", "sources.2.title": "B", "sources.2.year": ""}


def test_only_the_fields_of_the_list_are_read() -> None:
    typed = TWO | {"sources.1.owner": "x", "name": "y", "sources.x.title": "z", "sources.0.title": "z"}

    assert SOURCES.read(typed) == TWO


def test_gaps_are_closed_and_missing_fields_are_empty() -> None:
    read = SOURCES.read({"sources.7.title": "B", "sources.2.year": "2001"})

    assert read == {
        "sources.1.title": "",
        "sources.1.year": "2001",
        "sources.2.title": "B",
        "sources.2.year": "",
    }


def test_no_more_rows_are_read_than_show_that_there_are_too_many() -> None:
    read = SOURCES.read({f"sources.{number}.title": "A" for number in range(1, 900)})

    assert len(SOURCES.numbers(read)) == 4


def test_a_row_is_added_at_the_end() -> None:
    added = SOURCES.added(TWO | {"name": "y"})

    assert added == TWO | {"name": "y", "sources.3.title": "", "sources.3.year": ""}


def test_a_full_list_takes_no_further_row() -> None:
    full = SOURCES.added(TWO)

    assert SOURCES.added(full) == full


def test_a_removed_row_is_filled_by_those_behind_it() -> None:
    removed = SOURCES.removed(TWO | {"name": "y", "sources_note": "z"}, 1)

    assert removed == {"name": "y", "sources_note": "z", "sources.1.title": "B", "sources.1.year": ""}


def test_removing_a_row_that_is_not_there_changes_nothing() -> None:
    assert SOURCES.removed(TWO, 9) == TWO


def test_a_row_is_blank_when_nothing_but_spaces_is_in_it() -> None:
    assert SOURCES.is_blank({"sources.1.title": "  ", "sources.1.year": ""}, 1)
    assert not SOURCES.is_blank(TWO, 2)


@pytest.mark.parametrize(
    ("pressed", "step"),
    [
        ("add:sources", Step(SOURCES)),
        ("remove:sources.2", Step(SOURCES, 2)),
        ("remove:sources", None),
        ("add:sources.2", None),
        ("add:people", None),
        ("remove:sources.0", None),
        ("remove:sources.99999", None),
        ("drop:sources.1", None),
        ("", None),
    ],
)
def test_a_pressed_button_is_known_by_its_value(pressed: str, step: Step | None) -> None:
    assert step_of({"row": pressed}, [SOURCES]) == step


def test_without_a_row_button_the_form_is_sent() -> None:
    assert step_of({"submit": "yes"}, [SOURCES]) is None


def test_the_cursor_goes_to_the_new_row_or_to_the_one_that_moved_up() -> None:
    added, removed = Step(SOURCES), Step(SOURCES, 2)

    assert added.focus(added.taken(TWO)) == "sources.3.title"
    assert removed.focus(removed.taken(TWO)) == "sources.1.title"
    assert Step(SOURCES, 1).focus({}) == ""
