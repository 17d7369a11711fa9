"""The judge of killed web workers turns red: for broken sites and clients, and for what is done by hand."""

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.chaos.parts import opened
from tests.chaos.people_judge import judge
from tests.chaos.web_run import kill_web_workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are found in /proc")
_CASE = "(select min(number) from cases where origin = 'form')"
DAMAGES = {  # what stands in the verdict when this is done to the database by hand
    "comment gone": ("lost", "delete from comments where number = (select max(number) from comments)"),
    "draft gone": ("lost", "delete from drafts where number = (select max(number) from drafts)"),
    "case gone": ("lost", "delete from cases where number = A_CASE"),
    "publication gone": ("lost", "update drafts set state = 'writing' where state = 'published'"),
    "text of a case half changed": ("lost", "update cases set body = 'x' where number = A_CASE"),
    "page of a case not made": ("half", "update cases set html = '' where number = A_CASE"),
    "revision gone": ("half", "delete from case_revisions where case_number = A_CASE"),
    "earlier text of a comment gone": ("half", "delete from comment_revisions"),
    "earlier text of a draft gone": ("half", "delete from draft_texts"),
    "lines gone": ("half", "drop trigger journal_no_delete; delete from journal where action = 'published'"),
    "draft without its case": ("half", "update drafts set case_number = 0 where state = 'published'"),
    "comment twice": (
        "doubles",
        "create temp table again as select * from comments limit 1;"
        "update again set number = null, id = 'again', token = 'again';"
        "insert into comments select * from again",
    ),
    "draft twice": (
        "doubles",
        "create temp table again as select * from drafts limit 1;"
        "update again set number = null, id = 'again', token = 'again';"
        "insert into drafts select * from again",
    ),
    "change without a promise": (
        "stale",
        "update cases set index_revision = index_revision + 1 where number = A_CASE",
    ),
    "withdrawal without a promise": (
        "ghost",
        "update cases set state = 'withdrawn', withdrawn_at = updated where number = A_CASE",
    ),
}


def test_the_judge_sees_changes_that_promise_nothing(tmp_path: Path) -> None:
    run = kill_web_workers(tmp_path, {}, 1, app="tests.chaos.promiseless")

    assert run.verdict.missing > 0
    assert run.verdict.stale + run.verdict.wrong > 0
    assert run.verdict.lost + run.verdict.half + run.verdict.doubles == 0


def test_the_judge_sees_forms_that_are_sent_again_as_new_ones(tmp_path: Path) -> None:
    run = kill_web_workers(tmp_path, {}, 1, is_forgetful=True)

    assert run.verdict.doubles > 0
    assert run.verdict.lost == 0


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lend the folder of a short run, to be copied."""
    folder = tmp_path_factory.mktemp("written")
    assert kill_web_workers(folder, {}, 1).verdict.is_clean
    return folder


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_judge_sees_what_is_done_by_hand(written: Path, tmp_path: Path, damage: str) -> None:
    kind, statements = DAMAGES[damage]
    shutil.copytree(written, tmp_path / "copy")

    with closing(sqlite3.connect(tmp_path / "copy" / "instance" / "knowledgebase.sqlite")) as db:
        db.executescript(statements.replace("A_CASE", _CASE))  # foreign keys are off
    with opened(tmp_path / "copy" / "instance", {}) as site:
        verdict = judge(site, tmp_path / "copy" / "ledger")

    assert getattr(verdict, kind) > 0, verdict
