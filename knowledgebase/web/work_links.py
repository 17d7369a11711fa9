"""Addresses of what people do beside reading: tags, proposals, the journal, the desk."""

from collections.abc import Iterable
from urllib.parse import urlencode

from knowledgebase.web import addresses


def proposals(language: str, state: str = "open") -> str:
    """Return the address of the proposals to decide, or of those decided one way."""
    return f"/{language}/proposals" if state == "open" else f"/{language}/proposals?state={state}"


def own_proposals(language: str) -> str:
    """Return the address of what somebody proposed."""
    return f"/{language}/proposals/own"


def proposal(language: str, proposal_id: str, act: str) -> str:
    """Return where an act on a proposal is sent: accept, refuse, reopen, withdraw."""
    return f"/{language}/proposals/{proposal_id}/{act}"


def propose(language: str, case_id: str) -> str:
    """Return the address of the page that proposes something for a case."""
    return f"{addresses.case(language, case_id)}/propose"


def case_tags(language: str, case_id: str, act: str = "") -> str:
    """Return the address of a case's tags to edit, or where an act on them is sent."""
    at = f"{addresses.case(language, case_id)}/tags"
    return f"{at}/{act}" if act else at


def tag_rules(language: str, act: str = "") -> str:
    """Return the address of the rules for tags, or where an act on them is sent."""
    return f"/{language}/tag-rules/{act}" if act else f"/{language}/tag-rules"


def suggest(language: str) -> str:
    """Return the address that suggests tags while somebody types."""
    return f"/{language}/tags/suggest"


def journal(language: str, city_id: str | None = None, asked: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of the journal of a city, or of the exchange, with what is chosen of it."""
    at = f"{addresses.city(language, city_id)}/journal" if city_id else f"/{language}/journal"
    chosen = urlencode([(name, value) for name, value in asked if value])
    return f"{at}?{chosen}" if chosen else at
