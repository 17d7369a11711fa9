"""Who wrote a case and who led it: said the same way on every outlet."""

from knowledgebase.domain.case import Case, Writer, WriterKind
from knowledgebase.domain.city import City
from knowledgebase.text import lists
from knowledgebase.web.labels import name_in
from knowledgebase.web.messages import wording


def writer_sentence(writer: Writer, city: str, language: str) -> str | None:
    """Return the sentence under a text that the city did not write, None under the city's own.

    `city` is the city's name in the language of the sentence.
    """
    if writer.kind is WriterKind.CITY:
        return None
    words = wording(language)
    if writer.name is None:
        sentence = {
            WriterKind.EDITORS: words.gettext(
                "Written by the editors from public sources; not confirmed by %(city)s"
            ),
            WriterKind.RESEARCHER: words.gettext(
                "Written by a researcher from public sources; not confirmed by %(city)s"
            ),
            WriterKind.NETWORK: words.gettext(
                "Written by a network from public sources; not confirmed by %(city)s"
            ),
        }[writer.kind]
        return sentence % {"city": city}
    sentence = {
        WriterKind.EDITORS: words.gettext(
            "Written by the editors (%(name)s) from public sources; not confirmed by %(city)s"
        ),
        WriterKind.RESEARCHER: words.gettext(
            "Written by the researcher %(name)s from public sources; not confirmed by %(city)s"
        ),
        WriterKind.NETWORK: words.gettext(
            "Written by the network %(name)s from public sources; not confirmed by %(city)s"
        ),
    }[writer.kind]
    return sentence % {"name": writer.name, "city": city}


def administration(city: City, language: str) -> str:
    """Return the official name of a city's administration, or the city's name where none is known."""
    return name_in(city.administration, language) or city.name_in(language)


def author(case: Case, city: City, language: str) -> str:
    """Return whom a citation names as the author of a case."""
    writer = case.written_by
    if writer.name:
        return writer.name
    if writer.kind is WriterKind.CITY:
        return administration(city, language)
    return lists.label("writer", writer.kind, language)
