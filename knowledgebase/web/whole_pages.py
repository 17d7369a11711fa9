"""Whole pages kept in memory and answered as they are, with a tag by which a browser needs them only once."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from flask import Response, current_app, request

from knowledgebase.web import demo
from knowledgebase.web.assets import version
from knowledgebase.web.kept import the_kept
from knowledgebase.web.messages import TRANSLATIONS
from knowledgebase.web.personal import filled, marked
from knowledgebase.web.visitor import is_somebody

_CODE = Path(__file__).parent
_DATA = _CODE.parent / "data"


@lru_cache(maxsize=8)
def _forms(templates: Path) -> str:
    digest = sha256()
    for folder, pattern in ((templates, "*.html"), (_CODE, "*.py"), (TRANSLATIONS, "*.po"), (_DATA, "*.tsv")):
        for path in sorted(folder.rglob(pattern)):
            digest.update(f"{path.relative_to(folder)}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def forms_version() -> str:
    """Return the hash over templates, words, lists and code that make the pages; read once a process."""
    folder = Path(current_app.root_path) / (current_app.template_folder or "templates")
    return f"{_forms(folder)}-{version()}"


def tag_of(key: Hashable) -> str:
    """Return the entity tag of what this key stands for, the same in every process of this installation."""
    return sha256(f"{key!r} {forms_version()}".encode()).hexdigest()[:32]


def is_known(tag: str) -> bool:
    """Return whether the browser that asks has this very page."""
    return "If-None-Match" in request.headers and request.if_none_match.contains_weak(tag)


def answer(tag: str, body: str | bytes, mimetype: str = "text/html") -> Response:
    """Return a page with its tag, or for a browser that has it the word that nothing changed."""
    response = Response(status=304) if is_known(tag) else Response(body, mimetype=mimetype)
    response.set_etag(tag)
    return response


def kept_page(key: Hashable, render: Callable[[], str]) -> Response:
    """Return the page of this key, rendered now when it is not kept.

    The key names everything that the page shows: language, revisions, the site's own address. For somebody
    logged in it is kept with marks, and filled for this person; see web/personal.
    """
    key = (key, demo.is_there())
    if is_somebody():

        def render_marked() -> str:
            with marked():
                return render()

        return Response(
            filled(the_kept().part(("page for people", key), render_marked)), mimetype="text/html"
        )
    tag = tag_of(key)
    if is_known(tag):
        return answer(tag, b"")
    return answer(tag, the_kept().part(("page", key), render))
