"""The steps of a draft: one table, and nothing beside it."""

import pytest

from knowledgebase.domain.draft import STEPS, DraftState, Step, Typed, may_step, stepped, title_of
from knowledgebase.domain.errors import WrongState

_ALL = [(state, step) for state in DraftState for step in Step]
_ALLOWED = """
writing   save      writing
writing   discard   discarded
writing   ask       asked
writing   publish   published
asked     take-back writing
asked     return    returned
asked     publish   published
returned  save      returned
returned  discard   discarded
returned  ask       asked
returned  publish   published
"""


def test_the_table_of_steps_is_this_one() -> None:
    written = {tuple(line.split()) for line in _ALLOWED.split("\n") if line}

    assert {(state.value, step.value, after.value) for (state, step), after in STEPS.items()} == written


@pytest.mark.parametrize(("state", "step"), _ALL)
def test_every_other_step_is_refused(state: DraftState, step: Step) -> None:
    if may_step(state, step):
        assert stepped(state, step) is STEPS[state, step]
        return

    with pytest.raises(WrongState):
        stepped(state, step)


@pytest.mark.parametrize("state", [DraftState.PUBLISHED, DraftState.DISCARDED])
def test_nothing_leads_out_of_an_end(state: DraftState) -> None:
    assert not [step for step in Step if may_step(state, step)]


def test_a_title_for_lists_is_one_short_line() -> None:
    assert title_of(Typed({"title": " هوای\n پاک\u200cتر\x00 "})) == "هوای پاک\u200cتر"
    assert title_of(Typed({"title": "x" * 500})) == "x" * 120
    assert title_of(Typed({})) == ""
