"""How fast a corpus comes in: import, first index, new index, beside the pipeline floor."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.figures import Figure, say
from tests.bench.ground import Ground
from tests.running import ROOT, environment

PATIENCE = 1_800.0  # seconds for one piece of work
IMPORT_LEAST, INDEXED_LEAST, REINDEX_LEAST = 0.6, 0.45, 2.0  # times the pipeline floor


@dataclass(frozen=True, slots=True)
class _Worked:
    """What one piece of work took, in seconds."""

    seconds: float
    cpu: float  # of the process
    children_cpu: float


@dataclass(frozen=True, slots=True)
class _Round:
    """One corpus brought into a fresh site, between two builds of the floor."""

    floor: float  # documents a second, mean of the builds before and after
    imported: _Worked
    indexed: _Worked
    reindexed: _Worked


def work(instance: Path, *arguments: str, **settings: str) -> _Worked:
    """Do one piece of work on an instance in a process of its own. Raises RuntimeError when it fails."""
    ended = subprocess.run(
        [sys.executable, "-m", "tests.bench.worked", *arguments],
        cwd=ROOT,
        env=environment(instance, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if ended.returncode:
        raise RuntimeError(f"{arguments[0]} failed: {ended.stderr[-1_000:]}")
    return _Worked(**json.loads(ended.stdout.splitlines()[-1]))


def measure_building(ground: Ground, folder: Path, rounds: int) -> list[Figure]:
    """Return the rates; leaves the floor in FOLDER/floor and a site with a live index in FOLDER/site."""
    before = ground.build_floor(folder / "floor")
    done: list[_Round] = []
    for number in range(rounds):
        instance = folder / (f"site{number}" if number else "site")
        imported = work(instance, "import", str(ground.files))
        indexed = work(instance, "index")
        reindexed = work(instance, "reindex")
        after = ground.build_floor(folder / f"floor{number}")
        done.append(_Round((before + after) / 2, imported, indexed, reindexed))
        say(f"  built {number + 1} of {rounds}: floor {before:.0f} and {after:.0f} a second")
        before = after
    again = work(folder / "site", "import", str(ground.files))
    return [*_rates(done, ground.size), Figure("unchanged import again", again.seconds, "s")]


def _rates(done: list[_Round], size: int) -> list[Figure]:
    floor = median(one.floor for one in done)

    def rate(name: str, seconds: list[float], cpu: list[float], least: float) -> Figure:
        ratio = median(size / took / one.floor for took, one in zip(seconds, done, strict=True))
        told = f"{size / median(seconds):.0f} a second, {median(cpu) / size * 1e3:.2f} ms CPU each"
        return Figure(name, ratio, "x", least=least, note=told)

    imports = [one.imported.seconds for one in done]
    both = [one.imported.seconds + one.indexed.seconds for one in done]
    reindexes = [one.reindexed.seconds for one in done]
    import_cpu = [one.imported.cpu + one.imported.children_cpu for one in done]
    index_cpu = [one.indexed.cpu + one.indexed.children_cpu for one in done]
    both_cpu = [first + second for first, second in zip(import_cpu, index_cpu, strict=True)]
    reindex_cpu = [one.reindexed.cpu + one.reindexed.children_cpu for one in done]
    return [
        Figure("pipeline floor", floor, "a second", note="one process; CPU below counts its start too"),
        rate("import", imports, import_cpu, IMPORT_LEAST),
        rate("import with first index", both, both_cpu, INDEXED_LEAST),
        rate("new index beside a live one", reindexes, reindex_cpu, REINDEX_LEAST),
    ]
