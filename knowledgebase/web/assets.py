"""Addresses of styles, scripts and pictures: one hash over all of them stands in each address.

So they may be kept by browsers for ever, links between them stay relative, and a server in front
(or WhiteNoise with `prefix=f"static/{version()}/"`) can serve the folder as it is.
"""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Blueprint, Response, current_app, send_from_directory

from knowledgebase.domain.errors import NotFound

STYLES = ("tokens", "base", "layout", "parts", "case", "comments", "print")  # in the order of their layers
FOR_EVER = "public, max-age=31536000, immutable"

NAME_MAX = 255  # bytes of a file's name

pages = Blueprint("assets", __name__)


@lru_cache(maxsize=8)
def _version(folder: Path) -> str:
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(f"{path.relative_to(folder)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def folder() -> Path:
    """Return the folder of static files of the running application."""
    return Path(current_app.static_folder or "static")


def version() -> str:
    """Return the hash over all static files, read once a process."""
    return _version(folder())


def static_url(name: str) -> str:
    """Return the address of a static file, e.g. "vendor/icons.svg"; "site.css" is all styles in one."""
    return f"/static/{version()}/{name}"


@lru_cache(maxsize=8)
def _styles(folder: Path) -> str:
    return "".join((folder / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


@pages.get("/static/<kept_version>/site.css")
def styles(kept_version: str) -> Response:
    """Send all styles as one sheet; an address of another version gets today's, not to be kept."""
    response = Response(_styles(folder()), mimetype="text/css")
    response.headers["Cache-Control"] = FOR_EVER if kept_version == version() else "no-cache"
    return response


@pages.get("/static/<kept_version>/<path:name>")
def file(kept_version: str, name: str) -> Response:
    """Send a static file, to be kept for ever when the address holds today's hash."""
    if max(len(part.encode()) for part in (kept_version, *name.split("/"))) > NAME_MAX:
        raise NotFound  # no file system has such a name, and some say so by failing
    if kept_version != version():
        name = f"{kept_version}/{name}" if (folder() / kept_version).is_dir() else name
    response = send_from_directory(folder(), name)
    response.headers["Cache-Control"] = FOR_EVER if kept_version == version() else "no-cache"
    return response
