"""The keys of the format, part one: how a map of keys is read, and the maps that cases and cities share."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from knowledgebase.domain.city import Context
from knowledgebase.domain.money import Quantity
from knowledgebase.domain.source import Contact, Source
from knowledgebase.intake.characters import is_blank
from knowledgebase.intake.choices import ClimateValue, GovernanceValue, HazardValue, IncomeValue
from knowledgebase.intake.dates import Date, Year, setting_of
from knowledgebase.intake.fields import AMOUNT_MAX, Email, Flag, LongName, Number, WebAddress, Whole, as_text
from knowledgebase.intake.refusal import refusal, shown

PEOPLE_MAX = 10**10
SOURCES_MAX = 50
HAZARDS_MAX = 20


class Keys(BaseModel):
    """A map whose keys are fixed: unknown ones are refused, empty ones count as left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    known: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Remember the names of the keys as they are written."""
        super().__pydantic_init_subclass__(**kwargs)
        cls.known = frozenset(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="before")
    @classmethod
    def _leave_out_empty(cls, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return {key: raw for key, raw in value.items() if key not in cls.known or not _is_empty(raw)}


class FileKeys(Keys):
    """The map of a whole file; it notes every accepted value, so that rules can judge a faulty file too."""

    @field_validator("*", mode="after")
    @classmethod
    def _note(cls, value: Any, info: ValidationInfo[Any]) -> Any:
        if info.field_name is not None:
            setting_of(info).good[info.field_name] = value
        return value


def _is_empty(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and is_blank(raw))


@dataclass(frozen=True, slots=True)
class Many:
    """A list of at most so many different things."""

    most: int
    least: int = 0

    def check(self, value: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> Any:
        """Return the list. Raises a refusal when it is no list, too long, too short or repeats itself."""
        if not isinstance(value, list | tuple):
            raise refusal("not-a-list")
        if len(value) > self.most:
            raise refusal("too-many", most=self.most, length=len(value))
        if len(value) < self.least:
            raise refusal("required")
        read = handler(value)
        for place, one in enumerate(read, start=1):
            if not isinstance(one, Keys) and one in read[: place - 1]:
                raise refusal("twice", at=str(place), value=shown(one))
        return read

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that calls `check` round the list's own."""
        return core_schema.no_info_wrap_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of the list."""
        limits = {"maxItems": self.most, "uniqueItems": True}
        return {**handler(schema), **limits, **({"minItems": self.least} if self.least else {})}


@dataclass(frozen=True, slots=True)
class SourceNumber:
    """The number of a source: its place in the file's list, from 1."""

    def read(self, value: object, info: ValidationInfo[Any]) -> int:
        """Return the number. Raises a refusal when the list holds no such source."""
        number = Whole(1, 999).read(as_text(value))
        count = setting_of(info).sources
        if count is not None and number > count:
            raise refusal("no-such-source", number=number, count=count)
        return number

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that calls `read`."""
        return core_schema.with_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of a number of a source."""
        return {"type": ["integer", "string"], "minimum": 1, "maximum": SOURCES_MAX}


Sources = Annotated[
    tuple[Annotated[int, SourceNumber()], ...],
    Many(SOURCES_MAX),
    Field(description="Numbers of sources: places in the list `sources` of this file, from 1."),
]


class SourceKeys(Keys):
    """A source: something a reader can look up."""

    title: LongName = Field(description="Title of the document or page.")
    publisher: LongName | None = Field(None, description="Who published it.")
    year: Year | None = Field(None, description="Year of publication.")
    url: WebAddress | None = Field(None, description="Address, http or https.")
    checked: Date | None = Field(None, description="Day of the last look at the address.")

    def value(self) -> Source:
        """Return the source; a Jalali day of the last look becomes a Gregorian one."""
        checked = self.checked.written if self.checked else None
        if self.checked and self.checked.calendar != "gregorian":
            checked = self.checked.first.isoformat()
        return Source(self.title, self.publisher, self.year, self.url, checked)


class ContactKeys(Keys):
    """Whom to ask."""

    office: LongName | None = Field(None, description="Office, not a person.")
    url: WebAddress | None = Field(None, description="Page of the office.")
    email: Email | None = Field(None, description="Address of the office; never shown.")

    def value(self) -> Contact | None:
        """Return the contact, None when nothing is given."""
        return Contact(self.office, self.url, self.email) if self.model_fields_set else None


class RangeKeys(Keys):
    """A number or a range of numbers."""

    low: Annotated[Decimal, Number()] = Field(description="Lower end.")
    high: Annotated[Decimal, Number()] = Field(description="Upper end.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.low > self.high:
            raise refusal("low-above-high")
        return self

    def value(self) -> Quantity:
        """Return the quantity."""
        return Quantity(self.low, self.high)


@dataclass(frozen=True, slots=True)
class NumberOrRange:
    """Metadata of `RangeKeys`: one number stands for a range with equal ends."""

    least: int = -AMOUNT_MAX

    def check(self, value: Any, handler: core_schema.ValidatorFunctionWrapHandler) -> RangeKeys:
        """Return the range. Raises a refusal when the value is neither a number nor a map of low and high."""
        if isinstance(value, list | tuple):
            raise refusal("not-a-number-or-range")
        if not isinstance(value, Mapping):
            number = Number(self.least).read(as_text(value))
            return RangeKeys.model_construct(low=number, high=number)
        found: RangeKeys = handler(value)
        if found.low < self.least:
            raise refusal("out-of-range", least=self.least, most=AMOUNT_MAX)
        return found

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema that calls `check`."""
        return core_schema.no_info_wrap_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema of a number or a range."""
        return {"anyOf": [Number(self.least).json(), handler(schema)]}


Quantities = Annotated[RangeKeys, NumberOrRange()]
Amount = Annotated[RangeKeys, NumberOrRange(0)]
People = Annotated[int, Whole(0, PEOPLE_MAX)]
Hazards = Annotated[tuple[HazardValue, ...], Many(HAZARDS_MAX)]
Elevation = Annotated[int, Whole(-500, 6_000)]


class ContextKeys(Keys):
    """Facts of the city at the time of the case, where they differ from the city's own."""

    population: People | None = Field(None, description="Residents.")
    population_year: Year | None = Field(None, description="Year of the count.")
    density: Annotated[Decimal, Number(0, 10**6)] | None = Field(None, description="Residents per km2.")
    income_band: IncomeValue | None = Field(None, description="Income band of the country.")
    climate: ClimateValue | None = Field(None, description="Köppen code.")
    elevation_m: Elevation | None = Field(None, description="Metres above the sea.")
    coastal: Flag | None = Field(None, description="Whether the city lies on a coast.")
    hazards: Hazards = Field((), description="Hazards the city lives with.")
    governance: GovernanceValue | None = Field(None, description="Form of government of the city.")

    def value(self) -> Context | None:
        """Return the context, None when nothing is given."""
        found = Context(
            population=self.population,
            population_year=self.population_year,
            density=self.density,
            income_band=self.income_band,
            climate=self.climate,
            elevation_m=self.elevation_m,
            coastal=self.coastal,
            hazards=self.hazards,
            governance=self.governance,
        )
        return None if found == Context() else found
