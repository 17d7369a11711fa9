"""Cards as the pages show them: every word, number and address ready, so that a template only prints."""

from dataclasses import dataclass, replace
from functools import lru_cache

from knowledgebase.domain.query import Hit, Piece
from knowledgebase.domain.record import Card, CardResult
from knowledgebase.text import lists
from knowledgebase.web import addresses, fmt, names
from knowledgebase.web.labels import name_in, topic_label
from knowledgebase.web.messages import wording
from knowledgebase.web.strips import ResultStrip, result_strip

TEXT_MAX = 260  # characters of summary or excerpt on a card of an answer
FACTS_KEPT = 1_024  # cards of a worker whose words are remembered


@dataclass(frozen=True, slots=True, eq=False)
class CardFacts:
    """What a card shows beside title and excerpt, in words.

    Compared by identity: a template keeps what it made of one, and to hash nine values would take longer
    than to make it again.
    """

    own_language: str  # of the case, in which the result is told
    topic: str
    topic_label: str
    result: ResultStrip | None
    city: str
    country: str
    year: str | None
    status: str
    comments: str | None  # how many, in words
    notes: tuple[tuple[str, str], ...]  # icon and sentence


@dataclass(frozen=True, slots=True)
class CardView:
    """A case in a list."""

    address: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    language: str  # of the title
    excerpt_language: str
    facts: CardFacts


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


def _notes(
    own: str, shown: str, translator: str | None, written_by: str, city: str, language: str
) -> tuple[tuple[str, str], ...]:
    about_language = _language_note(own, shown, translator, language)
    sentence = _writer_sentence(written_by, language)
    notes = []
    if about_language:
        notes.append(("language", about_language))
    if sentence:
        notes.append(("writer", sentence % {"city": fmt.isolated(city)}))
    return tuple(notes)


def _year(card: Card, language: str) -> str | None:
    """Return the year of the beginning; a card kept before `started` was has only the Gregorian one."""
    if card.started:
        return fmt.year_of(card.started, language)
    return fmt.year(card.year, language) if card.year else None


def _counted(comments: int, language: str) -> str | None:
    """Return how many comments a case has, where it has any."""
    if not comments:
        return None
    text = wording(language).ngettext("%(number)s comment", "%(number)s comments", comments)
    return text % {"number": fmt.number(comments, language)}


@lru_cache(maxsize=FACTS_KEPT)
def _worded(
    topic: str,
    result: CardResult | None,
    city: str,
    country: str,
    year: str | None,
    status: str,
    comments: int,
    notes: tuple[tuple[str, str], ...],
    own: str,
    language: str,
) -> CardFacts:
    return CardFacts(
        own,
        topic,
        topic_label(topic, language),
        result_strip(result, language),
        city,
        names.country(country, language),
        year,
        lists.label("status", status, language),
        _counted(comments, language),
        notes,
    )


def _facts(card: Card, shown: str, language: str) -> CardFacts:
    city = name_in(card.city_names, language) or card.city
    topic = card.topics[0] if card.topics else ""
    translator = card.translated_by.get(shown)
    notes = _notes(card.language, shown, translator, card.written_by, city, language)
    year = _year(card, language)
    said, own = card.comments, card.language
    return _worded(topic, card.result, city, card.country, year, card.status, said, notes, own, language)


def _view(
    card: Card, title: tuple[Piece, ...], excerpt: tuple[Piece, ...], shown: str, language: str
) -> CardView:
    """Return the card with title and excerpt in the language `shown`."""
    address = addresses.case(language, card.id)
    return CardView(address, title, excerpt, shown, shown, _facts(card, shown, language))


def listed(card: Card, language: str) -> CardView:
    """Return a case of a list: title and summary in the reader's language, or in the case's own."""
    shown = language if language in card.titles else card.language
    title, summary = card.titles.get(shown, ""), card.summaries.get(shown, "")
    return _view(card, (Piece(title),), (Piece(summary),), shown, language)


def _shortened(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Return the beginning of a text, TEXT_MAX characters of it, cut between words."""
    kept, room = [], TEXT_MAX
    for piece in pieces:
        if len(piece.text) > room:
            kept.append(Piece(piece.text[:room].rpartition(" ")[0] + "\u2026", piece.is_marked))
            break
        kept.append(piece)
        room -= len(piece.text)
    return tuple(kept)


def found(hit: Hit, language: str) -> CardView:
    """Return a case of an answer, with the reader's words marked; a long summary is cut."""
    view = _view(hit.card, hit.title, _shortened(hit.excerpt), hit.language, language)
    if hit.excerpt_language == hit.language:
        return view
    return replace(view, excerpt_language=hit.excerpt_language)
