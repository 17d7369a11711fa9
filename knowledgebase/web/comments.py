"""The pages of comments: all of a case or a city, the newest, one by its address, and saying something."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.comment import About, Comment, CommentState
from knowledgebase.domain.errors import Invalid, NotAllowed, NotFound, TooManyComments
from knowledgebase.intake.slug import case_id_of, is_city_id
from knowledgebase.services import comment_reading, commenting
from knowledgebase.services.authorizing import authorize, may
from knowledgebase.services.comment_reading import Doing, Shown
from knowledgebase.services.comment_subject import Subject, subject
from knowledgebase.web import comment_links
from knowledgebase.web.comment_forms import (
    asked,
    blank,
    labels,
    languages,
    posting_of,
    refusal_page,
    voices,
    words_of,
    write_page,
)
from knowledgebase.web.comment_view import comment_view, day_of, talk_view, text_views
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import Form, refused
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current, editions
from knowledgebase.web.messages import wording
from knowledgebase.web.paged import PAGES_MAX, asked_page, page_address
from knowledgebase.web.visitor import is_somebody, the_actor

pages = Blueprint("comments", __name__)


def about_case(city: str, slug: str) -> About:
    """Return the case that an address means. Raises NotFound for what cannot be an id."""
    return About.of_case(case_id_of(city, slug))


def about_city(city: str) -> About:
    """Return the city that an address means. Raises NotFound for what cannot be an id."""
    if not is_city_id(city):
        raise NotFound(city)
    return About(city)


@pages.get("/<interface:language>/cases/<city>/<slug>/comments")
def of_case(city: str, slug: str) -> str:
    """Show what is said about a case, page by page, oldest or newest first."""
    return _talk_page(about_case(city, slug))


@pages.get("/<interface:language>/cities/<city>/comments")
def of_city(city: str) -> str:
    """Show what a city was asked, page by page."""
    return _talk_page(about_city(city))


@pages.post("/<interface:language>/cases/<city>/<slug>/comments")
def say_of_case(city: str, slug: str) -> Response:
    """Say something about a case."""
    return _say(about_case(city, slug))


@pages.post("/<interface:language>/cities/<city>/comments")
def say_of_city(city: str) -> Response:
    """Ask a city something."""
    return _say(about_city(city))


@pages.post("/<interface:language>/comments/<comment>/reply")
def reply(comment: str) -> Response:
    """Answer a comment."""
    parent = comment_reading.show(the_site(), comment, by=the_actor())
    if Doing.REPLY not in parent.may:
        raise NotAllowed(comment)
    return _say(parent.comment.about, parent.comment)


@pages.get("/<interface:language>/comments/<comment>")
def show(comment: str) -> Response:
    """Show one comment with all that the reader may do to it."""
    site, actor = the_site(), the_actor()
    shown = comment_reading.show(site, comment, by=actor)
    return make_response(_show_page(shown, subject(site, shown.comment.about)))


def _show_page(shown: Shown, about: Subject) -> str:
    language, actor = current(), the_actor()
    view = comment_view(shown.comment, language)
    return render_template(
        "comments/show.html",
        view=view,
        subject=about,
        on_page=comment_links.on_page(language, shown.comment.about, shown.comment.id),
        may={doing.value for doing in shown.may},
        is_somebody=is_somebody(),
        may_ask_for_suspension=may(actor, Action.MODERATE, Concern.exchange()),
        form=blank(actor),
        reasons=Form({"reason": ""}),
        to=comment_links.comment(language, shown.comment.id, "reply"),
        labels=labels(language),
        languages=languages(language),
        voices=voices(actor, language) if Doing.REPLY in shown.may else [],
        speaker=shown.speaker.profile if shown.speaker else None,
        earlier=[(day_of(one.at, language), text_views(one.texts, language)) for one in shown.earlier],
        is_indexed=shown.comment.is_shown,
    )


@pages.get("/<interface:language>/comments/")
def newest() -> str:
    """Show the newest comments of the exchange."""
    language, page = current(), asked_page()
    found, has_more = comment_reading.newest(the_site(), page=page)
    if page > 1 and not found:
        raise NotFound(f"comments/?page={page}")
    at = comment_links.newest(language)
    lines = [
        (
            comment_view(one.comment, language),
            name_in(one.titles, language),
            language if language in one.titles else one.language,
            comment_links.subject(language, one.comment.about),
        )
        for one in found
    ]
    return render_template(
        "comments/newest.html",
        lines=lines,
        at=page_address(at, page),
        newer=page_address(at, page - 1) if page > 1 else None,
        older=page_address(at, page + 1) if has_more and page < PAGES_MAX else None,
        feed=comment_links.feed(language),
    )


def _talk_page(about: About) -> str:
    """Return a page of a talk with the form below it."""
    site, language, page, actor = the_site(), current(), asked_page(), the_actor()
    is_newest_first = request.args.get("sort") == "newest"
    named = subject(site, about)
    talk = comment_reading.talk(site, about, page=page, newest_first=is_newest_first)
    if page > 1 and not talk.threads:
        raise NotFound(request.full_path)
    here = comment_links.talk(language, about)
    at = f"{here}?sort=newest" if is_newest_first else here
    joint = "&" if is_newest_first else "?"
    may_say = may(actor, Action.COMMENT, Concern.city(about.city))
    return render_template(
        "comments/of.html",
        subject=named,
        talk=talk_view(talk, language),
        here=here,
        at=at if page == 1 else f"{at}{joint}page={page}",
        is_newest_first=is_newest_first,
        newer=(at if page == 2 else f"{at}{joint}page={page - 1}") if page > 1 else None,
        older=f"{at}{joint}page={page + 1}" if talk.has_more and page < PAGES_MAX else None,
        feed=comment_links.feed(language, about) if about.case else None,
        editions=editions(request.path),
        may_say=may_say,
        form=blank(actor, kind="comment" if about.case else "yes"),
        labels=labels(language),
        languages=languages(language),
        voices=voices(actor, language) if may_say else [],
    )


def _say(about: About, parent: Comment | None = None) -> Response:
    """Post what the form brings, show how it would look, or show the form again with its faults."""
    authorize(the_actor(), Action.COMMENT, Concern.city(about.city))
    site, actor, values = the_site(), the_actor(), asked()
    named = subject(site, about)
    try:
        if "preview" in request.form:
            return write_page(named, refused(values, ()), parent=parent, preview=words_of(values))
        posting = posting_of(values)
        if parent:
            made = commenting.reply(site, parent.id, posting, by=actor)
        else:
            made = commenting.post(site, about, posting, by=actor)
    except (Invalid, TooManyComments) as error:
        return refusal_page(named, values, error, parent)
    return _sent(made)


def _sent(made: Comment) -> Response:
    """Lead to the new comment; one that waits is told so."""
    language, words = current(), wording(current())
    if made.state is CommentState.HELD:
        flash(words.gettext("Thank you. Your first comment is shown as soon as it is released."))
        return make_response(redirect(comment_links.comment(language, made.id), 303))
    flash(words.gettext("Your comment is here."))
    is_there = comment_reading.fits_on_one_page(the_site(), made.about)
    place = comment_links.on_page(language, made.about, made.id)
    return make_response(redirect(place if is_there else comment_links.comment(language, made.id), 303))
