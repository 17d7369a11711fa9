"""Secrets that open something: drawn at random, and kept as hashes only."""

import hashlib
import secrets
import string
from datetime import timedelta

INVITATION_LASTS = timedelta(days=14)
FIRST_ADMIN_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(minutes=30)
_BYTES = 32  # 256 bits; no guessing, so a plain fast hash is enough at rest
_ID_SIGNS = string.ascii_lowercase + string.digits
_ID_LENGTH = 12


def new_token() -> str:
    """Return a fresh secret: 43 characters of base64url."""
    return secrets.token_urlsafe(_BYTES)


def digest_of(token: str) -> str:
    """Return how a secret is kept: its SHA-256 in hexadecimal digits; any text has one."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_id() -> str:
    """Return the random id of a new person, draft, comment, letter ...: 12 small letters and digits."""
    return "".join(secrets.choice(_ID_SIGNS) for _ in range(_ID_LENGTH))
