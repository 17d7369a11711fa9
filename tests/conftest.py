"""What every test may ask for, and what none may do: connect to anything but this machine."""

import socket
from typing import Any

import pytest
from argon2 import PasswordHasher

from knowledgebase.services import passwords

pytest_plugins = [
    "tests.servers.fixtures",
    "tests.stores",
    "tests.sites",
    "tests.case_pages",
    "tests.people",
    "tests.drafting",
    "tests.letters",
    "tests.comments",
]

_HERE = ("127.0.0.1", "::1", "localhost")
_connect = socket.socket.connect


def _connect_here(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in _HERE:
        raise AssertionError(f"a test tried to connect to {address[0]}")
    _connect(self, address)


@pytest.fixture(autouse=True)
def _stay_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let sockets reach this machine only."""
    monkeypatch.setattr(socket.socket, "connect", _connect_here)


@pytest.fixture(autouse=True)
def _hash_quickly(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a password's hash cost a millisecond instead of eighty, but where a test asks for real ones."""
    if "real_hashes" not in request.keywords:
        monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
