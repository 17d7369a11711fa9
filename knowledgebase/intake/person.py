"""The gate for people: what a person says of itself, and whom somebody invites to what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import ConfigDict, ValidationError

from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.language import INTERFACE
from knowledgebase.domain.person import CityRole, Invitation, PlatformRole, Profile, Rights, Showing, rights
from knowledgebase.intake.choices import OneOf
from knowledgebase.intake.fields import Email, Flag, Line, Scalar
from knowledgebase.intake.gate import NO_LINES
from knowledgebase.intake.keys import Keys
from knowledgebase.intake.refusal import faults_of, refusal, shown
from knowledgebase.intake.scripts import scripts_of
from knowledgebase.text.twins import looks

NAME_MAX = 80  # characters of a person's name
TITLE_MAX = 120  # characters of a position or an office
# Names that would pass for the exchange itself.
_RESERVED = (
    "admin",
    "administrator",
    "platform admin",
    "moderator",
    "operator",
    "editors",
    "support",
    "knowledge exchange",
    "city admin",
    "\u0645\u062f\u06cc\u0631 \u0633\u0627\u0645\u0627\u0646\u0647",
    "\u0645\u062f\u06cc\u0631 \u0634\u0647\u0631",
    "\u0646\u0627\u0638\u0631",
    "\u06af\u0631\u062f\u0627\u0646\u0646\u062f\u0647",
    "\u062a\u062d\u0631\u06cc\u0631\u06cc\u0647",
    "\u067e\u0634\u062a\u06cc\u0628\u0627\u0646\u06cc",
    "\u062a\u0628\u0627\u062f\u0644 \u062f\u0627\u0646\u0634",
)
_RESERVED_LOOKS = frozenset(look for name in _RESERVED for look in looks(name))


@dataclass(frozen=True, slots=True)
class NameOfPerson(Scalar):
    """A name in one script a word, with a letter in it, that does not pass for the exchange."""

    is_latin: bool = False

    def read(self, value: str) -> str:
        """Return the name. Raises a refusal when it is blank, too long, mixed or reserved."""
        name = Line(NAME_MAX).read(value)
        scripts = scripts_of(name)
        if not scripts:
            raise refusal("no-letter", value=shown(name))
        if self.is_latin and scripts != {"LATIN"}:
            raise refusal("not-latin", value=shown(name))
        if not _RESERVED_LOOKS.isdisjoint(looks(name)):
            raise refusal("reserved-name", value=shown(name))
        return name


@dataclass(frozen=True, slots=True)
class InterfaceLanguage(Scalar):
    """A language that the pages speak."""

    def read(self, value: str) -> str:
        """Return the language. Raises a refusal when the pages do not speak it."""
        language = value.strip().lower()
        if language not in INTERFACE:
            raise refusal("unknown-value", value=shown(value), known=", ".join(INTERFACE))
        return language


_Name = Annotated[str, NameOfPerson()]
_LatinName = Annotated[str, NameOfPerson(is_latin=True)]
_Title = Annotated[str, Line(TITLE_MAX)]
_Showing = Annotated[Showing, OneOf("showing", Showing)]
_Role = Annotated[CityRole, OneOf("city_role", CityRole)]
_PlatformRole = Annotated[PlatformRole, OneOf("platform_role", PlatformRole)]


class FormKeys(Keys):
    """The fields of a form: what a form does not have is left out (Z2), not refused."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class ProfileKeys(FormKeys):
    """What a person says of itself."""

    name: _Name
    latin_name: _LatinName | None = None
    position: _Title
    office: _Title
    language: Annotated[str, InterfaceLanguage()]
    shows: _Showing = Showing.NAME_AND_POSITION


class RightsKeys(FormKeys):
    """What a membership allows."""

    role: _Role
    may_publish: Flag = False
    speaks_for_city: Flag = False


class EmailKeys(FormKeys):
    """An address alone."""

    email: Email


class InvitationKeys(EmailKeys, RightsKeys):
    """Who is invited to a city, with which rights."""


class PlatformKeys(EmailKeys):
    """Who is invited to a role for the whole exchange."""

    platform_role: _PlatformRole


_Form = TypeVar("_Form", bound=FormKeys)


def accept_profile(raw: Mapping[str, Any]) -> Profile:
    """Turn the fields of a form into a profile: name, latin_name, position, office, shows, language.

    Raises Invalid with every fault at once.
    """
    keys = _read(ProfileKeys, raw)
    return Profile(
        name=keys.name,
        position=keys.position,
        office=keys.office,
        language=keys.language,
        latin_name=keys.latin_name,
        shows=Showing(keys.shows),
    )


def accept_rights(raw: Mapping[str, Any]) -> Rights:
    """Turn the fields role, may_publish and speaks_for_city (yes or left out) into rights.

    Raises Invalid with every fault at once.
    """
    return _rights_of(_read(RightsKeys, raw))


def accept_invitation(raw: Mapping[str, Any], *, city: str | None) -> Invitation:
    """Turn the fields of a form into an invitation to a city, or (None) to a role for the whole exchange.

    Raises Invalid with every fault at once.
    """
    if city is None:
        keys = _read(PlatformKeys, raw)
        return Invitation(keys.email, platform_role=PlatformRole(keys.platform_role))
    read = _read(InvitationKeys, raw)
    return Invitation(read.email, city, _rights_of(read))


def accept_email(raw: Mapping[str, Any]) -> str:
    """Return the field email. Raises Invalid when it is no address."""
    return _read(EmailKeys, raw).email


def _rights_of(keys: RightsKeys) -> Rights:
    return rights(CityRole(keys.role), may_publish=keys.may_publish, speaks_for_city=keys.speaks_for_city)


def _read(model: type[_Form], raw: Mapping[str, Any]) -> _Form:
    try:
        return model.model_validate(dict(raw))
    except ValidationError as error:
        raise Invalid(faults_of(error, NO_LINES)) from error
