"""Whether demo people are here, so that the foot of every page can say it without asking the database.

The command that lets them in leaves a file beside the database and takes it away with them; a start
brings the file in line with the database, for machines on which the command did not run.
"""

from pathlib import Path

from flask import Flask, current_app

from knowledgebase.services import demonstrating
from knowledgebase.services.site import Site

FILE = "demo-people"


def is_there() -> bool:
    """Return whether demo people are here: one look at a file."""
    place = _file(current_app)
    return place is not None and place.exists()


def tell(app: Flask, *, is_there: bool) -> None:
    """Let pages say from now on that demo people are here, or say nothing of it any more."""
    place = _file(app)
    if place is None:
        return
    if is_there:
        place.touch()
    else:
        place.unlink(missing_ok=True)


def follow(app: Flask, site: Site) -> None:
    """Bring what pages say in line with the database, at a start."""
    tell(app, is_there=demonstrating.is_there(site))


def _file(app: Flask) -> Path | None:
    settings = app.config.get("SITE_SETTINGS")
    return settings.instance / FILE if settings else None
