"""An application with all of web/ and nothing behind it, for what needs neither database nor index."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask

from knowledgebase.config import ROOT
from knowledgebase.web.permits import PERMITS, PUBLIC, Permit
from knowledgebase.web.wiring import register


def bare_app(
    *, base_url: str = "", proxies: int = 0, workers: int = 1, templates: Path = ROOT / "templates"
) -> Flask:
    """Return an application whose views may fail as the tests like."""
    app = Flask("knowledgebase", template_folder=str(templates), static_folder=None)
    app.static_folder = str(ROOT / "static")
    app.secret_key = "k" * 32
    register(app, base_url=base_url, proxies=proxies, workers=workers)
    return app


def add_route(app: Flask, rule: str, endpoint: str, view: Callable[..., Any], **options: Any) -> None:
    """Add a view that everybody may open; the permit lasts as long as the test."""
    cast(dict[str, Permit], PERMITS)[endpoint] = PUBLIC
    app.add_url_rule(rule, endpoint, view, **options)


@pytest.fixture(autouse=True)
def only_our_permits() -> Iterator[None]:
    """Take the permits of a test's own routes away again."""
    known = set(PERMITS)
    yield
    for endpoint in set(PERMITS) - known:
        del cast(dict[str, Permit], PERMITS)[endpoint]


@pytest.fixture
def bare() -> Flask:
    """Lend such an application, at this machine's own address."""
    return bare_app()
