"""The site of a chaos run, opened by the process that prepares it and judges it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from knowledgebase.app import make_site
from knowledgebase.config import Settings
from knowledgebase.services.site import Site

KEY = "k" * 32


@contextmanager
def opened(instance: Path, settings: dict[str, str]) -> Iterator[Site]:
    """Lend the site of these variables to this process."""
    values = {name.removeprefix("KB_").lower(): value for name, value in settings.items()}
    site = make_site(Settings(instance=instance, secret_key=KEY, **values))  # type: ignore[arg-type]
    yield site
    site.close()
