"""A line of the journal as a sentence: who did what, with names and links where there are any."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from knowledgebase.domain.action import Action, Concern
from knowledgebase.domain.language import direction
from knowledgebase.domain.person import Actor
from knowledgebase.services.authorizing import may
from knowledgebase.services.journaling import JournalPage, Line
from knowledgebase.web import addresses, names, work_links
from knowledgebase.web.face import face_line
from knowledgebase.web.facts import Text, dated, on_day
from knowledgebase.web.journal_sentences import OTHERWISE, SENTENCES
from knowledgebase.web.messages import wording

_SAID = ("note", "reason", "line")  # details that are somebody's own words


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as the page shows it."""

    sentence: Markup
    said: tuple[str, ...]  # in somebody's own words
    time: str  # of UTC, e.g. "14:05"


@dataclass(frozen=True, slots=True)
class DayView:
    """The lines of one day."""

    day: Text
    lines: tuple[LineView, ...]


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads which page, for names and links."""

    page: JournalPage
    kept: Sequence[tuple[str, str]]  # what is chosen
    city: str | None  # whose journal it is
    knows_all: bool
    language: str

    def who(self, name: str) -> Markup:
        """Return who acted, with the way to all that it did."""
        words = wording(self.language)
        known = {
            "operator": words.gettext("The operator"),
            "import": words.gettext("The import of files"),
            "visitor": words.gettext("Somebody without account"),
        }
        shown = Markup('<bdi dir="{}">{}</bdi>').format(
            direction(self.language), self._face(name) or known.get(name, name)
        )
        chosen = [(key, value) for key, value in self.kept if key not in ("person", "before")]
        address = work_links.journal(self.language, self.city, [*chosen, ("person", name)])
        return Markup('<a href="{}">{}</a>').format(address, shown)

    def whom(self, name: str) -> Markup:
        """Return a person whom something was done to."""
        return Markup('<bdi dir="{}">{}</bdi>').format(direction(self.language), self._face(name) or name)

    def _face(self, name: str) -> str:
        face = self.page.people.get(name)
        if face is None:
            return ""
        return face_line(face, self.language, is_named=self.knows_all or self.city in face.cities)

    def thing(self, name: str) -> Markup:
        """Return what it was done to: a case by its title, a city or person by name, or as it is written."""
        kind, _, thing = name.partition(":")
        if kind == "case":
            label = self.page.cases.get(thing)
            if label is None:
                return Markup("<bdi>{}</bdi>").format(thing)
            language = self.language if self.language in label.titles else label.language
            return _link(addresses.case(self.language, thing), label.titles[language], language)
        if kind == "city" and thing in self.page.cities:
            named = self.page.cities[thing]
            shown = named.get(self.language) or named["en"]
            return _link(addresses.city(self.language, thing), shown)
        if kind == "tag":
            return _link(addresses.tag(self.language, thing), thing)
        if name == "exchange":
            return Markup("{}").format(wording(self.language).gettext("the whole exchange"))
        return self.whom(thing or name)

    def what(self, detail: Mapping[str, str | int | None]) -> str:
        """Return what a proposal proposes."""
        words = wording(self.language)
        if tag := detail.get("tag"):
            return words.gettext("the tag “%(tag)s”") % {"tag": tag}
        name = names.language_name(str(detail.get("language", "")), self.language)
        return words.gettext("title and summary in %(language)s") % {"language": name}


def day_lines(
    page: JournalPage, kept: Sequence[tuple[str, str]], city: str | None, *, by: Actor, language: str
) -> list[DayView]:
    """Return the lines of a page by their days, newest first."""
    knows_all = may(by, Action.SEE_PEOPLE, Concern.exchange())
    reader = _Reader(page, kept, city, knows_all, language)
    days: dict[Text, list[LineView]] = {}
    for line in page.lines:
        days.setdefault(dated(on_day(line.at.date()), language), []).append(_line(line, reader))
    return [DayView(day, tuple(lines)) for day, lines in days.items()]


def action_label(action: str, language: str) -> str:
    """Return an action as a list of choices names it: its sentence with dots for who and what."""
    said = wording(language).gettext(SENTENCES[action])
    shown = said % _Dots()
    return " ".join(shown.split()).strip("… ")


class _Dots(dict[str, str]):
    """Dots for every placeholder."""

    def __missing__(self, name: str) -> str:
        return "…"


def _line(line: Line, reader: _Reader) -> LineView:
    words = wording(reader.language)
    detail = {name: value for name, value in line.detail.items() if value is not None}
    values = {
        "who": reader.who(line.by),
        "thing": reader.thing(line.thing),
        "person": reader.whom(str(detail.get("person", ""))),
        "what": reader.what(detail),
        "action": line.action,
        "tag": Markup("<bdi>{}</bdi>").format(detail.get("tag", "")),
        "into": Markup("<bdi>{}</bdi>").format(detail.get("into", "")),
    }
    sentence = words.gettext(SENTENCES.get(line.action, OTHERWISE))
    return LineView(
        Markup(sentence) % values,  # noqa: S704 - a sentence of the catalogue; `%` escapes the values
        tuple(_said(detail)),
        f"{line.at:%H:%M}",
    )


def _said(detail: Mapping[str, str | int]) -> Iterator[str]:
    yield from (str(detail[name]) for name in _SAID if detail.get(name))


def _link(address: str, shown: str, lang: str | None = None) -> Markup:
    """Return a link to something that has a name of its own."""
    if lang is None:
        return Markup('<a href="{}"><bdi>{}</bdi></a>').format(address, shown)
    return Markup('<a href="{}"><bdi lang="{}">{}</bdi></a>').format(address, lang, shown)
