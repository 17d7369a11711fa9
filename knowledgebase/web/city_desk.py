"""What the page of a city offers to its own people and to those of the exchange; others see nothing of it."""

from dataclasses import dataclass

from flask import render_template

from knowledgebase.domain.action import Action, Concern
from knowledgebase.services import taking_over
from knowledgebase.services.authorizing import may
from knowledgebase.web import account_links, addresses, draft_links
from knowledgebase.web.context import the_site
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.resending import is_here
from knowledgebase.web.visitor import is_somebody, the_actor


@dataclass(frozen=True, slots=True)
class Way:
    """A link to what may be done."""

    address: str
    text: str


def of_city(city: str) -> str:
    """Return the links of a city's page: edit, take over, write and more, as far as each may be opened."""
    ways = _ways(city) if is_somebody() else []
    return render_template("cities/desk.html", ways=ways) if ways else ""


def of_list() -> str:
    """Return the link of the list of cities: add one."""
    if not is_somebody() or not may(the_actor(), Action.ADD_CITY, Concern.exchange()):
        return ""
    text = wording(current()).gettext("Add a city")
    return render_template("cities/desk.html", ways=[Way(addresses.new_city(current()), text)])


def _ways(city: str) -> list[Way]:
    actor, language, concern = the_actor(), current(), Concern.city(city)
    words = wording(language)
    ways = []
    if may(actor, Action.EDIT_CITY, concern):
        left = taking_over.what_is_left(the_site(), city)
        if not left.has_page:
            ways.append(Way(addresses.city_part(language, city, "edit"), words.gettext("Edit this page")))
        if left.has_page or left.has_cases:
            ways.append(Way(addresses.city_part(language, city, "take-over"), words.gettext("Take over")))
    others = (
        (Action.WRITE_CASE, draft_links.work(language, city), words.gettext("Write cases")),
        (Action.SEE_MEMBERS, account_links.members(language, city), words.gettext("Members")),
        (
            Action.VERIFY_CITY,
            account_links.verified(language, city),
            words.gettext("How the city was verified"),
        ),
        (Action.READ_CITY_JOURNAL, addresses.city_part(language, city, "journal"), words.gettext("Journal")),
    )
    ways += [
        Way(address, text)
        for action, address, text in others
        if may(actor, action, concern) and is_here(address)
    ]
    return ways
