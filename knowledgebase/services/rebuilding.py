"""Make a new index beside the live one, fill it while writes go on, verify it, and swap."""

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

from knowledgebase.domain.errors import KnowledgeError, NotFound, WrongIndex
from knowledgebase.search.backend import Receipt, SearchBackend, Stamp
from knowledgebase.services.analysing import Analysed, analyse_all
from knowledgebase.services.indexing import drain, refusals, settle
from knowledgebase.services.reconciling import Drift, compare, mend
from knowledgebase.services.site import Site, stamp_of
from knowledgebase.store import case_writing, generations
from knowledgebase.store.values import Generation, Role

STEP = 500  # cases sent at once
STANDBYS = 1  # earlier generations that are kept and fed, for the way back


class RebuildFailed(KnowledgeError):
    """The new index did not hold what the database holds; the live one was left as it is."""

    code = "rebuild-failed"
    http_status = 500

    def __init__(self, drift: Drift) -> None:
        """Remember what differed."""
        super().__init__(f"missing {drift.missing[:5]}, stale {drift.stale[:5]}, ghost {drift.ghost[:5]}")
        self.drift = drift


@dataclass(frozen=True, slots=True)
class Condition:
    """Whether the live index may be used as it stands."""

    live: str | None
    reason: str | None = None  # "none", "other-site", "other-schema", "other-analysis"


def _stamp_or_none(index: SearchBackend, name: str) -> Stamp | None:
    try:
        return index.stamp(name)
    except (NotFound, WrongIndex):  # gone, or of an engine version that this one cannot read
        return None


def condition(site: Site) -> Condition:
    """Return whether the live index was made for this site by this code.

    Raises SearchUnavailable when the engine is away.
    """
    live = site.index.live()
    stamp = _stamp_or_none(site.index, live) if live else None
    if live is None or stamp is None:
        return Condition(None, "none")
    wanted = stamp_of(site)
    if stamp.site != wanted.site:
        return Condition(live, "other-site")
    if stamp.schema != wanted.schema:
        return Condition(live, "other-schema")
    if stamp.analysis != wanted.analysis:
        return Condition(live, "other-analysis")
    return Condition(live)


def prepare(site: Site) -> Condition:
    """Bring the database's memory of generations in line with the engine after a crash, return the condition.

    A swap that the engine made and the database did not learn of is completed; generations that the
    engine lost, or that other code made, are not fed any more.
    """
    state = condition(site)
    wanted = stamp_of(site)
    ours = {name for name in site.index.generations() if _stamp_or_none(site.index, name) == wanted}
    with site.store.writing() as db:
        generations.forget_other_engines(db, site.index.name)
        for known in generations.of_engine(db, site.index.name):
            if known.name not in ours:
                generations.remove(db, known.name)
        names = {known.name: known for known in generations.of_engine(db, site.index.name)}
        if state.live in names and state.reason is None and names[state.live].role is not Role.LIVE:
            generations.promote(db, state.live)
        elif state.live and state.reason is None and state.live not in names:
            return Condition(None, "none")  # an index that was not fed: its gap is unknown
    return state


def reindex(site: Site, *, progress: Callable[[int], object] = bool) -> str:
    """Build, fill, verify and promote a new generation; return its name.

    An unfinished generation of the same stamp is continued where it stopped. `progress` is told how
    many cases were sent. Raises RebuildFailed without a swap when the new index differs from the database.
    """
    prepare(site)
    target = _begin(site)
    _fill(site, target, progress)
    drain(site)
    site.index.refresh(target.name)
    drift = compare(site, target.name, with_content=False)
    if not drift.is_none:  # one more round: writes of the last moments, a refused document
        mend(site, drift)
        drain(site)
        site.index.refresh(target.name)
        drift = compare(site, target.name, with_content=False)
        if not drift.is_none:
            raise RebuildFailed(drift)
    site.index.promote(target.name)
    with site.store.writing() as db:
        generations.promote(db, target.name)
    _drop_old(site)
    return target.name


def _begin(site: Site) -> Generation:
    """Return the unfinished generation to continue, or a new one."""
    with site.store.reading() as db:
        known = generations.of_engine(db, site.index.name)
    unfinished = [generation for generation in known if generation.role is Role.BUILDING]
    if unfinished:
        return unfinished[-1]
    at = site.now()
    name = f"g{at:%Y%m%d%H%M%S%f}"
    site.index.create(name, stamp_of(site))
    with site.store.writing() as db:
        generations.add(db, name, site.index.name, at=at)
    return Generation(name, site.index.name, Role.BUILDING, 0, at)


def _fill(site: Site, target: Generation, progress: Callable[[int], object]) -> None:
    """Send every case, tombstones included, from where an earlier run stopped.

    Where no other index is fed, what was sent leaves the queue and the word list is counted on the way.
    While the engine takes one step, in a thread, the texts of the next are analysed.
    """
    with site.store.reading() as db:
        is_alone = len(generations.of_engine(db, site.index.name)) == 1
    sent = 0
    under_way: deque[tuple[Analysed, Future[tuple[Receipt, ...]]]] = deque()
    steps = analyse_all(site, target.cursor, STEP, with_words=is_alone)
    with closing(steps), ThreadPoolExecutor(1) as sender:  # its thread begins behind all forks
        for step in steps:
            under_way.append((step, sender.submit(site.index.put, target.name, step.documents)))
            if len(under_way) > 1:
                sent += _confirm(site, target, *under_way.popleft(), is_alone)
                progress(sent)
        while under_way:
            sent += _confirm(site, target, *under_way.popleft(), is_alone)
            progress(sent)


def _confirm(
    site: Site, target: Generation, step: Analysed, put: Future[tuple[Receipt, ...]], is_alone: bool
) -> int:
    """Wait until the engine has a step, note it, and return how many cases that were."""
    refused = refusals(put.result())
    if is_alone:
        settle(site, step.documents, step.forms_of, refused)
    with site.store.writing() as db:
        generations.advance(db, target.name, step.last)
        case_writing.touch(db, refused, at=site.now())
    return len(step.documents)


def _drop_old(site: Site) -> None:
    """Drop earlier generations of this site, but the one that stands by for the way back."""
    with site.store.reading() as db:
        known = generations.of_engine(db, site.index.name)
    standbys = [generation.name for generation in known if generation.role is Role.STANDBY]
    outdated = standbys[: len(standbys) - STANDBYS]
    kept = {generation.name for generation in known} - set(outdated)
    mine = stamp_of(site).site
    for name in site.index.generations():
        stamp = _stamp_or_none(site.index, name)
        if name not in kept and stamp is not None and stamp.site == mine:
            site.index.drop(name)
    with site.store.writing() as db:
        for name in outdated:
            generations.remove(db, name)
