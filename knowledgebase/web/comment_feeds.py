"""Atom feeds of comments: of one case, and of the whole exchange."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, request

from knowledgebase.domain.comment import About, Remarked
from knowledgebase.services import comment_reading
from knowledgebase.services.comment_subject import subject
from knowledgebase.web import comment_links, outlets
from knowledgebase.web.comment_view import byline_view
from knowledgebase.web.comments import about_case
from knowledgebase.web.context import the_site
from knowledgebase.web.feeds import NEVER
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current
from knowledgebase.web.layout import absolute
from knowledgebase.web.messages import wording

pages = Blueprint("comment_feeds", __name__)


def atom(found: Iterable[Remarked], language: str, about: About | None, title: str) -> bytes:
    """Return visible comments as an Atom feed, in the order given; a comment's id is its address."""
    from feedgen.feed import FeedGenerator  # brings lxml, 40 ms

    shown = tuple(found)
    here = absolute(comment_links.feed(language, about))
    page = comment_links.talk(language, about) if about else comment_links.newest(language)
    feed = FeedGenerator()
    feed.generator("")
    feed.id(here)
    feed.title(title)
    feed.language(language)
    feed.updated(max((_changed(one) for one in shown), default=NEVER))
    feed.link(href=here, rel="self", type=outlets.ATOM)
    feed.link(href=absolute(page), rel="alternate", type="text/html")
    feed.author({"name": wording(language).gettext("Knowledge Exchange for Cities")})
    for one in shown:
        _add(feed.add_entry(order="append"), one, language)
    return bytes(feed.atom_str())


def _changed(one: Remarked) -> Any:
    return one.comment.edited or one.comment.published or one.comment.created


def _add(entry: Any, one: Remarked, language: str) -> None:
    """Fill one entry: who says what about which case."""
    comment = one.comment
    address = absolute(comment_links.comment(language, comment.id))
    byline = byline_view(comment.byline, language)
    text = next((text for text in comment.texts if text.language == language), comment.texts[0])
    title = {"name": byline.name, "about": name_in(one.titles, language)}
    entry.id(address)
    entry.link(href=address, rel="alternate", hreflang=text.language)
    entry.title(wording(language).gettext("%(name)s about “%(about)s”") % title)
    entry.content(text.plain, type="text")
    entry.published(comment.published or comment.created)
    entry.updated(_changed(one))
    entry.author({"name": byline.name})


def _answer(found: Iterable[Remarked], about: About | None, title: str) -> Response:
    body = atom(found, current(), about, title)
    response = Response(body, content_type=f"{outlets.ATOM}; charset=utf-8")
    response.add_etag()
    response.make_conditional(request)
    return response


@pages.get("/<interface:language>/comments/feed.atom")
def newest() -> Response:
    """Send the newest comments of the exchange."""
    language = current()
    title = wording(language).gettext("Newest comments")
    return _answer(comment_reading.feed(the_site()), None, title)


@pages.get("/<interface:language>/cases/<city>/<slug>/comments.atom")
def of_case(city: str, slug: str) -> Response:
    """Send the newest comments on a case."""
    language, about = current(), about_case(city, slug)
    named = subject(the_site(), about)
    title = wording(language).gettext("Comments on “%(title)s”") % {"title": name_in(named.titles, language)}
    return _answer(comment_reading.feed(the_site(), about), about, title)
