"""Addresses of log-in, account, one-time links, members and rules."""

from urllib.parse import quote, urlencode

from knowledgebase.web import addresses


def log_in(language: str, next_path: str = "") -> str:
    """Return the address of the log-in, which leads on to a path."""
    asked = f"?{urlencode({'next': next_path})}" if next_path and next_path != f"/{language}/" else ""
    return f"/{language}/log-in{asked}"


def log_out(language: str) -> str:
    """Return where the log-out is sent."""
    return f"/{language}/log-out"


def desk(language: str) -> str:
    """Return the address of what waits for somebody."""
    return f"/{language}/desk"


def account(language: str, part: str = "") -> str:
    """Return the address of the own account, or where a part of it is sent."""
    return f"/{language}/account/{part}" if part else f"/{language}/account"


def leave(language: str, city_id: str) -> str:
    """Return where leaving a city is sent."""
    return f"/{language}/account/leave/{quote(city_id, safe='')}"


def join(language: str, token: str) -> str:
    """Return where an invitation leads."""
    return f"/{language}/join/{token}"


def reset(language: str, token: str) -> str:
    """Return where a link for another password leads."""
    return f"/{language}/reset/{token}"


def members(language: str, city_id: str, part: str = "") -> str:
    """Return the address of a city's members, or where an act on them is sent."""
    at = f"{addresses.city(language, city_id)}/members"
    return f"{at}/{part}" if part else at


def people(language: str, part: str = "") -> str:
    """Return the address of the list of all people, or where an act on them is sent."""
    return f"/{language}/people/{part}" if part else f"/{language}/people"


def guidelines(language: str) -> str:
    """Return the address of the rules of the house."""
    return f"/{language}/guidelines"


def privacy(language: str) -> str:
    """Return the address of what is kept about people."""
    return f"/{language}/privacy"


def ask_to_join(language: str, city_id: str = "") -> str:
    """Return the address where one asks to join; a city is chosen there already."""
    return f"/{language}/join?{urlencode({'city': city_id})}" if city_id else f"/{language}/join"


def asked_to_join(language: str) -> str:
    """Return the address that thanks whoever has asked."""
    return f"/{language}/join/asked"


def requests(language: str, part: str = "") -> str:
    """Return the address of the requests that wait, of one, or where a decision on it is sent."""
    return f"/{language}/requests/{part}" if part else f"/{language}/requests"


def forgotten(language: str) -> str:
    """Return the address where one asks for another password."""
    return f"/{language}/forgotten"


def reset_asked(language: str) -> str:
    """Return the address that says what comes after that."""
    return f"/{language}/forgotten/sent"


def news_off(language: str, token: str) -> str:
    """Return the address that turns news by mail off."""
    return f"/{language}/news/off/{quote(token, safe='')}"


def verified(language: str, city_id: str, part: str = "") -> str:
    """Return the address of how a city was verified, or where taking it back is sent."""
    at = f"{addresses.city(language, city_id)}/verified"
    return f"{at}/{part}" if part else at
