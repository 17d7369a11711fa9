"""What the bench stands on: the yardstick's corpus, its questions, and the floor built from them."""

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

PATIENCE = 1_800.0  # seconds for one program of the yardstick
_RATE = re.compile(r"pipeline floor: (\d+) documents, (\d+) a second")
_NEEDED = ("make_corpus.py", "floor/floor.py", "floor/pair.py")


class Missing(Exception):
    """The yardstick is not where it should be, or does not do what it should."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question with what it should find."""

    kind: str  # class of the yardstick: "known", "typo" ...
    text: str
    target: str | None  # slug of the one right case
    tag: str | None  # of every right case


@dataclass(frozen=True)
class Ground:
    """A corpus of `size` cases of a yardstick, kept between runs in a folder outside the work tree."""

    yardstick: Path
    size: int

    @cached_property
    def home(self) -> Path:
        """The folder of this corpus."""
        cache = os.environ.get("KB_TEST_CACHE")
        whole = Path(cache) / "bench" if cache else Path.home() / ".cache" / "knowledgebase-bench"
        return whole / str(self.size)

    @property
    def files(self) -> Path:
        """The corpus as a folder to import."""
        return self.home / "files"

    @property
    def floor(self) -> Path:
        """The program of the floor."""
        return self.yardstick / "floor" / "floor.py"

    def require(self) -> None:
        """Raise Missing where a program of the yardstick is not there."""
        for name in _NEEDED:
            if not (self.yardstick / name).is_file():
                raise Missing(f"no yardstick: {self.yardstick / name} is missing (YARDSTICK=folder)")

    def make(self) -> None:
        """Make the corpus where it is not there whole."""
        done = self.home / "done"
        if done.exists():
            return
        self.home.mkdir(parents=True, exist_ok=True)
        maker, size = str(self.yardstick / "make_corpus.py"), ["--docs", str(self.size)]
        named = [
            "--manifest",
            str(self.home / "manifest.jsonl"),
            "--queries",
            str(self.home / "queries.jsonl"),
        ]
        _run([maker, str(self.files), *size, *named])
        _run([maker, str(self.home / "corpus.jsonl"), "--jsonl", *size])
        done.touch()

    def build_floor(self, out: Path) -> float:
        """Build the floor into a new folder and return its documents a second: the pipeline floor."""
        said = _run([str(self.floor), "build", str(self.home / "corpus.jsonl"), str(out)])
        found = _RATE.search(said)
        if found is None:
            raise Missing(f"{self.floor} told no pipeline floor: {said[-300:]}")
        return float(found[2])

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the yardstick."""
        lines = (self.home / "queries.jsonl").read_text("utf-8").splitlines()
        read: list[dict[str, Any]] = [json.loads(line) for line in lines]
        return tuple(Question(one["class"], one["q"], one["target"], one["tag"]) for one in read)

    @cached_property
    def tags(self) -> dict[str, frozenset[str]]:
        """The tags of every case, by slug."""
        lines = (self.home / "manifest.jsonl").read_text("utf-8").splitlines()
        read: list[dict[str, Any]] = [json.loads(line) for line in lines]
        return {str(one["slug"]): frozenset(map(str, one["challenges"])) for one in read}

    @cached_property
    def cases(self) -> tuple[str, ...]:
        """The ids of all cases, sorted by slug."""
        found = (path for path in self.files.glob("*/*.md") if path.stem != "_city")
        return tuple(f"{path.parent.name}/{path.stem}" for path in sorted(found, key=lambda path: path.stem))


def _run(command: list[str]) -> str:
    clean = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}  # the yardstick is not ours to write in
    ended = subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, timeout=PATIENCE, check=False, env=clean
    )
    if ended.returncode:
        raise Missing(f"{command[0]} ended with {ended.returncode}: {ended.stderr[-500:]}")
    return ended.stdout
