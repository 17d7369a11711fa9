"""The words that the database's own simple list looks in while the engine is away."""

from collections.abc import Iterable

from knowledgebase.domain.case import Case, Translation
from knowledgebase.text.normalize import fold


def sought(case: Case) -> str:
    """Return title, summary, tags and translations of a case as one folded text."""
    parts = [case.title, case.summary, *case.tags]
    for translation in case.translations.values():
        parts += [translation.title, translation.summary]
    return fold("\n".join(parts))


def sought_beside(tags: Iterable[str], translations: Iterable[Translation]) -> str:
    """Return the same of the tags and translations that the web adds to a case."""
    parts = list(tags)
    for translation in translations:
        parts += [translation.title, translation.summary]
    return fold("\n".join(parts))
