"""Tags that a case's city gives it on the web: they belong to the case and survive an import."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import Fault, Invalid, NotFound
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import CaseRecord, Contribution, Origin, State, Tag
from knowledgebase.domain.tagging import TAGS_OF_CASE, CaseTag, counted
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.site import Site
from knowledgebase.store import case_additions, journal, tag_rules
from knowledgebase.store.connection import Connection
from knowledgebase.store.tags import Tagging
from knowledgebase.text.sought import sought_beside


def tags_of(site: Site, case_id: str, *, by: Actor) -> tuple[CaseTag, ...]:
    """Return every tag of a public case with what it counts as, for whoever may change them."""
    authorize(by, Action.TAG_CASE, Concern.city(case_id.partition("/")[0]))
    with site.store.reading() as db:
        return case_additions.tags_of(db, case_id)


def add(site: Site, case_id: str, tag: Tag, *, by: Actor) -> Tag:
    """Give a public case a tag and return what it counts as; one that it has already changes nothing.

    Raises NotFound without such a case, Invalid for a forbidden tag or one too many.
    """
    at = site.now()
    with site.store.writing() as db:
        by = present(db, by)
        record, tagging = public(db, case_id)
        authorize(by, Action.TAG_CASE, Concern.city(record.case.city))
        given = give(db, record, tagging, tag, at=at)
        if given.is_new:
            journal.write(
                db,
                at=at,
                by=by.name,
                action="tagged",
                thing=f"case:{case_id}",
                detail={"tag": given.tag.shown},
            )
    return given.tag


def remove(site: Site, case_id: str, folded: str, *, by: Actor) -> None:
    """Take from a public case a tag of the web, as it was written; one that is gone already changes nothing.

    Raises NotFound without such a case, Invalid for a tag of the text itself.
    """
    at = site.now()
    with site.store.writing() as db:
        by = present(db, by)
        record, tagging = public(db, case_id)
        authorize(by, Action.TAG_CASE, Concern.city(record.case.city))
        taken = take(db, record, tagging, folded, at=at)
        if taken:
            journal.write(
                db, at=at, by=by.name, action="untagged", thing=f"case:{case_id}", detail={"tag": taken.shown}
            )


@dataclass(frozen=True, slots=True)
class Given:
    """What giving a tag did."""

    tag: Tag  # what it counts as
    is_new: bool  # the case had it not before


def public(db: Connection, case_id: str) -> tuple[CaseRecord, Tagging]:
    """Return a public case with its tags, held until the transaction ends. Raises NotFound."""
    record, tagging = case_additions.hold(db, case_id)
    if record.state is not State.PUBLISHED:
        raise NotFound(case_id)
    return record, tagging


def give(db: Connection, record: CaseRecord, tagging: Tagging, tag: Tag, *, at: datetime) -> Given:
    """Give a held case a tag of the web; who may do so, and the journal, are the caller's business.

    Raises Invalid for a forbidden tag or one too many.
    """
    rules = tag_rules.holding(db, tagging.folded | {tag.folded})
    told = counted(tag, rules)
    if told is None:
        raise Invalid([Fault("tag-forbidden", "tag", values={"tag": tag.shown})])
    if told.folded in {each.folded for each in tagging.shown(rules)}:
        return Given(told, is_new=False)
    if len(tagging.folded) >= TAGS_OF_CASE:
        raise Invalid([Fault("too-many-tags", "tag", values={"most": TAGS_OF_CASE})])
    put(db, record, (*tagging.web, told), at=at)
    return Given(told, is_new=True)


def take(db: Connection, record: CaseRecord, tagging: Tagging, folded: str, *, at: datetime) -> Tag | None:
    """Take a tag of the web from a held case and return it, None when the case has it not; as `give`.

    Raises Invalid for a tag of the text itself.
    """
    taken = next((tag for tag in tagging.web if tag.folded == folded), None)
    if taken is None:
        own = next((tag for tag in tagging.file if tag.folded == folded), None)
        if own:
            is_file = record.origin is Origin.FILE
            fault = Fault("tag-of-file", "tag") if is_file else Fault("tag-of-form", "tag")
            raise Invalid([fault])
        return None
    put(db, record, tuple(tag for tag in tagging.web if tag.folded != folded), at=at)
    return taken


def put(db: Connection, record: CaseRecord, web: Sequence[Tag], *, at: datetime) -> None:
    """Write the tags of the web of a held case, with the words that the simple list looks in."""
    case_additions.put_tags(db, record.case.id, web, sought=words_of(web, record.contributed), at=at)


def words_of(web: Sequence[Tag], contributed: Mapping[str, Contribution]) -> str:
    """Return the folded words of all that the web adds to a case."""
    return sought_beside((tag.shown for tag in web), (one.translation for one in contributed.values()))
