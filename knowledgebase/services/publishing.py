"""From draft to case: asked for, returned with a line, and published in one transaction."""

from dataclasses import dataclass, replace

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.case import Case, Writer, WriterKind
from knowledgebase.domain.draft import CaseChanged, Draft, DraftChanged, DraftState, Letter, Step, stepped
from knowledgebase.domain.errors import AlreadyThere, NotAllowed, WrongState
from knowledgebase.domain.person import Actor
from knowledgebase.domain.record import Origin, Rendered, State, Tag
from knowledgebase.services import draft_news
from knowledgebase.services.authorizing import authorize
from knowledgebase.services.drafting import editable, note, writing_on
from knowledgebase.services.site import Site
from knowledgebase.store import addresses, case_writing, drafts, revisions
from knowledgebase.store.connection import Connection
from knowledgebase.text.normalize import skeleton
from knowledgebase.text.sought import sought

SLUG_MAX = 60  # characters
TRIES = 3  # to take a free address while an import takes addresses too


@dataclass(frozen=True, slots=True)
class Publication:
    """What becomes of a draft when it is published."""

    case: Case  # what the draft says; of a new case the slug is the one that its title suggests
    revision: int  # of the draft that says it
    note: str | None = None  # what changed
    letter: Letter | None = None  # by which the city's office approved it


def ask(site: Site, draft_id: str, *, revision: int, by: Actor) -> Draft:
    """Ask for the publication of a draft as it stands at this revision; to ask again changes nothing.

    Raises NotFound, WrongState, DraftChanged when others wrote since.
    """
    with writing_on(site, draft_id, by) as (db, draft, actor):
        if draft.state is DraftState.ASKED:
            return draft
        stepped(draft.state, Step.ASK)
        if draft.revision != revision:
            raise DraftChanged(draft, drafts.text_at(db, draft_id, revision), revision)
        number = actor.person.number if actor.person else None
        asked = drafts.ask(db, draft_id, by_number=number, at=site.now())
        note(site, db, draft, "publication-asked", actor)
        draft_news.asked(db, asked)
        return asked


def take_back(site: Site, draft_id: str, *, by: Actor) -> Draft:
    """Let people write again on a draft that somebody asked to be published. Raises NotFound, WrongState."""
    with writing_on(site, draft_id, by) as (db, draft, actor):
        if draft.state is DraftState.WRITING:
            return draft
        after = stepped(draft.state, Step.TAKE_BACK)
        note(site, db, draft, "publication-taken-back", actor)
        return drafts.set_state(db, draft_id, after, at=site.now())


def give_back(site: Site, draft_id: str, line: str, *, by: Actor) -> Draft:
    """Return a draft that somebody asked to be published, with a line that says what is missing.

    Raises NotFound, NotAllowed, WrongState.
    """
    with writing_on(site, draft_id, by) as (db, draft, actor):
        authorize(actor, Action.DECIDE_CASE, Concern.city(draft.city))
        if draft.state is DraftState.RETURNED and draft.returned == line:
            return draft
        stepped(draft.state, Step.RETURN)
        returned = drafts.give_back(db, draft_id, line, at=site.now())
        note(site, db, draft, "publication-returned", actor)
        draft_news.returned(returned, by=actor.name)
        return returned


def publish(site: Site, draft_id: str, publication: Publication, *, by: Actor) -> Draft:
    """Make a draft a case, or the next revision of its case, and return the draft with the case's id.

    A draft that is published already is returned as it is. The case is stored with its revision, journal
    line and promise to the index in the draft's own transaction.
    Raises NotFound, NotAllowed, WrongState, HeldByFile, DraftChanged and CaseChanged when others wrote
    since, Invalid when the text cannot be rendered.
    """
    case = publication.case
    rendered = site.renderer.render(case.body, sources=len(case.sources))
    for _ in range(TRIES - 1):
        try:
            return _publish(site, draft_id, publication, rendered, by)
        except AlreadyThere:  # an import took the address between our look and our row
            continue
    return _publish(site, draft_id, publication, rendered, by)


def _publish(site: Site, draft_id: str, publication: Publication, rendered: Rendered, by: Actor) -> Draft:
    with writing_on(site, draft_id, by) as (db, draft, actor):
        if draft.state is DraftState.PUBLISHED:
            return draft
        stepped(draft.state, Step.PUBLISH)
        is_own = _check_right(db, draft, actor, publication.letter)
        if draft.revision != publication.revision:
            read = publication.revision
            raise DraftChanged(draft, drafts.text_at(db, draft_id, read), read)
        case = replace(publication.case, written_by=_by_city(publication.case.written_by))
        detail: dict[str, str | int | None] = {"draft": draft_id} | ({"own": 1} if is_own else {})
        if draft.case_id and draft.case_revision is not None:
            expected, case = _onto(db, draft, case, actor)
        else:
            expected, case = 0, replace(case, id=_free_id(db, draft.city, case.slug))
        if expected is not None:
            case_writing.put(
                db,
                case,
                rendered,
                tags=[Tag(skeleton(tag), tag) for tag in case.tags],
                sought=sought(case),
                origin=Origin.FORM,
                folder=None,
                at=site.now(),
                by=actor.name,
                what="revised" if expected else "published",
                note=publication.note,
                expected=expected,
                detail=detail,
            )
        published = drafts.publish(db, draft_id, case.id, publication.letter, at=site.now())
        draft_news.published(published, by=actor.name)
        return published


def _check_right(db: Connection, draft: Draft, actor: Actor, letter: Letter | None) -> bool:
    """Return whether the actor publishes its own text.

    What somebody asked for is decided by an admin other than who wrote or asked, where the city has one.
    Raises NotAllowed.
    """
    city = Concern.city(draft.city)
    is_own = actor.name in (draft.writer, draft.asked_by if draft.state is DraftState.ASKED else None)
    if draft.state is DraftState.ASKED:
        authorize(actor, Action.DECIDE_CASE, city)
        if is_own and any(one != actor.name for one in draft_news.deciders(db, draft.city)):
            raise NotAllowed(draft.id)
    else:
        authorize(actor, Action.PUBLISH_CASE, city)
    if letter and draft.city not in actor.memberships:
        raise NotAllowed(draft.id)
    return is_own


def _onto(db: Connection, draft: Draft, case: Case, actor: Actor) -> tuple[int | None, Case]:
    """Return which revision of its case a draft follows, None when it says the same, and the case.

    Raises CaseChanged when the case says something else than the draft's writer has read.
    """
    record = editable(db, draft.case_id or "", Action.WRITE_CASE, actor)
    if record.state is State.WITHDRAWN:
        raise WrongState(draft.id)
    case = replace(case, id=record.case.id, formerly=record.case.formerly)
    if case == record.case:
        return None, case
    if record.revision != draft.case_revision:
        read = revisions.find_case(db, record.case.id, draft.case_revision or 0)
        if read is None or replace(read.case, id=record.case.id) != record.case:
            raise CaseChanged(record.case, record.revision, read.case if read else None)
    return record.revision, case


def _by_city(writer: Writer) -> Writer:
    return writer if writer.kind is WriterKind.CITY else Writer()


def _free_id(db: Connection, city: str, slug: str) -> str:
    """Return an id that no case has or had: the slug, or the slug with the next free number."""
    wanted, number = slug, 1
    while addresses.is_used(db, f"{city}/{wanted}"):
        number += 1
        end = f"-{number}"
        wanted = slug[: SLUG_MAX - len(end)].rstrip("-") + end
    return f"{city}/{wanted}"
