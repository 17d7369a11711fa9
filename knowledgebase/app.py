"""The one place where rooms are wired."""

import logging
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from knowledgebase.cli import kb
from knowledgebase.config import ROOT, Settings, WrongSetting, load, unknown_variables
from knowledgebase.domain.errors import Invalid
from knowledgebase.search.backend import SearchBackend, Stamp
from knowledgebase.search.choice import choose
from knowledgebase.services.site import Site, stamp_of
from knowledgebase.store.engine import Store
from knowledgebase.text.renderer import Renderer
from knowledgebase.web import assets, security, wiring
from knowledgebase.web.context import keep_site
from knowledgebase.web.faults import sentence

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FOR_EVER = 365 * 24 * 3600  # seconds; addresses of static files hold their hash


def create_app(settings: Settings | None = None) -> Flask:
    """Return the application; opens no database, no index and no connection.

    Without settings they come from the environment. Raises WrongSetting naming what is wrong.
    """
    settings = settings or load()
    _log_plainly()
    for name in unknown_variables():
        logging.getLogger(__name__).warning("unknown setting %s", name)
    app = Flask(
        __name__,
        root_path=str(Path(__file__).parent),
        template_folder=str(ROOT / "templates"),
        static_folder=None,
        instance_path=str(settings.instance.resolve()),
    )
    app.static_folder = str(ROOT / "static")  # served by web/assets
    app.config["SITE_SETTINGS"] = settings
    site = make_site(settings)
    keep_site(app, site)
    app.secret_key = settings.key
    wiring.register(app, base_url=settings.base_url, proxies=settings.proxies, workers=settings.workers)
    _answer_soon(app, site.store)
    _serve_files(app, settings.base_url)
    app.cli.add_command(kb)
    return app


def _answer_soon(app: Flask, store: Store) -> None:
    """Let all that one request asks of the database share a reader's patience; no page is streamed."""
    answer = app.wsgi_app

    def answer_soon(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        with store.answering():
            return answer(environ, start_response)

    app.wsgi_app = answer_soon  # type: ignore[method-assign]  # Flask's own way to wrap it


def _serve_files(app: Flask, base_url: str) -> None:
    """Let static files be answered before any view, with the same headers as pages, to be kept for ever."""
    table = security.headers_for(base_url)
    with app.app_context():
        prefix = f"static/{assets.version()}/"

    def add_headers(headers: Headers, path: str, url: str) -> None:
        del path, url
        for name, value in table.items():
            headers[name] = value

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # likewise
        app.wsgi_app,
        root=app.static_folder,
        prefix=prefix,
        max_age=FOR_EVER,
        allow_all_origins=False,
        add_headers_function=add_headers,
        immutable_file_test=lambda path, url: bool(path and url),
    )


def make_site(settings: Settings) -> Site:
    """Return the exchange that these settings describe, still closed.

    Raises WrongSetting when an address cannot be meant or the instance folder cannot be written.
    """
    try:
        settings.instance.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(
            f"KB_INSTANCE: cannot make the folder {settings.instance}: {error.strerror}"
        ) from error
    made: list[Site] = []

    def expected() -> Stamp:
        return stamp_of(made[0])

    try:
        store = Store.open(settings.database)
        site = Site(
            store, _index(settings, expected), Renderer(children=2), sends_letters=bool(settings.mail_url)
        )
    except ValueError as error:
        raise WrongSetting(str(error)) from error
    except Invalid as error:
        raise WrongSetting(f"{error.faults[0].key}: {sentence(error.faults[0], 'en')}") from error
    made.append(site)
    return site


def _index(settings: Settings, expected: Callable[[], Stamp]) -> SearchBackend:
    return choose(
        settings.search_url,
        folder=settings.instance / "index",
        shards=settings.search_shards,
        replicas=settings.search_replicas,
        api_key=settings.search_api_key,
        ca=settings.search_ca,
        prefix=settings.search_index,
        allow_plain=settings.search_plain,
        expected=expected,
    )


def _log_plainly() -> None:
    """Send warnings to standard error, one line a record, unless a server has set logging up already."""
    if not logging.getLogger().handlers:
        logging.basicConfig(
            stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s"
        )
