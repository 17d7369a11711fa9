"""Bring knowledgebase/translations/*/messages.po up to date with the sentences in code and templates.

Usage: .venv/bin/python tools/translations.py
New sentences get an empty translation in Persian (the tests refuse it until it is filled) and
themselves in English; sentences that nobody says any more are removed; translations are kept.
"""

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from babel.messages.catalog import Catalog  # noqa: E402
from babel.messages.extract import extract_from_dir  # noqa: E402
from babel.messages.pofile import write_po  # noqa: E402

from knowledgebase.domain.language import INTERFACE  # noqa: E402
from knowledgebase.web.messages import catalogue_file, read_catalogue  # noqa: E402

MADE = datetime(2026, 1, 1, tzinfo=UTC)  # fixed: a second run changes nothing
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "later": None, "say": None, "words": None}
TEMPLATE_OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}


def sentences() -> Catalog:
    """Return every sentence of code and templates with the files it stands in."""
    catalogue = Catalog()
    for folder, method, options in (
        (ROOT / "templates", [("**.html", "jinja2.ext:babel_extract")], TEMPLATE_OPTIONS),
        (ROOT / "knowledgebase", [("**.py", "python")], {}),
    ):
        found = extract_from_dir(folder, method_map=method, options_map=options, keywords=KEYWORDS)
        for name, _, message, _, _ in sorted(found, key=lambda entry: (entry[0], entry[1])):
            catalogue.add(message, locations=[(f"{folder.name}/{name}", 0)])
    return catalogue


def updated(language: str, wanted: Catalog) -> Catalog:
    """Return the catalogue of a language with exactly the wanted sentences."""
    path = catalogue_file(language)
    known = read_catalogue(language) if path.exists() else Catalog(locale=language)
    result = Catalog(
        locale=language,
        header_comment="# The words of the pages. Ids are the English sentences; see docs/style.md, Pages.",
        project="knowledgebase",
        version="1",
        creation_date=MADE,
        revision_date=MADE,
        last_translator="the editors",
        language_team="the editors",
        charset="utf-8",
        fuzzy=False,
    )
    for message in wanted:
        if not message.id:
            continue
        before = known.get(message.id)
        text = before.string if before is not None else ""
        if language == "en" and not (any(text) if isinstance(text, tuple) else text):
            text = message.id
        result.add(message.id, text, locations=sorted(set(message.locations)))
    return result


def main() -> None:
    """Write the catalogue of every interface language."""
    wanted = sentences()
    for language in INTERFACE:
        path = catalogue_file(language)
        text = BytesIO()
        write_po(text, updated(language, wanted), width=110, sort_output=True, include_lineno=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.getvalue())


if __name__ == "__main__":
    main()
