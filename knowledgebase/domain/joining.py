"""Asking to join a city, and how it is made sure that a city is a city."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RequestState(StrEnum):
    """What became of somebody's wish to join."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class UnknownCity:
    """A city that is not here yet, as somebody of it names it."""

    name: str
    country: str  # ISO 3166-1 alpha-2


@dataclass(frozen=True, slots=True)
class Request:
    """Somebody's wish to join a city. Building one is the proof that intake accepted it."""

    city: str | UnknownCity  # id of a city that is here
    name: str
    position: str
    office: str
    email: str
    language: str  # of the interface
    letter: str  # plain text: who one is, and who can confirm it
    website: str | None = None


@dataclass(frozen=True, slots=True)
class AskedToJoin:
    """A request as whoever decides sees it."""

    id: str
    request: Request
    state: RequestState
    asked: datetime  # aware UTC
    decided: datetime | None = None
    decided_by: str | None = None
    note: str | None = None


class Proof(StrEnum):
    """How it was made sure that those who write for a city are its administration."""

    OFFICIAL_LETTER = "official-letter"
    OFFICIAL_MAIL = "official-mail"  # an address of the administration's own domain
    CALL_BACK = "call-back"  # by a number from an official directory
    VISIT = "visit"  # met in person
    NETWORK = "network"  # a network of cities confirmed it
    AGREEMENT = "agreement"  # a signed memorandum


@dataclass(frozen=True, slots=True)
class Verified:
    """That a city was verified, when, how, and by whom."""

    at: datetime  # aware UTC
    how: Proof
    by: str  # person's id or "operator"
    note: str | None = None
