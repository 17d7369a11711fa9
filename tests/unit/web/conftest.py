"""An application with all of web/ and nothing behind it, for what needs neither database nor index."""

from pathlib import Path

import pytest
from flask import Flask

from knowledgebase.config import ROOT
from knowledgebase.web.wiring import register


def bare_app(*, base_url: str = "", proxies: int = 0, templates: Path = ROOT / "templates") -> Flask:
    """Return an application whose views may fail as the tests like."""
    app = Flask("knowledgebase", template_folder=str(templates), static_folder=str(ROOT / "static"))
    register(app, base_url=base_url, proxies=proxies)
    return app


@pytest.fixture
def bare() -> Flask:
    """Lend such an application, at this machine's own address."""
    return bare_app()
