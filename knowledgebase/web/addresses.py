"""Where every page lives: addresses are made here, as plain text, never by `url_for` in a loop."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import quote, urlencode


@lru_cache(maxsize=8192)
def _segment(text: str) -> str:
    return quote(text, safe="")


def home(language: str) -> str:
    """Return the address of the front page."""
    return f"/{language}/"


def search(language: str, parameters: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of a search; `parameters` come from `intake.query.address`."""
    asked = urlencode(list(parameters))
    return f"/{language}/search?{asked}" if asked else f"/{language}/search"


def case(language: str, case_id: str) -> str:
    """Return the address of a case by its id, "<city>/<slug>"."""
    city_id, _, slug = case_id.partition("/")
    return f"/{language}/cases/{_segment(city_id)}/{_segment(slug)}"


def cities(language: str) -> str:
    """Return the address of the list of cities."""
    return f"/{language}/cities/"


def city(language: str, city_id: str) -> str:
    """Return the address of a city."""
    return f"/{language}/cities/{_segment(city_id)}"


def city_part(language: str, city_id: str, part: str) -> str:
    """Return the address of what the people of a city do with it: "edit", "take-over" ..."""
    return f"{city(language, city_id)}/{part}"


def new_city(language: str) -> str:
    """Return the address of the form of a new city."""
    return f"{cities(language)}new"


def topics(language: str) -> str:
    """Return the address of the list of topics."""
    return f"/{language}/topics/"


def topic(language: str, topic_id: str) -> str:
    """Return the address of a topic."""
    return f"/{language}/topics/{_segment(topic_id)}"


def tags(language: str) -> str:
    """Return the address of the list of tags."""
    return f"/{language}/tags/"


def tag(language: str, folded: str) -> str:
    """Return the address of a tag by its folded form."""
    return f"/{language}/tags/{_segment(folded)}"


def networks(language: str) -> str:
    """Return the address of the list of networks."""
    return f"/{language}/networks/"


def network(language: str, network_id: str) -> str:
    """Return the address of a network."""
    return f"/{language}/networks/{_segment(network_id)}"


def about(language: str) -> str:
    """Return the address of the page about the exchange."""
    return f"/{language}/about"


def page(language: str, path: str) -> str:
    """Return the address of a page by what follows the language; letters of all scripts are encoded."""
    return f"/{language}/{quote(path, safe='/#?=&+,;:@!$%')}"
