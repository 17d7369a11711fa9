"""Comments as the pages show them: every word, date and address ready, so that templates only print."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from knowledgebase.domain.comment import (
    Byline,
    Comment,
    CommentKind,
    CommentState,
    CommentText,
    Side,
    Talk,
    Thread,
)
from knowledgebase.domain.language import direction
from knowledgebase.text.markdown import stored
from knowledgebase.web import addresses, comment_links, fmt, names
from knowledgebase.web.labels import name_in
from knowledgebase.web.messages import wording


@dataclass(frozen=True, slots=True)
class TextView:
    """A comment's text in one language."""

    language: str
    language_name: str
    direction: str
    html: Markup


@dataclass(frozen=True, slots=True)
class BylineView:
    """Who speaks."""

    name: str  # of the person, of the administration, or the position of who shows no name
    latin_name: str | None
    details: tuple[str, ...]  # position and office
    city: str | None
    city_address: str | None
    as_city: bool


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment on a page."""

    id: str
    address: str
    texts: tuple[TextView, ...]  # none of what is not shown
    byline: BylineView
    when: str
    machine: str
    edited: str | None
    line: str | None  # in the place of a text that is not shown
    is_question: bool
    is_pinned: bool
    is_accepted: bool
    is_answer: bool


@dataclass(frozen=True, slots=True)
class ThreadView:
    """A comment with its answers."""

    first: CommentView | None  # None where it goes on from the page before
    answers: tuple[CommentView, ...]


@dataclass(frozen=True, slots=True)
class TalkView:
    """One page of what is said about a case or a city."""

    threads: tuple[ThreadView, ...]
    statement: CommentView | None
    total: int
    count: str
    has_more: bool


def text_views(texts: Iterable[CommentText], language: str) -> tuple[TextView, ...]:
    """Return a comment's texts, that of the reader's language first."""
    ordered = sorted(texts, key=lambda text: text.language != language)
    return tuple(
        TextView(
            text.language,
            names.language_name(text.language, language),
            direction(text.language),
            stored(text.html),
        )
        for text in ordered
    )


def comment_view(comment: Comment, language: str) -> CommentView:
    """Return a comment in a language of the interface, with the texts that it brings."""
    at = comment.published or comment.created
    return CommentView(
        id=comment.id,
        address=comment_links.comment(language, comment.id),
        texts=text_views(comment.texts, language),
        byline=byline_view(comment.byline, language),
        when=fmt.moment(at, language),
        machine=at.isoformat(timespec="seconds"),
        edited=fmt.moment(comment.edited, language) if comment.edited else None,
        line=_line(comment, language),
        is_question=comment.kind is CommentKind.QUESTION,
        is_pinned=comment.is_pinned,
        is_accepted=comment.is_accepted,
        is_answer=comment.thread is not None,
    )


def byline_view(byline: Byline, language: str) -> BylineView:
    """Return who speaks; of a city the administration and the office, of a person what it shows."""
    city = name_in(byline.city_names, language) or byline.city
    address = addresses.city(language, byline.city) if byline.city else None
    if byline.as_city:
        official = name_in(byline.administration, language) or city or ""
        return BylineView(official, None, (byline.office,), city, address, as_city=True)
    details = [byline.position, byline.office] if byline.name else [byline.office]
    return BylineView(
        byline.name or byline.position or "",
        byline.latin_name,
        tuple(detail for detail in details if detail),
        city,
        address,
        as_city=False,
    )


def talk_view(talk: Talk, language: str) -> TalkView:
    """Return a page of a talk that holds nothing but what everybody may read."""
    return TalkView(
        tuple(_thread_view(thread, language) for thread in talk.threads),
        comment_view(talk.statement, language) if talk.statement else None,
        talk.total,
        fmt.number(talk.total, language),
        talk.has_more,
    )


def _thread_view(thread: Thread, language: str) -> ThreadView:
    return ThreadView(
        comment_view(thread.first, language) if thread.first else None,
        tuple(comment_view(answer, language) for answer in thread.answers),
    )


def _line(comment: Comment, language: str) -> str | None:
    """Return what everybody reads in the place of a comment that is not shown."""
    words, hiding = wording(language), comment.hiding
    if comment.state is CommentState.DELETED:
        return words.gettext("This comment was deleted.")
    if comment.state is CommentState.HELD:
        return words.gettext("This comment waits to be released; only you and those who release it see it.")
    if comment.state is CommentState.REFUSED:
        return words.gettext("This comment was not released; only you and those who release it see it.")
    if hiding is None:
        return None
    said = {"date": day_of(hiding.at, language), "reason": fmt.isolated(hiding.reason)}
    if hiding.by is Side.MODERATOR:
        return words.gettext("Hidden by a moderator on %(date)s. Reason: %(reason)s") % said
    return words.gettext("Hidden by the city concerned on %(date)s. Reason: %(reason)s") % said


def day_of(moment: datetime, language: str) -> str:
    """Return the day of a moment in the reader's calendar."""
    return fmt.moment(moment, language)
