"""The files of the embedded index: damaged, replaced, shared between processes, made and cleared away."""

import json
import os
import time
from pathlib import Path

import pytest
import tantivy

from knowledgebase.domain.errors import NotFound, SearchUnavailable, WrongIndex
from knowledgebase.search.backend import Ask, Document, Stamp
from knowledgebase.search.embedded import EmbeddedBackend
from knowledgebase.search.embedded_errors import translated
from knowledgebase.search.embedded_schema import schema
from tests.contract.engines import STAMP, a_document, a_question, cases, fill, ids


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def files(folder: Path) -> Path:
    """Return the engine's own folder of the generation "one"."""
    return folder / "one" / "index"


def test_a_panic_of_the_engine_is_an_engine_that_is_away() -> None:
    with pytest.raises(SearchUnavailable, match="PanicException"), translated():
        tantivy.Query.phrase_query(schema(), "exact", ["one"])


def test_other_errors_pass_through() -> None:
    with pytest.raises(KeyError), translated():
        raise KeyError("ours")


@pytest.mark.parametrize("damage", ["cut", "meta", "gone"])
def test_a_damaged_index_is_an_engine_that_is_away(folder: Path, files: Path, damage: str) -> None:
    fill(EmbeddedBackend(folder), cases(50))
    match damage:
        case "cut":
            for path in files.glob("*.store"):
                path.write_bytes(path.read_bytes()[:7])
        case "meta":
            (files / "meta.json").write_text("{", "utf-8")
        case "gone":
            for path in files.glob("*.term"):
                path.unlink()

    with pytest.raises(SearchUnavailable):
        EmbeddedBackend(folder).search(Ask(a_question()))


def test_a_missing_folder_of_the_live_generation_is_an_engine_that_is_away(folder: Path) -> None:
    engine = EmbeddedBackend(folder)
    fill(engine, cases(5))
    (folder / "one").rename(folder.parent / "moved")

    with pytest.raises(SearchUnavailable):
        EmbeddedBackend(folder).search(Ask(a_question()))
    with pytest.raises(NotFound):
        engine.stamp("one")


def test_a_generation_promoted_away_while_it_is_opened_is_no_failure(
    embedded: EmbeddedBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(embedded, [a_document("tehran/air")])
    stale = embedded._generations.current()
    fill(embedded, [a_document("pune/waste")], generation="two")
    embedded.drop("one")
    looks = iter([stale, embedded._generations.current()])
    monkeypatch.setattr(embedded._generations, "current", lambda: next(looks))

    answer = embedded.search(Ask(a_question()))

    assert ids(answer) == ["pune/waste"]


def test_an_index_of_another_engine_version_is_not_used(embedded: EmbeddedBackend, folder: Path) -> None:
    fill(embedded, cases(5))
    path = folder / "one" / "stamp.json"
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | {"format": "0.1"}), "utf-8")
    fresh = EmbeddedBackend(folder)

    for call in (
        lambda: fresh.stamp("one"),
        lambda: fresh.count("one"),
        lambda: fresh.search(Ask(a_question())),
    ):
        with pytest.raises(WrongIndex):
            call()
    with pytest.raises(WrongIndex):
        fresh.put("one", [a_document("tehran/air")])

    assert fresh.generations() == ("one",)


def test_only_the_expected_index_is_read_and_written(folder: Path) -> None:
    fill(EmbeddedBackend(folder), [a_document("tehran/air")])
    other = EmbeddedBackend(folder, expected=lambda: Stamp("another-site", STAMP.schema, STAMP.analysis))

    with pytest.raises(WrongIndex):
        other.search(Ask(a_question()))
    with pytest.raises(WrongIndex):
        other.put("one", [a_document("pune/waste")])

    assert EmbeddedBackend(folder, expected=lambda: STAMP).search(Ask(a_question())).total == 1


def test_another_process_sees_a_commit_at_once(embedded: EmbeddedBackend, folder: Path) -> None:
    fill(embedded, [a_document("tehran/air")])
    other = EmbeddedBackend(folder)
    assert other.search(Ask(a_question())).total == 1

    embedded.put("one", [a_document("pune/waste")])

    assert other.search(Ask(a_question())).total == 2


def test_a_fork_reads_what_is_committed_later(embedded: EmbeddedBackend) -> None:
    fill(embedded, [a_document("tehran/air")])
    assert embedded.search(Ask(a_question())).total == 1
    reading, writing = os.pipe()

    child = os.fork()
    if child == 0:
        os.read(reading, 1)
        is_right = embedded.search(Ask(a_question())).total == 2
        os._exit(0 if is_right else 1)
    embedded.put("one", [a_document("pune/waste")])
    os.write(writing, b"x")
    _, status = os.waitpid(child, 0)
    os.close(reading)
    os.close(writing)

    assert os.waitstatus_to_exitcode(status) == 0


def test_nothing_is_opened_or_made_before_the_first_write(folder: Path) -> None:
    engine = EmbeddedBackend(folder)

    assert engine.live() is None
    assert engine.generations() == ()
    assert not folder.exists()


def test_an_unfinished_generation_is_cleared_away(embedded: EmbeddedBackend, folder: Path) -> None:
    embedded.create("one", STAMP)
    left_over = folder / ".draft-0123"
    (left_over / "index").mkdir(parents=True)

    embedded.create("two", STAMP)

    assert not left_over.exists()
    assert embedded.generations() == ("one", "two")


def test_an_empty_index_fills_fast(embedded: EmbeddedBackend, corpus: list[Document]) -> None:
    embedded.create("one", STAMP)
    start = time.process_time()

    for at in range(0, 2_000, 500):
        embedded.put("one", corpus[at : at + 500])

    assert time.process_time() - start < 2_000 / 3_000  # seconds of work for 3,000 documents a second
