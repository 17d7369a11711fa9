"""Whether the questions of the yardstick find what they should, read from the pages as readers get them."""

import re
from collections.abc import Sequence
from statistics import mean
from urllib.parse import unquote

from tests.bench.figures import Figure
from tests.bench.ground import Ground, Question

FIRST = 10  # hits that are looked at
SUCCESS = {"known": 1.0, "rare": None, "fa": 1.0, "fa-variant": 0.95, "typo": 0.8}  # least share
PRECISION = {"topic": None, "inflect": 0.8}
_CARD = re.compile(r'<h2 class="card-title"[^>]*><a href="/en/cases/[^"/]+/([^"/]+)"')


def _found(body: bytes) -> list[str]:
    """Return the slugs of the first cases of a search page."""
    return [unquote(slug) for slug in _CARD.findall(body.decode())][:FIRST]


def measure_quality(ground: Ground, bodies: Sequence[bytes]) -> list[Figure]:
    """Return shares of success, one a class of questions; `bodies` are the English pages in their order."""
    by_kind: dict[str, list[tuple[Question, list[str]]]] = {}
    for question, body in zip(ground.questions, bodies, strict=True):
        by_kind.setdefault(question.kind, []).append((question, _found(body)))
    figures = []
    for kind, least in SUCCESS.items():
        share = mean(question.target in found for question, found in by_kind[kind])
        figures.append(Figure(f"{kind}: success in the first {FIRST}", share, least=least))
    for kind, least in PRECISION.items():
        share = mean(_precision(ground, question, found) for question, found in by_kind[kind])
        figures.append(Figure(f"{kind}: precision of the first {FIRST}", share, least=least))
    false = sum(len(found) for _, found in by_kind["nohit"])
    return [*figures, Figure("nohit: false hits", float(false), most=0.0)]


def _precision(ground: Ground, question: Question, found: list[str]) -> float:
    """Return the share of right cases; places that stay empty are wrong."""
    return sum(question.tag in ground.tags[slug] for slug in found) / FIRST
