"""What must not be seen is seen by nobody else: random probes by every role over every outlet."""

import random
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from flask import Flask, request
from werkzeug.routing import Rule

from tests.hidden import hide_things
from tests.hiding import Hidden, Secret, names_of
from tests.matrix import undo_every_write

PROBES = 1_000
FIXED = {"topic": ["air"], "network": ["iclei"], "number": ["1", "2"], "language": ["fa", "en"]}
FIXED |= {"kept_version": ["x"], "name": ["img/mark.svg"], "digest": ["0" * 16], "act": ["report", "hide"]}
QUERIES = ("", "page=1", "sort=newest", "decided=yes", "state=refused", "state=accepted", "preview=yes")


@pytest.fixture
def hidden(app: Flask) -> Hidden:
    return hide_things(app)


class Prober:
    """Asks as anybody for anything."""

    def __init__(self, app: Flask, hidden: Hidden, seed: int) -> None:
        self.app, self.hidden = app, hidden
        self.chance = random.Random(seed)  # noqa: S311 - the same every time
        self.pool: Mapping[str, list[str]] = {**names_of(hidden), **FIXED, "tag": self.words()}
        self.rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, rule.rule))

    def words(self) -> list[str]:
        return [secret.asked for secret in self.hidden.secrets] + ["smog"]

    def query(self) -> str:
        """Return words to search for, a way to see a list, or nothing."""
        chosen = self.chance.choice((*QUERIES, "q", "q", "person", "city"))
        named = {"q": self.words(), "person": self.pool["person"], "city": self.pool["city"]}.get(chosen)
        return urlencode({chosen: self.chance.choice(named)}) if named else chosen

    def address(self, rule: Rule, method: str) -> str:
        """Return an address of a route with names taken at random."""
        chosen = {name: self.chance.choice(self.pool[name]) for name in sorted(rule.arguments)}
        typed = {name: int(value) if name == "number" else value for name, value in chosen.items()}
        with self.app.test_request_context():
            adapter = self.app.create_url_adapter(request)
            assert adapter
            return adapter.build(rule.endpoint, typed, method)

    def text(self, role: str, address: str, method: str = "GET") -> str:
        """Return what is answered, with its headers."""
        caller = self.hidden.matrix.callers[role]
        headers = {"Cookie": caller.cookies}
        if self.chance.random() < 0.1:
            headers |= {"HX-Request": "true"}
        data = {"csrf_token": caller.token, "reason": "A reason.", "body": "Words.", "language": "en"}
        with self.app.test_client(use_cookies=False) as browser:
            sent = data | {"revision": "1", "token": "token-of-a-probe"} if method == "POST" else None
            answer = browser.open(address, method=method, data=sent, headers=headers)
            text = answer.text if answer.mimetype not in {"image/svg+xml", "image/webp"} else ""
            answer.close()
        assert answer.status_code < 500, address
        return text + str(answer.headers)

    def leaks(self, method: str) -> tuple[list[str], list[tuple[Secret, str]]]:
        """Ask once; return what is seen that must not be, and all that is seen."""
        rule = self.chance.choice([rule for rule in self.rules if method in (rule.methods or ())])
        role = self.chance.choice(sorted(self.hidden.matrix.callers))
        address = self.address(rule, method)
        if method == "GET" and (query := self.query()):
            address = f"{address}?{query}"
        text = self.text(role, address, method)
        seen = [secret for secret in self.hidden.secrets if secret.told in text]
        wrong = [f"{role} {method} {address} shows {one.told}" for one in seen if role not in one.readers]
        return wrong, [(secret, role) for secret in seen]


def test_every_secret_is_read_by_whom_it_is_for(app: Flask, hidden: Hidden) -> None:
    prober = Prober(app, hidden, 1)
    unread = []

    for secret in hidden.secrets:
        for role in sorted(secret.readers) if secret.at else ():
            at = (secret.author_at if role.startswith("author") else secret.at) or ""
            if secret.told not in prober.text(role, at):
                unread.append(f"{role} does not read {secret.told} at {at}")

    assert "\n".join(unread) == ""


def test_no_secret_is_read_there_by_anybody_else(app: Flask, hidden: Hidden) -> None:
    prober = Prober(app, hidden, 1)
    leaks = []

    for secret in hidden.secrets:
        for role in sorted(set(hidden.matrix.callers) - secret.readers) if secret.at else ():
            if secret.told in prober.text(role, secret.at or ""):
                leaks.append(f"{role} reads {secret.told} at {secret.at}")

    assert "\n".join(leaks) == ""


def test_random_probes_find_no_secret(app: Flask, hidden: Hidden, monkeypatch: pytest.MonkeyPatch) -> None:
    undo_every_write(monkeypatch)
    prober = Prober(app, hidden, 20_260)
    leaks, seen = [], set()

    for number in range(PROBES):
        wrong, found = prober.leaks("POST" if number % 5 == 4 else "GET")
        leaks += wrong
        seen |= set(found)

    assert "\n".join(leaks) == ""
    assert len(seen) > 20  # the probes see what is there to be seen
