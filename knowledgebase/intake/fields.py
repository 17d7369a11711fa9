"""Scalar types of the format over text: each reads what people type, or refuses it with a fault code.

They are metadata for `Annotated`, so a model says in one line what a key means, what is refused
and what its JSON Schema is. Digits may be Persian; nothing is guessed from the look of a value.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from knowledgebase.intake import characters
from knowledgebase.intake.refusal import refusal, shown

URL_MAX = 2_000  # characters
NAME_MAX = 120  # characters of a name or title
LINE_MAX = 300  # characters of a long title, an indicator, an office
TEXT_MAX = 400  # characters of a free text in front matter
AMOUNT_MAX = 10**18  # of any currency
YEAR_LEAST, YEAR_MOST = 1000, 2200

_NUMBER = re.compile(r"[+-]?[0-9]{1,19}(?:\.[0-9]{1,6})?")
_GROUPED = re.compile("[+-]?[0-9]{1,3}(?:\u066c[0-9]{3})+(?:\\.[0-9]{1,6})?")
_HOST = re.compile(r"\[[0-9A-Fa-f:.]+\]|[^\s\[\]@:/\\?#<>\"'`{}|^%]+")
_NO_URL = re.compile('[\\s\\\\<>"`{}|^\u202a-\u202e\u2066-\u2069\u200b-\u200f\u2060\ufeff]')
_EMAIL = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?=.{4,253}$)[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


class Scalar:
    """A type read from one piece of text; subclasses say how, and how JSON Schema puts it."""

    def read(self, value: str) -> object:
        """Return the typed value. Raises a refusal when the text is none."""
        raise NotImplementedError

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of what may be written."""
        return {"type": "string"}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that calls `read` with the value as text."""
        return core_schema.no_info_plain_validator_function(lambda value: self.read(as_text(value)))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of what may be written."""
        return self.json()


def as_text(value: object) -> str:
    """Return one value as text: files bring text, JSON also numbers, true and false.

    Raises a refusal for lists and maps.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return str(value)
    raise refusal("not-one-value")


@dataclass(frozen=True, slots=True)
class Line(Scalar):
    """A text on one line, white space collapsed, composed (NFC)."""

    most: int  # characters
    may_hide: bool = False  # False: no bidi controls and zero-width characters (U1)

    def read(self, value: str) -> str:
        """Return the text. Raises a refusal when it is blank, too long or holds unfit characters."""
        bad = characters.first_unfit(value.replace("\r", " "))
        if bad is not None:
            raise refusal("control-character", character=bad)
        text = characters.one_line(value)
        if characters.is_blank(text):
            raise refusal("required")
        if len(text) > self.most:
            raise refusal("too-long", most=self.most, length=len(text))
        hiding = None if self.may_hide else characters.first_hiding(text)
        if hiding is not None:
            raise refusal("invisible-character", character=hiding)
        return text

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of a text."""
        return {"type": "string", "minLength": 1, "maxLength": self.most}


@dataclass(frozen=True, slots=True)
class Pattern(Scalar):
    """A text that must match a pattern as a whole."""

    pattern: str
    code: str  # of the refusal
    most: int = NAME_MAX

    def read(self, value: str) -> str:
        """Return the text without spaces round it. Raises a refusal when it does not match."""
        text = value.strip()
        if len(text) > self.most or not re.fullmatch(self.pattern, text):
            raise refusal(self.code, value=shown(text))
        return text

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of a pattern."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "maxLength": self.most}


@dataclass(frozen=True, slots=True)
class Number(Scalar):
    """A finite number within a range, as Decimal."""

    least: int = -AMOUNT_MAX
    most: int = AMOUNT_MAX

    def read(self, value: str) -> Decimal:
        """Return the number. Raises a refusal for anything else, "nan", "1e400", "2_019" included."""
        number = Decimal(_plain_number(value, "not-a-number"))
        if not self.least <= number <= self.most:
            raise refusal("out-of-range", least=self.least, most=self.most)
        return number

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of a number or its text."""
        return {"type": ["number", "string"], "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Whole(Scalar):
    """A whole number within a range."""

    least: int
    most: int

    def read(self, value: str) -> int:
        """Return the number. Raises a refusal for anything else."""
        text = _plain_number(value, "not-a-whole-number")
        if "." in text:
            raise refusal("not-a-whole-number", value=shown(value))
        if not self.least <= int(text) <= self.most:
            raise refusal("out-of-range", least=self.least, most=self.most)
        return int(text)

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of a whole number or its text."""
        return {"type": ["integer", "string"], "minimum": self.least, "maximum": self.most}


def _plain_number(value: str, code: str) -> str:
    text = characters.ascii_digits(value.strip())
    if _GROUPED.fullmatch(text):
        text = text.replace("\u066c", "")
    if not _NUMBER.fullmatch(text):
        raise refusal(code, value=shown(value))
    return text


@dataclass(frozen=True, slots=True)
class YesNo(Scalar):
    """A yes or a no."""

    def read(self, value: str) -> bool:
        """Return True for yes and true, False for no and false. Raises a refusal for anything else."""
        answer = _YES_NO.get(value.strip().lower())
        if answer is None:
            raise refusal("not-yes-or-no", value=shown(value))
        return answer

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of a yes or no."""
        return {"enum": ["yes", "no", True, False]}


@dataclass(frozen=True, slots=True)
class Url(Scalar):
    """An address on the web: http or https, at most 2,000 characters, without user part."""

    def read(self, value: str) -> str:
        """Return the address as written. Raises a refusal for every other scheme or form."""
        text = value.strip()
        if len(text) > URL_MAX:
            raise refusal("too-long", most=URL_MAX, length=len(text))
        if characters.first_unfit(text) or _NO_URL.search(text) or not is_web_address(text):
            raise refusal("not-a-web-address", value=shown(text))
        return text

    def json(self) -> dict[str, Any]:
        """Return the JSON Schema of an address."""
        return {
            "type": "string",
            "format": "iri",
            "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://",
            "maxLength": URL_MAX,
        }


def is_web_address(text: str) -> bool:
    """Return whether the text is http or https with a host and without user part."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or port == 0:
        return False
    return bool(
        _HOST.fullmatch(parts.netloc.partition("]")[0] + "]" if "[" in parts.netloc else parts.hostname or "")
    )


Title = Annotated[str, Line(NAME_MAX)]
Name = Annotated[str, Line(NAME_MAX)]
LongName = Annotated[str, Line(LINE_MAX)]
Text = Annotated[str, Line(TEXT_MAX, may_hide=True)]
Email = Annotated[str, Pattern(_EMAIL, "not-an-email-address", 254)]
WebAddress = Annotated[str, Url()]
Flag = Annotated[bool, YesNo()]
