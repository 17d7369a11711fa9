"""Pages of several servers timed in interleaved rounds, so that a loud neighbour hits all of them.

The method of the yardstick's own pair.py: one connection a request, the whole body read, round 0
only warms up, medians over rounds, ratios paired round by round.
"""

import http.client
import os
import random
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.servers import descendants

WARMING = 20  # requests of round 0
PATIENCE = 60.0  # seconds for one page


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one list of pages, one list of times a round."""

    rounds: tuple[tuple[float, ...], ...]
    cpu: float  # milliseconds of processor time of the server a page, which no neighbour lengthens

    def at(self, share: float) -> float:
        """Return the median over the rounds of the time that a share of the requests kept."""
        return median(quantile(times, share) for times in self.rounds)

    def ratio(self, yardstick: "Timing", share: float) -> float:
        """Return how many times the yardstick this took, paired round by round."""
        pairs = zip(self.rounds, yardstick.rounds, strict=True)
        return median(quantile(ours, share) / quantile(theirs, share) for ours, theirs in pairs)


def quantile(times: Sequence[float], share: float) -> float:
    """Return the time that a share of the requests kept."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))]


def fetch(url: str) -> tuple[float, bytes]:
    """Return milliseconds and body of one page on a connection of its own; raises on any answer but 200."""
    began = time.perf_counter()
    with urllib.request.urlopen(url, timeout=PATIENCE) as answer:  # noqa: S310 - our own servers
        body: bytes = answer.read()
    took = (time.perf_counter() - began) * 1e3
    if answer.status != http.client.OK:
        raise RuntimeError(f"{url}: {answer.status}")
    return took, body


@dataclass(frozen=True, slots=True)
class Pages:
    """A list of addresses of one server."""

    urls: Sequence[str]
    pid: int  # of the server's parent process


def interleaved(lists: Mapping[str, Pages], rounds: int) -> dict[str, Timing]:
    """Return the times of each list of pages, by name; the order changes from round to round."""
    times: dict[str, list[tuple[float, ...]]] = {name: [] for name in lists}
    cpu = dict.fromkeys(lists, 0.0)
    for number in range(rounds + 1):
        order = random.Random(number).sample(list(lists), len(lists))  # noqa: S311 - order of a bench
        for name in order:
            pages = lists[name]
            before = cpu_of(pages.pid)
            took = tuple(fetch(url)[0] for url in (pages.urls if number else pages.urls[:WARMING]))
            if number:
                times[name].append(took)
                cpu[name] += cpu_of(pages.pid) - before
    asked = {name: len(lists[name].urls) * rounds for name in lists}
    return {name: Timing(tuple(taken), cpu[name] / asked[name] * 1e3) for name, taken in times.items()}


def cpu_of(pid: int) -> float:
    """Return the seconds of processor time that a process and its descendants have used (Linux)."""
    ticks = 0
    for one in descendants(pid):
        fields = Path(f"/proc/{one}/stat").read_text("utf-8").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
