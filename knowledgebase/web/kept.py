"""Rendered parts kept in memory, so that a page pays for its frame once and not at every request."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import lru_cache
from sys import getsizeof
from threading import Lock

from flask import Flask, current_app
from markupsafe import Markup

KEPT_MAX = 64 * 1024 * 1024  # bytes a worker
_NAME = "knowledgebase-kept"


class Kept:
    """Parts of pages by key; the longest unused go first when room is short.

    A key holds everything that the part shows: language, revision, version of the renderer. Nothing
    is ever removed because it grew old; a changed thing has another key.
    """

    def __init__(self, most: int = KEPT_MAX) -> None:
        """Start empty with room for `most` bytes."""
        self._most = most
        self._size = 0
        self._parts: OrderedDict[Hashable, Markup] = OrderedDict()
        self._lock = Lock()

    @property
    def size(self) -> int:
        """Return how many bytes the parts take, keys not counted."""
        return self._size

    def part(self, key: Hashable, render: Callable[[], str]) -> Markup:
        """Return the part of this key, rendered now when it is not there.

        `render` gives the output of a template, already escaped. Two threads may render the same part
        at once; a part larger than a quarter of the room is not kept.
        """
        with self._lock:
            found = self._parts.get(key)
            if found is not None:
                self._parts.move_to_end(key)
                return found
        part = Markup(render())  # noqa: S704 - output of a template, escaped there
        self._keep(key, part)
        return part

    def _keep(self, key: Hashable, part: Markup) -> None:
        size = getsizeof(part)
        if size > self._most // 4:
            return
        with self._lock:
            previous = self._parts.pop(key, None)
            self._size += size - (getsizeof(previous) if previous is not None else 0)
            self._parts[key] = part
            while self._size > self._most:
                _, oldest = self._parts.popitem(last=False)
                self._size -= getsizeof(oldest)


def install(app: Flask) -> None:
    """Give an application its own store of parts."""
    app.extensions[_NAME] = Kept()


def once(app: Flask, template: str, macro: str, most: int) -> Callable[..., Markup]:
    """Return a macro of a template that is made once for the same argument; the `most` last ones are kept.

    The argument holds everything that the macro shows, and is compared as Python compares it.
    """
    made: Callable[..., Markup] = getattr(app.jinja_env.get_template(template).module, macro)
    return lru_cache(maxsize=most)(made)


def the_kept() -> Kept:
    """Return the store of parts of the running application."""
    kept = current_app.extensions[_NAME]
    assert isinstance(kept, Kept)  # noqa: S101 - narrows the type of Flask's untyped mapping
    return kept
