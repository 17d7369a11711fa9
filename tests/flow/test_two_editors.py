"""Two people write at once, in any order: nothing that was acknowledged is lost."""

import random

import pytest

from knowledgebase.domain.difference import Side, differences, merged
from knowledgebase.domain.draft import CaseChanged, Draft, Typed
from knowledgebase.domain.person import Actor
from knowledgebase.intake.form_filling import fill
from knowledgebase.services import drafting
from knowledgebase.services.site import Site
from tests.drafting import a_published_case, changed, city_text, published, record_of, revised, staff_of

SECTIONS = ("challenge", "solution", "results", "cost")


@pytest.mark.parametrize("seed", range(50))
def test_fifty_interleavings_of_two_editors_lose_nothing(sqlite_exchange: Site, seed: int) -> None:
    """Each adds words of its own to parts; whatever was acknowledged stands in the text or its history."""
    turns = random.Random(seed)  # noqa: S311 - a test repeats itself
    staff = staff_of(sqlite_exchange)
    editors = (staff.publisher, staff.admin)
    case_id = a_published_case(sqlite_exchange, editors[0]).case.id
    open_drafts: dict[int, Draft] = {}
    words: dict[int, list[str]] = {0: [], 1: []}  # by editor: typed and not yet published
    acknowledged: list[str] = []
    for step in range(24):
        who = turns.randrange(2)
        by = editors[who]
        if who not in open_drafts:
            open_drafts[who] = revised(sqlite_exchange, case_id, by, f"{who}-{step}")
        elif turns.random() < 0.6:
            word, part = f"word{step}", f"section.{turns.choice(SECTIONS)}"
            text = f"{open_drafts[who].typed.fields.get(part, '')} {word}".strip()
            open_drafts[who] = changed(sqlite_exchange, open_drafts[who], by, **{part: text})
            words[who].append(word)
        else:
            acknowledged += finish(sqlite_exchange, open_drafts.pop(who), by, words, who)
    for who, draft in open_drafts.items():
        acknowledged += finish(sqlite_exchange, draft, editors[who], words, who)

    body = record_of(sqlite_exchange, case_id).case.body
    assert len(acknowledged) == len(set(acknowledged))
    assert [word for word in acknowledged if f" {word}" not in f" {body} ".replace("\n", " ")] == []


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
