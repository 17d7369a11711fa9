"""Strategies for valid raw cases and cities with every key, written as awkwardly as the gate allows."""

from typing import Any

from hypothesis import strategies as st

from knowledgebase.domain.topic import Topic
from knowledgebase.intake.characters import first_hiding, is_blank, one_line
from knowledgebase.text import lists
from knowledgebase.text.normalize import skeleton
from tests.unit.intake.raw import BODY, CONCEPTS

AWKWARD = [
    "yes",
    "NO",
    "null",
    "~",
    "2019",
    "1e5",
    "0x1F",
    "12:30",
    "- a",
    "? b",
    "a: b",
    "a #b",
    "#a",
    "'",
    '"',
    "\\",
    "{a}",
]
AWKWARD += [
    "[1, 2]",
    "*a",
    "&a",
    "!a",
    "%a",
    "@a",
    "`a`",
    "|",
    ">",
    "a:",
    ":a",
    "a,b",
    "می\u200cشود",
    "«هوا»",
    "=",
    "---",
    "...",
]
AWKWARD += [
    "C:\\x",
    "a\u00a0b",
    "\U0001f30d",
    "e\u0301",
    "it's",
    "2019-05-01",
    "۱۲",
    "\u202eabc",
    "\ufeffx",
    "a\u200bb",
    "<<",
]

_signs = st.characters(exclude_categories=("Cs", "Cc", "Cn"))
_free = st.one_of(st.sampled_from(AWKWARD), st.text(_signs, min_size=1, max_size=30))
texts = (
    st.lists(_free, min_size=1, max_size=3)
    .map(" ".join)
    .map(one_line)
    .filter(lambda text: not is_blank(text))
)
names = texts.filter(lambda text: first_hiding(text) is None and len(text) <= 40)
numbers = st.one_of(
    st.integers(-(10**9), 10**9).map(str),
    st.decimals(-1000, 1000, places=3, allow_nan=False).map(lambda number: f"{number:f}"),
    st.sampled_from(["0", "-0.50", "+3", "012", "۱۲٫۵"]),
)
amounts = st.sampled_from(["0", "12", "1.50", "999999999999999999", "۱٬۲۰۰", "0.000001"])
ranges = st.fixed_dictionaries({"low": st.sampled_from(["0", "1.5"]), "high": st.sampled_from(["1.50", "2"])})
urls = st.sampled_from(
    [
        "https://example.org",
        "http://a.ir/b?c=d&e=f#g",
        "https://x.org/a,b",
        "https://x.org/(a):",
        "https://x.org/'a'",
        "https://x.org/هوا",
    ]
)
persian = ["1390", "1391-06", "۱۳۹۲-۱۲-۲۹", "1392-12"]
gregorian = ["2005", "2006-07", "2007-02-28", "1995-12-31"]


def one_of(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(lists.labels(name)))


def some(part: st.SearchStrategy[Any], most: int = 3, least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(part, min_size=least, max_size=most)


def different(part: st.SearchStrategy[str], most: int = 3, least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(part, min_size=least, max_size=most, unique_by=skeleton)


def keys(required: dict[str, Any], **optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


cited = st.lists(st.sampled_from(["1", "2"]), max_size=2, unique=True)
contacts = keys(
    {}, office=texts.filter(lambda text: first_hiding(text) is None), url=urls, email=st.just("a@b.ir")
)
hazards = st.lists(one_of("hazard"), max_size=3, unique=True)


def dates(is_persian: bool) -> st.SearchStrategy[str]:
    return st.sampled_from(gregorian + (persian if is_persian else []))


def readings(when: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return keys({"value": st.one_of(numbers, ranges)}, date=when)


def results(when: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    change = keys(
        {"value": st.one_of(numbers, ranges), "unit": one_of("change_unit")},
        **{"from": when, "to": st.just("2020")},
    )
    return keys(
        {"indicator": names, "what": one_of("result_kind")},
        unit=names,
        better=one_of("better"),
        before=readings(when),
        after=readings(st.just("2021-06")),
        change=change,
        compared_with=one_of("compared_with"),
        caused=one_of("caused"),
        target=readings(when),
        method=one_of("method"),
        sources=cited,
    )


def costs() -> st.SearchStrategy[dict[str, Any]]:
    money = keys(
        {"amount": st.one_of(amounts, ranges), "currency": st.sampled_from(["EUR", "irr", "toman", "تومان"])},
        year=st.sampled_from(["2019", "1850"]),
        kind=one_of("money_kind"),
        sources=cited,
    )
    part = keys({"source": one_of("funding")}, share=st.sampled_from(["10", "33.3", "0"]))
    return keys(
        {}, capital=money, yearly=money, staff=amounts.filter(lambda one: len(one) < 6), funding=some(part)
    )


def contexts() -> st.SearchStrategy[dict[str, Any]]:
    return keys(
        {},
        population=st.just("1200000"),
        population_year=st.just("2016"),
        density=st.just("5400.50"),
        income_band=one_of("income_band"),
        climate=one_of("climate"),
        elevation_m=st.sampled_from(["-5", "1190"]),
        coastal=st.sampled_from(["yes", "no", "true"]),
        hazards=hazards,
        governance=one_of("governance"),
    )


def _optional(when: st.SearchStrategy[str]) -> dict[str, st.SearchStrategy[Any]]:
    translation = st.fixed_dictionaries({"title": names, "summary": texts, "by": one_of("translator")})
    evaluation = keys({"kind": one_of("evaluation")}, by=names, year=st.just("2020"), url=urls, sources=cited)
    precondition = keys(
        {"kind": one_of("precondition"), "text": texts}, essential=st.sampled_from(["yes", "no", "TRUE"])
    )
    return {
        "formerly": st.lists(st.sampled_from(["old", "هوای-پاک", "a-1"]), max_size=3, unique=True),
        "led_by": st.fixed_dictionaries({"name": names, "kind": one_of("leader")}),
        "translations": st.dictionaries(st.sampled_from(["de", "fr", "es", "tr"]), translation, max_size=3),
        "tags": different(names, 10),
        "concepts": st.lists(st.sampled_from(sorted(CONCEPTS)), max_size=2, unique=True),
        "sdgs": st.lists(st.integers(1, 17).map(str), max_size=4, unique=True),
        "interventions": st.lists(one_of("intervention"), max_size=9, unique=True),
        "scale": one_of("scale"),
        "started": when,
        "ended": st.sampled_from(["2022", "2022-03-01"]),
        "months_to_implement": st.integers(1, 600).map(str),
        "partners": different(names),
        "context": contexts(),
        "cost": costs(),
        "results": some(results(when), 2),
        "evaluation": evaluation,
        "beneficiaries": keys(
            {}, groups=st.lists(one_of("beneficiary"), max_size=2, unique=True), people=st.just("0")
        ),
        "preconditions": some(precondition),
        "adapted_from": st.one_of(urls, st.just("london/low-emission-zone")),
        "stakeholders": some(keys({"name": names}, kind=one_of("stakeholder"), role=names)),
        "participation": one_of("participation"),
        "cover": keys({"file": st.just("zone.jpg"), "alt": texts}, credit=names),
        "license": one_of("license"),
    }


@st.composite
def raw_cases(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a valid raw case; the citations of its sources always reach."""
    is_persian = draw(st.booleans())
    when = dates(is_persian)
    sources = st.lists(
        keys({"title": names}, publisher=names, year=st.just("2019"), url=urls, checked=when),
        min_size=2,
        max_size=3,
    )
    required = {
        "title": names,
        "summary": texts.filter(lambda text: len(text) <= 400),
        "language": st.just("fa") if is_persian else st.sampled_from(["en", "no", "ar"]),
        "topics": st.lists(st.sampled_from(list(map(str, Topic))), min_size=1, max_size=3, unique=True),
        "status": one_of("status").filter(lambda status: status != "stopped"),
        "sources": sources,
    }
    raw = draw(keys(required, **_optional(when)))
    if draw(st.booleans()):
        raw["written_by"] = draw(keys({"kind": st.sampled_from(["editors", "network"])}, name=names))
        raw["status_as_of"] = draw(keys({"date": when}, sources=cited))
    else:
        city = {"confirmed": st.just("2026-01-15"), "contact": contacts, "written_by": keys({}, name=names)}
        raw |= draw(keys({}, offers=st.lists(one_of("offer"), max_size=6, unique=True), **city))
    if is_persian and draw(st.booleans()):
        raw["calendar"] = "jalali"
    return raw


bodies = st.lists(st.one_of(texts, st.just("---"), st.just("    code"), st.just("")), max_size=4).map(
    lambda parts: "\n\n".join([BODY, *parts])
)


def raw_cities() -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy of valid raw cities."""
    when = dates(is_persian=False)
    dated = {"text": texts, "as_of": when, "until": st.just("2030"), "sources": cited}
    topics = st.sampled_from(list(map(str, Topic)))
    opening = keys(
        {"title": names, "currency": st.just("toman")},
        amount=amounts,
        sector=topics,
        stage=one_of("stage"),
        **dated,
    )
    sister = keys(
        {"city": names},
        since=when,
        until=st.just("2030"),
        kind=one_of("agreement"),
        status=one_of("agreement_status"),
        sources=cited,
    )
    by_language = st.dictionaries(st.sampled_from(["fa", "no", "de"]), names, max_size=3)
    return keys(
        {
            "name": by_language.map(lambda one: {**one, "en": "A City"}),
            "country": st.sampled_from(["NO", "IR", "de"]),
            "sources": st.just([{"title": "One"}, {"title": "Two: #2"}]),
        },
        administration=by_language,
        location=st.just({"lat": "-33.93", "lon": "18.420"}),
        population=keys({"count": st.just("5"), "year": st.just("2016")}, sources=cited),
        area_km2=st.just("0.5"),
        elevation_m=st.just("-2"),
        coastal=st.sampled_from(["yes", "no"]),
        climate=one_of("climate"),
        income_band=one_of("income_band"),
        hazards=hazards,
        languages=st.lists(st.sampled_from(["no", "fa"]), max_size=2, unique=True),
        website=urls,
        governance=one_of("governance"),
        capacities=some(keys({"title": names, "kind": one_of("capacity")}, **dated)),
        investments=some(opening),
        needs=some(keys({"title": names}, topic=topics, **dated)),
        sisters=some(sister),
        networks=some(keys({"name": names}, since=when, role=names, sources=cited)),
        contact=contacts,
    )
