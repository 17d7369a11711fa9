"""Tags that somebody may mean while typing: those in use, in any language, and words of the vocabulary."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledgebase.domain.case import TAG_MAX
from knowledgebase.domain.record import Tag, TagLine
from knowledgebase.domain.tagging import Suggestion, TagRule, counted
from knowledgebase.services.site import Site
from knowledgebase.store import tag_rules, tags
from knowledgebase.text.labels import Label, labels
from knowledgebase.text.normalize import skeleton
from knowledgebase.text.repair import one_edit
from knowledgebase.text.vocabulary import vocabulary

SUGGESTIONS_MAX = 10
_LOOKED_AT = 40  # of each kind, so that the time is bounded however many tags there are


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, and what the vocabulary makes of it."""

    start: str  # folded
    begun: tuple[Label, ...]  # labels that begin like it
    alike: tuple[Label, ...]  # all labels of the concepts that it names or begins to name
    edits: frozenset[str]  # one edit away


def suggest(site: Site, typed: str, *, language: str) -> tuple[Suggestion, ...]:
    """Return at most ten tags: in use first, most used first; then words of the vocabulary; then repairs.

    A tag in use is found by its beginning and by words of any language for the same concept. Forbidden
    ones are left out, merged ones are shown as what they count as. `language` comes first among equals.
    """
    start = skeleton(typed)[:TAG_MAX].strip()
    if not start:
        return ()
    asked = _read(start, language)
    wanted = {label.folded for label in asked.alike} | asked.edits
    mended = labels().spelled(asked.edits)
    with site.store.reading() as db:
        used = tags.used(db, start, wanted, limit=_LOOKED_AT)
        merged = [rule for rule in tag_rules.beginning_with(db, start, _LOOKED_AT) if rule.merged_into]
        told = {label.folded for label in (*asked.begun, *asked.alike, *mended)}
        rules = tag_rules.along(db, told | {rule.folded for rule in merged})
        led = _led(merged, rules)
        used += tags.used(db, "\U0010ffff", {tag.folded for tag in led}, limit=1) if led else ()
    lines = {line.folded: line for line in used}
    found = [
        *_in_use(line for line in used if line.folded.startswith(start)),
        *(Suggestion(tag, lines[tag.folded].cases) for tag in led if tag.folded in lines),
        *_in_use(line for line in used if line.folded not in asked.edits),
        *_of_vocabulary((*asked.begun, *asked.alike), lines, rules),
        *_in_use(line for line in used if line.folded in asked.edits),
        *_of_vocabulary(mended, lines, rules),
    ]
    return _once(found)


def _read(start: str, language: str) -> _Typed:
    begun = labels().beginning_with(start, _LOOKED_AT)
    begun = tuple(sorted(begun, key=lambda label: label.language != language))
    named = dict.fromkeys([*vocabulary().detect(start), *(label.concept for label in begun)])
    alike = [label for label in labels().of_concepts(named) if label.is_preferred]
    alike.sort(key=lambda label: label.language != language)
    return _Typed(start, begun, tuple(alike), one_edit(start))


def _led(merged: Iterable[TagRule], rules: Mapping[str, TagRule]) -> list[Tag]:
    told = (counted(Tag(rule.folded, rule.folded), rules) for rule in merged)
    return [tag for tag in told if tag]


def _in_use(lines: Iterable[TagLine]) -> Iterator[Suggestion]:
    for line in lines:
        yield Suggestion(Tag(line.folded, line.shown), line.cases)


def _of_vocabulary(
    told: Iterable[Label], used: Mapping[str, TagLine], rules: Mapping[str, TagRule]
) -> Iterator[Suggestion]:
    for label in told:
        tag = counted(Tag(label.folded, label.shown), rules) if len(label.shown) <= TAG_MAX else None
        if tag and tag.folded not in used:
            yield Suggestion(tag, 0, label.language)


def _once(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    first: dict[str, Suggestion] = {}
    for one in found:
        first.setdefault(one.tag.folded, one)
    return tuple(first.values())[:SUGGESTIONS_MAX]
