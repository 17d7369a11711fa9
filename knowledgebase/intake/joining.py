"""The gate for joining: a request to join a city, the line of a refusal, how a city was verified."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import ValidationError

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.joining import Proof, Request, UnknownCity
from knowledgebase.intake import characters
from knowledgebase.intake.choices import CountryCode, OneOf
from knowledgebase.intake.fields import Email, Line, Scalar, WebAddress
from knowledgebase.intake.gate import NO_LINES
from knowledgebase.intake.person import TITLE_MAX, FormKeys, InterfaceLanguage, NameOfPerson
from knowledgebase.intake.refusal import faults_of, refusal
from knowledgebase.intake.slug import is_city_id

CITY_MAX = 120  # characters of a city's name
LETTER_MAX = 4_000  # characters
NOTE_MAX = 300  # characters of a line that somebody is told


@dataclass(frozen=True, slots=True)
class Paragraphs(Scalar):
    """A plain text of several lines."""

    most: int  # characters

    def read(self, value: str) -> str:
        """Return the text without white space round it. Raises a refusal as a line does."""
        text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
        if (bad := characters.first_unfit(text)) is not None:
            raise refusal("control-character", character=bad)
        if characters.is_blank(text):
            raise refusal("required")
        if len(text) > self.most:
            raise refusal("too-long", most=self.most, length=len(text))
        if (hiding := characters.first_hiding(text)) is not None:
            raise refusal("invisible-character", character=hiding)
        return text


_CityName = Annotated[str, Line(CITY_MAX)]
_Title = Annotated[str, Line(TITLE_MAX)]


class RequestKeys(FormKeys):
    """What somebody who asks to join says of itself."""

    name: Annotated[str, NameOfPerson()]
    position: _Title
    office: _Title
    email: Email
    language: Annotated[str, InterfaceLanguage()]
    website: WebAddress | None = None
    letter: Annotated[str, Paragraphs(LETTER_MAX)]


class UnknownCityKeys(FormKeys):
    """A city that is not here yet."""

    city_name: _CityName
    country: CountryCode


class NoteKeys(FormKeys):
    """A line that goes with a decision."""

    note: Annotated[str, Line(NOTE_MAX)]


class ProofKeys(FormKeys):
    """How it was made sure that a city is a city."""

    how: Annotated[Proof, OneOf("proof", Proof)]
    note: Annotated[str, Line(NOTE_MAX)] | None = None


_Form = TypeVar("_Form", bound=FormKeys)


def accept_request(raw: Mapping[str, Any]) -> Request:
    """Turn the fields of a form into a request to join.

    `city` is the id of a city that is here; without it `city_name` and `country` name another one. Whether
    the city is here is asked by the service. Raises Invalid with every fault at once.
    """
    faults: list[Fault] = []
    city = _city(raw, faults)
    keys = _read(RequestKeys, raw, faults)
    if keys is None or city is None or faults:
        raise Invalid(faults)
    return Request(
        city=city,
        name=keys.name,
        position=keys.position,
        office=keys.office,
        email=keys.email,
        language=keys.language,
        letter=keys.letter,
        website=keys.website,
    )


def accept_note(raw: Mapping[str, Any]) -> str:
    """Return the field note. Raises Invalid when it is empty, too long or hides something."""
    faults: list[Fault] = []
    keys = _read(NoteKeys, raw, faults)
    if keys is None:
        raise Invalid(faults)
    return keys.note


def accept_proof(raw: Mapping[str, Any]) -> tuple[Proof, str | None]:
    """Return the fields how and note. Raises Invalid with every fault at once."""
    faults: list[Fault] = []
    keys = _read(ProofKeys, raw, faults)
    if keys is None:
        raise Invalid(faults)
    return Proof(keys.how), keys.note


def _city(raw: Mapping[str, Any], faults: list[Fault]) -> str | UnknownCity | None:
    city = str(raw.get("city") or "").strip()
    if city:
        if is_city_id(city):
            return city
        faults.append(Fault("no-such-city", "city"))
        return None
    keys = _read(UnknownCityKeys, raw, faults)
    return UnknownCity(keys.city_name, keys.country) if keys else None


def _read(model: type[_Form], raw: Mapping[str, Any], faults: list[Fault]) -> _Form | None:
    given = {name: value for name, value in raw.items() if value}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        faults += faults_of(error, NO_LINES)
        return None
