"""The pages of the site that the browser tests walk through, by name and language."""

from urllib.parse import quote

from knowledgebase.domain.language import INTERFACE

AIR = {"fa": "آلودگی هوا", "en": "air pollution"}  # what the readers of the journeys ask
WITHDRAWN = "copenhagen/withdrawn"  # a case that the site of the tests has taken back

_EVERYWHERE = {
    "home": "/",
    "results": "/search?q={air}",
    "narrowed": "/search?q={air}&topic=air&topic=mobility&language=en",
    "all": "/search",
    "second": "/search?page=2",
    "zero": "/search?q=qqqqzz&city=tehran",
    "past-end": "/search?page=40",
    "cities": "/cities/",
    "city": "/cities/tehran",
    "city-full": "/cities/hiroshima",
    "topics": "/topics/",
    "topic": "/topics/mobility",
    "tags": "/tags/",
    "tag": "/tags/{tag}",
    "networks": "/networks/",
    "network": "/networks/c40",
    "about": "/about",
    "join": "/join",
    "forgotten": "/forgotten",
    "history": "/cases/copenhagen/cloudburst-plan/history",
    "404": "/none",
    "410": "/cases/" + WITHDRAWN,
}
_CASE = {"fa": "/cases/seoul/food-waste", "en": "/cases/copenhagen/cloudburst-plan"}
_TAG = {"fa": "شفافیت", "en": "parking"}


def place(name: str, language: str) -> str:
    """Return the address of a page by its name, e.g. "results"."""
    path = _CASE[language] if name == "case" else _EVERYWHERE[name]
    return f"/{language}" + path.format(air=quote(AIR[language]), tag=quote(_TAG[language]))


PLACES = tuple((name, language) for name in (*_EVERYWHERE, "case") for language in INTERFACE)
