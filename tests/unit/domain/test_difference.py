"""Two texts made of one: what differs, and one text of the chosen parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledgebase.domain.difference import Side, differences, is_same, merged, part_of

NAMES = (
    "title",
    "section.challenge",
    "section.solution",
    "sources.1.title",
    "sources.2.title",
    "contact.url",
)
texts = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(("", "a", "b", "c")))
BEFORE = {"title": "Air", "sources.1.title": "One", "section.challenge": "Smog"}


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("title", "title"),
        ("section.challenge", "section.challenge"),
        ("results.2.before.value", "results"),
        ("contact.url", "contact"),
    ],
)
def test_lists_and_maps_are_one_part_and_each_section_is_one(name: str, part: str) -> None:
    assert part_of(name) == part


def test_who_alone_changed_a_part_is_known() -> None:
    mine = BEFORE | {"title": "Clean air"}
    theirs = BEFORE | {"sources.2.title": "Two"}

    found = differences(BEFORE, mine, theirs)

    assert [(one.part, one.changed) for one in found] == [("title", Side.MINE), ("sources", Side.THEIRS)]


def test_a_part_that_both_changed_waits_for_a_choice() -> None:
    mine, theirs = BEFORE | {"title": "Mine"}, BEFORE | {"title": "Theirs"}

    (found,) = differences(BEFORE, mine, theirs)

    assert (found.changed, found.mine, found.theirs) == (None, {"title": "Mine"}, {"title": "Theirs"})
    with pytest.raises(KeyError):
        merged(BEFORE, mine, theirs, {})


def test_without_a_text_before_everything_waits_for_a_choice() -> None:
    found = differences(None, BEFORE | {"title": "Mine"}, BEFORE)

    assert [one.changed for one in found] == [None]


def test_a_choice_goes_before_who_changed_what() -> None:
    mine = BEFORE | {"title": "Clean air"}

    assert merged(BEFORE, mine, BEFORE, {"title": Side.THEIRS}) == BEFORE


def test_a_part_that_was_taken_out_stays_out() -> None:
    mine = {name: text for name, text in BEFORE.items() if name != "sources.1.title"}

    assert merged(BEFORE, mine, BEFORE, {}) == mine


def test_empty_fields_are_none() -> None:
    assert is_same(BEFORE, BEFORE | {"summary": " "})
    assert differences(BEFORE, BEFORE, BEFORE | {"summary": ""}) == ()


@given(before=texts, mine=texts, theirs=texts, side=st.sampled_from(Side))
def test_every_part_of_one_text_is_somebodys_and_no_change_is_lost(
    before: dict[str, str], mine: dict[str, str], theirs: dict[str, str], side: Side
) -> None:
    doubtful = [one.part for one in differences(before, mine, theirs) if one.changed is None]

    whole = merged(before, mine, theirs, dict.fromkeys(doubtful, side))

    for part in map(part_of, NAMES):
        now, old, my, their = (of_part(text, part) for text in (whole, before, mine, theirs))
        assert now in (my, their)
        if my == their or their == old:
            assert now == my
        elif my == old:
            assert now == their
        else:
            assert now == (my if side is Side.MINE else their)


@given(before=texts, mine=texts, theirs=texts)
def test_what_is_the_same_needs_no_choice(
    before: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    assert is_same(mine, theirs) == (differences(before, mine, theirs) == ())


def of_part(text: dict[str, str], part: str) -> dict[str, str]:
    return {name: value for name, value in text.items() if value and part_of(name) == part}
