"""The journal as a page: a city's for its admins, that of the exchange for moderators and admins."""

import re

from flask import Blueprint, render_template, request

from knowledgebase.domain.errors import NotFound
from knowledgebase.intake.characters import ascii_digits
from knowledgebase.intake.day import day_of
from knowledgebase.intake.slug import is_city_id
from knowledgebase.services import journaling
from knowledgebase.services.journaling import Asked
from knowledgebase.web import fmt, work_links
from knowledgebase.web.context import the_site
from knowledgebase.web.forms import choices
from knowledgebase.web.journal_sentences import SENTENCES
from knowledgebase.web.journal_view import action_label, day_lines
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.visitor import the_actor

pages = Blueprint("journal", __name__)
_PERSON = re.compile(r"[a-z0-9]{12}|operator|import")
_NUMBER = re.compile(r"[0-9]{1,15}")


@pages.get("/<interface:language>/journal")
def whole() -> str:
    """Show the journal of the exchange."""
    return _page(None)


@pages.get("/<interface:language>/cities/<city>/journal")
def of_city(city: str) -> str:
    """Show what was done in a city and to what is its own."""
    if not is_city_id(city):
        raise NotFound(city)
    return _page(city)


def _page(city: str | None) -> str:
    language = current()
    chosen = {name: request.args.get(name, "").strip() for name in ("city", "person", "action", "day")}
    named_city = chosen["city"] if city is None and is_city_id(chosen["city"]) else city
    asked = Asked(
        named_city,
        chosen["person"] if _PERSON.fullmatch(chosen["person"]) else None,
        chosen["action"] if chosen["action"] in SENTENCES else None,
        day_of(chosen["day"]),
        _number(request.args.get("before", "")),
    )
    read = journaling.read(the_site(), asked, by=the_actor())
    names = read.cities.get(named_city or "", {})
    narrowed = [
        ("city", named_city if city is None else None),
        ("person", asked.person),
        ("action", asked.action),
        ("day", chosen["day"] if asked.day else None),
    ]
    kept = [(name, value) for name, value in narrowed if value]
    older = [*kept, ("before", str(read.before))] if read.before else None
    return render_template(
        "journal/index.html",
        city_name=(names.get(language) or names.get("en")) if city else None,
        city=city,
        days=day_lines(read, kept, city, by=the_actor(), language=language),
        chosen=dict(kept),
        typed_day=chosen["day"],
        is_day_unread=bool(chosen["day"]) and asked.day is None,
        actions=choices(
            sorted(((name, action_label(name, language)) for name in SENTENCES), key=lambda pair: pair[1]),
            none=wording(language).gettext("Everything"),
        ),
        at=work_links.journal(language, city),
        older=work_links.journal(language, city, older) if older else None,
        is_first=asked.before is None,
        example=fmt.in_digits("1405-09-03" if language == "fa" else "2026-11-24", language),
    )


def _number(typed: str) -> int | None:
    digits = ascii_digits(typed)
    return int(digits) if _NUMBER.fullmatch(digits) else None
