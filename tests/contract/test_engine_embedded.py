"""The cures of the embedded engine: each failure was seen, and is made to happen here."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import tantivy

from knowledgebase.domain.errors import SearchUnavailable
from knowledgebase.search import embedded_writer
from knowledgebase.search.backend import Outcome
from knowledgebase.search.embedded import EmbeddedBackend
from tests.contract.engines import STAMP, a_document, cases, fill

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds for a child to do what it is told

WRITER = """
import sys
from dataclasses import replace
from pathlib import Path
from knowledgebase.search.embedded import EmbeddedBackend
from tests.contract.engines import cases

engine = EmbeddedBackend(Path(sys.argv[1]))
documents = cases(200)[:40]
revision = int(sys.argv[2])
print("ready", flush=True)
while True:
    revision += 1
    engine.put("one", [replace(document, revision=revision) for document in documents])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def files(folder: Path) -> Path:
    """Return the engine's own folder of the generation "one"."""
    return folder / "one" / "index"


def deletions(files: Path) -> set[str]:
    return {path.name for path in files.glob("*.del")}


def orphans(files: Path) -> set[str]:
    """Return the files of deletions that the index does not know."""
    segments = json.loads((files / "meta.json").read_text("utf-8"))["segments"]
    known = {
        f"{segment['segment_id'].replace('-', '')}.{segment['deletes']['opstamp']}.del"
        for segment in segments
        if segment["deletes"]
    }
    return deletions(files) - known


def kill_a_writer_during_a_commit(folder: Path, files: Path, revision: int) -> None:
    """Let a process write, and kill it when a file of deletions appears and its commit is not done."""
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(revision)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    with child, child.stdout as said:
        said.readline()
        seen = deletions(files)
        deadline = time.monotonic() + PATIENCE
        while not deletions(files) - seen:
            assert child.poll() is None, "the writer ended by itself"
            assert time.monotonic() < deadline, "no commit was seen"
        child.send_signal(signal.SIGKILL)


def test_writing_goes_on_after_a_writer_was_killed_during_its_commit(
    embedded: EmbeddedBackend, folder: Path, files: Path
) -> None:
    fill(embedded, cases(200), step=100)
    revision = 1
    left_over = 0

    for _ in range(5):
        kill_a_writer_during_a_commit(folder, files, revision)
        left_over += bool(orphans(files))
        revision += 1_000
        again = [replace(document, revision=revision) for document in cases(200)[:40]]
        receipts = embedded.put("one", again)
        assert {receipt.outcome for receipt in receipts} == {Outcome.STORED}

    assert left_over > 0  # otherwise this test would prove nothing
    assert orphans(files) == set()
    assert embedded.count("one") == 200


class Careless:
    """A writer that does not collect what a killed one left."""

    def __init__(self, writer: tantivy.IndexWriter) -> None:
        self._writer = writer

    def garbage_collect_files(self) -> None:
        """Do nothing: this is the control."""

    def __getattr__(self, name: str) -> object:
        return getattr(self._writer, name)


def test_without_the_cure_a_killed_writer_would_block_all_others(
    embedded: EmbeddedBackend, folder: Path, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(embedded, cases(200), step=100)
    open_writer = embedded_writer._open_writer
    again = [replace(document, revision=9_000) for document in cases(200)[:40]]
    revision = 1
    while not orphans(files):
        kill_a_writer_during_a_commit(folder, files, revision)
        revision += 1_000

    with monkeypatch.context() as careless:
        careless.setattr(embedded_writer, "_open_writer", lambda *given: Careless(open_writer(*given)))
        with pytest.raises(SearchUnavailable, match="FileAlreadyExists"):
            embedded.put("one", again)

    assert {receipt.outcome for receipt in embedded.put("one", again)} == {Outcome.STORED}


TURNS = """
import sys
from pathlib import Path
from knowledgebase.search.embedded import EmbeddedBackend
from tests.contract.engines import a_document

engine = EmbeddedBackend(Path(sys.argv[1]))
for line in sys.stdin:
    first, revision = map(int, line.split())
    engine.put("one", [a_document(f"tehran/{first + at}", revision=revision) for at in range(5)])
    print("done", flush=True)
"""


@contextmanager
def writers(folder: Path, count: int) -> Iterator[list["subprocess.Popen[str]"]]:
    """Run processes that keep their engine open and write when told."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", TURNS, str(folder)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    try:
        yield running
    finally:
        for process in running:
            process.communicate(timeout=PATIENCE)


def test_processes_that_write_in_turn_leave_no_files_behind(
    embedded: EmbeddedBackend, folder: Path, files: Path
) -> None:
    fill(embedded, [a_document(f"tehran/{at}") for at in range(100)])

    with writers(folder, 3) as running:
        for turn in range(36):
            process = running[turn % 3]
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(f"{turn % 20 * 5} {turn + 2}\n")
            process.stdin.flush()
            assert process.stdout.readline() == "done\n"
    embedded.put("one", [a_document("tehran/0", revision=99)])

    known = {name.replace("-", "") for name in _segments(files)}
    strangers = {
        path.name for path in files.iterdir() if path.suffix and path.name.partition(".")[0] not in known
    }
    assert strangers - {"meta.json", ".managed.json", ".tantivy-meta.lock", ".tantivy-writer.lock"} == set()
    assert orphans(files) == set()
    assert len(known) < 12
    assert embedded.count("one") == 100


def _segments(files: Path) -> list[str]:
    segments = json.loads((files / "meta.json").read_text("utf-8"))["segments"]
    return [str(segment["segment_id"]) for segment in segments]


def test_threads_that_write_at_once_wait_for_each_other(embedded: EmbeddedBackend) -> None:
    embedded.create("one", STAMP)
    receipts: list[Outcome] = []

    def write(number: int) -> None:
        documents = [a_document(f"city-{number}/{at}") for at in range(20)]
        receipts.extend(receipt.outcome for receipt in embedded.put("one", documents))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert receipts == [Outcome.STORED] * 120
    assert embedded.count("one") == 120


def test_a_busy_index_is_waited_for_and_then_given_up(folder: Path) -> None:
    patient, hasty = EmbeddedBackend(folder), EmbeddedBackend(folder, patience=0.2)
    patient.create("one", STAMP)

    with patient._generations.turn():
        start = time.monotonic()
        with pytest.raises(SearchUnavailable, match="another process"):
            hasty.put("one", [a_document("tehran/air")])
        waited = time.monotonic() - start

    assert 0.15 < waited < 1.0
    assert hasty.put("one", [a_document("tehran/air")])[0].outcome is Outcome.STORED


def test_a_foreign_writer_of_the_engine_is_waited_for_and_then_given_up(folder: Path, files: Path) -> None:
    engine = EmbeddedBackend(folder, patience=0.3)
    engine.create("one", STAMP)
    foreign = tantivy.Index.open(str(files)).writer(15_000_000, 1)

    with pytest.raises(SearchUnavailable, match="LockBusy"):
        engine.put("one", [a_document("tehran/air")])
    foreign.wait_merging_threads()

    assert engine.put("one", [a_document("tehran/air")])[0].outcome is Outcome.STORED
