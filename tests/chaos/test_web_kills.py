"""kill -9 of web workers while people comment, edit, write drafts and publish: nothing is lost or doubled."""

import sys
from pathlib import Path

import pytest

from tests.chaos.web_run import BEFORE, BETWEEN, kill_web_workers

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="workers are found in /proc")
FEW, MANY = 5, 50  # kills in every run, and in the long one


def test_a_few_kills_of_web_workers_lose_nothing(tmp_path: Path) -> None:
    run = kill_web_workers(tmp_path, {}, FEW)

    assert run.verdict.acknowledged >= BEFORE + BETWEEN * FEW
    assert run.verdict.is_clean, run.verdict
    assert run.left == 0
    assert "Traceback" not in run.output


@pytest.mark.chaos_long
def test_many_kills_of_web_workers_lose_nothing(tmp_path: Path, settings: dict[str, str]) -> None:
    run = kill_web_workers(tmp_path, settings, MANY)

    print(run.kills, "kills,", run.repeats, "forms sent again:", run.verdict)  # noqa: T201 - the figures
    assert run.verdict.acknowledged >= BEFORE + BETWEEN * MANY
    assert run.repeats > 0
    assert run.verdict.is_clean, run.verdict
    assert run.left == 0
    assert "Traceback" not in run.output
