"""News by mail, off and on: by the link in a letter without logging in, and in the account."""

from flask import Blueprint, Response, current_app, render_template

from knowledgebase.services import unsubscribing
from knowledgebase.web import account_links, visitor
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import done, typed
from knowledgebase.web.language import current
from knowledgebase.web.problems import later

pages = Blueprint("news", __name__)


def _key() -> str:
    return str(current_app.secret_key)


@pages.get("/<interface:language>/news/off/<token>")
def confirm(token: str) -> str:
    """Ask whether news shall stop: programs that look at links in letters turn nothing off."""
    unsubscribing.check_leaving(_key(), token)
    return render_template("joining/news_off.html", is_done=False, token=token)


@pages.post("/<interface:language>/news/off/<token>")
def leave(token: str) -> str:
    """Turn news off and say so at once: mail programs that do it (RFC 8058) follow no redirect."""
    unsubscribing.turn_off(the_site(), _key(), token)
    return render_template("joining/news_off.html", is_done=True, token=token)


@pages.post("/<interface:language>/account/news")
def change() -> Response:
    """Turn news by mail off or on for who is logged in."""
    is_wanted = typed("wants_news")["wants_news"] == "yes"
    unsubscribing.set_news(the_site(), is_wanted=is_wanted, by=visitor.the_actor())
    said = later("News come by mail.") if is_wanted else later("No more news come by mail.")
    language = current()
    return done(said, account_links.account(language))
