"""Searches during promotion, by other threads and other processes: never a gap, never an error."""

import multiprocessing
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledgebase.search.backend import Ask, SearchBackend
from knowledgebase.search.embedded import EmbeddedBackend
from tests.contract.engines import STAMP, a_document, a_question, fill

ROUNDS = 8
SIZE = 30


def read_until(engine: SearchBackend, is_over: threading.Event, totals: list[object]) -> None:
    while not is_over.is_set():
        try:
            totals.append(engine.search(Ask(a_question("smog"))).total)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test shows it
            totals.append(repr(error))


@contextmanager
def reading(engine: SearchBackend) -> Iterator[list[object]]:
    """Search in a loop beside the test, and yield the totals found."""
    totals: list[object] = []
    is_over = threading.Event()
    reader = threading.Thread(target=read_until, args=(engine, is_over, totals))
    reader.start()
    try:
        yield totals
    finally:
        is_over.set()
        reader.join()


def rebuild(engine: SearchBackend, number: int) -> None:
    """Make, fill, promote the next generation and drop the one before."""
    before = engine.live()
    generation = f"g{number}"
    engine.create(generation, STAMP)
    engine.put(generation, [a_document(f"tehran/{at}", body="smog") for at in range(SIZE)])
    engine.refresh(generation)
    engine.promote(generation)
    if before:
        engine.drop(before)


def test_a_reader_sees_no_gap_while_generations_change(engine: SearchBackend) -> None:
    rebuild(engine, 0)

    with reading(engine) as totals:
        for number in range(1, ROUNDS):
            rebuild(engine, number)

    assert len(totals) > ROUNDS
    assert set(totals) == {SIZE}
    assert engine.generations() == (f"g{ROUNDS - 1}",)


def test_the_old_generation_stays_until_it_is_dropped(engine: SearchBackend) -> None:
    fill(engine, [a_document("tehran/air", body="smog")])
    fill(engine, [a_document("tehran/air", body="smog"), a_document("x/y", body="smog")], generation="two")

    engine.promote("one")

    assert engine.search(Ask(a_question("smog"))).total == 1
    assert engine.count("two") == 2


def rebuild_in_another_process(folder: str, rounds: int) -> None:
    engine = EmbeddedBackend(Path(folder))
    for number in range(1, rounds):
        rebuild(engine, number)


def test_readers_of_another_process_see_no_gap(embedded: EmbeddedBackend, tmp_path: Path) -> None:
    rebuild(embedded, 0)
    context = multiprocessing.get_context("spawn")
    other = context.Process(target=rebuild_in_another_process, args=(str(tmp_path / "index"), ROUNDS))

    with reading(embedded) as totals:
        other.start()
        other.join()

    assert other.exitcode == 0
    assert set(totals) == {SIZE}
    assert embedded.live() == f"g{ROUNDS - 1}"


def write_in_another_process(folder: str, rounds: int) -> None:
    engine = EmbeddedBackend(Path(folder))
    for revision in range(2, rounds):
        engine.put("one", [a_document(f"tehran/{at}", revision=revision, body="smog") for at in range(SIZE)])


def test_readers_see_every_commit_of_another_process_whole(embedded: EmbeddedBackend, tmp_path: Path) -> None:
    fill(embedded, [a_document(f"tehran/{at}", body="smog") for at in range(SIZE)])
    context = multiprocessing.get_context("spawn")
    other = context.Process(target=write_in_another_process, args=(str(tmp_path / "index"), 5 * ROUNDS))

    with reading(embedded) as totals:
        other.start()
        other.join()

    assert other.exitcode == 0
    assert len(totals) > 5 * ROUNDS
    assert set(totals) == {SIZE}
