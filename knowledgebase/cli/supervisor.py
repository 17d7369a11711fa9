"""Keep the web server and the indexing worker under one parent, and stop them together."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

STOP_SECONDS = 18.0  # for requests in flight; then children are killed
RESTART_SECONDS = 1.0  # between the end of a worker and its successor
_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


@dataclass(slots=True)
class _Child:
    name: str
    run: Callable[[], None]
    is_vital: bool  # its end is the end of all
    pid: int = 0


def follow_parent(parent: int, number: int) -> None:
    """Let this process get a signal when its parent is gone, however it went (Linux; elsewhere nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_DEATH_SIGNAL, number)
        if os.getppid() != parent:  # gone between fork and the call
            os.kill(os.getpid(), number)


def _start(child: _Child, parent: int) -> None:
    child.pid = os.fork()
    if child.pid:
        return
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        follow_parent(parent, signal.SIGKILL if child.is_vital else signal.SIGTERM)  # its workers see it go
        child.run()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except KeyboardInterrupt:
        code = 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


class Supervisor:
    """A parent of two: the server, whose end ends everything, and the worker, which is started again."""

    def __init__(self, server: Callable[[], None], worker: Callable[[], None]) -> None:
        """Remember what to run; nothing starts yet."""
        self._children = [_Child("server", server, is_vital=True), _Child("worker", worker, is_vital=False)]
        self._is_stopping = False

    def _stop(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self._is_stopping = True

    def run(self) -> int:
        """Run until a signal or the server's end; return the exit code for the whole."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        parent = os.getpid()
        for child in self._children:
            _start(child, parent)
        code = 0
        while not self._is_stopping:
            ended = self._ended()
            if ended is None:
                time.sleep(0.1)
                continue
            child, code = ended
            if child.is_vital:
                break
            time.sleep(RESTART_SECONDS)
            if not self._is_stopping:
                _start(child, parent)
        was_asked = self._is_stopping
        self._end_all()
        return 0 if was_asked else code

    def _ended(self) -> tuple[_Child, int] | None:
        """Return a child that has ended with its exit code, or None."""
        for child in self._children:
            if child.pid:
                pid, status = os.waitpid(child.pid, os.WNOHANG)
                if pid:
                    child.pid = 0
                    return child, abs(os.waitstatus_to_exitcode(status))
        return None

    def _end_all(self) -> None:
        for child in self._children:
            if child.pid:
                with suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while any(child.pid for child in self._children) and time.monotonic() < deadline:
            if self._ended() is None:
                time.sleep(0.05)
        for child in self._children:
            if child.pid:
                with suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGKILL)
                    os.waitpid(child.pid, 0)
