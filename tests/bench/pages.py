"""What readers wait for: pages of the product beside those of the floor, their sizes, and memory."""

import gzip
import random
from pathlib import Path
from statistics import median
from urllib.parse import quote

from tests.bench.figures import Figure
from tests.bench.ground import Ground
from tests.bench.quality import measure_quality
from tests.bench.rounds import Pages, Timing, fetch, interleaved, quantile
from tests.bench.serving import Server, anonymous_memory, floor, product, web_server_of

CASES = 200  # different ones
ANEW = 3  # rounds of questions that nobody asked before
SEARCH_MOST, CASE_MOST, HOME_MOST = 2.0, 2.5, 2.0  # times the floor
PAGE_MOST, GZIP_MOST = 64.0, 14.0  # KB
MEMORY_MOST, MEMORY_REQUESTS = 160.0, 2_000  # MB of master and two workers, and after how many requests
LANGUAGES = ("en", "fa")
MEDIAN = 0.5


def searches(site: Server, language: str, ground: Ground) -> list[str]:
    """Return the addresses of the answers to all questions, in a language of the interface."""
    return [f"{site.address}/{language}/search?q={quote(question.text)}" for question in ground.questions]


def _chosen(ground: Ground, round_number: int) -> list[str]:
    """Return ids of different cases, others in each round while the corpus has them."""
    ids = random.Random(0).sample(ground.cases, len(ground.cases))  # noqa: S311 - a choice of a bench
    start = round_number * CASES % len(ids)
    return ids[start : start + CASES]


def _times(ours: Timing, theirs: Timing, share: float) -> str:
    told = f"{ours.at(share):.2f} ms against {theirs.at(share):.2f}"
    return told if share != MEDIAN else f"{told}; CPU {ours.cpu:.2f} against {theirs.cpu:.2f}"


def measure_pages(ground: Ground, folder: Path, rounds: int) -> list[Figure]:
    """Return times, sizes and answers of the pages of the site in FOLDER/site, beside the floor's."""
    with floor(ground, folder / "floor") as low, product(folder / "site") as site:
        first = _first_views(ground, site.address)
        timings = interleaved(_lists(ground, site, low), rounds)
        anew = _counted_anew(ground, site, low)
        bodies = {
            language: [fetch(url)[1] for url in searches(site, language, ground)] for language in LANGUAGES
        }
    return [*_compared(timings), anew, first, *_sizes(bodies), *measure_quality(ground, bodies["en"])]


def _lists(ground: Ground, site: Server, low: Server) -> dict[str, Pages]:
    cases = _chosen(ground, 0)
    slugs = [case_id.partition("/")[2] for case_id in cases]
    floor_searches = [f"{low.address}/search?q={quote(question.text)}" for question in ground.questions]
    return {
        "search en": Pages(searches(site, "en", ground), site.pid),
        "search fa": Pages(searches(site, "fa", ground), site.pid),
        "case": Pages([f"{site.address}/en/cases/{case_id}" for case_id in cases], site.pid),
        "home": Pages([f"{site.address}/en/"] * CASES, site.pid),
        "floor search": Pages(floor_searches, low.pid),
        "floor case": Pages([f"{low.address}/case/{slug}" for slug in slugs], low.pid),
        "floor home": Pages([f"{low.address}/"] * CASES, low.pid),
    }


def measure_memory(ground: Ground, site: Server) -> Figure:
    """Return the memory of master and workers of a site started by `kb run`, after many requests."""
    urls = [url for language in LANGUAGES for url in searches(site, language, ground)]
    urls += [f"{site.address}/en/cases/{case_id}" for case_id in _chosen(ground, 0)]
    for number in range(MEMORY_REQUESTS):
        fetch(urls[number % len(urls)])
    note = f"after {MEMORY_REQUESTS} requests for {len(urls)} pages"
    return Figure(
        "anonymous memory", anonymous_memory(web_server_of(site)), "MB", most=MEMORY_MOST, note=note
    )


def _compared(timings: dict[str, Timing]) -> list[Figure]:
    figures = []
    for name in ("search en", "search fa"):
        ours, theirs = timings[name], timings["floor search"]
        for label, share in (("p50", MEDIAN), ("p95", 0.95)):
            note = _times(ours, theirs, share)
            figures.append(
                Figure(f"{name} {label}", ours.ratio(theirs, share), "x", most=SEARCH_MOST, note=note)
            )
    for name, most in (("case", CASE_MOST), ("home", HOME_MOST)):
        ours, theirs = timings[name], timings[f"floor {name}"]
        note = _times(ours, theirs, MEDIAN)
        figures.append(Figure(f"{name} page p50", ours.ratio(theirs, MEDIAN), "x", most=most, note=note))
    return figures


def _first_views(ground: Ground, site: str) -> Figure:
    """Return the time of cases that nobody looked at since the start; other ones than those of the rounds."""
    fetch(f"{site}/fa/cases/{_chosen(ground, 2)[0]}")
    times = [fetch(f"{site}/fa/cases/{case_id}")[0] for case_id in _chosen(ground, 1)]
    return Figure("case page p50, first view", quantile(times, MEDIAN), "ms", note="nothing kept of it yet")


def _counted_anew(ground: Ground, site: Server, low: Server) -> Figure:
    """Return the time of searches that nobody asked before: an excluded word makes each of them new."""
    ratios = []
    for number in range(ANEW):
        theirs = [fetch(f"{low.address}/search?q={quote(one.text)}")[0] for one in ground.questions]
        asked = [quote(f"{one.text} -zq{number}") for one in ground.questions]
        ours = [fetch(f"{site.address}/en/search?q={words}")[0] for words in asked]
        ratios.append(quantile(ours, MEDIAN) / quantile(theirs, MEDIAN))
    return Figure(
        "search en p50, asked first", median(ratios), "x", note="counts by filter are not known yet"
    )


def _sizes(bodies: dict[str, list[bytes]]) -> list[Figure]:
    whole = [body for pages in bodies.values() for body in pages]
    packed = max(len(gzip.compress(body, 6)) for body in whole)
    return [
        Figure("search page, largest", max(map(len, whole)) / 1024, "KB", most=PAGE_MOST),
        Figure("search page, largest, gzip -6", packed / 1024, "KB", most=GZIP_MOST),
    ]
