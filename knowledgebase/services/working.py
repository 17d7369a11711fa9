"""The indexing worker: looks at the queue a few times a second until it is told to stop."""

import logging
import time
from collections.abc import Callable

from knowledgebase.domain.errors import KnowledgeError
from knowledgebase.services.indexing import drain
from knowledgebase.services.site import Site
from knowledgebase.services.tag_rules import follow

PAUSE = 0.25  # seconds between looks
LONGEST_PAUSE = 30.0  # seconds, while engine or database are away

log = logging.getLogger(__name__)


def work(site: Site, *, is_stopped: Callable[[], bool], pause: float = PAUSE) -> None:
    """Drain the queue until `is_stopped` says so; outages are waited out, faults are logged and survived."""
    wait = pause
    while not is_stopped():
        try:
            follow(site)
            drain(site)
            wait = pause
        except KnowledgeError as error:
            wait = min(wait * 2, LONGEST_PAUSE)
            log.warning("index waits %.1f s: %s: %s", wait, error.code, error)
        except Exception:
            wait = min(wait * 2, LONGEST_PAUSE)
            log.exception("indexing failed, next try in %.1f s", wait)
        _sleep(wait, is_stopped)


def _sleep(seconds: float, is_stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + seconds
    while not is_stopped() and (left := end - time.monotonic()) > 0:
        time.sleep(min(left, 0.1))
