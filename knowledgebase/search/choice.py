"""From the setting to the engine: an empty address is the embedded one."""

import ipaddress
import ssl
from collections.abc import Callable
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.search.backend import SearchBackend, Stamp

SETTING = "KB_SEARCH_URL"
AUTHORITY = "KB_SEARCH_CA"


def choose(
    url: str,
    *,
    folder: Path,
    shards: int = 1,
    replicas: int = 0,
    api_key: str = "",
    ca: str = "",
    prefix: str = "kb",
    allow_plain: bool = False,
    slots: int = 1,
    expected: Callable[[], Stamp] | None = None,
) -> SearchBackend:
    """Return the engine for an address: embedded in `folder` when empty, else Elasticsearch. Opens nothing.

    `slots` are the searches one process has under way at once; `expected` is asked when an index is
    opened or written to, and another stamp raises WrongIndex there.

    Raises Invalid when the address cannot be meant, would send everything in the clear to another machine
    where `allow_plain` does not say that this is wanted, or the file of the authority is none.
    """
    if not url:
        from knowledgebase.search.embedded import EmbeddedBackend  # only what is used is loaded

        return EmbeddedBackend(folder, expected=expected)
    parts = _address(url)
    if parts.scheme == "http" and not allow_plain and not _is_loopback(parts.hostname or ""):
        raise _refused("plain-engine")
    if ca:
        _require_authority(ca)
    from knowledgebase.search.elastic import ElasticBackend, Place  # takes 0.6 s to load

    user = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    place = Place(_bare(parts), prefix, shards, replicas, api_key, None if api_key else user, ca, slots)
    return ElasticBackend(place, expected=expected)


def _address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        has_port = parts.port is not None
    except ValueError as error:
        raise _refused("not-an-address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise _refused("not-an-address")
    if not has_port:
        raise _refused("no-port")
    return parts


def _bare(parts: SplitResult) -> str:
    """Return the address without user and password."""
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _require_authority(ca: str) -> None:
    try:
        ssl.create_default_context(cafile=ca)
    except OSError as error:
        raise _refused("unreadable-file", AUTHORITY) from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() in {"localhost", "localhost.localdomain"}


def _refused(code: str, setting: str = SETTING) -> Invalid:
    return Invalid([Fault(code, setting)])
