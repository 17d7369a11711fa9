"""Pages of tags and proposals for tests: people at a browser, and forms sent as pages send them."""

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.accounts import csrf_of, enter

CASE = "/en/cases/tehran/clean-air"


def at_desk(app: Flask, email: str) -> FlaskClient:
    """Return the browser of somebody who has logged in."""
    client = app.test_client()
    assert enter(client, email).status_code == 303
    return client


def send(client: FlaskClient, page: str, to: str = "", **fields: str) -> TestResponse:
    """Send the form of a page, to itself or somewhere else."""
    return client.post(to or page, data={"csrf_token": csrf_of(client, page), **fields})
