"""The figures of docs/relevance.md: how well questions find what they should, beside their bars.

python -m tests.bench.relevance --yardstick FOLDER [--engine elastic] [--only PART ...] [--json FILE]
"""

import argparse
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.bench.bridges import measure_bridges
from tests.bench.city import measure_city
from tests.bench.figures import say, show_table, write_json
from tests.bench.judged import Missing
from tests.bench.known import measure_known, measure_mixed
from tests.bench.measures import Score
from tests.servers import Broken
from tests.servers import Missing as NoServer
from tests.servers.elastic import start_node

ENGINES = ("embedded", "elastic")
PARTS = ("known", "bridges", "city")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="relevance", description=__doc__)
    parser.add_argument("--yardstick", type=Path, required=True, help="folder that holds relevance/")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS, help="parts to measure")
    parser.add_argument("--json", type=Path, help="file for the figures")
    return parser.parse_args()


def measure(folder: Path, server: str, parts: Sequence[str]) -> list[Score]:
    """Return the scores of some parts; `server` is the address of an Elasticsearch, empty for embedded."""
    scores: list[Score] = []
    if "known" in parts:
        known = measure_known(folder, server)
        scores += [*known.scores, *measure_mixed(folder, server, known.alone)]
    if "bridges" in parts:
        scores += measure_bridges(folder, server)
    if "city" in parts:
        say("asking the questions of cities")
        scores += measure_city(server)
    return scores


def main() -> int:
    """Measure, print the table, and return 1 when a bar is missed, 2 when nothing can be measured."""
    asked = _arguments()
    folder = asked.yardstick.resolve() / "relevance"
    began = time.monotonic()
    try:
        if not folder.is_dir():
            raise Missing(f"no judged collections: {folder} is missing (YARDSTICK=folder)")
        with ExitStack() as stack:
            server = stack.enter_context(start_node()).url if asked.engine == "elastic" else ""
            scores = measure(folder, server, asked.only)
    except (Missing, NoServer, Broken) as missing:
        say(f"relevance: {missing}")
        return 2
    show_table(scores)
    missed = [score for score in scores if score.is_kept is False]
    seconds = time.monotonic() - began
    say(f"{len(missed)} of {sum(score.is_kept is not None for score in scores)} bars missed; {seconds:.0f} s")
    if asked.json:
        write_json(asked.json, scores, {"engine": asked.engine, "seconds": seconds})
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
