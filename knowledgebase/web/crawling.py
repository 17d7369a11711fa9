"""What search engines and browsers ask for by itself: site map, robots file, search description, icon."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from math import ceil

from flask import Blueprint, Response, make_response, redirect, render_template, request
from markupsafe import escape

from knowledgebase.domain.errors import NotFound
from knowledgebase.domain.language import INTERFACE
from knowledgebase.domain.topic import Topic
from knowledgebase.services import reading
from knowledgebase.services.site import Site
from knowledgebase.web import addresses, outlets
from knowledgebase.web.assets import static_url
from knowledgebase.web.context import the_site
from knowledgebase.web.language import current
from knowledgebase.web.layout import absolute
from knowledgebase.web.messages import wording

FILE_MAX = 10_000  # addresses of one site map: with the longest Persian slugs 16 MB, 50 MB are allowed
XML = "application/xml"
_NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

pages = Blueprint("crawling", __name__)


@dataclass(frozen=True, slots=True)
class Place:
    """A page that stands in every language."""

    address: Callable[[str], str]  # by language
    changed: datetime | None = None


def fixed_places(networks: Iterable[str], cities: Iterable[str]) -> tuple[Place, ...]:
    """Return every page that is not a case."""
    of_all = (addresses.home, addresses.cities, addresses.topics, addresses.tags, addresses.networks)
    of_topics = (partial(_second, addresses.topic, topic.value) for topic in Topic)
    of_networks = (partial(_second, addresses.network, network) for network in sorted(networks))
    of_cities = (partial(_second, addresses.city, city) for city in cities)
    found: Iterable[Callable[[str], str]] = (*of_all, outlets.about, *of_topics, *of_networks, *of_cities)
    return tuple(Place(address) for address in found)


def _second(address: Callable[[str, str], str], name: str, language: str) -> str:
    return address(language, name)


def _places(site: Site, number: int) -> tuple[tuple[Place, ...], int]:
    """Return the pages of one site map, counted from 1, and how many maps there are."""
    cities = reading.all_cities(site)
    fixed = fixed_places(reading.network_counts(site), (city.id for city in cities))
    total = len(fixed) + sum(city.cases for city in cities)
    step = FILE_MAX // len(INTERFACE)
    start = (number - 1) * step
    here = fixed[start : start + step]
    room = step - len(here)
    if room and start + len(here) < total:
        first = max(0, start - len(fixed))
        found = reading.addresses_of_cases(site, limit=room, offset=first)
        here += tuple(Place(partial(_second, addresses.case, case_id), changed) for case_id, changed in found)
    return here, ceil(total / step)


def site_map(places: Iterable[Place], base: str) -> str:
    """Return pages as a site map, each language of each with the addresses of all languages."""
    head = f'<urlset {_NAMES} xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', head, *_entries(places, base), "</urlset>\n"))


def _entries(places: Iterable[Place], base: str) -> Iterator[str]:
    for place in places:
        editions = {language: escape(base + place.address(language)) for language in INTERFACE}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{address}"/>'
            for language, address in editions.items()
        )
        changed = f"<lastmod>{place.changed.date().isoformat()}</lastmod>" if place.changed else ""
        for address in editions.values():
            yield f"<url><loc>{address}</loc>{changed}{links}</url>"


def map_of_maps(count: int, base: str) -> str:
    """Return the list of the site maps."""
    maps = (
        f"<sitemap><loc>{escape(base)}/sitemap-{number}.xml</loc></sitemap>" for number in range(1, count + 1)
    )
    head = f"<sitemapindex {_NAMES}>"
    return "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', head, *maps, "</sitemapindex>\n"))


@pages.get("/sitemap.xml")
def whole() -> Response:
    """Send the site map, or the list of maps where one would be too long."""
    places, count = _places(the_site(), 1)
    base = absolute("")
    return Response(map_of_maps(count, base) if count > 1 else site_map(places, base), mimetype=XML)


@pages.get("/sitemap-<int:number>.xml")
def one(number: int) -> Response:
    """Send one of several site maps."""
    places, count = _places(the_site(), number) if number else ((), 0)
    if number > count or not number:
        raise NotFound(request.path)
    return Response(site_map(places, absolute("")), mimetype=XML)


@pages.get("/robots.txt")
def robots() -> Response:
    """Send what crawlers may fetch: all pages, but no searches and nothing meant for programs."""
    lines = ["User-agent: *"]
    lines += [f"Disallow: {addresses.search(language)}?" for language in INTERFACE]
    lines += ["Disallow: /api/", "Allow: /", "", f"Sitemap: {absolute('/sitemap.xml')}"]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")


@pages.get("/opensearch.xml")
@pages.get("/<interface:language>/opensearch.xml")
def description() -> Response:
    """Send the description by which a browser takes up the search."""
    language = current()
    words = wording(language)
    text = render_template(
        "machine/opensearch.xml",
        name=words.gettext("City cases"),  # at most 16 characters
        long_name=words.gettext("Knowledge Exchange for Cities"),
        about=words.gettext("Search the cases of the cities"),
        here=absolute(outlets.search_description(language)),
        search=absolute(addresses.search(language)),
        drawing=absolute(static_url("img/favicon.svg")),
    )
    response = Response(text, content_type="application/opensearchdescription+xml; charset=utf-8")
    if request.path == "/opensearch.xml":
        response.vary.update(["Accept-Language", "Cookie"])
    return response


@pages.get("/favicon.ico")
def icon() -> Response:
    """Lead browsers that look for the icon by its old name to it."""
    return make_response(redirect(static_url("img/favicon.svg")))
