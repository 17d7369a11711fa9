"""How many log-ins may be tried in a while: by account, by address and in all."""

import hashlib
import ipaddress
import threading
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from knowledgebase.domain.errors import StoreUnavailable, TooManyTries
from knowledgebase.services.site import Site
from knowledgebase.store import attempts

WINDOW = timedelta(minutes=5)
PER_ACCOUNT = 10  # tries that failed, or have not ended, within WINDOW
PER_ADDRESS = 10
IN_ALL = 1_000  # some three a second: a quarter of one core goes into hashes
_KEYS_HERE = 10_000  # that a process remembers while the database cannot
_NETWORK = 64  # bits of an IPv6 address that one customer has


@dataclass(slots=True)
class _Here:
    """The count of this process alone, for when the database cannot be written: narrower, never open."""

    tries: dict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    guard: threading.Lock = field(default_factory=threading.Lock)

    def admits(self, limits: Mapping[str, int], since: datetime, at: datetime) -> bool:
        """Count a try unless one of its keys is at its limit, and say which it was."""
        with self.guard:
            for key in [key for key, moments in self.tries.items() if moments[-1] <= since]:
                del self.tries[key]
            if len(self.tries) > _KEYS_HERE:
                return False
            for key in limits:
                moments = self.tries.get(key)
                while moments and moments[0] <= since:
                    moments.popleft()
                if moments and len(moments) >= limits[key]:
                    return False
            for key in limits:
                self.tries[key].append(at)
            return True


_here = _Here()


def admit(site: Site, *, account: str, address: str) -> tuple[int, ...]:
    """Count a try to log in and return what `take_back` needs; `account` is a folded e-mail address.

    Raises TooManyTries when account, address or all together have had their share.
    """
    limits = {_account(account): PER_ACCOUNT, address_key(address): PER_ADDRESS, "all": IN_ALL}
    return _admit(site, limits, "log-in")


def admit_asking(site: Site, *, account: str, address: str) -> None:
    """Count somebody's wish for another password, which is limited like log-ins, but apart from them.

    Raises TooManyTries as `admit` does.
    """
    asked = {_account(account): PER_ACCOUNT, address_key(address): PER_ADDRESS, "all": IN_ALL}
    _admit(site, {f"reset-{key}": limit for key, limit in asked.items()}, "reset")


def _admit(site: Site, limits: Mapping[str, int], what: str) -> tuple[int, ...]:
    at = site.now()
    try:
        with site.store.writing() as db:
            numbers = attempts.admit(db, limits, since=at - WINDOW, at=at)
    except StoreUnavailable:
        if _here.admits(limits, at - WINDOW, at):
            return ()
        numbers = ()
    if not numbers:
        raise TooManyTries(what, int(WINDOW.total_seconds()))
    return numbers


def _account(email_folded: str) -> str:
    """Return the key of an account, there or not; what was typed is not kept."""
    return f"account:{hashlib.sha256(email_folded.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"


def address_key(address: str) -> str:
    """Return the key of a network address: of IPv6 the network that one customer has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return f"address:{hashlib.sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    if isinstance(parsed, ipaddress.IPv6Address):
        return f"address:{ipaddress.ip_network((int(parsed), _NETWORK), strict=False)}"
    return f"address:{parsed}"
