"""From the files of a folder to what an import stores: read, compared, parsed, judged."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from knowledgebase.domain.case import Case
from knowledgebase.domain.city import City
from knowledgebase.domain.errors import Invalid
from knowledgebase.domain.incoming import Fingerprint, Incoming, Picture
from knowledgebase.domain.source import Cover
from knowledgebase.intake.case import accept
from knowledgebase.intake.city import accept_city
from knowledgebase.intake.cover import accept_cover
from knowledgebase.intake.folder import Found, read_file, read_picture
from knowledgebase.intake.frontmatter import parse


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
        value = _accept(one, data)
        picture = _picture(one.path.parent, value.cover) if isinstance(value, Case) and value.cover else None
    except Invalid as refused:
        return Incoming(path, thing, digest, faults=refused.faults)
    if is_same and last is not None and picture is not None and picture.source == last.cover:
        return Incoming(path, thing, digest, is_unchanged=True)
    return Incoming(path, thing, digest, value, picture)


def _accept(one: Found, data: bytes) -> Case | City:
    raw = parse(data)
    if one.slug is None:
        return accept_city(raw.mapping, raw.body, city=one.city, lines=raw.lines)
    return accept(raw.mapping, raw.body, city=one.city, slug=one.slug, lines=raw.lines)


def _picture(folder: Path, cover: Cover) -> Picture:
    """Return a case's picture, written anew. Raises Invalid when it is missing or no picture."""
    data = read_picture(folder, cover.file)
    image = accept_cover(data, cover.file)
    return Picture(
        cover.file, image.data, image.width, image.height, digest_of(image.data)[:16], digest_of(data)
    )
