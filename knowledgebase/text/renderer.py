"""Markdown in a process that may be killed: hostile text costs a child, never the site."""

import json
import os
import select
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.record import Heading, Rendered

CASE_SECONDS = 3.0  # for one case or city page
_START_SECONDS = 20.0  # more for a child's first answer: it imports the renderer
MEMORY_MAX = 512 * 1024 * 1024  # bytes of address space of a child
_LENGTH = struct.Struct(">I")
_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Job:
    """One text to render."""

    body: str
    sources: int = 0


class _ChildGone(Exception):
    """The child died or did not answer in time."""


def _read(stream: IO[bytes], size: int, deadline: float) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        left = max(0.0, deadline - time.monotonic())
        if not select.select([stream], [], [], left)[0]:
            raise _ChildGone("time")
        part = os.read(stream.fileno(), min(size - len(parts), 1 << 20))
        if not part:
            raise _ChildGone("died")
        parts += part
    return bytes(parts)


class _Child:
    """One rendering process, started when first needed and again after it was killed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None
        self.began = 0.0  # monotonic seconds
        self.is_warm = False

    def start(self) -> subprocess.Popen[bytes]:
        if self.process is not None and self.process.poll() is not None:
            self.kill()
        if self.process is None:
            command = [sys.executable, "-m", "knowledgebase.text.rendering_child"]
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, cwd=_ROOT
            )
        return self.process

    def send(self, job: Job) -> None:
        message = json.dumps(asdict(job)).encode()
        stream = self.start().stdin
        if stream is None:
            raise _ChildGone("pipe")
        try:
            stream.write(_LENGTH.pack(len(message)) + message)
        except OSError as error:
            raise _ChildGone("died") from error
        self.began = time.monotonic()

    def receive(self) -> Rendered | Invalid:
        stream = self.start().stdout
        if stream is None:
            raise _ChildGone("pipe")
        deadline = self.began + self.seconds + (0.0 if self.is_warm else _START_SECONDS)
        (size,) = _LENGTH.unpack(_read(stream, _LENGTH.size, deadline))
        answer: dict[str, Any] = json.loads(_read(stream, size, deadline))
        self.is_warm = True
        if "faults" in answer:
            return Invalid([Fault(**fault) for fault in answer["faults"]])
        headings = tuple(Heading(**heading) for heading in answer.pop("headings"))
        return Rendered(headings=headings, **answer)

    def kill(self) -> None:
        self.is_warm = False
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for stream in (self.process.stdin, self.process.stdout):
                if stream is not None:
                    stream.close()
            self.process = None


class Renderer:
    """A few rendering children; `render` is safe to use from several threads.

    `render_many` takes all children; only one such run may be under way.
    """

    def __init__(self, children: int = 1, seconds: float = CASE_SECONDS) -> None:
        """Start nothing yet: children begin with the first text."""
        self._children = [_Child(seconds) for _ in range(children)]
        self._free: SimpleQueue[_Child] = SimpleQueue()
        for child in self._children:
            self._free.put(child)

    def render(self, body: str, *, sources: int = 0) -> Rendered:
        """Return the rendered text. Raises Invalid ("too-complex") also when a child had to be killed."""
        child = self._free.get()
        try:
            _begin(child, Job(body, sources))
            answer = _finish(child)
        finally:
            self._free.put(child)
        if isinstance(answer, Invalid):
            raise answer
        return answer

    def render_many(self, jobs: Iterable[Job]) -> Iterator[Rendered | Invalid]:
        """Yield one answer a job, in order, with every child at work on a text of its own."""
        idle = deque(self._free.get() for _ in self._children)
        busy: deque[_Child] = deque()
        try:
            for job in jobs:
                if not idle:
                    idle.append(busy.popleft())
                    yield _finish(idle[0])
                child = idle.popleft()
                _begin(child, job)
                busy.append(child)
            while busy:
                idle.append(busy.popleft())
                yield _finish(idle[-1])
        finally:
            for child in busy:  # abandoned half-way: an unread answer must not meet the next job
                child.kill()
            for child in self._children:
                self._free.put(child)

    def close(self) -> None:
        """Stop all children."""
        for child in self._children:
            child.kill()


def _begin(child: _Child, job: Job) -> None:
    """Hand a job over; a child that died while idle is replaced once."""
    try:
        child.send(job)
    except _ChildGone:
        child.kill()
        child.send(job)


def _finish(child: _Child) -> Rendered | Invalid:
    try:
        return child.receive()
    except _ChildGone as gone:
        child.kill()
        return Invalid([Fault("too-complex", "body", values={"limit": str(gone)})])
