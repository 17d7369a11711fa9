"""Addresses of drafts, of the links that show them, and of what is done to a city's own cases."""

from urllib.parse import urlencode

from knowledgebase.web import addresses


def work(language: str, city: str | None = None) -> str:
    """Return the address of a city's drafts and cases, or where a draft is begun."""
    asked = f"?{urlencode({'city': city})}" if city else ""
    return f"/{language}/write{asked}"


def draft(language: str, draft_id: str, part: str = "") -> str:
    """Return the address of a draft, or where an act on it is sent."""
    return f"/{language}/write/{draft_id}/{part}" if part else f"/{language}/write/{draft_id}"


def shared(language: str, token: str, part: str = "") -> str:
    """Return where a link to a draft leads."""
    return f"/{language}/drafts/{token}/{part}" if part else f"/{language}/drafts/{token}"


def own_case(language: str, case_id: str, part: str) -> str:
    """Return where an act on a city's own case is sent: "revise", "withdraw", "restore"."""
    return f"{addresses.case(language, case_id)}/{part}"
