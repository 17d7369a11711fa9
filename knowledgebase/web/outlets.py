"""Where programs find what the pages show: feeds, the JSON interface, the description of the search."""

from knowledgebase.web import addresses

API = "/api/v1"
OPENAPI = f"{API}/openapi.json"
ATOM = "application/atom+xml"


def feed(language: str, topic: str | None = None) -> str:
    """Return the address of the feed of the newest cases, of one topic or of all."""
    return (
        f"{addresses.topic(language, topic)}/feed.atom" if topic else f"{addresses.home(language)}feed.atom"
    )


def about(language: str) -> str:
    """Return the address of the page that says what this is."""
    return f"/{language}/about"


def search_description(language: str) -> str:
    """Return the address of the description by which browsers take up the search (OpenSearch)."""
    return f"/{language}/opensearch.xml"


def api_case(case_id: str) -> str:
    """Return the address of a case for programs, by its id "<city>/<slug>"."""
    return API + addresses.case("", case_id).removeprefix("/")


def api_city(city_id: str) -> str:
    """Return the address of a city for programs."""
    return API + addresses.city("", city_id).removeprefix("/")
