"""Count what was acknowledged and is gone, what stands half-written, and where index and database differ."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from knowledgebase.intake.query import read
from knowledgebase.services import indexing, reconciling, searching
from knowledgebase.services.reconciling import Drift
from knowledgebase.services.site import Site

_SEQUENCE = re.compile(r"zq(\d+)w(\d+)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run cost; everything but `acknowledged` must be nothing."""

    acknowledged: int
    lost: int  # acknowledged, and the database holds less
    half: int  # things that lack a part: a revision, a journal line, a text
    missing: int
    stale: int
    ghost: int
    wrong: int  # searches that do not answer what the database holds
    doubles: int = 0  # rows that no form asked for

    @property
    def is_clean(self) -> bool:
        """Return whether nothing was lost and nothing differs."""
        is_whole = not (self.lost or self.half or self.doubles)
        return is_whole and not (self.missing or self.stale or self.ghost or self.wrong)


def judge(site: Site, ledger: Path) -> Verdict:
    """Return the verdict after the queue was drained."""
    drift = settled(site)
    acknowledged = _acknowledged(ledger)
    held = _held(site)
    return Verdict(
        acknowledged=sum(len(states) for states in acknowledged.values()),
        lost=sum(_is_lost(max(states), held.get(number)) for number, states in acknowledged.items()),
        half=_half(site),
        missing=len(drift.missing),
        stale=len(drift.stale) + len(drift.altered),
        ghost=len(drift.ghost) + len(drift.strangers) + len(drift.newer),
        wrong=_wrong_answers(site, held),
    )


def settled(site: Site) -> Drift:
    """Drain the queue and return where index and database still differ."""
    indexing.drain(site)
    live = site.index.live()
    assert live is not None
    site.index.refresh(live)
    return reconciling.compare(site, live)


def _acknowledged(ledger: Path) -> dict[int, list[tuple[int, bool]]]:
    """Return the acknowledged states of each case: sequence, and whether it was withdrawn by it."""
    found: dict[int, list[tuple[int, bool]]] = {}
    for line in ledger.read_text().splitlines():
        noted = json.loads(line)
        if noted["state"] == "acknowledged":
            found.setdefault(noted["case"], []).append((noted["sequence"], noted["is_gone"]))
    return found


def _held(site: Site) -> dict[int, tuple[int, bool]]:
    """Return the sequence that the database holds of each case, and whether it is public."""
    with site.store.reading() as db:
        rows = db.execute(text("select title, state from cases")).all()
    found = {}
    for title, state in rows:
        match = _SEQUENCE.fullmatch(title)
        if match:
            found[int(match.group(1))] = (int(match.group(2)), state == "published")
    return found


def _is_lost(acknowledged: tuple[int, bool], held: tuple[int, bool] | None) -> bool:
    """Return whether a state went missing: an older text, or still public after its withdrawal."""
    sequence, is_gone = acknowledged
    if held is None:
        return not is_gone
    if is_gone:
        return held[1] and held[0] < sequence
    return held[0] < sequence


def _half(site: Site) -> int:
    """Return how many cases lack a revision or a journal line of one of their changes."""
    with site.store.reading() as db:
        revisions: Counter[str] = Counter(
            db.execute(
                text("select c.id from cases c join case_revisions r on r.case_number = c.number")
            ).scalars()
        )
        lines: Counter[str] = Counter(db.execute(text("select thing from journal")).scalars())
        rows = db.execute(text("select id, revision from cases")).all()
    return sum(revisions[case_id] != number or lines[f"case:{case_id}"] != number for case_id, number in rows)


def _wrong_answers(site: Site, held: dict[int, tuple[int, bool]]) -> int:
    wrong = 0
    for number, (sequence, is_public) in held.items():
        results = searching.search(site, read({"q": [f'"zq{number}w{sequence}"']}), language="en")
        wrong += [hit.card.id for hit in results.hits] != ([f"tehran/case-{number}"] if is_public else [])
    return wrong
