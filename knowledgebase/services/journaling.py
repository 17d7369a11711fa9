"""The journal read by people: a city's by its admins, the whole by moderators and platform admins."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.person import Actor
from knowledgebase.domain.proposal import Face
from knowledgebase.domain.record import CaseLabel
from knowledgebase.services.authorizing import authorize
from knowledgebase.services.site import Site
from knowledgebase.store import faces, journal_lines, lookups
from knowledgebase.store.journal_lines import Chosen
from knowledgebase.store.values import JournalLine

PAGE = 50  # lines of one page
Line = JournalLine  # as pages know it
_PERSON = re.compile(r"[a-z0-9]{12}")
_NAMING = ("person", "by", "invited_by")  # details that may hold the id of a person


@dataclass(frozen=True, slots=True)
class Asked:
    """Which lines somebody wants to read; None leaves a choice open."""

    city: str | None = None  # id
    person: str | None = None  # id, or "operator", "import"
    action: str | None = None
    day: date | None = None  # in UTC
    before: int | None = None  # number of the line behind which the page begins


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One page of the journal with the names of what its lines speak of."""

    lines: tuple[JournalLine, ...]
    people: Mapping[str, Face] = field(default_factory=dict)  # by id
    cases: Mapping[str, CaseLabel] = field(default_factory=dict)  # public ones by id
    cities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # names by id and language
    before: int | None = None  # where the next page begins, None on the last


def read(site: Site, asked: Asked, *, by: Actor) -> JournalPage:
    """Return one page of the journal of a city, or of the whole exchange, newest first.

    Raises NotAllowed for somebody who may not read it.
    """
    if asked.city is None:
        authorize(by, Action.READ_JOURNAL, Concern.exchange())
    else:
        authorize(by, Action.READ_CITY_JOURNAL, Concern.city(asked.city))
    since = datetime.combine(asked.day, time(), UTC) if asked.day else None
    until = since + timedelta(days=1) if since else None
    chosen = Chosen(asked.city, asked.person, asked.action, since, until)
    with site.store.reading() as db:
        found = journal_lines.lines(db, chosen, limit=PAGE + 1, before=asked.before)
        shown = tuple(line for _, line in found[:PAGE])
        people = faces.of_people(db, {person for line in shown for person in _people_of(line)})
        around = lookups.around(db, "", {*_things(shown), *([asked.city] if asked.city else [])})
    if asked.city is not None and asked.city not in around.cities:
        raise NotFound(asked.city)
    more = found[PAGE - 1][0] if len(found) > PAGE else None
    return JournalPage(shown, people, around.cases, around.cities, more)


def _people_of(line: JournalLine) -> Iterator[str]:
    """Yield what may be the id of a person in a line."""
    named = [line.by, line.thing.partition(":")[2], *(line.detail.get(name) for name in _NAMING)]
    yield from (one for one in named if isinstance(one, str) and _PERSON.fullmatch(one))


def _things(lines: Iterable[JournalLine]) -> Iterator[str]:
    """Yield the ids of cases and cities that lines speak of."""
    for line in lines:
        kind, _, name = line.thing.partition(":")
        if kind in ("case", "city"):
            yield name
