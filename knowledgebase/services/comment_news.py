"""Whom a comment is news for: the one place from which letters about comments start."""

from knowledgebase.domain.comment import About, Comment, CommentKind, Side
from knowledgebase.domain.letter import News, NewsKind
from knowledgebase.domain.person import Actor
from knowledgebase.services import telling
from knowledgebase.services.site import Site
from knowledgebase.store import case_lists, comments, lookups
from knowledgebase.store.connection import Connection


def tell_published(site: Site, db: Connection, comment: Comment, *, by: Actor | None) -> None:
    """Tell whom a comment answers, and the people of the city that it is about, each once; not its writer."""
    told = frozenset({comment.writer_number})
    parent = comments.find(db, comment.parent) if comment.parent else None
    if parent and parent.writer_number != comment.writer_number:
        news = _news(site, db, NewsKind.COMMENT_ANSWERED, comment)
        told |= telling.tell(site, db, [parent.writer_number], news, by=by)
    is_question = comment.kind is CommentKind.QUESTION
    kind = NewsKind.QUESTION if is_question else NewsKind.COMMENT_ON_CASE
    telling.tell_city(site, db, comment.about.city, _news(site, db, kind, comment), by=by, but=told)


def tell_waiting(site: Site, db: Connection, comment: Comment, *, by: Actor) -> None:
    """Tell the admins of the writer's city, moderators where it has none, that a first comment waits."""
    news = _news(site, db, NewsKind.COMMENT_HELD, comment)
    if comment.byline.city:
        telling.tell_city(site, db, comment.byline.city, news, by=by)
    else:
        telling.tell_moderators(site, db, news, by=by)


def tell_reported(site: Site, db: Connection, comment: Comment, *, by: Actor) -> None:
    """Tell the city that is talked about and the moderators; who reports is not told to them."""
    news = _news(site, db, NewsKind.COMMENT_REPORTED, comment, is_named=False)
    told = telling.tell_city(site, db, comment.about.city, news, by=by)
    telling.tell_moderators(site, db, news, by=by, but=told)


def tell_hidden(site: Site, db: Connection, comment: Comment, *, by: Actor) -> None:
    """Tell the writer by whom and why, and the moderators where it was the city."""
    is_by_city = comment.hiding is not None and comment.hiding.by is Side.CITY
    city = comment.about.city if is_by_city else None
    reason = comment.hiding.reason if comment.hiding else ""
    tell_writer(site, db, NewsKind.COMMENT_HIDDEN, comment, by=by, note=reason, city=city)
    if is_by_city:
        news = _news(site, db, NewsKind.COMMENT_HIDDEN_BY_CITY, comment, note=reason, city=city)
        telling.tell_moderators(site, db, news, by=by, but=[comment.writer_number])


def tell_writer(
    site: Site,
    db: Connection,
    kind: NewsKind,
    comment: Comment,
    *,
    by: Actor,
    note: str = "",
    city: str | None = None,
) -> None:
    """Tell the writer what became of a comment, unless that was its own doing."""
    if kind is NewsKind.ANSWER_ACCEPTED:
        city = comment.about.city
    news = _news(site, db, kind, comment, note=note, city=city, is_named=False)
    telling.tell(site, db, [comment.writer_number], news, by=by)


def _news(
    site: Site,
    db: Connection,
    kind: NewsKind,
    comment: Comment,
    *,
    note: str = "",
    city: str | None = None,
    is_named: bool = True,
) -> News:
    """Return the line of a letter; its title is read only where letters are sent."""
    title = _title(db, comment.about) if site.sends_letters else ""
    by = _name(comment) if is_named else ""
    return News(kind, f"comments/{comment.id}", title, by, city, note)


def _title(db: Connection, about: About) -> str:
    """Return the title of a case in its own language, or the name of a city in English."""
    if about.case:
        card = case_lists.cards(db, [about.case]).get(about.case)
        return card.titles[card.language] if card else ""
    names, _ = lookups.names(db, [about.city], ())
    return names.get(about.city, {}).get("en", "")


def _name(comment: Comment) -> str:
    """Return how the writer is shown to everybody: never the person behind a city."""
    byline = comment.byline
    if byline.as_city:
        names = byline.administration or byline.city_names
        return names.get(comment.texts[0].language) or names.get("en") or byline.office
    return byline.name or byline.position or byline.office
