"""The gate for cover pictures: row M10 of the contract."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image as Pictures
from PIL import PngImagePlugin

from knowledgebase.domain.errors import Invalid
from knowledgebase.intake.cover import COVER_MAX, SIDE_MAX, Image, accept_cover, sniff

GPS = b"Exif\0\0MM\0*\0\0\0\x08"


def a_picture(kind: str, *, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    kept = BytesIO()
    Pictures.new(mode, size, 128).save(kept, kind, **options)
    return kept.getvalue()


def code_of(data: bytes, name: str = "zone.jpg") -> str:
    with pytest.raises(Invalid) as refused:
        accept_cover(data, name)
    (fault,) = refused.value.faults
    assert fault.key == "cover"
    return fault.code


def opened(image: Image) -> Pictures.Image:
    return Pictures.open(BytesIO(image.data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_jpeg_png_and_webp_become_webp(kind: str) -> None:
    image = accept_cover(a_picture(kind), "zone.jpg")

    assert sniff(image.data) == "WEBP"
    assert (image.width, image.height) == opened(image).size == (40, 30)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO"])
def test_other_formats_are_refused_whatever_their_name(kind: str) -> None:
    assert code_of(a_picture(kind), "zone.png") == "not-a-picture"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg/>",
        b"<html><script>alert(1)</script>",
        b"GIF89a",
        b"%PDF-1.7",
        b"PK\3\4",
        b"\xff\xd8",
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(data: bytes) -> None:
    assert code_of(data, "zone.png") == "not-a-picture"


@pytest.mark.parametrize("name", ["x.svg", "x.php.jpg", "../x.jpg", "x\u202egpj.exe", "", "x.jpg\0"])
def test_the_name_must_be_a_plain_name_of_a_picture(name: str) -> None:
    assert code_of(a_picture("JPEG"), name) == "not-a-cover-name"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("more", [b"<script>alert(1)</script>", b"PK\3\4 archive", b"\0\0\0x"])
def test_a_second_content_after_the_picture_is_refused(kind: str, more: bytes) -> None:
    assert code_of(a_picture(kind) + more) == "more-than-a-picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_padding_after_the_picture_is_no_harm(kind: str) -> None:
    assert accept_cover(a_picture(kind) + b"\0" * 16, "zone.jpg").width == 40


def test_the_second_picture_of_a_camera_is_dropped() -> None:
    image = accept_cover(a_picture("JPEG") + a_picture("JPEG", size=(80, 60)), "zone.jpg")

    assert image.width == 40


def test_a_chain_of_empty_pictures_is_no_trouble() -> None:
    assert code_of(b"\xff\xd8\xff\xd9" * 2_000_000 + b"x") == "more-than-a-picture"


def test_a_progressive_picture_with_restart_marks_is_read() -> None:
    noise = Pictures.effect_noise((200, 200), 80).convert("RGB")
    kept = BytesIO()
    noise.save(kept, "JPEG", progressive=True, restart_marker_rows=1, quality=95)

    assert accept_cover(kept.getvalue(), "zone.jpg").width == 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_the_file_carried_beside_the_pixels_is_dropped(kind: str) -> None:
    exif = Pictures.Exif()
    exif[0x010F] = "SECRET camera"
    exif.get_ifd(0x8825)[1] = "N"
    data = a_picture(kind, exif=exif, icc_profile=b"SECRET" * 50)

    image = accept_cover(data, "zone.jpg")

    assert b"SECRET" in data
    assert b"SECRET" not in image.data
    assert not opened(image).getexif()
    assert "icc_profile" not in opened(image).info


def test_comments_and_text_chunks_are_dropped() -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("note", "<script>alert(1)</script>")

    assert b"script" not in accept_cover(a_picture("PNG", pnginfo=chunks), "zone.png").data
    assert b"script" not in accept_cover(a_picture("JPEG", comment=b"<script>"), "zone.jpg").data


def test_a_picture_is_turned_upright() -> None:
    exif = Pictures.Exif()
    exif[0x0112] = 6  # turned by a quarter

    image = accept_cover(a_picture("JPEG", exif=exif), "zone.jpg")

    assert (image.width, image.height) == (30, 40)


def test_a_large_picture_is_made_smaller() -> None:
    image = accept_cover(a_picture("JPEG", size=(3000, 1500)), "zone.jpg")

    assert (image.width, image.height) == (SIDE_MAX, SIDE_MAX // 2)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "LA", "1", "I;16"])
def test_pictures_of_every_mode_are_read(mode: str) -> None:
    assert accept_cover(a_picture("PNG", mode=mode), "zone.png").height == 30


def test_transparency_is_kept() -> None:
    kept = BytesIO()
    Pictures.new("RGBA", (8, 8), (255, 0, 0, 0)).save(kept, "PNG")

    assert opened(accept_cover(kept.getvalue(), "zone.png")).has_transparency_data


def a_png_that_claims(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 100))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [7_000, 12_000, 30_000, 100_000])
def test_a_flood_of_pixels_is_refused_before_it_is_unpacked(side: int) -> None:
    assert code_of(a_png_that_claims(side, side)) == "too-many-pixels"


def test_a_file_past_ten_megabytes_is_refused() -> None:
    assert code_of(a_picture("JPEG") + b"\0" * COVER_MAX) == "file-too-large"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("kept", [0.2, 0.6, 0.95])
def test_a_torn_file_is_refused(kind: str, kept: float) -> None:
    noise = BytesIO()
    Pictures.effect_noise((64, 64), 90).convert("RGB").save(noise, kind)
    data = noise.getvalue()

    assert code_of(data[: int(len(data) * kept)]) == "broken-picture"


def test_a_file_with_wrong_bytes_inside_is_refused_or_drawn() -> None:
    data = bytearray(a_picture("PNG", size=(64, 64)))
    data[20:30] = b"\xff" * 10

    assert code_of(bytes(data)) in {"broken-picture", "too-many-pixels"}
