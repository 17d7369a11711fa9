"""Settings: every KB_* variable with its type and default; the environment is the only source."""

import os
import re
import secrets
from functools import cached_property
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent.parent
PREFIX = "KB_"


_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


class WrongSetting(Exception):
    """A KB_* variable holds a value that cannot be meant; the message names it."""


class Settings(BaseSettings):
    """What an operator decides; see docs/operate.md for each in words."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    instance: Path = ROOT / "instance"  # folder of database file, index, uploads, key file
    database_url: str = ""  # empty: SQLite in the instance folder
    search_url: str = ""  # empty: the embedded engine in the instance folder
    search_index: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]{0,40}$")] = "kb"  # prefix of index names
    search_shards: Annotated[int, Field(ge=1, le=64)] = 1
    search_replicas: Annotated[int, Field(ge=0, le=8)] = 0
    search_api_key: str = ""
    search_ca: str = ""  # file of the certificate authority; must be there even while nobody asks it
    search_plain: bool = False  # allow an engine without TLS that is not on this machine
    secret_key: str = ""  # empty: made once, kept in the instance folder
    base_url: str = ""  # the site's own address; empty: http://HOST:PORT of the server
    mail_url: str = ""  # smtp, smtps, file or console; empty: no letters
    mail_from: str = ""  # address that letters come from; empty: noreply@ the host of base_url
    workers: Annotated[int, Field(ge=1, le=64)] = 2
    threads: Annotated[int, Field(ge=1, le=64)] = 4
    proxies: Annotated[int, Field(ge=0, le=4)] = 0  # trusted hops in front of the server
    embeddings: str = ""  # name of a model

    @field_validator("base_url", "search_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
            is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
        except ValueError:  # of a port that is none
            is_whole = False
        if value and (not is_whole or any(sign.isspace() for sign in value)):
            raise ValueError("must be an http or https address")
        return value.rstrip("/")

    @field_validator("base_url")
    @classmethod
    def _is_bare(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.query or parts.fragment or parts.username is not None:
            raise ValueError("must be an address without user, ? and #")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value and not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return value

    @field_validator("search_ca")
    @classmethod
    def _is_file(cls, value: str) -> str:
        if value and not os.access(value, os.R_OK):
            raise ValueError(f"cannot read the file {value}")
        if value and not Path(value).is_file():
            raise ValueError(f"{value} is not a file")
        return value

    @field_validator("mail_url")
    @classmethod
    def _is_mail(cls, value: str) -> str:
        if value and not _is_mail_address(value):
            raise ValueError("must be smtp://host:port, smtps://host:port, file:///folder or console:")
        return value

    @field_validator("mail_url")
    @classmethod
    def _has_base(cls, value: str, info: ValidationInfo) -> str:
        if value and info.data.get("base_url") == "":
            raise ValueError("needs KB_BASE_URL: letters carry the site's own address")
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_sender(cls, value: str) -> str:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError("must be one e-mail address and nothing else")
        return value

    @field_validator("embeddings")
    @classmethod
    def _is_name(cls, value: str) -> str:
        if value and not _NAME.fullmatch(value):
            raise ValueError("must be the plain name of a model")
        return value

    @field_validator("secret_key")
    @classmethod
    def _is_ascii(cls, value: str) -> str:
        if value and (not value.isascii() or len(value) < 32):
            raise ValueError("must be at least 32 ASCII characters")
        return value

    @cached_property
    def database(self) -> str:
        """Return the database's URL, the default filled in."""
        return self.database_url or f"sqlite:///{self.instance.resolve() / 'knowledgebase.sqlite'}"

    @cached_property
    def sender(self) -> str:
        """Return the address that letters come from, the default filled in."""
        host = urlsplit(self.base_url).hostname or ""
        has_name = bool(_ADDRESS.fullmatch(f"noreply@{host}")) and not host.replace(".", "").isdigit()
        return self.mail_from or f"noreply@{host if has_name else 'localhost'}"

    @cached_property
    def key(self) -> str:
        """Return the secret key; made once and kept in a file that only the owner may read."""
        if self.secret_key:
            return self.secret_key
        path = self.instance / "secret.key"
        if not path.exists():
            self.instance.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
        return path.read_text(encoding="ascii").strip()


def _is_mail_address(value: str) -> bool:
    """Return whether letters can be sent to an address; what it leads to is not asked."""
    try:
        parts = urlsplit(value)
        has_good_port = parts.port != 0
    except ValueError:
        return False
    if parts.query or parts.fragment or any(sign.isspace() for sign in value):
        return False
    match parts.scheme:
        case "smtp" | "smtps":
            return bool(parts.hostname) and has_good_port and parts.path in {"", "/"}
        case "file":
            return not parts.netloc and parts.path.startswith("/") and parts.path != "/"
        case "console":
            return not parts.netloc and not parts.path
    return False


def load() -> Settings:
    """Return the settings of the environment.

    Raises WrongSetting with one line that names every wrong variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = (
            f"{PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg'].removeprefix('Value error, ')}"
            for fault in error.errors()
        )
        raise WrongSetting("; ".join(wrong)) from error


def unknown_variables() -> tuple[str, ...]:
    """Return the KB_* names of the environment that mean nothing, sorted."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    return tuple(
        sorted(
            name
            for name in os.environ
            if name.startswith(PREFIX) and name not in known and "_TEST_" not in name
        )
    )
