"""Every step of every state, through the services: the table of steps is all there is."""

from collections.abc import Callable

import pytest

from knowledgebase.domain.draft import Draft, DraftState, Step, may_step
from knowledgebase.domain.errors import WrongState
from knowledgebase.domain.person import Actor, CityRole
from knowledgebase.services import drafting, publishing
from knowledgebase.services.site import Site
from tests.drafting import begun, changed, publication_of, published
from tests.people import actor_of, come_in


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("state", DraftState)
def test_the_services_take_the_steps_of_the_table_and_no_other(
    sqlite_exchange: Site, state: DraftState, step: Step
) -> None:
    admin = actor_of(sqlite_exchange, come_in(sqlite_exchange, role=CityRole.ADMIN))
    draft = brought_to(sqlite_exchange, state, admin)
    publication = publication_of(draft)
    takes: dict[Step, Callable[[], object]] = {
        Step.SAVE: lambda: changed(sqlite_exchange, draft, admin, title="Other"),
        Step.DISCARD: lambda: drafting.discard(sqlite_exchange, draft.id, by=admin),
        Step.ASK: lambda: publishing.ask(sqlite_exchange, draft.id, revision=1, by=admin),
        Step.TAKE_BACK: lambda: publishing.take_back(sqlite_exchange, draft.id, by=admin),
        Step.RETURN: lambda: publishing.give_back(sqlite_exchange, draft.id, "Why?", by=admin),
        Step.PUBLISH: lambda: publishing.publish(sqlite_exchange, draft.id, publication, by=admin),
    }
    repeats = {  # a second try of a step that was taken is quiet
        (DraftState.WRITING, Step.TAKE_BACK),
        (DraftState.ASKED, Step.ASK),
        (DraftState.PUBLISHED, Step.PUBLISH),
        (DraftState.DISCARDED, Step.DISCARD),
    }

    if may_step(state, step) or (state, step) in repeats:
        takes[step]()
        return
    with pytest.raises(WrongState):
        takes[step]()
    assert drafting.read(sqlite_exchange, draft.id, by=admin).state is state


def brought_to(site: Site, state: DraftState, by: Actor) -> Draft:
    draft = begun(site, by)
    if state in (DraftState.ASKED, DraftState.RETURNED):
        draft = publishing.ask(site, draft.id, revision=1, by=by)
    if state is DraftState.RETURNED:
        draft = publishing.give_back(site, draft.id, "Which year?", by=by)
    if state is DraftState.PUBLISHED:
        draft = published(site, draft, by)
    return drafting.discard(site, draft.id, by=by) if state is DraftState.DISCARDED else draft
