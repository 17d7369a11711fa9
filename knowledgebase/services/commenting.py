"""What somebody does with its own comments: post, answer, edit, delete."""

from dataclasses import replace

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.comment import (
    EDIT_LASTS,
    EDITS_MAX,
    About,
    Comment,
    CommentKind,
    CommentState,
    CommentText,
    MatterKind,
    Outcome,
    Posting,
    Voice,
    Words,
)
from knowledgebase.domain.errors import Fault, Invalid, NotAllowed, NotFound, StaleRevision
from knowledgebase.domain.person import Actor, Person
from knowledgebase.services import comment_limits, comment_news
from knowledgebase.services.authorizing import authorize, may, present
from knowledgebase.services.comment_reading import find_readable
from knowledgebase.services.site import Site
from knowledgebase.services.tokens import new_id
from knowledgebase.store import comment_writing, comments, journal, matters
from knowledgebase.store.comment_writing import NewComment
from knowledgebase.store.connection import Connection


def post(site: Site, about: About, posting: Posting, *, by: Actor) -> Comment:
    """Store a comment on a case, or one about a city, and return it; a token that was used returns the first.

    Raises NotFound where it is about nothing public, NotAllowed, TooManyComments, Invalid.
    """
    return _add(site, about, None, posting, by)


def reply(site: Site, parent_id: str, posting: Posting, *, by: Actor) -> Comment:
    """Store an answer and return it; an answer to an answer joins the same thread.

    Raises as `post` does, NotFound also where the answered one is not shown.
    """
    with site.store.reading() as db:
        parent = comments.find(db, parent_id)
    if parent is None or not parent.is_shown:
        raise NotFound(parent_id)
    return _add(site, parent.about, parent_id, replace(posting, kind=CommentKind.COMMENT), by)


def edit(site: Site, comment_id: str, words: Words, *, revision: int, by: Actor) -> Comment:
    """Let a comment of one's own say something else, within 24 hours; what it said is kept.

    To say what it says already succeeds quietly. Raises StaleRevision, NotAllowed when it is too late.
    """
    texts = rendered(site, words)
    at = site.now()
    with site.store.writing() as db:
        by = present(db, by)
        comment = find_readable(db, comment_id, by)
        _authorize_own(by, Action.EDIT_COMMENT, comment)
        if at - comment.created > EDIT_LASTS:
            raise NotAllowed(comment_id)
        if texts == comment.texts:
            return comment
        if revision != comment.revision:
            raise StaleRevision(comment_id)
        if revision > EDITS_MAX:
            raise Invalid([Fault("too-many-edits", "body", values={"most": EDITS_MAX})])
        comment_limits.refuse_links(db, person_of(by), texts, at=at)
        likeness = comment_limits.likeness_of(texts)
        changed = comment_writing.change_texts(db, comment, texts, likeness=likeness, at=at)
        if changed.is_shown:
            comment_writing.show_change(db, changed.about, at=at)
        note(db, site, changed, "comment-edited", by, revision=changed.revision)
    return changed


def delete(site: Site, comment_id: str, *, by: Actor) -> None:
    """Take a comment away; its thread stays. A deleted one is left as it is.

    One's own, or one in the name of a city that the actor administers.
    """
    at = site.now()
    with site.store.writing() as db:
        by = present(db, by)
        comment = find_readable(db, comment_id, by, with_deleted=True)
        _authorize_own(by, Action.DELETE_COMMENT, comment)
        if comment.state is CommentState.DELETED:
            return
        comment_writing.remove(db, comment)
        matters.decide_all(db, comment.number, MatterKind, Outcome.DELETED, at=at, by=by.name)
        comment_writing.show_change(db, comment.about, at=at)
        note(db, site, comment, "comment-deleted", by)


def preview(site: Site, about: About, words: Words, *, by: Actor) -> tuple[CommentText, ...]:
    """Return how a comment would look, without storing it. Raises NotAllowed, Invalid."""
    authorize(by, Action.COMMENT, Concern.city(about.city))
    return rendered(site, words)


def rendered(site: Site, words: Words) -> tuple[CommentText, ...]:
    """Return what somebody wrote after the pipeline. Raises Invalid naming body or second_body."""
    faults: list[Fault] = []
    texts: list[CommentText] = []
    for written, key in zip(words.all, ("body", "second_body"), strict=False):
        try:
            made = site.renderer.render_comment(written.body)
        except Invalid as error:
            faults += [replace(fault, key=key) for fault in error.faults]
            continue
        if not made.plain:
            faults.append(Fault("required", key))
        texts.append(CommentText(written.language, written.body, made.html, made.plain, made.version))
    if faults:
        raise Invalid(faults)
    return tuple(texts)


def person_of(by: Actor) -> Person:
    """Return the person who acts. Raises NotAllowed for a visitor and for the operator."""
    if by.person is None:
        raise NotAllowed("comment")
    return by.person


def note(
    db: Connection, site: Site, comment: Comment, action: str, by: Actor, **detail: str | int | None
) -> None:
    """Write into the journal of what a comment is about what was done to it."""
    told = {"comment": comment.id} | {name: value for name, value in detail.items() if value is not None}
    journal.write(db, at=site.now(), by=by.name, action=action, thing=comment.about.name, detail=told)


def _add(site: Site, about: About, parent_id: str | None, posting: Posting, by: Actor) -> Comment:
    authorize(by, Action.COMMENT, Concern.city(about.city))  # before anything is rendered
    texts = rendered(site, posting.words)
    at = site.now()
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.COMMENT, Concern.city(about.city))
        person = person_of(by)
        if known := comments.find_by_token(db, person.number, posting.token):
            return known
        parent = comments.find(db, parent_id) if parent_id else None
        if parent_id and (parent is None or not parent.is_shown):
            raise NotFound(parent_id)
        _authorize_voice(by, posting.voice)
        comment_limits.refuse_flood(db, person, texts, at=at)
        is_held = not comment_limits.is_trusted(db, person)
        new = NewComment(
            id=new_id(),
            about=about,
            writer_number=person.number,
            voice=posting.voice,
            kind=posting.kind,
            state=CommentState.HELD if is_held else CommentState.VISIBLE,
            texts=texts,
            token=posting.token,
            likeness=comment_limits.likeness_of(texts),
            at=at,
            office=person.profile.office if posting.voice.as_city else None,
            parent=parent,
        )
        made = comment_writing.add(db, new)
        _announce(db, site, made, by)
    return made


def _announce(db: Connection, site: Site, comment: Comment, by: Actor) -> None:
    """Let everybody see a new comment, or put it before those who may release it."""
    at, city = comment.created, comment.byline.city
    note(db, site, comment, "commented", by, as_city=city if comment.byline.as_city else None)
    if comment.state is CommentState.HELD:
        matters.begin(db, MatterKind.HELD, at=at, comment_number=comment.number, city=city)
        comment_news.tell_waiting(db, comment)
    else:
        comment_writing.show_change(db, comment.about, at=at)
        comment_news.tell_published(db, comment)


def _authorize_voice(by: Actor, voice: Voice) -> None:
    """Let somebody speak from its city or for it. Raises NotAllowed for another city."""
    if voice.as_city:
        authorize(by, Action.SPEAK_FOR_CITY, Concern.city(voice.city or ""))
    elif voice.city is not None and voice.city not in by.memberships:
        raise NotAllowed(voice.city)


def _authorize_own(by: Actor, action: Action, comment: Comment) -> None:
    """Let a writer change its comment; who does not speak for a city any more changes nothing it said."""
    city = comment.byline.city if comment.byline.as_city else None
    authorize(by, action, Concern.text(comment.writer, city))
    if city is not None and not may(by, Action.SPEAK_FOR_CITY, Concern.city(city)):
        raise NotAllowed(comment.id)
