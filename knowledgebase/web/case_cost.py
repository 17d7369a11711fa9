"""What a case cost, as a table: amounts, cost of one resident, who paid."""

from dataclasses import dataclass

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.money import Cost, Money
from knowledgebase.text import lists
from knowledgebase.web import fmt
from knowledgebase.web.case_reckoning import Residents, resident_cost, residents_of
from knowledgebase.web.messages import wording


@dataclass(frozen=True, slots=True)
class CostRow:
    """One amount."""

    label: str
    amount: str
    year: str | None  # of the prices
    kind: str | None
    per_resident: str | None
    sources: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CostView:
    """Everything that is known about the cost; a column that no row fills is not there."""

    rows: tuple[CostRow, ...]
    staff: str | None
    funding: tuple[tuple[str, str | None], ...]  # who paid, and which share
    residents: str | None  # by how many a cost was divided
    has_year: bool
    has_kind: bool
    has_per_resident: bool
    has_sources: bool


def cost_view(case: Case, city: City, language: str) -> CostView | None:
    """Return the cost of a case, None where nothing of it is known."""
    cost = case.cost or Cost()
    residents, words = residents_of(case, city), wording(language)
    amounts = (
        (words.gettext("Capital cost"), cost.capital),
        (words.gettext("Running cost a year"), cost.yearly),
    )
    rows = tuple(_row(label, money, residents, language) for label, money in amounts if money)
    if not rows and cost.staff is None and not cost.funding:
        return None
    return CostView(
        rows,
        _staff(cost, language),
        tuple(
            (
                lists.label("funding", part.source, language),
                fmt.percent(part.share, language) if part.share is not None else None,
            )
            for part in cost.funding
        ),
        _divided_by(residents, language) if any(row.per_resident for row in rows) else None,
        has_year=any(row.year for row in rows),
        has_kind=any(row.kind for row in rows),
        has_per_resident=any(row.per_resident for row in rows),
        has_sources=any(row.sources for row in rows),
    )


def _row(label: str, money: Money, residents: Residents | None, language: str) -> CostRow:
    one = resident_cost(money, residents)
    return CostRow(
        label,
        fmt.money(money, language),
        fmt.year(money.year, language) if money.year else None,
        lists.label("money_kind", money.kind, language) if money.kind else None,
        fmt.per_resident(one, language) if one else None,
        money.sources,
    )


def _staff(cost: Cost, language: str) -> str | None:
    if cost.staff is None:
        return None
    sentence = wording(language).ngettext(
        "%(number)s full-time post", "%(number)s full-time posts", 1 if cost.staff == 1 else 2
    )
    return sentence % {"number": fmt.number(cost.staff, language)}


def _divided_by(residents: Residents | None, language: str) -> str | None:
    if residents is None:
        return None
    words, number = wording(language), fmt.number(residents.number, language)
    if residents.year is None:
        return words.gettext("The cost per resident is computed for %(number)s residents.") % {
            "number": number
        }
    sentence = words.gettext("The cost per resident is computed for %(number)s residents (%(year)s).")
    return sentence % {"number": number, "year": fmt.in_digits(residents.year, language)}
