"""The gate for cover pictures: sniffed, decoded and written anew, so that nothing else travels inside."""

import re
import struct
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from knowledgebase.domain.errors import Fault, Invalid

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

COVER_NAME = (
    r"(?!.{101})[^\W_][\w-]*\.(?:[jJ][pP][eE]?[gG]|[pP][nN][gG]|[wW][eE][bB][pP])"  # plain, one extension
)
COVER_MAX = 10_000_000  # bytes as sent
PIXELS_MAX = 40_000_000
SIDE_MAX = 1_600  # pixels of the longer side as kept
QUALITY = 80  # of WebP
PICTURES_MAX = 8  # in one JPEG file: previews and depth maps of cameras

_JPEG_START = b"\xff\xd8"
_PNG_START = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture written anew as WebP, without anything its file carried beside the pixels."""

    data: bytes
    width: int  # pixels
    height: int  # pixels


def accept_cover(data: bytes, name: str) -> Image:
    """Return the picture re-encoded as WebP, turned upright, at most 1,600 pixels a side.

    Only JPEG, PNG and WebP by their first bytes; the name decides nothing but must be a picture's.
    Raises Invalid for other formats, too many bytes or pixels, broken files and files with a second
    content after the picture.
    """
    if not re.fullmatch(COVER_NAME, name):
        raise _refused("not-a-cover-name", value=name[:100])
    if len(data) > COVER_MAX:
        raise _refused("file-too-large", most=COVER_MAX)
    kind = sniff(data)
    if kind is None:
        raise _refused("not-a-picture")
    rest = after_picture(data, kind)
    if rest is None:
        raise _refused("broken-picture")
    if rest:
        raise _refused("more-than-a-picture")
    return _written_anew(data, kind)


def sniff(data: bytes) -> str | None:
    """Return "JPEG", "PNG" or "WEBP" by the first bytes, None for everything else."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(_PNG_START):
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return None


def after_picture(data: bytes, kind: str) -> bytes | None:
    """Return what follows the picture beside padding, None when the picture has no end.

    A few further JPEGs, as cameras append them, count as part of the picture.
    """
    rest = data
    for _ in range(PICTURES_MAX):
        end = _ENDS[kind](rest)
        if end is None:
            return None
        rest = rest[end:].lstrip(b"\0")
        if kind != "JPEG" or not rest.startswith(_JPEG_START):
            break
    return rest


def _end_of_png(data: bytes) -> int | None:
    at = len(_PNG_START)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind = data[at + 4 : at + 8]
        at += 12 + length
        if kind == b"IEND":
            return at if at <= len(data) else None
    return None


def _end_of_webp(data: bytes) -> int | None:
    (length,) = struct.unpack("<I", data[4:8])
    end = 8 + int(length) + int(length) % 2
    return min(end, len(data)) if 8 + length <= len(data) else None


def _end_of_jpeg(data: bytes) -> int | None:
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:  # padding before a marker
            at += 1
        elif marker == 0xD9:
            return at + 2
        elif marker == 0x01 or 0xD0 <= marker <= 0xD7:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if marker == 0xDA:
                at = _end_of_scan(data, at)
    return at + 2 if data[at : at + 2] == b"\xff\xd9" else None


def _end_of_scan(data: bytes, at: int) -> int:
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
    return len(data)


_ENDS = {"JPEG": _end_of_jpeg, "PNG": _end_of_png, "WEBP": _end_of_webp}


def _written_anew(data: bytes, kind: str) -> Image:
    import PIL.Image  # heavy, and only imports and uploads of pictures need it
    from PIL import ImageOps

    try:
        with PIL.Image.open(BytesIO(data), formats=[kind]) as picture:
            if picture.width * picture.height > PIXELS_MAX:
                raise _refused("too-many-pixels", most=PIXELS_MAX)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            kept = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, IndexError) as error:
        raise _refused("broken-picture") from error
    except (PIL.Image.DecompressionBombError, PIL.Image.DecompressionBombWarning) as error:
        raise _refused("too-many-pixels", most=PIXELS_MAX) from error
    if _is_ours(data) and max(kept.size) <= SIDE_MAX:
        return Image(data, kept.width, kept.height)
    kept.thumbnail((SIDE_MAX, SIDE_MAX))
    return _as_webp(kept)


def _is_ours(data: bytes) -> bool:
    """Return whether a picture is WebP of one chunk of pixels, as an export carries it: nothing to drop."""
    size = int.from_bytes(data[16:20], "little") if data[12:16] == b"VP8 " else -1
    return data[:4] == b"RIFF" and size >= 0 and len(data) == 20 + size + size % 2


def _as_webp(picture: "Picture") -> Image:
    kept = BytesIO()
    picture.save(kept, "WEBP", quality=QUALITY, method=4)
    return Image(kept.getvalue(), picture.width, picture.height)


def _refused(code: str, **values: str | int) -> Invalid:
    return Invalid([Fault(code, "cover", None, values)])
