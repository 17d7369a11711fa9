"""The site that the browser tests meet: the real cases of content/, and one that was taken back."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.places import WITHDRAWN
from tests.running import ROOT, environment, kb, running


def copy_content(folder: Path) -> Path:
    """Copy content/ into a folder, with one case more that is to be withdrawn; return that case's file."""
    shutil.copytree(ROOT / "content", folder)
    extra = folder / f"{WITHDRAWN}.md"
    shutil.copy(folder / "copenhagen" / "cloudburst-plan.md", extra)
    return extra


@contextmanager
def exchange(place: Path) -> Iterator[str]:
    """Lend the address of a running site in an empty folder; a case of it was withdrawn."""
    instance, content = place / "instance", place / "content"
    extra = copy_content(content)
    with running(instance, content) as (address, _):
        extra.unlink()
        withdrawn = kb(["import", str(content)], environment(instance))
        assert withdrawn.returncode == 0, withdrawn.stdout + withdrawn.stderr
        yield address
