"""Markdown in a process that may be killed: hostile text costs a child, never the site."""

import fcntl
import json
import os
import select
import struct
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import cycle
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.record import Heading, Rendered

CASE_SECONDS = 3.0  # for one case or city page
COMMENT_SECONDS = 1.0  # for one comment
_START_SECONDS = 20.0  # more for a child's first answer: it imports the renderer
AHEAD = 40  # texts that a child is given before the first is answered
_PIPE = 1 << 20  # bytes that a pipe is asked to hold
_PIPE_LEAST = 1 << 16  # bytes that it is believed to hold where it does not say
MEMORY_MAX = 512 * 1024 * 1024  # bytes of address space of a child
_LENGTH = struct.Struct(">I")
_ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Job:
    """One text to render."""

    body: str
    sources: int = 0
    is_comment: bool = False

    @cached_property
    def message(self) -> bytes:
        """Return how a child is told."""
        return json.dumps(asdict(self)).encode()

    @property
    def seconds(self) -> float:
        """Return how long it may take."""
        return COMMENT_SECONDS if self.is_comment else CASE_SECONDS


@dataclass(frozen=True, slots=True)
class _Sent:
    """A job that a child has been given."""

    job: Job
    size: int  # bytes it takes in the pipe
    at: float  # monotonic seconds


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


def _widen(pipe: IO[bytes] | None) -> int:
    """Let a pipe hold more and return how many bytes it holds (Linux; elsewhere a safe guess)."""
    if pipe is None or not hasattr(fcntl, "F_SETPIPE_SZ"):
        return _PIPE_LEAST
    with suppress(OSError):
        return fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, _PIPE)
    return _PIPE_LEAST


class _Child:
    """One rendering process, started when first needed and again after it was killed.

    It may be given several texts at once, as many as surely fit into its pipe: so neither it nor its
    parent ever waits for the other to read first.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None
        self.jobs: deque[_Sent] = deque()  # not answered yet, in order
        self.answered = 0.0  # monotonic seconds of the last answer
        self.is_warm = False
        self.room = _PIPE_LEAST

    def start(self) -> subprocess.Popen[bytes]:
        if self.process is not None and not self.jobs and self.process.poll() is not None:
            self.kill()
        if self.process is None:
            command = [sys.executable, "-m", "knowledgebase.text.rendering_child"]
            self.process = subprocess.Popen(  # noqa: S603 - our own module
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, cwd=_ROOT
            )
            self.room = min(_widen(self.process.stdin), _widen(self.process.stdout))
        return self.process

    def has_room(self, job: Job) -> bool:
        """Return whether a text can be sent now without waiting; to an idle child it always can."""
        waiting = sum(sent.size for sent in self.jobs)
        return not self.jobs or (
            len(self.jobs) < AHEAD and waiting + len(job.message) + _LENGTH.size <= self.room
        )

    def send(self, job: Job) -> None:
        stream = self.start().stdin
        if stream is None:
            raise _ChildGone("pipe")
        message = job.message
        whole = memoryview(_LENGTH.pack(len(message)) + message)
        self.jobs.append(_Sent(job, len(whole), time.monotonic()))
        try:
            while whole:
                whole = whole[stream.write(whole) or 0 :]
        except OSError as error:
            raise _ChildGone("died") from error

    def receive(self) -> Rendered | Invalid:
        stream = self.start().stdout
        if stream is None:
            raise _ChildGone("pipe")
        oldest = self.jobs[0]
        allowed = min(self.seconds, oldest.job.seconds)
        deadline = max(oldest.at, self.answered) + allowed + (0.0 if self.is_warm else _START_SECONDS)
        (size,) = _LENGTH.unpack(_read(stream, _LENGTH.size, deadline))
        answer: dict[str, Any] = json.loads(_read(stream, size, deadline))
        self.jobs.popleft()
        self.answered = time.monotonic()
        self.is_warm = True
        if "faults" in answer:
            return Invalid([Fault(**fault) for fault in answer["faults"]])
        headings = tuple(Heading(**heading) for heading in answer.pop("headings"))
        return Rendered(headings=headings, **answer)

    def kill(self) -> None:
        self.is_warm = False
        self.jobs.clear()
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
        return self._render(Job(body, sources))

    def render_comment(self, body: str) -> Rendered:
        """Return a rendered comment. Raises Invalid as `render` does, after a third of the time."""
        return self._render(Job(body, is_comment=True))

    def _render(self, job: Job) -> Rendered:
        child = self._free.get()
        try:
            _begin(child, job)
            answer = _finish(child)
        finally:
            self._free.put(child)
        if isinstance(answer, Invalid):
            raise answer
        return answer

    def render_many(self, jobs: Iterable[Job]) -> Iterator[Rendered | Invalid]:
        """Yield one answer a job, in order.

        The children work ahead of whoever takes the answers, so they need not wait while he stores them.
        """
        children = [self._free.get() for _ in self._children]
        busy: deque[_Child] = deque()  # one place a job
        try:
            for child, job in zip(cycle(children), jobs):
                while not child.has_room(job):
                    yield _finish(busy.popleft())
                _begin(child, job)
                busy.append(child)
            while busy:
                yield _finish(busy.popleft())
        finally:
            for child in children:
                if child.jobs:  # abandoned half-way: an unread answer must not meet the next job
                    child.kill()
                self._free.put(child)

    def close(self) -> None:
        """Stop all children."""
        for child in self._children:
            child.kill()


def _begin(child: _Child, job: Job) -> None:
    """Hand a job over; a child that died meanwhile is replaced once, with all that it was given."""
    try:
        child.send(job)
    except _ChildGone:
        _replace(child, [sent.job for sent in child.jobs])


def _finish(child: _Child) -> Rendered | Invalid:
    """Return the answer to the oldest job; when none comes, it is to blame and the others begin anew."""
    try:
        return child.receive()
    except _ChildGone as gone:
        _, *others = [sent.job for sent in child.jobs]
        _replace(child, others)
        return Invalid([Fault("too-complex", "body", values={"limit": str(gone)})])


def _replace(child: _Child, jobs: list[Job]) -> None:
    child.kill()
    for job in jobs:
        child.send(job)
