"""Two people write at once, in any order: nothing that was acknowledged is lost."""

import random

from knowledgebase.domain.difference import Side, differences, merged
from knowledgebase.domain.draft import CaseChanged, Draft, DraftChanged, Typed
from knowledgebase.domain.person import Actor
from knowledgebase.intake.form_filling import fill
from knowledgebase.services import drafting
from knowledgebase.services.site import Site
from tests.drafting import (
    a_published_case,
    begun,
    changed,
    city_text,
    published,
    record_of,
    revised,
    staff_of,
)

SECTIONS = ("challenge", "solution", "results", "cost")


def test_fifty_interleavings_of_two_editors_lose_nothing(sqlite_exchange: Site) -> None:
    """Each adds words of its own to parts; whatever was acknowledged stands in the text."""
    staff = staff_of(sqlite_exchange)

    lost = [interleaved(sqlite_exchange, (staff.publisher, staff.admin), seed) for seed in range(50)]

    assert lost == [[]] * 50


def interleaved(site: Site, editors: tuple[Actor, Actor], seed: int) -> list[str]:
    """Let two people revise one case in an order of chance, and return the words that are lost."""
    turns = random.Random(seed)  # noqa: S311 - a test repeats itself
    case_id = a_published_case(site, editors[0], f"case {seed}").case.id
    open_drafts: dict[int, Draft] = {}
    words: dict[int, list[str]] = {0: [], 1: []}  # by editor: typed and not yet published
    acknowledged: list[str] = []
    for step in range(24):
        who = turns.randrange(2)
        by = editors[who]
        if who not in open_drafts:
            open_drafts[who] = revised(site, case_id, by, f"{seed}-{who}-{step}")
        elif turns.random() < 0.6:
            word, part = f"word{step}", f"section.{turns.choice(SECTIONS)}"
            text = f"{open_drafts[who].typed.fields.get(part, '')} {word}".strip()
            open_drafts[who] = changed(site, open_drafts[who], by, **{part: text})
            words[who].append(word)
        else:
            acknowledged += finish(site, open_drafts.pop(who), by, words, who)
    for who, draft in open_drafts.items():
        acknowledged += finish(site, draft, editors[who], words, who)
    kept = record_of(site, case_id).case.body.split()
    assert len(acknowledged) == len(set(acknowledged)) > 0
    return [word for word in acknowledged if word not in kept]


def test_fifty_interleavings_on_one_draft_lose_nothing(sqlite_exchange: Site) -> None:
    """Two people save the same draft from pages of any age; a refused save is made on the newest text."""
    staff = staff_of(sqlite_exchange)

    for seed in range(50):
        turns = random.Random(seed)  # noqa: S311 - a test repeats itself
        draft = begun(sqlite_exchange, staff.writer, f"draft {seed}")
        seen = [draft, draft]  # what each has on its screen
        typed: list[str] = []
        for step in range(16):
            who = turns.randrange(2)
            by = (staff.writer, staff.admin)[who]
            part = f"section.{turns.choice(SECTIONS)}"
            typed.append(f"word{step}")
            seen[who] = saved(sqlite_exchange, seen[who], by, part, typed[-1])
            if turns.random() < 0.3:
                seen[1 - who] = seen[who]
        newest = drafting.read(sqlite_exchange, draft.id, by=staff.writer)
        whole = " ".join(newest.typed.fields.values()).split()
        assert [word for word in typed if word not in whole] == []


def saved(site: Site, seen: Draft, by: Actor, part: str, word: str) -> Draft:
    """Add a word to a part as seen; in a conflict, to the part as it is now, beside what others wrote."""
    try:
        return changed(site, seen, by, **{part: f"{seen.typed.fields.get(part, '')} {word}"})
    except DraftChanged as conflict:
        now = conflict.theirs
        return changed(site, now, by, **{part: f"{now.typed.fields.get(part, '')} {word}"})


def finish(site: Site, draft: Draft, by: Actor, words: dict[int, list[str]], who: int) -> list[str]:
    """Publish a draft; in a conflict take what each alone changed, and both words where both did."""
    try:
        published(site, draft, by)
    except CaseChanged as conflict:
        before = fill(conflict.before).fields if conflict.before else {}
        theirs = city_text(conflict.theirs)
        doubtful = {
            one.part: one
            for one in differences(before, draft.typed.fields, theirs.fields)
            if one.changed is None
        }
        fields = merged(before, draft.typed.fields, theirs.fields, dict.fromkeys(doubtful, Side.THEIRS))
        for part, one in doubtful.items():
            added = one.mine.get(part, "")[len(one.before.get(part, "")) :]
            fields[part] = f"{fields.get(part, '')} {added.strip()}".strip()
        draft = drafting.rebase(
            site,
            draft.id,
            Typed(fields, theirs.kept, theirs.headings),
            expected=draft.revision,
            case_revision=conflict.revision,
            by=by,
        )
        published(site, draft, by)
    done, words[who] = words[who], []
    return done
