"""A worded letter as the message that mail programs read; nothing in it can break out of its place.

Headers are encoded here and not by `email.policy`: that one decodes an encoded word which somebody typed
into a title ("=?utf-8?q?=0d=0aBcc:...?=") and writes its line break out, and it loses spaces of long
Persian subjects (both seen with Python 3.11).
"""

import re
import unicodedata
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr

from knowledgebase.domain.letter import Enveloped

HEADER_MAX = 200  # characters of a subject or a name
_KEPT = "\u200c\u200d"  # the half-space and its twin belong to Persian words
_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.\-\[\]:]{1,253}")


class NoAddress(ValueError):
    """What should be an e-mail address is none."""


def message_of(enveloped: Enveloped, *, sender: str) -> bytes:
    """Return the message: plain text, and the same as HTML beside it. `sender` is an address alone.

    The Message-ID is the letter's own, so that one that is sent twice is shown once.
    Raises NoAddress when it cannot be sent to where it should go.
    """
    worded = enveloped.worded
    message = MIMEMultipart("alternative")
    message["From"] = _named(worded.sender, _address(sender))
    message["To"] = _address(enveloped.to)
    message["Subject"] = _encoded(worded.subject, "Subject")
    message["Date"] = format_datetime(enveloped.written)
    message["Message-ID"] = f"<{enveloped.id}@{domain_of(sender)}>"
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody is away from it
    message["Content-Language"] = _encoded(worded.language, "Content-Language")
    if worded.leave:
        message["List-Unsubscribe"] = f"<{_visible(worded.leave)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.attach(MIMEText(worded.text, "plain", "utf-8"))
    message.attach(MIMEText(worded.html, "html", "utf-8"))
    return message.as_bytes(policy=compat32.clone(linesep="\r\n"))


def plain(text: str) -> str:
    """Return a text as one line of a header: no line break, nothing that turns or hides it, not too long."""
    seen = (sign if sign in _KEPT or unicodedata.category(sign) not in _UNSEEN else " " for sign in text)
    return " ".join("".join(seen).split())[:HEADER_MAX]


def domain_of(address: str) -> str:
    """Return the domain of an address as a Message-ID may hold it."""
    domain = address.rpartition("@")[2]
    return domain if re.fullmatch(r"[A-Za-z0-9.-]+", domain) else "localhost"


def _address(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise NoAddress(address)
    return address


def _named(name: str, address: str) -> str:
    name = plain(name)
    if _is_plain(name):
        return formataddr((name, address))
    return f"{Header(name, 'utf-8', header_name='From').encode()} <{address}>"


def _encoded(text: str, name: str) -> str:
    """Return one line of text as the value of a header (RFC 2047 where it needs that)."""
    text = plain(text)
    return Header(text, "us-ascii" if _is_plain(text) else "utf-8", header_name=name).encode()


def _is_plain(text: str) -> bool:
    return text.isascii() and "=?" not in text


def _visible(address: str) -> str:
    """Return a web address as it stands in a header. Raises NoAddress when it holds what none may hold."""
    if not re.fullmatch(r"[\x21-\x3b\x3d\x3f-\x7e]+", address):
        raise NoAddress(address)
    return address
