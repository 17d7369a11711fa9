"""The list of words of public texts: how many cases hold each, for repair and suggestions."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, bindparam, case, delete, select

from knowledgebase.store.listed import each_of, packed
from knowledgebase.store.tables import case_words, words
from knowledgebase.store.upserts import execute_many, insert_into
from knowledgebase.store.values import WordChange, WordCount

LAST = "\U0010ffff"  # sorts behind every letter


def count(db: Connection, changes: Iterable[WordChange]) -> None:
    """Add differences to the list; a word that no case holds any more leaves it.

    The last shown form wins; an empty one (of a stem that no text spells) takes none away.
    One change a word: the caller sums them up.
    """
    ordered = sorted((change for change in changes if change.cases), key=lambda change: change.folded)
    if not ordered:
        return
    added = insert_into(words, db.dialect.name)
    new = added.excluded
    shown = case((new.shown != "", new.shown), else_=words.c.shown)
    summed = {"cases": words.c.cases + new.cases, "shown": shown}
    rows = [{"folded": change.folded, "shown": change.shown, "cases": change.cases} for change in ordered]
    execute_many(db, added.on_conflict_do_update(index_elements=["folded"], set_=summed), rows)
    gone = [{"gone": change.folded} for change in ordered if change.cases < 0]
    if gone:
        db.execute(delete(words).where(words.c.folded == bindparam("gone"), words.c.cases <= 0), gone)


def near(db: Connection, candidates: Iterable[str]) -> tuple[WordCount, ...]:
    """Return those of the candidate words that stand in the list, most cases first, then by word."""
    chosen = words.c.folded.in_(select(each_of("candidates", db.dialect.name).c.value))
    asked = select(words.c.folded, words.c.shown, words.c.cases).where(chosen)
    rows = db.execute(asked, {"candidates": packed(sorted(set(candidates)))})
    found = [WordCount(row.folded, row.shown, row.cases) for row in rows]
    return tuple(sorted(found, key=lambda word: (-word.cases, word.folded)))


def prefix(db: Connection, start: str, limit: int) -> tuple[WordCount, ...]:
    """Return the words to show that begin with `start`, most cases first, then by word."""
    rows = db.execute(
        select(words.c.folded, words.c.shown, words.c.cases)
        .where(words.c.folded >= start, words.c.folded < start + LAST, words.c.shown != "")
        .order_by(words.c.cases.desc(), words.c.folded)
        .limit(limit)
    )
    return tuple(WordCount(row.folded, row.shown, row.cases) for row in rows)


def of_cases(db: Connection, ids: Iterable[str]) -> dict[str, Mapping[str, str]]:
    """Return the words last counted for these cases, folded to shown; the others are left out."""
    rows = db.execute(
        select(case_words.c.case_id, case_words.c.words).where(case_words.c.case_id.in_(list(ids)))
    )
    return {row.case_id: row.words for row in rows}


def remember(db: Connection, counted: Mapping[str, Mapping[str, str]]) -> None:
    """Keep what was counted for each case; no words at all forgets the case."""
    ordered = sorted(counted.items())
    held = [{"case_id": case_id, "words": words_of} for case_id, words_of in ordered if words_of]
    gone = [{"gone": case_id} for case_id, words_of in ordered if not words_of]
    if held:
        added = insert_into(case_words, db.dialect.name)
        changed = {"words": added.excluded.words}
        db.execute(added.on_conflict_do_update(index_elements=["case_id"], set_=changed), held)
    if gone:
        db.execute(delete(case_words).where(case_words.c.case_id == bindparam("gone")), gone)
