"""Tell people what concerns them: one letter an hour at most, with all the news since the last one.

For whoever writes a service: call one of these inside the write transaction of what happened, behind
the change itself. They queue and return at once; where no letters are sent they do nothing.

    telling.tell(site, db, [comment.writer_number], News(NewsKind.COMMENT_ANSWERED, path, title, by), by=by)
    telling.tell_city(site, db, case.city, News(NewsKind.COMMENT_ON_CASE, path, title, by), by=by)
    telling.tell_moderators(site, db, News(NewsKind.COMMENT_REPORTED, path, title), by=by)

`path` is the page's address without the language ("cases/tehran/winter-smog#comment-12"), because each
person reads in its own. `title` is that of the case or text, `News.by` how the doer is shown to readers
("" where it is not shown), `city` the id of a city that the sentence names, `note` a reason or a line.
Never put the words of a comment or a draft into them: a letter cannot be called back.

The doer (`by`) is never told of what it did itself, nor suspended people, nor who wants no news.
Each function returns whom it told, to be passed as `but` where the same event reaches people twice:

    told = telling.tell(site, db, [parent.writer_number], answered, by=by)
    telling.tell_city(site, db, case.city, commented, by=by, but=told)
"""

from collections.abc import Collection, Iterable

from knowledgebase.domain.letter import Letter, LetterKind, News
from knowledgebase.domain.person import Actor, PlatformRole
from knowledgebase.services.mailing import write
from knowledgebase.services.site import Site
from knowledgebase.store import news as lines
from knowledgebase.store.connection import Connection

_MODERATORS = (PlatformRole.MODERATOR, PlatformRole.ADMIN)


def tell(
    site: Site,
    db: Connection,
    people: Iterable[int],
    news: News,
    *,
    by: Actor | None = None,
    but: Collection[int] = (),
) -> frozenset[int]:
    """Keep news for the next letter of these people (their numbers) and return whom it will reach."""
    if not site.sends_letters:
        return frozenset()
    wanted = set(people) - set(but)
    doer = by.person.id if by and by.person else None
    reached = lines.readers(db, wanted, but=doer) if wanted else ()
    lines.add(db, reached, news, at=site.now())
    for number in reached:
        write(site, db, Letter(LetterKind.NEWS, person=number, once=f"news:{number}"))
    return frozenset(reached)


def tell_city(
    site: Site, db: Connection, city: str, news: News, *, by: Actor | None = None, but: Collection[int] = ()
) -> frozenset[int]:
    """Tell whoever administers a city; the moderators where nobody does. Returns whom it will reach."""
    if not site.sends_letters:
        return frozenset()
    admins = lines.admins(db, city)
    people = admins or lines.of_platform(db, _MODERATORS)
    return tell(site, db, people, news, by=by, but=but)


def tell_moderators(
    site: Site, db: Connection, news: News, *, by: Actor | None = None, but: Collection[int] = ()
) -> frozenset[int]:
    """Tell moderators and platform admins. Returns whom it will reach."""
    return tell(
        site, db, lines.of_platform(db, _MODERATORS) if site.sends_letters else (), news, by=by, but=but
    )


def tell_platform_admins(
    site: Site, db: Connection, news: News, *, by: Actor | None = None, but: Collection[int] = ()
) -> frozenset[int]:
    """Tell platform admins. Returns whom it will reach."""
    admins = lines.of_platform(db, (PlatformRole.ADMIN,)) if site.sends_letters else ()
    return tell(site, db, admins, news, by=by, but=but)
