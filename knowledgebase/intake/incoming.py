"""From the files of a folder to what an import stores: read, compared, parsed, judged."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.errors import Fault, Invalid
from knowledgebase.domain.incoming import Fingerprint, Incoming, Picture
from knowledgebase.intake.case import accept
from knowledgebase.intake.city import accept_city
from knowledgebase.intake.cover import COVER_NAME, accept_cover
from knowledgebase.intake.folder import Found, read_file, read_picture
from knowledgebase.intake.frontmatter import RawFile, parse


def digest_of(data: bytes) -> str:
    """Return the fingerprint of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def read_files(folder: Path, found: Iterable[Found], known: Mapping[str, Fingerprint]) -> Iterator[Incoming]:
    """Yield what each found file brings, in the same order; `known` are those that need no second look.

    A file with the fingerprint of its last import is unchanged, unless its picture changed.
    """
    for one in found:
        path = one.path.relative_to(folder).as_posix()
        thing = one.city if one.slug is None else f"{one.city}/{one.slug}"
        if one.fault is not None:
            yield Incoming(path, thing, "", faults=(one.fault,))
            continue
        yield _read_one(one, path, thing, known.get(path))


def _read_one(one: Found, path: str, thing: str, last: Fingerprint | None) -> Incoming:
    digest = ""
    try:
        data = read_file(one)
        digest = digest_of(data)
        is_same = last is not None and last.digest == digest
        if is_same and last is not None and last.cover is None:
            return Incoming(path, thing, digest, is_unchanged=True)
        raw = parse(data)
        value, picture = _judge(one, raw)
    except Invalid as refused:
        return Incoming(path, thing, digest, faults=refused.faults)
    if is_same and last is not None and picture is not None and picture.source == last.cover:
        return Incoming(path, thing, digest, is_unchanged=True)
    return Incoming(path, thing, digest, value, picture, body_line=raw.body_line)


def _judge(one: Found, raw: RawFile) -> tuple[Case | City, Picture | None]:
    """Return what a file says, and its picture. Raises Invalid with the faults of both at once."""
    if one.slug is None:
        return accept_city(raw.mapping, raw.body, city=one.city, lines=raw.lines), None
    faults: list[Fault] = []
    picture: Picture | None = None
    try:
        picture = _picture(one.path.parent, raw)
    except Invalid as refused:
        line = raw.lines.get("cover.file", raw.lines.get("cover"))
        faults += [replace(fault, key="cover.file", line=line) for fault in refused.faults]
    try:
        case = accept(raw.mapping, raw.body, city=one.city, slug=one.slug, lines=raw.lines)
    except Invalid as refused:
        known = {fault.key for fault in refused.faults}  # of the name itself, say
        raise Invalid([*refused.faults, *(fault for fault in faults if fault.key not in known)]) from refused
    if faults:
        raise Invalid(faults)
    return case, picture


def _picture(folder: Path, raw: RawFile) -> Picture | None:
    """Return the picture that a file names, written anew. Raises Invalid when it is missing or none."""
    cover = raw.mapping.get("cover")
    name = cover.get("file") if isinstance(cover, dict) else None
    if not isinstance(name, str) or not name:
        return None
    data = read_picture(folder, name) if re.fullmatch(COVER_NAME, name) else b""
    image = accept_cover(data, name)
    return Picture(name, image.data, image.width, image.height, digest_of(image.data)[:16], digest_of(data))
