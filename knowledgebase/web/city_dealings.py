"""What a city gives and wants, and with whom it works, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from knowledgebase.domain.city import Capacity, City, Investment, Membership, Need, Sister
from knowledgebase.domain.money import Money
from knowledgebase.domain.period import PartialDate
from knowledgebase.services.reading import CityPage
from knowledgebase.text import lists
from knowledgebase.web import addresses, fmt
from knowledgebase.web.facts import Fact, Text, dated, fact, present
from knowledgebase.web.labels import name_in, topic_label
from knowledgebase.web.messages import wording

_CLOSED = "closed"  # stage of an investment
_OVER = "ended"  # status of an agreement


@dataclass(frozen=True, slots=True)
class Opening:
    """A capacity, an investment or a need; title and text are the city's words."""

    title: str
    text: str | None
    kind: Text | None
    facts: tuple[Fact, ...]
    is_closed: bool
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SisterView:
    """An agreement with another city."""

    city: Text
    kind: str
    status: str
    since: Text | None
    until: Text | None
    is_over: bool
    remark: str | None  # by whom it is named, as long as not both cities name it
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NetworkView:
    """A place in a network of cities."""

    name: Text
    role: str | None
    since: Text | None
    sources: tuple[int, ...]


def capacities(values: Iterable[Capacity], today: date, language: str) -> tuple[Opening, ...]:
    """Return what a city can give, what is over last."""
    return _open_first(
        Opening(
            one.title,
            one.text,
            Text(lists.label("capacity", one.kind, language)),
            _dates(one.as_of, one.until, language),
            _is_past(one.until, today),
            one.sources,
        )
        for one in values
    )


def investments(values: Iterable[Investment], today: date, language: str) -> tuple[Opening, ...]:
    """Return the openings for investors, what is over last."""
    words = wording(language)
    return _open_first(
        Opening(
            one.title,
            one.text,
            _topic(one.sector, language),
            present(
                (
                    fact(words.gettext("Amount"), _amount(one, language)),
                    fact(
                        words.gettext("Stage"),
                        lists.label("stage", one.stage, language) if one.stage else None,
                    ),
                    *_dates(one.as_of, one.until, language),
                )
            ),
            one.stage == _CLOSED or _is_past(one.until, today),
            one.sources,
        )
        for one in values
    )


def needs(values: Iterable[Need], today: date, language: str) -> tuple[Opening, ...]:
    """Return what a city looks for, what is over last."""
    return _open_first(
        Opening(
            one.title,
            one.text,
            _topic(one.topic, language),
            _dates(one.as_of, one.until, language),
            _is_past(one.until, today),
            one.sources,
        )
        for one in values
    )


def _open_first(openings: Iterable[Opening]) -> tuple[Opening, ...]:
    return tuple(sorted(openings, key=lambda opening: opening.is_closed))


def _is_past(until: PartialDate | None, today: date) -> bool:
    return until is not None and until.last < today


def _topic(topic: str | None, language: str) -> Text | None:
    if topic is None:
        return None
    return Text(topic_label(topic, language), address=addresses.topic(language, topic))


def _dates(as_of: PartialDate | None, until: PartialDate | None, language: str) -> tuple[Fact, ...]:
    words = wording(language)
    return present(
        (
            fact(words.gettext("As of"), dated(as_of, language) if as_of else None),
            fact(words.gettext("Until"), dated(until, language) if until else None),
        )
    )


def _amount(one: Investment, language: str) -> str | None:
    if one.amount is None:
        return None
    if one.currency is None:
        return fmt.quantity(one.amount, language)
    return fmt.money(Money(one.amount, one.currency, one.currency), language)


# With whom


def sisters(page: CityPage, language: str) -> tuple[SisterView, ...]:
    """Return the agreements, what is over last; those that the other city does not name too say so."""
    views = [_sister(one, page, language) for one in page.record.city.sisters]
    return tuple(sorted(views, key=lambda view: view.is_over))


def _sister(one: Sister, page: CityPage, language: str) -> SisterView:
    known = page.named.get(one.city)
    name = name_in(known, language) if known else one.city
    city = Text(name, address=addresses.city(language, one.city)) if known else Text(name, lang="")
    remark = None
    if one.city not in page.confirmed:
        sentence = wording(language).gettext("named by %(city)s, not confirmed by %(other)s")
        remark = sentence % {
            "city": fmt.isolated(page.record.city.name_in(language)),
            "other": fmt.isolated(name),
        }
    return SisterView(
        city,
        lists.label("agreement", one.kind, language),
        lists.label("agreement_status", one.status, language),
        dated(one.since, language) if one.since else None,
        dated(one.until, language) if one.until else None,
        one.status == _OVER,
        remark,
        one.sources,
    )


def networks(city: City, language: str) -> tuple[NetworkView, ...]:
    """Return the networks that a city belongs to, in its own order."""
    return tuple(_network(one, language) for one in city.networks)


def _network(one: Membership, language: str) -> NetworkView:
    known = lists.networks().get(one.network)
    name = Text(one.network, lang="")
    if known is not None:
        name = Text(name_in(known.names, language), address=addresses.network(language, known.id))
    return NetworkView(name, one.role, dated(one.since, language) if one.since else None, one.sources)
