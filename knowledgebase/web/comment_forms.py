"""The form of a comment: its choices, what it brings, and how it comes back with a preview or with faults."""

from collections.abc import Mapping

from flask import Flask, Response, render_template

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.comment import About, Comment, Posting, Words
from knowledgebase.domain.errors import Fault, Invalid, TooManyComments
from knowledgebase.domain.person import Actor
from knowledgebase.intake.comment import accept_comment, accept_words, refuse_machines
from knowledgebase.services import commenting, reading
from knowledgebase.services.authorizing import may
from knowledgebase.services.comment_subject import Subject
from knowledgebase.web import account_links, comment_links, names
from knowledgebase.web.comment_view import comment_view, text_views
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import TOKEN, Form, form_page, refused, told_to_wait, typed, typed_token
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.personal import part
from knowledgebase.web.visitor import is_somebody, the_actor

TEXTS = ("body", "language", "second_body", "second_language")
FIELDS = (*TEXTS, "voice", "kind", "website", "began")
AS_CITY = "+"  # behind a city's id: in its own name
# Languages that the form offers, those of the interface and of the vocabulary first.
_OFFERED = (
    *("fa", "en", "ar", "fr", "es"),
    *("am", "az", "bn", "cs", "da", "de", "el", "et", "fi", "he", "hi", "hu", "hy", "id", "it", "ja", "ka"),
    *("kk", "km", "ko", "ku", "mn", "ms", "my", "ne", "nl", "no", "pl", "ps", "pt", "ro", "ru", "sr", "sv"),
    *("sw", "ta", "tg", "th", "tk", "tr", "uk", "ur", "uz", "vi", "zh"),
)


def languages(language: str) -> list[tuple[str, str]]:
    """Return the languages that a comment may be said to be in, with their names."""
    return [(code, names.language_name(code, language)) for code in _OFFERED]


def voices(actor: Actor, language: str) -> list[tuple[str, str]]:
    """Return in whose name somebody may speak; of several cities their names are read."""
    words, cities = wording(language), list(actor.memberships)
    if not cities:
        return [("", words.gettext("In my own name"))]
    offered = []
    named = reading.names_of_cities(the_site(), cities) if len(cities) > 1 else {}
    for city in cities:
        name = name_in(named.get(city, {}), language)
        own = words.gettext("In my own name, from %(city)s") % {"city": name}
        official = words.gettext("In the name of %(city)s") % {"city": name}
        offered.append((city, own if name else words.gettext("In my own name")))
        if may(actor, Action.SPEAK_FOR_CITY, Concern.city(city)):
            offered.append((city + AS_CITY, official if name else words.gettext("In the name of my city")))
    return offered


def blank(actor: Actor, *, kind: str = "comment") -> Form:
    """Return an empty form for somebody, with the time at which it was made."""
    voice = next(iter(actor.memberships), "")
    values = dict.fromkeys(FIELDS, "") | {"language": current(), "kind": kind, "voice": voice}
    return Form(values | {"began": str(int(the_site().now().timestamp()))})


def posting_of(values: Mapping[str, str]) -> Posting:
    """Return the comment that a form brings. Raises Invalid with every fault at once."""
    refuse_machines(values, now=the_site().now())
    city = values["voice"].removesuffix(AS_CITY)
    as_city = "yes" if values["voice"].endswith(AS_CITY) else ""
    kind = values["kind"] if values["kind"] != "yes" else "question"
    raw = {key: values[key] for key in TEXTS}
    return accept_comment(raw | {"token": typed_token(), "city": city, "as_city": as_city, "kind": kind})


def words_of(values: Mapping[str, str]) -> Words:
    """Return what the form says. Raises Invalid with every fault at once."""
    return accept_words(values)


def asked() -> dict[str, str]:
    """Return what the request's form brings."""
    return {name: value for name, value in typed(*FIELDS, TOKEN).items() if name != TOKEN}


def labels(language: str) -> dict[str, str]:
    """Return the words of the fields."""
    words = wording(language)
    return {
        "body": words.gettext("Your comment"),
        "language": words.gettext("Language of the text"),
        "second_body": words.gettext("The same in another language"),
        "second_language": words.gettext("Language of the second text"),
        "voice": words.gettext("Who speaks"),
        "kind": words.gettext("This is a question: the city's people are told"),
        "reason": words.gettext("Reason"),
    }


def write_page(
    subject: Subject, form: Form, *, parent: Comment | None = None, preview: Words | None = None
) -> Response:
    """Return the page on which a comment is looked at, or mended, before it is sent."""
    language, actor, site = current(), the_actor(), the_site()
    shown = (
        text_views(commenting.preview(site, subject.about, preview, by=actor), language) if preview else ()
    )
    return form_page(
        "comments/write.html",
        form,
        subject=subject,
        parent=comment_view(parent, language) if parent else None,
        to=comment_links.comment(language, parent.id, "reply")
        if parent
        else comment_links.talk(language, subject.about),
        preview=shown,
        labels=labels(language),
        languages=languages(language),
        voices=voices(actor, language),
    )


def refusal_page(
    subject: Subject,
    values: Mapping[str, str],
    error: Invalid | TooManyComments,
    parent: Comment | None = None,
) -> Response:
    """Return the form as it was typed, with what is wrong; who is too fast is told when to come again."""
    if isinstance(error, Invalid):
        return write_page(subject, refused(values, error.faults), parent=parent)
    minutes = -(-error.retry_after // 60)
    fault = Fault("too-many-comments", values={"minutes": minutes})
    return told_to_wait(write_page(subject, refused(values, [fault]), parent=parent), error)


def install(app: Flask) -> None:
    """Give templates the addresses of comments."""
    app.jinja_env.globals["talks"] = comment_links


@part("comment-form")
def comment_form(case_id: str) -> str:
    """Return the form below a case's comments, or for a visitor how to join."""
    language = current()
    about = About.of_case(case_id)
    to, actor = comment_links.talk(language, about), the_actor() if is_somebody() else Actor.visitor()
    if not may(actor, Action.COMMENT, Concern.city(about.city)):
        place = f"{comment_links.subject(language, about)}#say"
        return render_template(
            "comments/join.html", log_in=account_links.log_in(language, place), place=place
        )
    return render_template(
        "comments/form.html",
        form=blank(actor),
        to=to,
        labels=labels(language),
        languages=languages(language),
        voices=voices(actor, language),
    )
