"""How a view reaches the exchange that it shows."""

from flask import Flask, current_app

from knowledgebase.services.site import Site

_NAME = "knowledgebase-site"


def keep_site(app: Flask, site: Site) -> None:
    """Bind an exchange to the application that shows it."""
    app.extensions[_NAME] = site


def the_site() -> Site:
    """Return the exchange of the running application."""
    site = current_app.extensions[_NAME]
    assert isinstance(site, Site)  # noqa: S101 - narrows the type of Flask's untyped mapping
    return site


def the_application() -> Flask:
    """Return the running application itself, for the server that is about to serve it."""
    application: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    return application
