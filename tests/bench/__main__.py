"""The figures of docs/bench.md: times and sizes of the product beside floors on the same machine.

python -m tests.bench --yardstick FOLDER [--size 2000] [--elastic] [--json FILE]
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.building import measure_building
from tests.bench.figures import Figure, say, show_table, write_json
from tests.bench.freshness import measure_elastic, measure_running
from tests.bench.ground import Ground, Missing
from tests.bench.pages import measure_pages
from tests.servers import Missing as NoServer

SIZE_LEAST = 2_000  # the questions are made for at least so many
SMALL = 5_000  # cases, up to which everything is built three times


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--yardstick", type=Path, required=True, help="folder of make_corpus.py and floor/")
    parser.add_argument("--size", type=int, default=SIZE_LEAST, help="cases of the corpus")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds of pages")
    parser.add_argument("--builds", type=int, help="times everything is built (3, above 5,000 cases 1)")
    parser.add_argument("--elastic", action="store_true", help="also with a real Elasticsearch")
    parser.add_argument("--json", type=Path, help="file for the figures")
    return parser.parse_args()


def _measure(asked: argparse.Namespace, ground: Ground, folder: Path) -> list[Figure]:
    builds = asked.builds or (3 if asked.size <= SMALL else 1)
    say(f"building {asked.size} cases {builds} times")
    figures = measure_building(ground, folder, builds)
    say(f"asking for pages in {asked.rounds} rounds")
    figures += measure_pages(ground, folder, asked.rounds)
    say("changing files of a running site")
    figures += measure_running(ground, folder)
    if asked.elastic:
        say("changing files of a site on Elasticsearch")
        figures += measure_elastic(ground, folder)
    return figures


def _used() -> tuple[float, float]:
    """Return the seconds of processor time that the whole machine and that we used so far (Linux)."""
    user, nice, system, _, _, *others = map(int, Path("/proc/stat").read_text("ascii").split()[1:9])
    ours = os.times()
    mine = ours.user + ours.system + ours.children_user + ours.children_system
    return (user + nice + system + sum(others)) / os.sysconf("SC_CLK_TCK"), mine


def main() -> int:
    """Measure, print the table, and return 1 when a bound is not kept, 2 when nothing can be measured."""
    asked = _arguments()
    ground = Ground(asked.yardstick.resolve(), max(asked.size, SIZE_LEAST))
    began, before = time.monotonic(), _used()
    try:
        ground.require()
        ground.make()
        with tempfile.TemporaryDirectory(prefix="kb-bench-") as folder:
            figures = _measure(asked, ground, Path(folder))
    except (Missing, NoServer) as missing:
        say(f"bench: {missing}")
        return 2
    show_table(figures)
    over = [one for one in figures if one.is_kept is False]
    seconds, after = time.monotonic() - began, _used()
    neighbours = ((after[0] - before[0]) - (after[1] - before[1])) / seconds
    about: dict[str, object] = {"size": ground.size, "cores": os.cpu_count(), "seconds": seconds}
    about["neighbours"] = neighbours
    say(f"{len(over)} of {len(figures)} over; {seconds:.0f} s; others used {neighbours:.2f} cores meanwhile")
    if asked.json:
        write_json(asked.json, figures, about)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
