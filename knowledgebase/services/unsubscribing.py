"""Turn news by mail off and on: in the account, or by a signed link in each letter, without logging in."""

from itsdangerous import BadSignature, URLSafeSerializer

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.errors import LinkUnusable, NotFound
from knowledgebase.domain.person import Actor
from knowledgebase.services.authorizing import authorize, present
from knowledgebase.services.site import Site
from knowledgebase.store import journal, news
from knowledgebase.store import people as accounts
from knowledgebase.store.alone import Work, alone

_SALT = "news-by-mail-off"  # such a token opens nothing else
_TOKEN_MAX = 300  # characters


def leave_token(key: str, person_id: str) -> str:
    """Return what turns a person's news off, good for ever: old letters keep their promise."""
    return str(URLSafeSerializer(key, salt=_SALT).dumps(person_id))


def turn_off(site: Site, key: str, token: str) -> None:
    """Send the person of a token no more news; twice is like once. Raises LinkUnusable for a bad token."""
    person_id = check_leaving(key, token)
    with site.store.writing() as db:
        alone(db, Work.PEOPLE)
        found = accounts.find(db, person_id)
        if found is None or found.person is None:
            raise LinkUnusable
        if news.wants(db, found.person.number):
            news.refuse(db, found.person.number, at=site.now())
            thing = f"person:{person_id}"
            journal.write(db, at=site.now(), by=person_id, action="news-off", thing=thing)


def check_leaving(key: str, token: str) -> str:
    """Return the id of the person of a token, without doing anything. Raises LinkUnusable for a bad one."""
    try:
        return str(URLSafeSerializer(key, salt=_SALT).loads(token[:_TOKEN_MAX]))
    except BadSignature as error:
        raise LinkUnusable from error


def wants_news(site: Site, *, by: Actor) -> bool:
    """Say whether the person itself gets news by mail."""
    authorize(by, Action.MANAGE_ACCOUNT, Concern.account(by))
    with site.store.reading() as db:
        return news.wants(db, by.person.number if by.person else 0)


def set_news(site: Site, *, is_wanted: bool, by: Actor) -> None:
    """Send the person itself news by mail, or no more; those that wait are forgotten then."""
    with site.store.writing() as db:
        by = present(db, by)
        authorize(by, Action.MANAGE_ACCOUNT, Concern.account(by))
        if by.person is None:
            raise NotFound("")
        if news.wants(db, by.person.number) is is_wanted:
            return
        if is_wanted:
            news.want(db, by.person.number)
        else:
            news.refuse(db, by.person.number, at=site.now())
        action, thing = "news-on" if is_wanted else "news-off", f"person:{by.person.id}"
        journal.write(db, at=site.now(), by=by.name, action=action, thing=thing)
