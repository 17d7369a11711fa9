"""What readers see of comments: those of a case or a city, the newest, and one by its own address."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.comment import (
    EDIT_LASTS,
    EDITS_MAX,
    About,
    Comment,
    CommentState,
    Earlier,
    Remarked,
    Side,
    Talk,
    Thread,
)
from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.person import Actor, CityRole, Person
from knowledgebase.services.authorizing import may
from knowledgebase.services.site import Site
from knowledgebase.store import comments
from knowledgebase.store import people as accounts
from knowledgebase.store.connection import Connection

TALK_SIZE = 200  # comments of one page
LIST_SIZE = 20  # comments of one page of the newest
FEED_SIZE = 50


class Doing(StrEnum):
    """What an actor may do to a comment, as its page offers it."""

    REPLY = "reply"
    EDIT = "edit"
    DELETE = "delete"
    REPORT = "report"
    HIDE = "hide"
    RESTORE = "restore"
    PIN = "pin"
    UNPIN = "unpin"
    ACCEPT = "accept"
    UNACCEPT = "unaccept"
    RELEASE = "release"  # or refuse
    HISTORY = "history"


@dataclass(frozen=True, slots=True)
class Shown:
    """One comment as an actor may see it, with what it may do."""

    comment: Comment  # without its texts where the actor may not read them
    may: frozenset[Doing]
    speaker: Person | None = None  # behind a city, for those who may know
    earlier: tuple[Earlier, ...] = field(default_factory=tuple)


def talk(site: Site, about: About, *, page: int = 1, newest_first: bool = False) -> Talk:
    """Return one page of what is said about a public case or city; of hidden ones the line alone."""
    offset = (page - 1) * TALK_SIZE
    with site.store.reading() as db:
        read = comments.talk(db, about, limit=TALK_SIZE, offset=offset, newest_first=newest_first)
    return for_everybody(read)


def fits_on_one_page(site: Site, about: About) -> bool:
    """Say whether all that is said about a case or a city stands on one page."""
    with site.store.reading() as db:
        return comments.count_about(db, about) <= TALK_SIZE


def for_everybody(read: Talk) -> Talk:
    """Return a talk without anything that not everybody may read."""
    threads = tuple(
        Thread(
            public(thread.first) if thread.first else None, tuple(public(answer) for answer in thread.answers)
        )
        for thread in read.threads
    )
    return replace(read, threads=threads, statement=public(read.statement) if read.statement else None)


def newest(site: Site, *, page: int = 1) -> tuple[tuple[Remarked, ...], bool]:
    """Return one page of the newest comments of the exchange and whether there are more."""
    with site.store.reading() as db:
        read = comments.newest(db, limit=LIST_SIZE + 1, offset=(page - 1) * LIST_SIZE)
    return read[:LIST_SIZE], len(read) > LIST_SIZE


def feed(site: Site, about: About | None = None) -> tuple[Remarked, ...]:
    """Return the newest comments, of a case or city or of the whole exchange, for a feed."""
    with site.store.reading() as db:
        return comments.newest(db, limit=FEED_SIZE, about=about)


def show(site: Site, comment_id: str, *, by: Actor) -> Shown:
    """Return one comment with what an actor may do to it.

    Raises NotFound when it cannot see the comment at all; of a hidden one everybody sees the line.
    """
    with site.store.reading() as db:
        comment = find_readable(db, comment_id, by)
        doings = _doings(comment, by, is_young=site.now() - comment.created <= EDIT_LASTS)
        speaker = _speaker(db, comment, by)
        before = comments.earlier(db, comment.number) if Doing.HISTORY in doings else ()
    if comment.state is CommentState.HIDDEN and not reads_hidden(comment, by):
        comment = public(comment)
    return Shown(comment, doings, speaker, before)


def find_readable(db: Connection, comment_id: str, by: Actor, *, with_deleted: bool = False) -> Comment:
    """Return a comment in a state that the actor may know of. Raises NotFound otherwise.

    What is held or refused is known to its writer and to those who may release it, what is deleted
    to nobody; with `with_deleted` to those who could have deleted it.
    """
    comment = comments.find(db, comment_id)
    if comment is None:
        raise NotFound(comment_id)
    if comment.state in (CommentState.HELD, CommentState.REFUSED):
        is_known = is_writer(by, comment) or may(by, Action.RELEASE_COMMENT, home_of(comment))
    elif comment.state is CommentState.DELETED:
        is_known = with_deleted and (
            is_writer(by, comment) or may(by, Action.DELETE_COMMENT, text_of(comment))
        )
    else:
        is_known = True
    if not is_known:
        raise NotFound(comment_id)
    return comment


def public(comment: Comment) -> Comment:
    """Return a comment as everybody may read it: what is not shown has no texts."""
    return comment if comment.is_shown else replace(comment, texts=())


def is_writer(by: Actor, comment: Comment) -> bool:
    """Say whether an actor wrote a comment, also for a city."""
    return by.person is not None and by.person.number == comment.writer_number


def home_of(comment: Comment) -> Concern:
    """Return the city of a comment's writer, whose admins may release it."""
    return Concern.city(comment.byline.city or "")


def text_of(comment: Comment) -> Concern:
    """Return a comment as somebody's own text, and the city in whose name."""
    return Concern.text(comment.writer, comment.byline.city if comment.byline.as_city else None)


def reads_hidden(comment: Comment, by: Actor) -> bool:
    """Say whether an actor may read what was hidden: its writer, and those who may hide."""
    return is_writer(by, comment) or may(by, Action.HIDE_COMMENT, Concern.city(comment.about.city))


def side_of(comment: Comment, by: Actor) -> Side:
    """Return in which capacity an actor hides: who administers the city that is talked about, as the city.

    Unless that may not hide it again and the actor is a moderator too.
    """
    place = by.memberships.get(comment.about.city)
    is_its_admin = place is not None and place.role is CityRole.ADMIN
    return Side.CITY if is_its_admin and comment.city_may_hide else Side.MODERATOR


def may_pin(comment: Comment, by: Actor) -> bool:
    """Say whether an actor may make this the statement of the case's city: one of its own people wrote it."""
    about = comment.about
    is_its_own = about.case is not None and comment.byline.city == about.city
    return is_its_own and may(by, Action.MARK_COMMENT, Concern.city(about.city))


def _speaker(db: Connection, comment: Comment, by: Actor) -> Person | None:
    byline = comment.byline
    if not byline.as_city or not may(by, Action.SEE_SPEAKER, Concern.city(byline.city or "")):
        return None
    found = accounts.find(db, comment.writer)
    return found.person if found else None


def _doings(comment: Comment, by: Actor, *, is_young: bool) -> frozenset[Doing]:
    if by.person is None:
        return frozenset()
    about = Concern.city(comment.about.city)
    is_visible = comment.is_shown
    is_hidden = comment.state is CommentState.HIDDEN
    is_held = comment.state is CommentState.HELD
    marks = is_visible and may(by, Action.MARK_COMMENT, about)
    speaks = not comment.byline.as_city or may(
        by, Action.SPEAK_FOR_CITY, Concern.city(comment.byline.city or "")
    )
    offered = {
        Doing.REPLY: is_visible and may(by, Action.COMMENT, about),
        Doing.EDIT: (is_visible or is_held)
        and is_young
        and comment.revision <= EDITS_MAX
        and speaks
        and may(by, Action.EDIT_COMMENT, text_of(comment)),
        Doing.DELETE: speaks and may(by, Action.DELETE_COMMENT, text_of(comment)),
        Doing.REPORT: is_visible and not is_writer(by, comment) and may(by, Action.REPORT, about),
        Doing.HIDE: is_visible and may_hide(comment, by),
        Doing.RESTORE: is_hidden and may_restore(comment, by),
        Doing.PIN: marks and not comment.is_pinned and may_pin(comment, by),
        Doing.UNPIN: marks and comment.is_pinned,
        Doing.ACCEPT: marks and not comment.is_accepted and comment.answers_question,
        Doing.UNACCEPT: marks and comment.is_accepted,
        Doing.RELEASE: is_held
        and not is_writer(by, comment)
        and may(by, Action.RELEASE_COMMENT, home_of(comment)),
        Doing.HISTORY: comment.edited is not None and (is_visible or is_hidden) and reads_hidden(comment, by),
    }
    return frozenset(doing for doing, is_offered in offered.items() if is_offered)


def may_hide(comment: Comment, by: Actor) -> bool:
    """Say whether an actor may hide this: a city not once more what a moderator has restored."""
    if not may(by, Action.HIDE_COMMENT, Concern.city(comment.about.city)):
        return False
    return comment.city_may_hide or may(by, Action.REVERSE_HIDING, Concern.exchange())


def may_restore(comment: Comment, by: Actor) -> bool:
    """Say whether an actor may show this again: a city what it hid itself, a moderator everything."""
    if may(by, Action.REVERSE_HIDING, Concern.exchange()):
        return True
    is_by_city = comment.hiding is not None and comment.hiding.by is Side.CITY
    return is_by_city and may(by, Action.HIDE_COMMENT, Concern.city(comment.about.city))
