"""What readers wait for: pages of the product beside those of the floor, their sizes, and memory."""

import gzip
import random
from pathlib import Path
from urllib.parse import quote

from tests.bench.figures import Figure
from tests.bench.ground import Ground
from tests.bench.quality import measure_quality
from tests.bench.rounds import Timing, fetch, interleaved, quantile
from tests.bench.serving import anonymous_memory, floor, product

CASES = 200  # different ones
SEARCH_MOST, CASE_MOST, HOME_MOST = 2.0, 2.5, 2.0  # times the floor
PAGE_MOST, GZIP_MOST = 64.0, 14.0  # KB
MEMORY_MOST, MEMORY_REQUESTS = 160.0, 2_000  # MB, and after how many requests
LANGUAGES = ("en", "fa")


def _searches(address: str, ground: Ground) -> list[str]:
    return [f"{address}?q={quote(question.text)}" for question in ground.questions]


def _chosen(ground: Ground, round_number: int) -> list[str]:
    """Return ids of different cases, others in each round while the corpus has them."""
    ids = random.Random(0).sample(ground.cases, len(ground.cases))  # noqa: S311 - a choice of a bench
    start = round_number * CASES % len(ids)
    return ids[start : start + CASES]


def _times(ours: Timing, theirs: Timing, share: float) -> str:
    return f"{ours.at(share):.2f} ms against {theirs.at(share):.2f}"


def measure_pages(ground: Ground, folder: Path, rounds: int) -> list[Figure]:
    """Return times, sizes, answers and memory of the pages of the site in FOLDER/site."""
    with floor(ground, folder / "floor") as low, product(folder / "site") as (site, pid):
        first = _first_views(ground, site)
        pages = {
            f"search {language}": _searches(f"{site}/{language}/search", ground) for language in LANGUAGES
        }
        pages["floor search"] = _searches(f"{low}/search", ground)
        pages["case"] = [f"{site}/en/cases/{case_id}" for case_id in _chosen(ground, 0)]
        pages["floor case"] = [f"{low}/case/{case_id.partition('/')[2]}" for case_id in _chosen(ground, 0)]
        pages["home"], pages["floor home"] = [f"{site}/en/"] * CASES, [f"{low}/"] * CASES
        timings = interleaved(pages, rounds)
        bodies = {language: [fetch(url)[1] for url in pages[f"search {language}"]] for language in LANGUAGES}
        requests = CASES * 2 + sum(len(pages[name]) for name in pages if "floor" not in name) * (rounds + 1)
        for number in range(max(0, MEMORY_REQUESTS - requests)):
            fetch(pages["search en"][number % CASES])
        memory = Figure("anonymous memory", anonymous_memory(pid), "MB", most=MEMORY_MOST)
    return [*_compared(timings), first, *_sizes(bodies), memory, *measure_quality(ground, bodies["en"])]


def _compared(timings: dict[str, Timing]) -> list[Figure]:
    figures = []
    for name in ("search en", "search fa"):
        ours, theirs = timings[name], timings["floor search"]
        for label, share in (("p50", 0.5), ("p95", 0.95)):
            note = _times(ours, theirs, share)
            figures.append(
                Figure(f"{name} {label}", ours.ratio(theirs, share), "x", most=SEARCH_MOST, note=note)
            )
    for name, most in (("case", CASE_MOST), ("home", HOME_MOST)):
        ours, theirs = timings[name], timings[f"floor {name}"]
        note = _times(ours, theirs, 0.5)
        figures.append(Figure(f"{name} page p50", ours.ratio(theirs, 0.5), "x", most=most, note=note))
    return figures


def _first_views(ground: Ground, site: str) -> Figure:
    """Return the time of cases that nobody looked at since the start; other ones than those of the rounds."""
    fetch(f"{site}/fa/cases/{_chosen(ground, 2)[0]}")
    times = [fetch(f"{site}/fa/cases/{case_id}")[0] for case_id in _chosen(ground, 1)]
    return Figure("case page p50, first view", quantile(times, 0.5), "ms", note="nothing kept of it yet")


def _sizes(bodies: dict[str, list[bytes]]) -> list[Figure]:
    whole = [body for pages in bodies.values() for body in pages]
    packed = max(len(gzip.compress(body, 6)) for body in whole)
    return [
        Figure("search page, largest", max(map(len, whole)) / 1024, "KB", most=PAGE_MOST),
        Figure("search page, largest, gzip -6", packed / 1024, "KB", most=GZIP_MOST),
    ]
