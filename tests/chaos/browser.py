"""A person's browser without scripts, which sends a form again when no answer comes."""

import http.client
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

PATIENCE = 60.0  # seconds in which a form must be answered
_TIMEOUT = 20.0  # seconds for one try
_PAUSE = 0.05  # seconds between tries
_AWAY = frozenset({502, 503, 504})
_CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page answered."""

    status: int
    location: str
    text: str


class Browser:
    """Somebody logged in."""

    def __init__(self, address: str, session: str) -> None:
        """Remember the cookie of a session; nothing is asked yet."""
        parts = urlsplit(address)
        self._host, self._port = str(parts.hostname), int(parts.port or 80)
        self._cookie = f"kb={session}"
        self._csrf = ""
        self.repeats = 0  # tries that were not answered

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """Send a form, the same again until it is answered. Raises AssertionError when it never is."""
        if not self._csrf:
            self._open_form()
        return self._ask("POST", path, urlencode({"csrf_token": self._csrf, **fields}))

    def _open_form(self) -> None:
        """Get the token that makes forms ours; it holds as long as the browser is open."""
        answer, cookies = self._insist("GET", "/en/account", "")
        found = _CSRF.search(answer.text)
        assert found, answer
        self._csrf = found[1]
        self._cookie = "; ".join([self._cookie, *(cookie.partition(";")[0] for cookie in cookies)])

    def _ask(self, method: str, path: str, body: str) -> Answer:
        return self._insist(method, path, body)[0]

    def _insist(self, method: str, path: str, body: str) -> tuple[Answer, list[str]]:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                answer, cookies = self._try(method, path, body)
            except (OSError, http.client.HTTPException):
                answer, cookies = None, []
            if answer is not None and answer.status not in _AWAY:
                return answer, cookies
            self.repeats += 1
            time.sleep(_PAUSE)
        raise AssertionError(f"no answer to {method} {path}")

    def _try(self, method: str, path: str, body: str) -> tuple[Answer, list[str]]:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=_TIMEOUT)
        headers = {"Cookie": self._cookie, "Connection": "close"}
        if method == "POST":
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, body or None, headers)
            response = connection.getresponse()
            text = response.read().decode()
            cookies = response.headers.get_all("Set-Cookie") or []
            return Answer(response.status, response.headers.get("Location", ""), text), cookies
        finally:
            connection.close()
