"""kill -9 of the importer and of the worker during writes: nothing acknowledged is lost, nothing differs."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knowledgebase.services import rebuilding
from tests.chaos.judge import Verdict, judge
from tests.chaos.parts import opened
from tests.running import ROOT, environment, start
from tests.sites import Folder

FEW, MANY = 5, 50  # kills in every run, and in the long one


def kill_many(
    tmp_path: Path, settings: dict[str, str], *, victim: str, kills: int, is_broken: bool = False
) -> Verdict:
    """Run writer and worker, kill one of them so many times, and return what the judge counts."""
    chance = random.Random(kills)  # noqa: S311 - the same every time
    instance, folder, ledger = tmp_path / "instance", Folder(tmp_path / "content"), tmp_path / "ledger"
    folder.city()
    ledger.touch()
    with opened(instance, settings) as site:
        site.store.upgrade()
        rebuilding.reindex(site)
    env = environment(instance, **settings)
    write = [sys.executable, "-m", "tests.chaos.writer", str(folder.path), str(ledger), "1"]
    write += ["--after-commit"] if is_broken else []
    processes = {"writer": _begin(write, env), "worker": start(["work"], env)}
    for number in range(kills):
        before = ledger.stat().st_size
        _wait_for_writes(ledger, before)
        time.sleep(chance.uniform(0.0, 0.4))
        processes[victim].kill()
        processes[victim].wait()
        _close(processes[victim])
        if victim == "writer":
            write[5] = str(number + 2)
            processes["writer"] = _begin(write, env)
        else:
            processes["worker"] = start(["work"], env)
    _wait_for_writes(ledger, ledger.stat().st_size)
    for process in processes.values():
        process.kill()
        process.wait()
        _close(process)
    with opened(instance, settings) as site:
        return judge(site, ledger)


def _begin(command: list[str], env: dict[str, str]) -> "subprocess.Popen[str]":
    return subprocess.Popen(command, cwd=ROOT, env=env, text=True, start_new_session=True)


def _close(process: "subprocess.Popen[str]") -> None:
    if process.stdout:
        process.stdout.close()


def _wait_for_writes(ledger: Path, before: int, seconds: float = 60.0) -> None:
    """Wait until the writer has noted a few more changes."""
    deadline = time.monotonic() + seconds
    while ledger.stat().st_size < before + 400:
        assert time.monotonic() < deadline, "the writer does not write"
        time.sleep(0.01)


@pytest.mark.parametrize("victim", ["writer", "worker"])
def test_a_few_kills_lose_nothing(tmp_path: Path, settings: dict[str, str], victim: str) -> None:
    verdict = kill_many(tmp_path, settings, victim=victim, kills=FEW)

    assert verdict.acknowledged > FEW
    assert verdict.is_clean, verdict


@pytest.mark.chaos_long
@pytest.mark.parametrize("victim", ["writer", "worker"])
def test_many_kills_lose_nothing(tmp_path: Path, settings: dict[str, str], victim: str) -> None:
    verdict = kill_many(tmp_path, settings, victim=victim, kills=MANY)

    print(victim, verdict)  # noqa: T201 - the figures of a long run
    assert verdict.acknowledged > MANY
    assert verdict.is_clean, verdict


def test_the_judge_sees_what_indexing_after_the_commit_loses(tmp_path: Path) -> None:
    verdict = kill_many(tmp_path, {}, victim="writer", kills=FEW + 3, is_broken=True)

    assert verdict.lost == 0
    assert verdict.missing + verdict.stale + verdict.ghost > 0
