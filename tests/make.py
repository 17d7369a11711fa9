"""Values for tests: each valid as it comes, each field changed by naming it."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from knowledgebase.domain.case import (
    Beneficiaries,
    Case,
    Leader,
    Offer,
    Precondition,
    Stakeholder,
    Status,
    StatusAsOf,
    Translation,
    TranslatorKind,
    Writer,
    WriterKind,
)
from knowledgebase.domain.city import (
    Capacity,
    City,
    Context,
    Investment,
    Location,
    Membership,
    Need,
    Population,
    Sister,
)
from knowledgebase.domain.evidence import (
    Better,
    Caused,
    Change,
    ChangeUnit,
    ComparedWith,
    Evaluation,
    EvaluationKind,
    Method,
    Reading,
    Result,
    ResultKind,
)
from knowledgebase.domain.money import Cost, Funding, FundingSource, Money, MoneyKind, Quantity
from knowledgebase.domain.period import Calendar, PartialDate, Precision
from knowledgebase.domain.record import Card, CaseRecord, CityRecord, Heading, Origin, Rendered, State, Tag
from knowledgebase.domain.source import Contact, Cover, Source
from knowledgebase.domain.topic import Topic

NOON = datetime(2026, 1, 2, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 4, 5, 6, 7, 890_000, tzinfo=UTC)


def a_case(id: str = "tehran/clean-air", **changes: Any) -> Case:  # noqa: A002  # the field's name
    """Return a short English case about air."""
    case = Case(
        id=id,
        language="en",
        title="Clean air zone",
        summary="The inner city is closed to old diesel cars.",
        body="## Challenge\n\nSmog.\n\n## Solution\n\nA zone.\n\n## Results\n\nCleaner air.",
        topics=(Topic.AIR,),
        status=Status.OPERATING,
    )
    return replace(case, **changes)


def a_full_case(id: str = "tehran/حریم-هوای-پاک", **changes: Any) -> Case:  # noqa: A002
    """Return a Persian case in which every key of the format has a value."""
    case = Case(
        id=id,
        language="fa",
        title="حریم هوای پاک",
        summary="ورود خودروهای دیزلی کهنه به مرکز شهر ممنوع شد و هوا پاک\u200cتر شد.",
        body="## چالش\n\nدود.\n\n## راه\u200cحل\n\nحریم [1].\n\n## نتایج\n\nهوای پاک\u200cتر [1,2].",
        topics=(Topic.AIR, Topic.MOBILITY, Topic.GOVERNANCE),
        status=Status.SCALED,
        written_by=Writer(WriterKind.CITY),
        led_by=Leader("شرکت کنترل کیفیت هوا", "municipality"),
        formerly=("حریم-هوا", "clean-air"),
        translations={
            "en": Translation("Clean air zone", "Old diesel cars stay out.", TranslatorKind.EDITORS),
            "ar": Translation("منطقة الهواء النقي", "تبقى السيارات القديمة خارجها.", TranslatorKind.MACHINE),
        },
        tags=("هوای پاک", "LEZ"),
        concepts=("low-emission-zone",),
        sdgs=(3, 11),
        interventions=("policy", "regulation"),
        scale="city",
        status_as_of=StatusAsOf(a_date("2023-08"), (1,)),
        calendar=Calendar.JALALI,
        started=a_jalali_year("1398", date(2019, 3, 21), date(2020, 3, 19)),
        ended=a_date("2024-02-29"),
        months_to_implement=59,
        partners=("seoul", "Air Quality Control Company"),
        context=a_context(),
        cost=a_cost(),
        results=(an_outcome(), an_output()),
        evaluation=Evaluation(
            EvaluationKind.INDEPENDENT, "Sharif University", 2022, "https://example.org/e", (2,)
        ),
        beneficiaries=Beneficiaries(("children", "residents"), 9_000_000),
        preconditions=(Precondition("legal", "An air law", True), Precondition("data", "A plate register")),
        offers=(Offer.CALL, Offer.STUDY_VISIT),
        adapted_from="london/ulez",
        stakeholders=(Stakeholder("Traffic police", "state", "enforcement"), Stakeholder("Drivers")),
        participation="consult",
        contact=Contact("Air office", "https://example.org/air", "air@example.org"),
        sources=(
            Source("Annual report", "AQCC", 2021, "https://example.org/r", "2024-01-02"),
            Source("Evaluation of the zone"),
        ),
        cover=Cover("zone.jpg", "تابلوی ورود به حریم", "AQCC"),
        license="CC-BY-SA-4.0",
        confirmed=date(2025, 11, 30),
    )
    return replace(case, **changes)


def a_date(written: str) -> PartialDate:
    """Return a Gregorian date written as YYYY, YYYY-MM or YYYY-MM-DD."""
    match [int(part) for part in written.split("-")]:
        case [year]:
            span, precision = (date(year, 1, 1), date(year, 12, 31)), Precision.YEAR
        case [year, month]:
            end = monthrange(year, month)[1]
            span, precision = (date(year, month, 1), date(year, month, end)), Precision.MONTH
        case parts:
            span, precision = (date(*parts), date(*parts)), Precision.DAY
    return PartialDate(*span, precision, Calendar.GREGORIAN, written)


def a_jalali_year(written: str, first: date, last: date) -> PartialDate:
    """Return a Jalali year as it is kept."""
    return PartialDate(first, last, Precision.YEAR, Calendar.JALALI, written)


def a_quantity(low: str, high: str | None = None) -> Quantity:
    """Return a number, or a range."""
    return Quantity(Decimal(low), Decimal(high or low))


def a_context(**changes: Any) -> Context:
    """Return the facts of a dry, high city."""
    context = Context(
        population=8_700_000,
        population_year=2016,
        density=Decimal("11800.5"),
        income_band="upper-middle",
        climate="BSk",
        elevation_m=1200,
        coastal=False,
        hazards=("earthquake", "heat"),
        governance="mayor-council",
    )
    return replace(context, **changes)


def a_cost(**changes: Any) -> Cost:
    """Return a cost in toman and euro, fully funded."""
    cost = Cost(
        capital=Money(
            a_quantity("120000000000.10", "150000000000"), "IRR", "toman", 2019, MoneyKind.ACTUAL, (1,)
        ),
        yearly=Money(a_quantity("2500000"), "EUR", "EUR", 2020, MoneyKind.ESTIMATE),
        staff=Decimal("12.5"),
        funding=(Funding(FundingSource.OWN, Decimal("62.5")), Funding(FundingSource.FEES)),
    )
    return replace(cost, **changes)


def an_outcome(**changes: Any) -> Result:
    """Return a measured outcome with dates and a source: evidence 3 by itself."""
    result = Result(
        indicator="PM2.5",
        what=ResultKind.OUTCOME,
        unit="µg/m3",
        better=Better.LOWER,
        before=Reading(a_quantity("38.5"), a_date("2018")),
        after=Reading(a_quantity("30", "31.5"), a_date("2022-06")),
        change=Change(a_quantity("-20"), ChangeUnit.PERCENT, a_date("2018"), a_date("2022-06")),
        compared_with=ComparedWith.EARLIER,
        caused=Caused.NOT_SEPARATED,
        target=Reading(a_quantity("25"), a_date("2030")),
        method=Method.MEASURED,
        sources=(1, 2),
    )
    return replace(result, **changes)


def an_output(**changes: Any) -> Result:
    """Return a thing done: evidence 1 at most."""
    return replace(
        Result("Cameras", ResultKind.OUTPUT, after=Reading(a_quantity("140")), method=Method.CLAIMED),
        **changes,
    )


def a_city(id: str = "tehran", **changes: Any) -> City:  # noqa: A002
    """Return a city with little more than its names."""
    city = City(id=id, name={"en": id.title(), "fa": "تهران"}, country="IR", body="## About\n\nA city.")
    return replace(city, **changes)


def a_full_city(id: str = "tehran", **changes: Any) -> City:  # noqa: A002
    """Return a city in which every key of the format has a value."""
    city = City(
        id=id,
        name={"en": "Tehran", "fa": "تهران", "ar": "طهران"},
        country="IR",
        administration={"en": "Tehran Municipality", "fa": "شهرداری تهران"},
        location=Location(Decimal("35.6892"), Decimal("51.3890")),
        population=Population(8_700_000, 2016, (1,)),
        area_km2=Decimal("730.5"),
        elevation_m=1200,
        coastal=False,
        climate="BSk",
        income_band="upper-middle",
        hazards=("earthquake",),
        languages=("fa",),
        website="https://example.org",
        governance="mayor-council",
        capacities=(
            Capacity("Metro training", "training", "Two weeks", a_date("2024"), a_date("2027"), (1,)),
        ),
        investments=(
            Investment(
                "Tram", Topic.MOBILITY, a_quantity("1", "2"), "EUR", "tender", "A line", a_date("2024")
            ),
        ),
        needs=(Need("Leak detection", Topic.WATER, "Sensors", a_date("2024"), a_date("2026"), (1,)),),
        sisters=(Sister("seoul", a_date("1977"), None, "sister", "active", (1,)),),
        networks=(Membership("c40", a_date("2012"), "member"), Membership("metropolis")),
        contact=Contact("International office", "https://example.org/io", "io@example.org"),
        sources=(Source("Census", "Statistical Centre", 2016),),
        body="## درباره\n\nشهر.",
    )
    return replace(city, **changes)


def a_rendered(plain: str = "Smog. A zone. Cleaner air.", **changes: Any) -> Rendered:
    """Return a text after the pipeline, with two headings."""
    headings = (Heading("c-challenge", "Challenge", "challenge"), Heading("c-more", "More"))
    return replace(Rendered(f"<p>{plain}</p>", plain, headings, 1), **changes)


def a_record(case: Case | None = None, **changes: Any) -> CaseRecord:
    """Return a public case as the store hands it out, its tags folded by lower case."""
    case = case or a_case()
    record = CaseRecord(
        case=case,
        rendered=a_rendered(),
        tags=some_tags(*case.tags),
        revision=1,
        index_revision=1,
        state=State.PUBLISHED,
        origin=Origin.FILE,
        first_published=NOON,
        updated=NOON,
    )
    return replace(record, **changes)


def a_city_record(city: City | None = None, **changes: Any) -> CityRecord:
    """Return a city as the store hands it out."""
    record = CityRecord(city or a_city(), a_rendered("A city."), 1, Origin.FILE, NOON, 1)
    return replace(record, **changes)


def a_card(id: str = "tehran/clean-air", **changes: Any) -> Card:  # noqa: A002
    """Return the card of an English case with a Persian title beside."""
    card = Card(
        id=id,
        language="en",
        titles={"en": "Clean air zone", "fa": "حریم هوای پاک"},
        summaries={"en": "Old diesel cars stay out.", "fa": "خودروهای دیزلی کهنه بیرون می\u200cمانند."},
        topics=("air",),
        status="operating",
        city=id.partition("/")[0],
        city_names={"en": "Tehran", "fa": "تهران"},
        country="IR",
        year=2019,
        written_by="city",
        evidence=0,
        first_published=NOON,
        updated=NOON,
        translated_by={"fa": "city"},
    )
    return replace(card, **changes)


def some_tags(*shown: str) -> tuple[Tag, ...]:
    """Return tags folded by lower case, which is enough for a store that never folds."""
    return tuple(Tag(tag.lower(), tag) for tag in shown)
