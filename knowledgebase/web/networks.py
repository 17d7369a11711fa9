"""Networks of cities: the list of all, and each with its member cities and their cases."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template

from knowledgebase.domain.errors import NotFound
from knowledgebase.services import reading
from knowledgebase.text import lists
from knowledgebase.web import addresses, alphabet, fmt
from knowledgebase.web.context import the_site
from knowledgebase.web.home import CityView, city_view
from knowledgebase.web.labels import name_in
from knowledgebase.web.language import current
from knowledgebase.web.messages import wording
from knowledgebase.web.paged import CaseList, asked_page, case_list

pages = Blueprint("networks", __name__)


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A network in the list of networks."""

    name: str
    address: str
    count: str | None  # member cities, in words; None without any


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """Everything that a network's page shows."""

    name: str
    website: str | None
    members: tuple[CityView, ...]
    members_count: str
    cases: CaseList


def network_name(network: str, language: str) -> str:
    """Return the name of a known network in the reader's language; another one bears its name as its id."""
    known = lists.networks().get(network)
    return name_in(known.names, language) if known else network


def counted_cities(number: int, language: str) -> str:
    """Return a number of cities in words."""
    text = wording(language).ngettext("%(number)s city", "%(number)s cities", number)
    return text % {"number": fmt.number(number, language)}


def network_views(counts: Mapping[str, int], language: str) -> tuple[NetworkView, ...]:
    """Return the networks with these numbers of members, by name."""
    views = (
        NetworkView(
            network_name(network, language),
            addresses.network(language, network),
            counted_cities(count, language) if count else None,
        )
        for network, count in counts.items()
    )
    return tuple(sorted(views, key=lambda view: alphabet.order(view.name, language)))


@pages.get("/<interface:language>/networks/")
def index() -> str:
    """Show the networks that have members here, then the other known ones."""
    language, counts = current(), reading.network_counts(the_site())
    others = {network: 0 for network in lists.networks() if network not in counts}
    return render_template(
        "networks/index.html",
        networks=network_views(counts, language),
        others=network_views(others, language),
    )


@pages.get("/<interface:language>/networks/<path:network>")
def show(network: str) -> str:
    """Show one network with its member cities and a page of their cases, newest first."""
    language, page = current(), asked_page()
    members, cases = reading.of_network(the_site(), network, page=page)
    known = lists.networks().get(network)
    if known is None and not members:
        raise NotFound(network)
    by_name = sorted(
        (city_view(line, language) for line in members),
        key=lambda view: alphabet.order(view.name, language),
    )
    shown = NetworkPage(
        network_name(network, language),
        known.website if known else None,
        tuple(by_name),
        counted_cities(len(members), language),
        case_list(cases, page, addresses.network(language, network), language),
    )
    return render_template("networks/show.html", page=shown)
