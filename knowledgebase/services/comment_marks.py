"""What is done to somebody else's comments: reported, hidden, restored, pinned, accepted as an answer."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.comment import Comment, CommentState, Hiding, MatterKind, Outcome, Side
from knowledgebase.domain.errors import NotAllowed, NotFound
from knowledgebase.domain.letter import NewsKind
from knowledgebase.domain.person import Actor
from knowledgebase.services import comment_news, comment_reading
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.commenting import note, person_of
from knowledgebase.services.site import Site
from knowledgebase.store import comment_writing, matters
from knowledgebase.store.connection import Connection


@dataclass(frozen=True, slots=True)
class _Work:
    """A transaction with the comment as it is, the actor as it is, and the moment."""

    site: Site
    db: Connection
    comment: Comment
    by: Actor
    at: datetime

    @property
    def about(self) -> Concern:
        """Return the city that the comment is about."""
        return Concern.city(self.comment.about.city)

    @property
    def by_number(self) -> int | None:
        """Return the number of the actor, None of the operator."""
        return self.by.person.number if self.by.person else None

    def shown(self, changed: Comment, *, action: str, **detail: str | int | None) -> Comment:
        """Let everybody see a change, write it down, and return the comment."""
        comment_writing.show_change(self.db, changed.about, at=self.at)
        note(self.db, self.site, changed, self.by, action=action, **detail)
        return changed


def report(site: Site, comment_id: str, reason: str, *, by: Actor) -> None:
    """Tell moderators and the city that is talked about why a comment should not stand.

    Who did so before and has had no answer changes nothing. Raises NotFound where it is not shown,
    NotAllowed for one's own.
    """
    with _working(site, comment_id, by) as work:
        authorize(work.by, Action.REPORT, work.about)
        reporter = person_of(work.by)
        if not work.comment.is_shown:
            raise NotFound(comment_id)
        if comment_reading.is_writer(work.by, work.comment):
            raise NotAllowed(comment_id)
        number = matters.begin(
            work.db,
            MatterKind.REPORTED,
            at=work.at,
            comment_number=work.comment.number,
            city=work.comment.about.city,
            asked_by=reporter.number,
        )
        if matters.add_report(work.db, number, reporter.number, reason, at=work.at):
            note(work.db, site, work.comment, work.by, action="comment-reported", reason=reason)
            comment_news.tell_reported(site, work.db, work.comment, by=work.by)


def hide(site: Site, comment_id: str, reason: str, *, by: Actor) -> Comment:
    """Put a line in the place of a comment: who hid it, when and why. A hidden one is left as it is.

    A hiding by the city that is talked about goes before the moderators. Raises NotAllowed for a city whose
    hiding of this comment a moderator has reversed, NotFound for what is not shown.
    """
    with _working(site, comment_id, by) as work:
        authorize(work.by, Action.HIDE_COMMENT, work.about)
        comment = work.comment
        if comment.state is CommentState.HIDDEN:
            return comment
        if not comment.is_shown:
            raise NotFound(comment_id)
        if not comment_reading.may_hide(comment, work.by):
            raise NotAllowed(comment_id)
        side = comment_reading.side_of(comment, work.by)
        hiding = Hiding(side, work.at, reason)
        hidden = comment_writing.hide(work.db, comment, hiding, city_may_hide=comment.city_may_hide)
        kinds = (MatterKind.REPORTED,)
        matters.decide_all(
            work.db, comment.number, kinds, Outcome.HIDDEN, at=work.at, by=work.by.name, note=reason
        )
        if side is Side.CITY:
            matters.begin(
                work.db,
                MatterKind.HIDDEN,
                at=work.at,
                comment_number=comment.number,
                asked_by=work.by_number,
                reason=reason,
            )
        comment_news.tell_hidden(site, work.db, hidden, by=work.by)
        return work.shown(hidden, action="comment-hidden", reason=reason, side=side)


def restore(site: Site, comment_id: str, reason: str, *, by: Actor) -> Comment:
    """Show a hidden comment again; one that is shown is left as it is.

    A city restores what it hid itself, a moderator everything: then the city may not hide it again.
    Raises NotAllowed for a city where a moderator has hidden it.
    """
    with _working(site, comment_id, by) as work:
        authorize(work.by, Action.HIDE_COMMENT, work.about)
        comment = work.comment
        if comment.is_shown:
            return comment
        if comment.state is not CommentState.HIDDEN or comment.hiding is None:
            raise NotFound(comment_id)
        if not comment_reading.may_restore(comment, work.by):
            raise NotAllowed(comment_id)
        is_own = comment_reading.side_of(comment, work.by) is Side.CITY
        is_reversal = comment.hiding.by is Side.CITY and not is_own
        outcome = Outcome.REVERSED if is_reversal else Outcome.RESTORED
        restored = comment_writing.restore(
            work.db, comment, city_may_hide=comment.city_may_hide and not is_reversal
        )
        kinds = (MatterKind.HIDDEN,)
        matters.decide_all(work.db, comment.number, kinds, outcome, at=work.at, by=work.by.name, note=reason)
        comment_news.tell_writer(site, work.db, NewsKind.COMMENT_RESTORED, restored, by=work.by, note=reason)
        return work.shown(restored, action="comment-restored", reason=reason)


def pin(site: Site, comment_id: str, *, by: Actor) -> Comment:
    """Make a comment of the city's own people its statement, instead of any earlier one.

    Raises NotAllowed for what others said and for another city, NotFound for what is not shown.
    """
    with _working(site, comment_id, by) as work:
        _authorize_mark(work, comment_reading.may_pin(work.comment, work.by))
        if work.comment.is_pinned:
            return work.comment
        return work.shown(comment_writing.pin(work.db, work.comment), action="comment-pinned")


def unpin(site: Site, comment_id: str, *, by: Actor) -> Comment:
    """Take back that a comment is its city's statement."""
    return _take_back(
        site,
        comment_id,
        by,
        lambda comment: comment.is_pinned,
        comment_writing.unpin,
        action="comment-unpinned",
    )


def accept_answer(site: Site, comment_id: str, *, by: Actor) -> Comment:
    """Mark the answer that a question got, instead of any earlier one.

    Raises NotAllowed where its thread did not begin with a question, NotFound for what is not shown.
    """
    with _working(site, comment_id, by) as work:
        _authorize_mark(work, work.comment.answers_question)
        if work.comment.is_accepted:
            return work.comment
        accepted = comment_writing.accept(work.db, work.comment)
        comment_news.tell_writer(site, work.db, NewsKind.ANSWER_ACCEPTED, accepted, by=work.by)
        return work.shown(accepted, action="answer-accepted")


def unaccept_answer(site: Site, comment_id: str, *, by: Actor) -> Comment:
    """Take back that an answer is the accepted one."""
    return _take_back(
        site,
        comment_id,
        by,
        lambda comment: comment.is_accepted,
        comment_writing.unaccept,
        action="answer-unaccepted",
    )


def _take_back(
    site: Site,
    comment_id: str,
    by: Actor,
    has_mark: Callable[[Comment], bool],
    change: Callable[[Connection, Comment], Comment],
    *,
    action: str,
) -> Comment:
    with _working(site, comment_id, by) as work:
        _authorize_mark(work, fits=True)
        if not has_mark(work.comment):
            return work.comment
        return work.shown(change(work.db, work.comment), action=action)


def _authorize_mark(work: _Work, fits: bool) -> None:  # read beside what is judged
    """Let somebody who speaks for the city mark a comment. Raises NotAllowed where the mark does not fit."""
    authorize(work.by, Action.MARK_COMMENT, work.about)
    if not work.comment.is_shown:
        raise NotFound(work.comment.id)
    if not fits:
        raise NotAllowed(work.comment.id)


@contextmanager
def _working(site: Site, comment_id: str, by: Actor) -> Iterator[_Work]:
    """Lend a transaction with a comment that the actor may know of."""
    with site.store.writing() as db:
        actor = present(db, by)
        comment = comment_reading.find_readable(db, comment_id, actor)
        yield _Work(site, db, comment, actor, site.now())
