"""The words of the pages in each interface language, read straight from translations/*/messages.po.

There is no compiled file and no step before a start: a catalogue of a few hundred sentences is read
once a process, before the first page. Message ids are the English sentences.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context

from knowledgebase.domain.language import INTERFACE

TRANSLATIONS = Path(__file__).parent.parent / "translations"


def catalogue_file(language: str) -> Path:
    """Return the file in which the sentences of a language are kept."""
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


def read_catalogue(language: str) -> Catalog:
    """Return the sentences of a language as they stand in its file."""
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


@lru_cache(maxsize=len(INTERFACE))
def wording(language: str) -> Translations:
    """Return the catalogue of an interface language: `.gettext(sentence)`, `.ngettext(one, many, n)`.

    The caller fills named placeholders afterwards (`% {"city": name}`).
    """
    compiled = BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


@pass_context
def _gettext(context: Context, message: str) -> str:
    return wording(context["language"]).gettext(message)


@pass_context
def _ngettext(context: Context, one: str, many: str, count: int) -> str:
    return wording(context["language"]).ngettext(one, many, count)


def install(app: Flask) -> None:
    """Give templates `gettext`, `ngettext` and `trans` in the language of the variable `language`."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(_gettext, _ngettext, newstyle=True)  # type: ignore[attr-defined]
    for language in INTERFACE:
        wording(language)
