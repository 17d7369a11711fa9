"""What an admin decides about tags, and what a tag counts as under these rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from knowledgebase.domain.record import Tag

TAGS_OF_CASE = 20  # the text's own and the web's together


@dataclass(frozen=True, slots=True)
class TagRule:
    """One decision about a folded tag: it is forbidden, merged into another one, or shown in one spelling."""

    folded: str
    merged_into: str | None = None  # folded
    shown: str | None = None  # of the tag that it is merged into, or its own
    is_forbidden: bool = False
    at: datetime | None = None  # aware UTC; None before it is stored
    by: str = ""  # as the journal names people
    reason: str | None = None


def counted(tag: Tag, rules: Mapping[str, TagRule]) -> Tag | None:
    """Return what a tag counts as, None where it is forbidden; `rules` by folded tag, all on its way."""
    passed = {tag.folded}
    while (rule := rules.get(tag.folded)) is not None:
        if rule.is_forbidden:
            return None
        if rule.merged_into is None or rule.merged_into in passed:
            return Tag(tag.folded, rule.shown or tag.shown)
        tag = Tag(rule.merged_into, rule.shown or tag.shown)
        passed.add(tag.folded)
    return tag


@dataclass(frozen=True, slots=True)
class CaseTag:
    """A tag as its case has it, and what it counts as."""

    written: Tag
    counts_as: Tag | None  # None: forbidden
    is_of_text: bool  # the author's own; it changes with the text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag that somebody may mean while typing."""

    tag: Tag
    cases: int  # public ones that have it
    language: str | None = None  # of a word of the vocabulary
