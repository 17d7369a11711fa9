"""What the head of every page says to each person: who it is here, and what was just done."""

from typing import Any

from flask import Flask, current_app, render_template, request

from knowledgebase.domain.errors import StoreUnavailable
from knowledgebase.web import account_links
from knowledgebase.web.forms import field_id
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.personal import part
from knowledgebase.web.resending import is_here
from knowledgebase.web.visitor import is_somebody, the_actor


@part("account")
def account(argument: str) -> str:
    """Return the way in for a visitor, and for somebody logged in its own name."""
    del argument
    language, name = current(), _name()
    words: Any = current_app.jinja_env.get_template("layout/account.html").module  # it needs no context
    if name is not None:
        return str(words.named(account_links.desk(language), name))
    return str(words.way_in(account_links.log_in(language, _path()), wording(language).gettext("Log in")))


def _path() -> str:
    """Return where a log-in may lead back to: this page, where it is one that can be asked for."""
    is_asked_for = request.method in {"GET", "HEAD"} and request.url_rule is not None
    return request.path if is_asked_for or is_here(request.path) else ""


def _name() -> str | None:
    """Return the name of who asks; while the database is away a page of words has a head all the same."""
    try:
        person = the_actor().person if is_somebody() else None
    except StoreUnavailable:
        return None
    return person.profile.name if person else None


@part("notices")
def notices(argument: str) -> str:
    """Return what was just done; a visitor's page shows it only where it is not kept."""
    del argument
    return render_template("layout/notices.html") if _name() else ""


def install(app: Flask) -> None:
    """Give templates the addresses of accounts and the ids of fields."""
    app.jinja_env.globals.update(accounts=account_links, field_id=field_id)
