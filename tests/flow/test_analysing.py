"""Documents for a new index are the same whoever analyses them, and all of them come."""

import multiprocessing
import os
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest

from knowledgebase.domain.errors import StoreUnavailable
from knowledgebase.services import analysing
from knowledgebase.services.analysing import Analysed, analyse_all
from knowledgebase.services.indexing import as_document
from knowledgebase.services.site import Site
from tests.sites import Folder, publish

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="children are forked on Linux only")


@pytest.fixture
def filled(site: Site, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Site:
    """Lend a site of nine cases that is worth two children."""
    for number in range(9):
        folder.case(f"tehran/case-{number}", title=f"Case {number}", body="Dust and smoke. " * (number + 1))
    publish(site, folder)
    monkeypatch.setattr(analysing, "STEPS_LEAST", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    return site


def told(steps: Iterator[Analysed]) -> list[tuple[str, str, int]]:
    return [(one.id, one.digest, len(step.forms_of)) for step in steps for one in step.documents]


def test_children_bring_what_one_process_would(filled: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    together = told(analyse_all(filled, 0, 2, with_words=True))
    monkeypatch.setattr(os, "cpu_count", lambda: 1)

    alone = told(analyse_all(filled, 0, 2, with_words=True))

    assert together == alone
    assert [case_id for case_id, _, _ in alone] == [f"tehran/case-{number}" for number in range(9)]
    assert [words for _, _, words in alone] == [2, 2, 2, 2, 2, 2, 2, 2, 1]


def test_a_run_may_begin_in_the_middle(filled: Site) -> None:
    first = next(analyse_all(filled, 0, 4, with_words=False))

    rest = told(analyse_all(filled, first.last, 4, with_words=False))

    assert [case_id for case_id, _, _ in rest] == [f"tehran/case-{number}" for number in range(4, 9)]


def test_where_children_fail_their_parent_goes_on(filled: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    parent = os.getpid()

    def fail_in_children(*what: object) -> object:
        if os.getpid() != parent:
            raise StoreUnavailable("no room")
        return as_document(*what)  # type: ignore[arg-type]

    monkeypatch.setattr(analysing, "as_document", fail_in_children)

    brought = told(analyse_all(filled, 0, 2, with_words=False))

    assert len(brought) == 9


def test_an_abandoned_run_leaves_no_process(filled: Site) -> None:
    with closing(analyse_all(filled, 0, 2, with_words=False)) as steps:
        next(steps)

    assert multiprocessing.active_children() == []
