"""People who write cases at a browser without scripts, for tests of pages."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from knowledgebase.domain.person import CityRole
from tests.accounts import enter, member
from tests.drafting import FIELDS

SNAPSHOT = dict(FIELDS)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


class Writer:
    """Somebody at a browser without scripts."""

    address = ""  # of the draft at hand

    def __init__(self, app: Flask, email: str, *, may_publish: bool = True, **how: Any) -> None:
        """Make the account, and log in."""
        member(app, email, **({"role": CityRole.CONTRIBUTOR} | how), may_publish=may_publish)
        self.client: FlaskClient = app.test_client()
        enter(self.client, email)

    def hidden(self, path: str) -> dict[str, str]:
        """Return the hidden fields of a page's forms."""
        return dict(_HIDDEN.findall(self.client.get(path).text))

    def begin(self) -> str:
        """Begin a draft and return its address."""
        made = self.client.post("/en/write", data=self.hidden("/en/write"))
        assert made.status_code == 303, made.text
        self.address = made.location
        return self.address

    def press(self, do: str, fields: Mapping[str, str], **more: Any) -> TestResponse:
        """Fill the form of the draft and press one of its buttons."""
        data = {**self.hidden(self.address), **fields, "do": do, **more}
        return self.client.post(self.address, data=data)

    def post(self, part: str, **fields: str) -> TestResponse:
        """Send one of the other forms of the draft's page."""
        data = {**self.hidden(self.address), **fields}
        return self.client.post(f"{self.address}/{part}", data=data)
