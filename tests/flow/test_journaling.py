"""The journal: read by whom it is for, in pages, narrowed, worded, and never changed."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from knowledgebase.config import ROOT
from knowledgebase.domain.errors import NotAllowed, NotFound
from knowledgebase.services import joining, journaling, people, tagging
from knowledgebase.services.journaling import Asked
from knowledgebase.services.site import Site
from knowledgebase.store import journal
from knowledgebase.store.tables import journal as table
from knowledgebase.web.journal_sentences import SENTENCES
from tests.people import Clock, id_of
from tests.tagging import CASE, a_tag, bring, chief, city_admin, contributor, member, moderator

WRITERS = sorted((ROOT / "knowledgebase" / "services").glob("*.py")) + sorted(
    (ROOT / "knowledgebase" / "store").glob("*.py")
)
HANDED_ON = {"action", "what", "act.what", "_WHAT[outcome]"}  # said by a caller that is looked at too


def test_a_city_reads_what_was_done_in_it(exchange: Site) -> None:
    bring(exchange)
    bring(exchange, case_id="seoul/quiet")
    mayor, writer = city_admin(exchange), contributor(exchange)
    tagging.add(exchange, CASE, a_tag("Smog"), by=writer)

    page = journaling.read(exchange, Asked("tehran"), by=mayor)

    assert page.lines[0].action == "tagged"
    assert {line.thing for line in page.lines} == {f"case:{CASE}", "city:tehran"}
    assert page.people[writer.name].profile.name == "Writer Ahmadi"
    assert page.cases[CASE].titles["en"] == "Clean air zone"


def test_a_city_reads_what_was_done_to_its_people(exchange: Site) -> None:
    mayor, writer = city_admin(exchange), contributor(exchange)
    joining.reset_link(exchange, id_of(writer), by=mayor)
    people.suspend(exchange, id_of(writer), by=chief(exchange), reason="left the office")

    page = journaling.read(exchange, Asked("tehran"), by=mayor)

    assert [line.action for line in page.lines[:2]] == ["suspended", "reset-handed-over"]


def test_a_journal_is_not_for_everybody(exchange: Site) -> None:
    for somebody in (contributor(exchange), member(exchange), city_admin(exchange, "seoul")):
        with pytest.raises(NotAllowed):
            journaling.read(exchange, Asked("tehran"), by=somebody)
    with pytest.raises(NotAllowed):
        journaling.read(exchange, Asked(), by=city_admin(exchange))
    assert journaling.read(exchange, Asked(), by=moderator(exchange)).lines


def test_an_unknown_city_has_no_journal(exchange: Site) -> None:
    with pytest.raises(NotFound):
        journaling.read(exchange, Asked("nowhere"), by=moderator(exchange))


def test_the_journal_is_read_in_pages_that_miss_nothing(
    exchange: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journaling, "PAGE", 3)
    judge = moderator(exchange)
    for number in range(7):
        bring(exchange, case_id=f"tehran/case-{number}")
    wanted = [f"case:tehran/case-{number}" for number in reversed(range(7))]

    read, before = [], None
    while True:
        page = journaling.read(exchange, Asked("tehran", action="published", before=before), by=judge)
        read += [line.thing for line in page.lines if line.thing.startswith("case:")]
        bring(exchange, case_id="tehran/case-0", what="revised")  # a line that comes in meanwhile
        before = page.before
        if before is None:
            break

    assert read == wanted


def test_the_journal_is_narrowed_by_person_action_and_day(exchange: Site, clock: Clock) -> None:
    bring(exchange)
    writer, judge = contributor(exchange), moderator(exchange)
    clock.go(days=2)
    tagging.add(exchange, CASE, a_tag("Smog"), by=writer)
    day = clock.at.date()

    def told(**asked: object) -> list[str]:
        page = journaling.read(exchange, Asked(**asked), by=judge)  # type: ignore[arg-type]
        return [line.action for line in page.lines]

    assert told(person=writer.name) == ["tagged", "joined"]
    assert told(action="tagged") == ["tagged"]
    assert told(day=day) == ["tagged"]
    assert told(day=day - timedelta(days=1)) == []
    assert "tagged" not in told(day=day - timedelta(days=2))


def test_no_line_is_ever_changed_or_taken_away(exchange: Site) -> None:
    with exchange.store.writing() as db:
        journal.write(db, at=exchange.now(), by="somebody", action="tried", thing="case:tehran/x")

    for change in (update(table).values(by="nobody"), delete(table)):
        with pytest.raises(DBAPIError, match="append-only"), exchange.store.writing() as db:
            db.execute(change)

    with exchange.store.reading() as db:
        assert journal.newest(db, 1)[0].by == "somebody"


@pytest.mark.parametrize(
    ("thing", "city"),
    [
        ("case:tehran/clean-air", "tehran"),
        ("city:tehran", "tehran"),
        ("person:abc", None),
        ("index:g1", None),
        ("exchange", None),
        ("city:", None),
    ],
)
def test_a_line_knows_its_city_by_its_thing(thing: str, city: str | None) -> None:
    assert journal.city_of(thing) == city


def named(node: ast.AST) -> Iterator[str]:
    """Yield the constants that an expression may be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*named(node.body), *named(node.orelse))
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from named(value)
    else:
        assert ast.unparse(node) in HANDED_ON, f"no test can see what {ast.unparse(node)} is"


def written_in(path: Path) -> Iterator[str]:
    """Yield every action that a module writes into the journal."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            for keyword in node.keywords:
                if keyword.arg in ("action", "what") and called in ("write", "put", "withdraw", "Act"):
                    yield from named(keyword.value)
            if called in ("_tell", "Act"):
                yield from named(node.args[2])
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("action", "what", "_WHAT"):
            yield from named(node.value)


def test_every_action_has_its_sentence() -> None:
    written = {action for path in WRITERS for action in written_in(path)}

    assert len(written) > 20
    assert sorted(written - SENTENCES.keys()) == []


def test_no_sentence_is_for_what_nobody_does() -> None:
    written = {action for path in WRITERS for action in written_in(path)}

    assert sorted(SENTENCES.keys() - written) == []
