"""The answers of the JSON interface as types: what is sent is made of them, and OpenAPI describes them."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, FiniteFloat

from knowledgebase.domain.query import PAGE_SIZE, QUESTION_MAX, SIZE_MAX

Lang = Literal["en", "fa"]
Names = Annotated[dict[str, str], Field(description="By language.")]


class Answer(BaseModel):
    """Part of an answer; numbers are finite, dates are ISO 8601."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# What may be asked


class InLanguage(BaseModel):
    """The language of names and labels."""

    lang: Lang = Field("en", description="Language of labels, titles and summaries, where a case has them.")


class Search(InLanguage):
    """Parameters of a search; unknown ones are ignored, filters may be repeated."""

    q: str = Field("", max_length=QUESTION_MAX, description="Question in any language; longer ones are cut.")
    topic: list[str] = Field(
        [], description="Ids of topics; repeated values widen, different filters narrow."
    )
    city: list[str] = Field([], description="Ids of cities.")
    country: list[str] = Field([], description="ISO 3166-1 alpha-2.")
    language: list[str] = Field([], description="Languages of the texts, BCP 47.")
    status: list[str] = Field([], description="Where the practices stand.")
    year: list[str] = Field([], description="Gregorian years in which they began.")
    tag: list[str] = Field([], description="Tags in any spelling.")
    written_by: list[str] = Field(
        [], description="Who wrote the texts: city, editors, researcher or network."
    )
    sort: Literal["best", "newest"] = "best"
    page: int = Field(1, ge=1, description="From 1; pages past the last case or the thousandth are refused.")
    size: int = Field(PAGE_SIZE, ge=1, le=SIZE_MAX, description="Cases of one page.")


# What is answered


class FoundCase(Answer):
    """A found case."""

    id: str = Field(description='"<city>/<slug>"')
    title: str
    summary: str
    language: str = Field(description="Of title and summary as they stand here.")
    city: str = Field(description="Id of the city.")
    topics: list[str] = Field(description="Ids, ranked.")
    written_by: str = Field(
        description='Who wrote the text; whatever is not "city" the city has not confirmed.'
    )
    url: str = Field(description="Page of the case.")
    score: FiniteFloat = Field(description="Comparable within one answer; 0 without a question.")


class Choice(Answer):
    """A value of a filter."""

    value: str
    label: str
    count: int = Field(description="Cases with this value under all other filters.")
    selected: bool


class Found(Answer):
    """One page of the answer to a search."""

    total: int
    page: int
    size: int
    hits: list[FoundCase]
    facets: dict[str, list[Choice]] = Field(description="By filter; at most 100 values and the chosen ones.")
    repaired: str | None = Field(description="The question that was answered, where a word was mistyped.")
    degraded: bool = Field(description="The engine is away: a simple list, newest first, without facets.")
    incomplete: bool = Field(description="A part of the engine did not answer.")


class CityOfList(Answer):
    """A city in the list of cities."""

    id: str
    name: str
    names: Names
    country: str = Field(description="ISO 3166-1 alpha-2.")
    country_name: str
    cases: int = Field(description="Public cases.")
    url: str = Field(description="Page of the city.")


class Cities(Answer):
    """All cities."""

    total: int
    cities: list[CityOfList]


class Problem(BaseModel):
    """A refusal or failure (RFC 9457)."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    code: str
    incident: str | None = Field(None, description="Number under which the operator finds the rest.")


class Withdrawn(Problem):
    """The refusal of a case that its city has withdrawn."""

    city: str = Field(description="Id of the city.")
    withdrawn: AwareDatetime
