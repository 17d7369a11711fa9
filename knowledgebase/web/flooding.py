"""How often one address may search: a flood gets a page of words, and costs nobody else the search."""

import ipaddress
import math
import os
from dataclasses import dataclass, field

from flask import Flask, request
from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from knowledgebase.services.limiting import address_key
from knowledgebase.web.visitor import is_somebody

COSTLY = frozenset({"search.results", "api.search"})  # endpoints that ask the engine
PER_SECOND, PER_MINUTE = 5, 60  # searches of a visitor's address
PEOPLE = 4  # times as many for somebody logged in


@dataclass(slots=True)
class _Counter:
    """The counts of one process; made anew after a fork, because they keep a thread."""

    share: int  # among how many processes an address's requests are spread
    process: int = 0
    limiter: MovingWindowRateLimiter | None = None
    limits: dict[bool, tuple[RateLimitItem, ...]] = field(default_factory=dict)  # by whether for people

    def __post_init__(self) -> None:
        for is_person in (False, True):
            times = PEOPLE if is_person else 1
            self.limits[is_person] = (
                RateLimitItemPerSecond(math.ceil(PER_SECOND * times / self.share)),
                RateLimitItemPerMinute(math.ceil(PER_MINUTE * times / self.share)),
            )

    def wait_of(self, key: str, *, is_person: bool) -> int | None:
        """Count a search; return None when it may pass, else in how many seconds the next one may."""
        if self.limiter is None or self.process != os.getpid():
            self.process, self.limiter = os.getpid(), MovingWindowRateLimiter(MemoryStorage())
        for limit in self.limits[is_person]:
            if not self.limiter.hit(limit, key):
                return int(limit.get_expiry())
        return None


def _is_near(address: str) -> bool:
    """Return whether a request comes from this very machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def install(app: Flask, *, workers: int, proxies: int) -> None:
    """Count the searches of each address in this worker, which sees its share of them.

    Without a proxy in front (`proxies` 0) this machine's own requests are not counted.
    Answers 429 with Retry-After past the limit.
    """
    counter = _Counter(max(1, workers))

    def refuse_floods() -> None:
        address = request.remote_addr or ""
        if request.endpoint not in COSTLY or (not proxies and _is_near(address)):
            return
        wait = counter.wait_of(address_key(address), is_person=is_somebody())
        if wait is not None:
            raise TooManyRequests(retry_after=wait)

    app.before_request(refuse_floods)
