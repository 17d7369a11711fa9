"""How far a case has come from the snapshot towards the full tier, as keys done and missing."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from knowledgebase.domain.case import Case, Status, WriterKind

FULL_SECTIONS = ("context", "steps", "cost", "limits", "transfer")  # beside challenge, solution and results
BEFORE_RESULTS = frozenset({Status.PLANNED, Status.IMPLEMENTING})


@dataclass(frozen=True, slots=True)
class Completeness:
    """What of the full tier stands, and what is missing, in the order of the format."""

    done: int
    total: int
    missing: tuple[str, ...]  # keys of the format, sections as "sections.<key>"

    @property
    def percent(self) -> int:
        """Return the part that is done, in whole percent, rounded down."""
        return 100 * self.done // self.total


def completeness(case: Case, sections: Collection[str]) -> Completeness:
    """Return how complete a valid case is; `sections` are the keys of the recognised sections of its text.

    What the case cannot have is not asked for: no offers from others than the city, no results before
    there are any. What no default form asks for (`sdgs`, `interventions`) never counts.
    """
    asked = [*_asked(case), *((f"sections.{key}", key in sections) for key in FULL_SECTIONS)]
    missing = tuple(key for key, is_there in asked if not is_there)
    return Completeness(len(asked) - len(missing), len(asked), missing)


def _asked(case: Case) -> Iterator[tuple[str, bool]]:
    yield "translations", "en" in {case.language, *case.translations}
    yield "tags", bool(case.tags)
    yield "scale", case.scale is not None
    yield "started", case.started is not None
    yield "cost", case.cost is not None
    if case.status not in BEFORE_RESULTS:
        yield "results", bool(case.results)
        yield "evaluation", case.evaluation is not None
    yield "beneficiaries", case.beneficiaries is not None
    yield "preconditions", bool(case.preconditions)
    if case.written_by.kind is WriterKind.CITY:
        yield "offers", bool(case.offers)
    yield "stakeholders", bool(case.stakeholders)
    yield "participation", case.participation is not None
    if case.written_by.kind is WriterKind.CITY:
        yield "contact", case.contact is not None
    yield "sources", bool(case.sources)
    if case.written_by.kind is WriterKind.CITY:
        yield "confirmed", case.confirmed is not None
