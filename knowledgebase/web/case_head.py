"""The top of a case page: what must be known before reading, and the key facts in one strip."""

from knowledgebase.domain.case import Case, TranslatorKind, WriterKind
from knowledgebase.domain.city import City
from knowledgebase.services.reading import CasePage
from knowledgebase.text import lists
from knowledgebase.web import addresses, fmt, names
from knowledgebase.web.case_reckoning import months_of
from knowledgebase.web.case_writer import administration, writer_sentence
from knowledgebase.web.face import face_line
from knowledgebase.web.facts import Fact, Text, dated, fact, jalali_note, present
from knowledgebase.web.messages import wording


def notices(page: CasePage, shown: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return icon and sentence of what must be known first; `shown` is the language of title and summary."""
    case, city = page.record.case, page.city.city
    said = []
    sentence = writer_sentence(case.written_by, fmt.isolated(city.name_in(language)), language)
    if sentence:
        said.append(("writer", sentence))
    about_language = _language_notice(page, shown, language)
    if about_language:
        said.append(("language", about_language))
    return tuple(said)


def translated_by(page: CasePage, translated: str, language: str) -> str:
    """Return who translated title and summary into a language; whoever gave it is named as it wants to be."""
    kind = page.record.case.translations[translated].by
    face, label = page.translators.get(translated), lists.label("translator", kind, language)
    if face is None:
        return label
    words = wording(language)
    given = words.gettext("Machine translation, sent in by %(who)s")
    sentence = given if kind is TranslatorKind.MACHINE else words.gettext("Translated by %(who)s")
    return sentence % {"who": face_line(face, language)}


def _language_notice(page: CasePage, shown: str, language: str) -> str | None:
    case = page.record.case
    if case.language == language:
        return None
    words, name = wording(language), names.language_name(case.language, language)
    if shown == case.language:
        return words.gettext("This case is written in %(language)s.") % {"language": name}
    how = translated_by(page, shown, language)
    sentence = words.gettext("Only title and summary are translated; the text is in %(language)s. (%(how)s)")
    return sentence % {"language": name, "how": how}


def key_facts(case: Case, city: City, language: str) -> tuple[Fact, ...]:
    """Return the key facts: where, in which state, when, how large, who led and who wrote."""
    words = wording(language)
    name = Text(city.name_in(language), address=addresses.city(language, city.id))
    return present(
        (
            fact(words.gettext("City"), name, notes=[names.country(city.country, language)]),
            _status(case, language),
            _started(case, language),
            fact(words.gettext("Ended"), dated(case.ended, language)) if case.ended else None,
            _months(case, language),
            fact(words.gettext("Scale"), lists.label("scale", case.scale, language) if case.scale else None),
            _leader(case, city, language),
            _writer(case, language),
        )
    )


def _status(case: Case, language: str) -> Fact | None:
    words, as_of = wording(language), case.status_as_of
    label, shown = words.gettext("Status"), lists.label("status", case.status, language)
    if as_of is not None:
        day = words.gettext("as of %(date)s") % {"date": fmt.when(as_of.date, language)}
        return fact(label, shown, notes=[Text(day)], sources=as_of.sources)
    if case.confirmed is not None:
        day = words.gettext("confirmed by the city on %(date)s") % {"date": fmt.day(case.confirmed, language)}
        return fact(label, shown, notes=[Text(day)])
    return fact(label, shown)


def _started(case: Case, language: str) -> Fact | None:
    if case.started is None:
        return None
    note = jalali_note(case.started, language)
    return fact(wording(language).gettext("Started"), dated(case.started, language), notes=[note])


def _months(case: Case, language: str) -> Fact | None:
    months, words = months_of(case), wording(language)
    if months is None:
        return None
    number = {"number": fmt.number(months.number, language)}
    if months.is_rough:
        shown = words.ngettext("about %(number)s month", "about %(number)s months", months.number) % number
    else:
        shown = words.ngettext("%(number)s month", "%(number)s months", months.number) % number
    return fact(words.gettext("Time to implement"), shown)


def _leader(case: Case, city: City, language: str) -> Fact | None:
    label = wording(language).gettext("Led by")
    if case.led_by is None:
        return fact(label, administration(city, language))
    kind = lists.label("leader", case.led_by.kind, language)
    return fact(label, Text(case.led_by.name, lang=case.language), notes=[Text(kind)])


def _writer(case: Case, language: str) -> Fact | None:
    """Return who wrote the text, None where the notice on top says it."""
    writer = case.written_by
    if writer.kind is not WriterKind.CITY:
        return None
    label, kind = wording(language).gettext("Written by"), lists.label("writer", writer.kind, language)
    if writer.name:
        return fact(label, Text(writer.name, lang=case.language), notes=[kind])
    return fact(label, kind)
