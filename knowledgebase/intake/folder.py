"""The content folder: which of its files are cases and cities, and which have no place in it."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.intake.cover import COVER_MAX
from knowledgebase.intake.frontmatter import FILE_MAX
from knowledgebase.intake.slug import is_city_id, is_slug

CITY_FILE = "_city.md"
PICTURES = (".jpg", ".jpeg", ".png", ".webp")  # covers: read when a case names them

_FAULTS_OF_PICTURES = frozenset({"name-not-utf-8", "unreadable-file", "link-leaves-folder"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the content folder, or a fault about one."""

    path: Path
    city: str
    slug: str | None  # None: the city's own file
    size: int  # bytes
    fault: Fault | None = None


def walk(folder: Path) -> Iterator[Found]:
    """Yield the files of a content folder: cities first, then cases, each by address; faults last, by path.

    Hidden files, README.md and pictures are passed over. Links that leave the folder, misnamed
    folders and files, and anything else out of place become faults; nothing is read.
    """
    root = folder.resolve()
    found = [one for place in _places(folder) for one in _city_folder(place, root)]
    twins: set[tuple[str, str]] = set()
    for one in sorted(found, key=_order):
        address = (one.city, (one.slug or "").lower())  # some disks know no capitals
        if one.fault is None and address in twins:
            yield replace(one, fault=Fault("twin-name"))
        else:
            yield one
        twins.add(address)


def read_file(found: Found) -> bytes:
    """Return the bytes of a found file, of an over-long one no more than is needed to refuse it.

    Raises Invalid when it is too large or cannot be read.
    """
    try:
        with found.path.open("rb") as file:
            data = file.read(FILE_MAX + 1)
    except OSError as error:
        raise Invalid([Fault("unreadable-file")]) from error
    if len(data) > FILE_MAX:
        raise Invalid([Fault("file-too-large", "", None, {"most": FILE_MAX})])
    return data


def read_picture(folder: Path, name: str) -> bytes:
    """Return the bytes of a picture beside a case, of an over-long one no more than is needed to refuse it.

    Links are not followed and pipes not waited for.
    Raises Invalid when no plain file of this name lies in the folder.
    """
    path = folder / name
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            with path.open("rb") as file:
                return file.read(COVER_MAX + 1)
    except OSError as error:
        raise Invalid([Fault("cover-missing", "cover.file", None, {"name": name})]) from error
    raise Invalid([Fault("cover-missing", "cover.file", None, {"name": name})])


def _order(found: Found) -> tuple[int, str, str, bytes]:
    path = os.fsencode(found.path)
    if found.fault is not None:
        return 2, "", "", path
    return 0 if found.slug is None else 1, found.city, found.slug or "", path


def _places(folder: Path) -> list[Path]:
    return [path for path in _listed(folder) if not _is_passed_over(path.name)]


def _listed(folder: Path) -> list[Path]:
    return sorted(folder.iterdir(), key=os.fsencode)


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name.lower() == "readme.md"


def _city_folder(place: Path, root: Path) -> Iterator[Found]:
    city = place.name
    problem = _problem(place, root)
    if problem is None and not place.is_dir():
        problem = Fault("misplaced-file")
    if problem is None and not is_city_id(city):
        problem = Fault("misnamed-folder", "", None, {"name": _printable(city)})
    if problem is not None:
        yield Found(place, _printable(city), None, 0, problem)
        return
    for path in _listed(place):
        if _is_passed_over(path.name):
            continue
        found = _file(path, city, root)
        if not path.name.lower().endswith(PICTURES) or (
            found.fault is not None and found.fault.code in _FAULTS_OF_PICTURES
        ):
            yield found


def _file(path: Path, city: str, root: Path) -> Found:
    name = unicodedata.normalize("NFC", path.name) if _printable(path.name) == path.name else ""
    slug = None if name == CITY_FILE else name.removesuffix(".md")
    problem = _problem(path, root)
    size = 0
    if problem is None:
        facts = path.stat()
        size = facts.st_size
        if not stat.S_ISREG(facts.st_mode) or not name.endswith(".md"):
            problem = Fault("misplaced-file")
        elif slug is not None and not is_slug(slug):
            problem = Fault("misnamed-file", "", None, {"name": _printable(path.name)})
    return Found(path, city, slug, size, problem)


def _problem(path: Path, root: Path) -> Fault | None:
    if _printable(path.name) != path.name:
        return Fault("name-not-utf-8", "", None, {"name": _printable(path.name)})
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):  # a link to nowhere, or in a circle
        return Fault("unreadable-file")
    return None if target.is_relative_to(root) else Fault("link-leaves-folder")


def _printable(name: str) -> str:
    """Return a file name with every byte that is no UTF-8 as a question mark in a diamond."""
    return os.fsencode(name).decode("utf-8", "replace")
