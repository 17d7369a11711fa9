"""The web server of `kb run`: gunicorn inside this process, the application loaded before the workers."""

import errno
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gunicorn.app.base import BaseApplication

from knowledgebase.cli.refusals import Worker

_MEMORY = "/dev/shm"  # noqa: S108 - gunicorn makes its own private files there, off the disk


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Gunicorn with an application that exists already, and settings from our own."""

    def __init__(self, app: Callable[..., Any], *, address: str, workers: int, threads: int) -> None:
        """Remember what to serve and where; nothing is bound yet."""
        self.app = app
        self.wanted = {
            "bind": address,
            "workers": workers,
            "threads": threads,
            "worker_class": Worker,
            "preload_app": True,
            "control_socket_disable": True,
            "graceful_timeout": 15,
            "timeout": 60,
            "keepalive": 5,
            "worker_tmp_dir": _MEMORY if Path(_MEMORY).is_dir() else None,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "limit_request_line": 8190,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand the settings to gunicorn; it reads no file and no command line."""
        for name, value in self.wanted.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def when_ready(self, tell: Callable[[], object]) -> None:
        """Call `tell` once the server listens."""

        def told(arbiter: Any) -> None:
            del arbiter
            tell()

        self.cfg.set("when_ready", told)

    def load(self) -> Any:
        """Return the application."""
        return self.app


def why_not(host: str, port: int) -> str | None:
    """Return in one line why a server could not listen there now, None when it could."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"port {port} of {host} is taken; choose another one: PORT=8080 make run"
            if error.errno == errno.EACCES:
                return f"port {port} is reserved for the system; choose one above 1023: PORT=8080 make run"
            return f"HOST={host} is no address of this machine: {error.strerror or error}"
    return None
