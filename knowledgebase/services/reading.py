"""What readers open: one case, one city, and the lists of cases, cities, topics, tags and networks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from weakref import WeakKeyDictionary

from knowledgebase.domain.case import Case
from knowledgebase.domain.comment import About, Talk
from knowledgebase.domain.errors import Gone, Moved, NotFound
from knowledgebase.domain.joining import Verified
from knowledgebase.domain.proposal import Face
from knowledgebase.domain.query import PAGE_SIZE
from knowledgebase.domain.record import (
    Card,
    CaseLabel,
    CaseRecord,
    CityLine,
    CityRecord,
    Listed,
    Revision,
    State,
    TagLine,
)
from knowledgebase.services.comment_reading import TALK_SIZE, for_everybody
from knowledgebase.services.site import Site
from knowledgebase.store import (
    addresses,
    case_lists,
    cases,
    cities,
    comments,
    covers,
    faces,
    journal,
    lookups,
    proofs,
    revisions,
    tags,
)
from knowledgebase.store.engine import Store
from knowledgebase.store.lookups import Around

HOME_CARDS = 12  # newest cases of the home page
CITY_CARDS = 50  # newest cases of a city's page
FEED_CARDS = 50  # newest cases of a feed
TAGS_PAGE = 200  # tags of one page of the list
TAGS_MAX = 10_000  # tags of all its pages


@dataclass(frozen=True, slots=True)
class CaseKey:
    """What decides which rendered form of a case is the right one."""

    revision: int
    index_revision: int
    city_revision: int
    surroundings: str = ""  # of a case that mentions others


@dataclass(frozen=True, slots=True)
class CasePage:
    """A public case with what its page shows round it."""

    record: CaseRecord
    city: CityRecord
    cover: str | None = None  # digest of its picture
    cases: Mapping[str, CaseLabel] = field(default_factory=dict)  # public ones that it mentions, by id
    cities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # names of those that it mentions
    talk: Talk = field(default_factory=Talk)  # the first page of what is said about it
    translators: Mapping[str, Face] = field(default_factory=dict)  # who gave a translation, by its language


@dataclass(frozen=True, slots=True)
class Home:
    """The front door."""

    newest: tuple[Card, ...]
    topics: Mapping[str, int]  # public cases by topic
    cities: tuple[CityLine, ...]
    cases: int


@dataclass(frozen=True, slots=True)
class CityPage:
    """A city with its newest cases and the names of the cities that it mentions."""

    record: CityRecord
    cases: Listed
    named: Mapping[str, Mapping[str, str]]  # sister cities and partners that are here, by id
    confirmed: frozenset[str]  # ids of sisters that name this city too
    verified: Verified | None = None


_HOMES: WeakKeyDictionary[Store, tuple[str, Home]] = WeakKeyDictionary()  # with the state they were read in


def case_key(site: Site, case_id: str) -> CaseKey:
    """Return which state of a public case stands now: one look at the database.

    Raises Gone for a withdrawn case, Moved for a former address, NotFound for anything else.
    """
    with site.store.reading() as db:
        stamp = cases.stamp(db, case_id)
        if stamp is None:
            now = addresses.find(db, case_id)
            raise NotFound(case_id) if now is None else Moved(now)
    if stamp.state is State.WITHDRAWN:
        raise Gone(case_id, stamp.city, stamp.withdrawn_at or site.now())
    return CaseKey(stamp.revision, stamp.index_revision, stamp.city_revision, stamp.surroundings)


def case(site: Site, case_id: str, *, with_talk: bool = False) -> CasePage:
    """Return a public case with its city, with the translations that others gave it, and what is said of it.

    The last only where it is wanted.

    Raises NotFound when it is not public.
    """
    with site.store.reading() as db:
        found = cases.find_with_city(db, case_id)
        if found is None or found[0].state is not State.PUBLISHED:
            raise NotFound(case_id)
        record, city = found
        talk = comments.talk(db, About.of_case(case_id), limit=TALK_SIZE) if with_talk else Talk()
        given = {language: one.by for language, one in record.credited.items()}
        named = faces.of_people(db, given.values()) if given else {}
        mentioned = [*record.case.partners, *([record.case.adapted_from] if record.case.adapted_from else [])]
        is_alone = not mentioned and not record.case.cover
        around = Around(None, {}, {}) if is_alone else lookups.around(db, case_id, mentioned)
    return CasePage(
        replace(record, case=record.told),
        city,
        around.cover if record.case.cover else None,
        around.cases,
        around.cities,
        for_everybody(talk),
        {language: named[person] for language, person in given.items() if person in named},
    )


def history(site: Site, case_id: str) -> tuple[Case, tuple[Revision, ...]]:
    """Return a public case and its revisions, newest first. Raises as `case_key` does."""
    case_key(site, case_id)
    with site.store.reading() as db:
        record = cases.find(db, case_id)
        if record is None or record.state is not State.PUBLISHED:
            raise NotFound(case_id)
        return record.told, revisions.of_case(db, case_id)


def cover(site: Site, case_id: str) -> bytes:
    """Return the picture of a public case as WebP. Raises NotFound where there is none."""
    with site.store.reading() as db:
        stored = covers.find(db, case_id)
    if stored is None:
        raise NotFound(case_id)
    return stored.data


def home(site: Site) -> Home:
    """Return what the front door shows, counted anew only when a case or a city may have changed."""
    with site.store.reading() as db:
        mark = journal.mark(db)
        held = _HOMES.get(site.store)
        if held is not None and held[0] == mark:
            return held[1]
        lines = cities.lines(db)
        newest = case_lists.newest(db, limit=HOME_CARDS)
        topics = case_lists.topic_counts(db)
    counted = Home(newest, topics, lines, sum(line.cases for line in lines))
    _HOMES[site.store] = (mark, counted)
    return counted


def all_cities(site: Site) -> tuple[CityLine, ...]:
    """Return every city with its number of public cases, by id."""
    with site.store.reading() as db:
        return cities.lines(db)


def city(site: Site, city_id: str, *, page: int = 1, size: int = CITY_CARDS) -> CityPage:
    """Return a city's page. Raises NotFound when there is no such city."""
    with site.store.reading() as db:
        record = cities.find(db, city_id)
        if record is None:
            raise NotFound(city_id)
        listed = case_lists.of_city(db, city_id, limit=size, offset=(page - 1) * size)
        others = cities.find_many(db, {sister.city for sister in record.city.sisters} - {city_id})
        verified = proofs.find(db, city_id)
    named = {other_id: other.city.name for other_id, other in others.items()}
    confirmed = frozenset(
        other_id
        for other_id, other in others.items()
        if any(sister.city == city_id for sister in other.city.sisters)
    )
    return CityPage(record, listed, named, confirmed, verified)


def city_with_cases(site: Site, city_id: str, *, size: int) -> tuple[CityRecord, Listed]:
    """Return a city with its newest cases and nothing else. Raises NotFound when there is no such city."""
    with site.store.reading() as db:
        record = cities.find(db, city_id)
        if record is None:
            raise NotFound(city_id)
        return record, case_lists.of_city(db, city_id, limit=size, offset=0)


def topic_counts(site: Site) -> Mapping[str, int]:
    """Return the number of public cases by topic."""
    with site.store.reading() as db:
        return case_lists.topic_counts(db)


def of_topic(site: Site, topic: str, *, page: int = 1) -> Listed:
    """Return one page of a topic's cases, newest first."""
    with site.store.reading() as db:
        return case_lists.of_topic(db, topic, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)


def all_tags(
    site: Site, *, page: int = 1, order: Callable[[str], tuple[str, ...]]
) -> tuple[tuple[TagLine, ...], bool]:
    """Return one page of the tags and whether there are more: most used first, equals by `order` of the word.

    Of more than TAGS_MAX tags the most used are listed.
    """
    start = (page - 1) * TAGS_PAGE
    with site.store.reading() as db:
        used = tags.counts(db, limit=TAGS_MAX)
        ranked = sorted(used, key=lambda folded: (-used[folded], order(folded)))
        listed = ranked[start : start + TAGS_PAGE]
        _, shown = lookups.names(db, (), listed)
    lines = tuple(TagLine(folded, shown.get(folded, folded), used[folded]) for folded in listed)
    return lines, len(ranked) > start + TAGS_PAGE


def of_tag(site: Site, folded: str, *, page: int = 1) -> tuple[TagLine, Listed]:
    """Return a tag with one page of its cases. Raises NotFound when no public case has it."""
    with site.store.reading() as db:
        line = tags.find(db, folded)
        if line is None:
            raise NotFound(folded)
        return line, case_lists.of_tag(db, folded, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)


def network_counts(site: Site) -> Mapping[str, int]:
    """Return the number of member cities by network."""
    with site.store.reading() as db:
        return cities.network_counts(db)


def of_network(site: Site, network: str, *, page: int = 1) -> tuple[tuple[CityLine, ...], Listed]:
    """Return the member cities of a network with one page of their cases."""
    with site.store.reading() as db:
        members = cities.members(db, network)
        listed = case_lists.of_network(db, network, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    return members, listed


def newest(site: Site, *, limit: int = FEED_CARDS) -> tuple[Card, ...]:
    """Return the newest public cases."""
    with site.store.reading() as db:
        return case_lists.newest(db, limit=limit)


def addresses_of_cases(site: Site, *, limit: int, offset: int) -> tuple[tuple[str, datetime], ...]:
    """Return id and last change of public cases, by id, for the sitemap."""
    with site.store.reading() as db:
        return case_lists.addresses(db, limit=limit, offset=offset)


def city_names(site: Site, city_id: str) -> Mapping[str, str]:
    """Return the names of a city by language; empty where it is unknown."""
    return names_of_cities(site, [city_id]).get(city_id, {})


def names_of_cities(site: Site, ids: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """Return the names of cities by id and language; unknown ones are left out."""
    with site.store.reading() as db:
        names, _ = lookups.names(db, list(ids), ())
    return names
