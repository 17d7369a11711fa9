"""Cards as the pages show them: every word, number and address ready, so that a template only prints."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from knowledgebase.domain.evidence import Better, ChangeUnit
from knowledgebase.domain.query import Hit, Piece
from knowledgebase.domain.record import Card, CardResult
from knowledgebase.text import lists
from knowledgebase.web import addresses, fmt, names
from knowledgebase.web.labels import name_in, topic_label
from knowledgebase.web.messages import wording

RANGE = "\u2013"  # between the ends of a stored range


@dataclass(frozen=True, slots=True)
class ResultStrip:
    """The headline result of a card; the numbers are formatted, the indicator is the author's text."""

    indicator: str
    before: str | None
    after: str | None
    unit: str | None  # the author's text
    change: str | None
    verdict: str | None  # "better" or "worse" where the author said which direction is the better one
    verdict_label: str | None  # the same for ears
    became: str  # what the arrow between two numbers says


@dataclass(frozen=True, slots=True)
class CardView:
    """A case in a list."""

    address: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    language: str  # of the title
    excerpt_language: str
    own_language: str  # of the case, in which the result is told
    topic: str
    topic_label: str
    result: ResultStrip | None
    city: str
    country: str
    year: str | None
    status: str
    notes: tuple[tuple[str, str], ...]  # icon and sentence


# A number of a card as the store keeps it


def _value(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _shown(text: str | None, language: str) -> str | None:
    """Return a stored number, or range "low–high", formatted; anything else with the language's digits."""
    if text is None:
        return None
    ends = [_value(end) for end in text.split(RANGE, 1)]
    if any(end is None for end in ends):
        return fmt.in_digits(text, language)
    shown = [fmt.number(end, language) for end in ends if end is not None]
    return fmt.between(shown[0], shown[-1], language)


def _sign(text: str | None) -> int:
    value = _value(text or "")
    return 0 if value is None or value == 0 else (1 if value > 0 else -1)


def _percent_between(before: str | None, after: str | None, unit: str | None) -> Decimal | None:
    """Return the change from one number to another in whole percent; None where that would mislead."""
    first, last = _value(before or ""), _value(after or "")
    if first is None or last is None or first <= 0 or "%" in (unit or "") or "٪" in (unit or ""):
        return None
    return ((last - first) / first * 100).quantize(Decimal(1))


def _change(result: CardResult, language: str) -> str | None:
    if not result.change:
        computed = _percent_between(result.before, result.after, result.unit)
        return None if computed is None else fmt.plus(fmt.percent(computed, language), language)
    shown = _shown(result.change, language) or ""
    if result.change_unit == ChangeUnit.PERCENT:
        return fmt.plus(shown + fmt.percent_sign(language), language)
    if result.change_unit == ChangeUnit.POINTS:
        return wording(language).gettext("%(number)s points") % {"number": fmt.plus(shown, language)}
    return fmt.plus(shown, language)


def _verdict(result: CardResult) -> str | None:
    direction = _sign(result.change)
    first, last = _value(result.before or ""), _value(result.after or "")
    if direction == 0 and first is not None and last is not None:
        direction = _sign(str(last - first))
    if direction == 0 or result.better is None:
        return None
    wanted = 1 if result.better == Better.HIGHER else -1
    return "better" if direction == wanted else "worse"


def result_strip(result: CardResult | None, language: str) -> ResultStrip | None:
    """Return the headline result with its numbers in the reader's language.

    Where the author gave two numbers and no change, the change is computed in percent, rounded.
    """
    if result is None:
        return None
    verdict = _verdict(result)
    spoken = _spoken(language)
    return ResultStrip(
        result.indicator,
        _shown(result.before, language),
        _shown(result.after, language),
        result.unit,
        _change(result, language),
        verdict,
        spoken[verdict] if verdict else None,
        spoken["became"],
    )


@lru_cache(maxsize=8)
def _spoken(language: str) -> Mapping[str, str]:
    words = wording(language)
    return {
        "better": words.gettext("(better)"),
        "worse": words.gettext("(worse)"),
        "became": words.gettext("became"),
    }


@lru_cache(maxsize=64)
def _writer_sentence(kind: str, language: str) -> str | None:
    """Return who wrote the text, where it was not the city; the name of the city is to be filled in."""
    words = wording(language)
    sentences = {
        "editors": words.gettext("Written by the editors from public sources; not confirmed by %(city)s"),
        "researcher": words.gettext("Written by a researcher from public sources; not confirmed by %(city)s"),
        "network": words.gettext("Written by a network from public sources; not confirmed by %(city)s"),
    }
    return sentences.get(kind)


@lru_cache(maxsize=256)
def _language_note(own: str, shown: str, translator: str | None, language: str) -> str | None:
    """Return in which language the case is written and who translated what is shown, where it matters."""
    if own == language:
        return None
    words, name = wording(language), names.language_name(own, language)
    if shown == own:
        return words.gettext("Text in %(language)s") % {"language": name}
    if translator == "machine":
        return words.gettext("Text in %(language)s; title translated by machine") % {"language": name}
    return words.gettext("Text in %(language)s; title translated") % {"language": name}


def _notes(card: Card, shown: str, city: str, language: str) -> tuple[tuple[str, str], ...]:
    sentence = _writer_sentence(card.written_by, language)
    about_language = _language_note(card.language, shown, card.translated_by.get(shown), language)
    notes = []
    if about_language:
        notes.append(("language", about_language))
    if sentence:
        notes.append(("writer", sentence % {"city": fmt.isolated(city)}))
    return tuple(notes)


def _view(
    card: Card, title: tuple[Piece, ...], excerpt: tuple[Piece, ...], shown: str, language: str
) -> CardView:
    """Return the card with title and excerpt in the language `shown`."""
    city = name_in(card.city_names, language) or card.city
    topic = card.topics[0] if card.topics else ""
    return CardView(
        addresses.case(language, card.id),
        title,
        excerpt,
        shown,
        shown,
        card.language,
        topic,
        topic_label(topic, language),
        result_strip(card.result, language),
        city,
        names.country(card.country, language),
        fmt.year(card.year, language) if card.year else None,
        lists.label("status", card.status, language),
        _notes(card, shown, city, language),
    )


def listed(card: Card, language: str) -> CardView:
    """Return a case of a list: title and summary in the reader's language, or in the case's own."""
    shown = language if language in card.titles else card.language
    title, summary = card.titles.get(shown, ""), card.summaries.get(shown, "")
    return _view(card, (Piece(title),), (Piece(summary),), shown, language)


def found(hit: Hit, language: str) -> CardView:
    """Return a case of an answer, with the reader's words marked."""
    view = _view(hit.card, hit.title, hit.excerpt, hit.language, language)
    if hit.excerpt_language == hit.language:
        return view
    return replace(view, excerpt_language=hit.excerpt_language)
