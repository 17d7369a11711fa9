"""The worker: looks at its queues a few times a second until it is told to stop."""

import logging
import threading
import time
from collections.abc import Callable

from knowledgebase.domain.errors import KnowledgeError
from knowledgebase.services.indexing import drain
from knowledgebase.services.posting import Posted
from knowledgebase.services.site import Site
from knowledgebase.services.tag_rules import follow

PAUSE = 0.25  # seconds between looks
LETTERS_PAUSE = 1.0  # seconds between looks for letters
LONGEST_PAUSE = 30.0  # seconds, while engine, database or mail server are away

log = logging.getLogger(__name__)

Stop = Callable[[], bool]


def work(
    site: Site, *, is_stopped: Stop, pause: float = PAUSE, post: Callable[[], Posted] | None = None
) -> None:
    """Drain the queues until `is_stopped` says so; outages are waited out, faults are logged and survived.

    `post` sends letters, in a thread of its own: a slow mail server holds up no search.
    """

    def index() -> bool:
        follow(site)
        drain(site)
        return True

    is_over = threading.Event()
    if post is not None:
        _begin_letters(post, lambda: is_over.is_set() or is_stopped())
    try:
        _keep_at(index, "index", is_stopped, pause)
    finally:
        is_over.set()


def _begin_letters(post: Callable[[], Posted], is_stopped: Stop) -> None:
    def send() -> bool:
        return not post().is_away

    name = "mail"
    looking = threading.Thread(
        target=_keep_at,
        args=(send, name, is_stopped, LETTERS_PAUSE),
        daemon=True,  # a letter under way is sent again, so nobody waits for it
        name=name,
    )
    looking.start()


def _keep_at(do: Callable[[], bool], name: str, is_stopped: Stop, pause: float) -> None:
    """Do something again and again; `do` says whether all went well, and waits longer when it did not."""
    wait = pause
    while not is_stopped():
        try:
            if do():
                wait = pause
            else:
                wait = min(wait * 2, LONGEST_PAUSE)
                log.warning("%s waits %.1f s: its server is away", name, wait)
        except KnowledgeError as error:
            wait = min(wait * 2, LONGEST_PAUSE)
            log.warning("%s waits %.1f s: %s: %s", name, wait, error.code, error)
        except Exception:
            wait = min(wait * 2, LONGEST_PAUSE)
            log.exception("%s failed, next try in %.1f s", name, wait)
        _sleep(wait, is_stopped)


def _sleep(seconds: float, is_stopped: Stop) -> None:
    end = time.monotonic() + seconds
    while not is_stopped() and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 0.1))
