"""The moderators' queue: what waits for a decision, each decision, and taking it back."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.comment import (
    Comment,
    CommentState,
    Hiding,
    Matter,
    MatterKind,
    Outcome,
    Queue,
    Side,
)
from knowledgebase.domain.errors import AlreadyThere, NotAllowed, NotFound, StaleRevision
from knowledgebase.domain.letter import NewsKind
from knowledgebase.domain.person import Actor, CityRole, PersonState
from knowledgebase.services import comment_marks, comment_news, comment_reading, people
from knowledgebase.services.authorizing import authorize, may, present
from knowledgebase.services.commenting import note, person_of
from knowledgebase.services.site import Site
from knowledgebase.store import comment_writing, journal, matters
from knowledgebase.store import people as accounts
from knowledgebase.store.connection import Connection

QUEUE_SIZE = 20  # matters of one page


@dataclass(frozen=True, slots=True)
class _Work:
    """A transaction with a matter, its comment and the actor as they are, and the moment."""

    site: Site
    db: Connection
    matter: Matter
    by: Actor
    at: datetime

    @property
    def comment(self) -> Comment:
        """Return the comment that the matter is about. Raises NotFound for a suspension."""
        if self.matter.comment is None:
            raise NotFound(str(self.matter.number))
        return self.matter.comment

    @property
    def by_number(self) -> int | None:
        """Return the number of the actor, None of the operator."""
        return self.by.person.number if self.by.person else None

    def decide(self, outcome: Outcome, reason: str | None) -> None:
        """End the matter."""
        matters.decide(self.db, self.matter.number, outcome, at=self.at, by=self.by.name, note=reason)

    def note(self, *, action: str, reason: str | None = None) -> None:
        """Write into the journal what was decided about the comment."""
        note(self.db, self.site, self.comment, self.by, action=action, reason=reason)


def queue(site: Site, *, page: int = 1, is_open: bool = True, by: Actor) -> Queue:
    """Return one page of what waits, or of what was decided, as far as the actor may decide it.

    A city's admin: its own people's held comments and the reports about its own cases; moderators: all.
    Raises NotAllowed for anybody else.
    """
    cities: frozenset[str] | None = None
    if not may(by, Action.MODERATE, Concern.exchange()):
        cities = frozenset(city for city, place in by.memberships.items() if place.role is CityRole.ADMIN)
        if not cities:
            raise NotAllowed("moderate")
    offset = (page - 1) * QUEUE_SIZE
    with site.store.reading() as db:
        return matters.page(db, of_cities=cities, is_open=is_open, limit=QUEUE_SIZE, offset=offset)


def release(site: Site, number: int, *, by: Actor) -> Comment:
    """Let a held comment out; its writer is trusted from now on. Raises StaleRevision when it was decided."""
    with _deciding(site, number, MatterKind.HELD, by) as work:
        released = comment_writing.release(work.db, _in_state(work, CommentState.HELD), at=work.at)
        work.decide(Outcome.RELEASED, None)
        comment_writing.show_change(work.db, released.about, at=work.at)
        work.note(action="comment-released")
        comment_news.tell_writer(site, work.db, NewsKind.COMMENT_RELEASED, released, by=work.by)
        comment_news.tell_published(site, work.db, released, by=None)
        return released


def refuse(site: Site, number: int, reason: str, *, by: Actor) -> None:
    """Let a held comment never be shown. Raises StaleRevision when it was decided."""
    with _deciding(site, number, MatterKind.HELD, by) as work:
        refused = comment_writing.refuse(work.db, _in_state(work, CommentState.HELD))
        work.decide(Outcome.REFUSED, reason)
        work.note(action="comment-refused", reason=reason)
        comment_news.tell_writer(site, work.db, NewsKind.COMMENT_REFUSED, refused, by=work.by, note=reason)


def dismiss(site: Site, number: int, reason: str, *, by: Actor) -> None:
    """Let a reported comment stand, or a person go on. Raises StaleRevision when it was decided."""
    with _deciding(site, number, (MatterKind.REPORTED, MatterKind.SUSPENSION), by) as work:
        work.decide(Outcome.DISMISSED, reason)
        if work.matter.kind is MatterKind.REPORTED:
            work.note(action="report-dismissed", reason=reason)
        else:
            _note_person(work, action="suspension-dismissed", reason=reason)


def hide(site: Site, number: int, reason: str, *, by: Actor) -> Comment:
    """Hide the comment that a report is about, and so end the report."""
    with site.store.reading() as db:
        matter = _find(db, number)
    if matter.comment is None:
        raise NotFound(str(number))
    return comment_marks.hide(site, matter.comment.id, reason, by=by)


def uphold(site: Site, number: int, reason: str, *, by: Actor) -> None:
    """Let a comment stay hidden as the city wished. Raises StaleRevision when it was decided."""
    with _deciding(site, number, MatterKind.HIDDEN, by) as work:
        work.decide(Outcome.UPHELD, reason)
        work.note(action="hiding-upheld", reason=reason)


def reverse(site: Site, number: int, reason: str, *, by: Actor) -> Comment:
    """Show again what a city hid; it may not hide it again. Raises StaleRevision when it was decided."""
    with _deciding(site, number, MatterKind.HIDDEN, by) as work:
        restored = comment_writing.restore(work.db, _in_state(work, CommentState.HIDDEN), city_may_hide=False)
        work.decide(Outcome.REVERSED, reason)
        comment_writing.show_change(work.db, restored.about, at=work.at)
        work.note(action="hiding-reversed", reason=reason)
        comment_news.tell_writer(site, work.db, NewsKind.COMMENT_RESTORED, restored, by=work.by, note=reason)
        return restored


def ask_for_suspension(site: Site, person_id: str, reason: str, *, by: Actor) -> None:
    """Put before the platform admins that somebody be suspended; who is, or was asked for, stays as it is.

    Raises NotFound for nobody.
    """
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.MODERATE, Concern.exchange())
        found = accounts.find(db, person_id)
        if found is None or found.person is None:
            raise NotFound(person_id)
        if found.person.state is PersonState.SUSPENDED:
            return
        matters.begin(
            db,
            MatterKind.SUSPENSION,
            at=site.now(),
            person_number=found.person.number,
            asked_by=person_of(by).number,
            reason=reason,
        )
        thing = f"person:{person_id}"
        told = {"reason": reason}
        journal.write(db, at=site.now(), by=by.name, action="suspension-asked-for", thing=thing, detail=told)


def suspend(site: Site, number: int, *, by: Actor) -> None:
    """Suspend whom a moderator asked to suspend. Raises NotAllowed for all but platform admins."""
    with _deciding(site, number, MatterKind.SUSPENSION, by) as work:
        person_id, reason = work.matter.person or "", work.matter.reason
    people.suspend(site, person_id, by=by, reason=reason)  # first: until it is done, the matter waits
    with _deciding(site, number, MatterKind.SUSPENSION, by) as work:
        work.decide(Outcome.SUSPENDED, reason)


def undo(site: Site, number: int, *, by: Actor) -> None:
    """Take a decision back, so that the matter waits again and its comment is as it was before.

    Raises StaleRevision when the comment has changed since, NotAllowed for what cannot be taken back.
    """
    with site.store.reading() as db:
        matter = _find(db, number)
    if matter.outcome is Outcome.SUSPENDED:
        people.unsuspend(site, matter.person or "", by=by, reason="undone")
    with _undoing(site, number, by) as work:
        if work.matter.comment is not None:
            _as_before(work, work.matter.comment)
            note(work.db, site, work.comment, work.by, action="decision-undone", outcome=work.matter.outcome)
        else:
            _note_person(work, action="decision-undone", reason=work.matter.outcome)
        matters.reopen(work.db, work.matter)


def _as_before(work: _Work, comment: Comment) -> None:
    """Bring a comment into the state that it had before the decision."""
    matter, is_shown = work.matter, comment.is_shown
    if matter.outcome in (Outcome.RELEASED, Outcome.REFUSED):
        was = CommentState.VISIBLE if matter.outcome is Outcome.RELEASED else CommentState.REFUSED
        comment_writing.hold(work.db, _in_state(work, was))
    elif matter.outcome is Outcome.REVERSED:
        hiding = Hiding(Side.CITY, work.at, matter.reason or "")
        comment_writing.hide(work.db, _in_state(work, CommentState.VISIBLE), hiding, city_may_hide=True)
    elif matter.outcome is Outcome.HIDDEN:
        _in_state(work, CommentState.HIDDEN)
        if not comment_reading.may_restore(comment, work.by):
            raise NotAllowed(comment.id)
        comment_writing.restore(work.db, comment, city_may_hide=comment.city_may_hide)
        kinds = (MatterKind.HIDDEN,)
        matters.decide_all(work.db, comment.number, kinds, Outcome.RESTORED, at=work.at, by=work.by.name)
    elif matter.outcome in (Outcome.DELETED, Outcome.RESTORED):
        raise NotAllowed(comment.id)
    if is_shown or matter.outcome is Outcome.HIDDEN:
        comment_writing.show_change(work.db, comment.about, at=work.at)


def _in_state(work: _Work, state: CommentState) -> Comment:
    """Return the comment of a matter. Raises StaleRevision when it is in another state by now."""
    if work.comment.state is not state:
        raise StaleRevision(work.comment.id)
    return work.comment


def _find(db: Connection, number: int) -> Matter:
    matter = matters.find(db, number)
    if matter is None:
        raise NotFound(str(number))
    return matter


def _authorize(by: Actor, matter: Matter) -> None:
    """Let somebody decide a matter. Raises NotFound for what is not in the actor's queue."""
    if matter.city is None or matter.kind in (MatterKind.HIDDEN, MatterKind.SUSPENSION):
        concern, asked = Concern.exchange(), Action.MODERATE
    else:
        concern = Concern.city(matter.city)
        asked = Action.RELEASE_COMMENT if matter.kind is MatterKind.HELD else Action.HIDE_COMMENT
    if not may(by, asked, concern):
        raise NotFound(str(matter.number))
    if matter.kind is MatterKind.SUSPENSION:
        authorize(by, Action.SUSPEND, Concern.exchange())
    if matter.kind is MatterKind.HELD and matter.comment and comment_reading.is_writer(by, matter.comment):
        raise NotAllowed(matter.comment.id)


@contextmanager
def _deciding(
    site: Site, number: int, kinds: MatterKind | tuple[MatterKind, ...], by: Actor
) -> Iterator[_Work]:
    """Lend a transaction with a matter that waits and that the actor may decide."""
    with site.store.writing() as db:
        actor = present(db, by)
        matter = _find(db, number)
        _authorize(actor, matter)
        if matter.kind not in (kinds if isinstance(kinds, tuple) else (kinds,)):
            raise NotAllowed(str(number))
        if matter.decided_at is not None:
            raise StaleRevision(str(number))
        yield _Work(site, db, matter, actor, site.now())


@contextmanager
def _undoing(site: Site, number: int, by: Actor) -> Iterator[_Work]:
    """Lend a transaction with a matter that was decided and that the actor may decide."""
    with site.store.writing() as db:
        actor = present(db, by)
        matter = _find(db, number)
        _authorize(actor, matter)
        if matter.decided_at is None:
            raise StaleRevision(str(number))
        thing = matter.comment.number if matter.comment else None
        if thing is not None and matters.is_waiting(db, thing, matter.kind):
            raise AlreadyThere(str(number))
        yield _Work(site, db, matter, actor, site.now())


def _note_person(work: _Work, *, action: str, reason: str | None) -> None:
    told = {"reason": reason} if reason else {}
    thing = f"person:{work.matter.person}"
    journal.write(work.db, at=work.at, by=work.by.name, action=action, thing=thing, detail=told)
