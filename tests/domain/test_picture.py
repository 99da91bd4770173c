"""Pictures without what they tell of people."""

import struct
import zlib

import pytest

from chalicelib.domain import picture
from chalicelib.errors import Invalid
from tests.support.pictures import GPS, exif, jpeg, photo, png, webp

SECRET = b"canary: 56.8389 N 60.6057 E"


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body), name) + body + struct.pack(">I", zlib.crc32(name + body))


def png_with(*chunks: bytes) -> bytes:
    whole = png(4, 2)
    return whole[:33] + b"".join(chunks) + whole[33:]


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">HH", marker, len(body) + 2) + body


def jpeg_with(*segments: bytes, width: int = 4, height: int = 2) -> bytes:
    whole = photo(width, height)
    return whole[:2] + b"".join(segments) + whole[2:]


def webp_with(orientation: int = 6) -> bytes:
    """An extended one, with a photo's metadata and XMP."""
    sides = (3).to_bytes(3, "little") + (1).to_bytes(3, "little")
    chunks = [(b"VP8X", bytes([0x0C, 0, 0, 0]) + sides), (b"VP8L", b"\x2f" + b"\0" * 5)]
    chunks += [(b"EXIF", exif(orientation)), (b"XMP ", SECRET), (b"junk", SECRET)]
    told = b"WEBP" + b"".join(
        name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)
        for name, body in chunks
    )
    return b"RIFF" + struct.pack("<I", len(told)) + told


def gif(*extensions: bytes) -> bytes:
    screen = b"GIF89a" + struct.pack("<HHBBB", 4, 2, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 4, 2, 0) + b"\x02\x02\x44\x01\x00"
    return screen + b"".join(extensions) + frame + b"\x3b"


COMMENT = b"\x21\xfe" + bytes([len(SECRET)]) + SECRET + b"\0"
XMP = b"\x21\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\0"
LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"


@pytest.mark.parametrize(
    ("type", "content"),
    [
        ("image/jpeg", jpeg_with(segment(0xFFE1, SECRET), segment(0xFFED, SECRET))),
        ("image/jpeg", jpeg_with(segment(0xFFFE, SECRET)) + SECRET),
        ("image/jpeg", jpeg_with(segment(0xFFE2, b"MPF\0" + SECRET))),
        ("image/png", png_with(chunk(b"tEXt", SECRET), chunk(b"eXIf", exif() + SECRET))),
        ("image/png", png_with(chunk(b"iTXt", SECRET), chunk(b"prVt", SECRET)) + SECRET),
        ("image/webp", webp_with()),
        ("image/webp", webp() + SECRET),
        ("image/gif", gif(COMMENT, XMP)),
        ("image/gif", gif() + SECRET),
    ],
)
def test_nothing_but_the_picture_is_left(type: str, content: bytes) -> None:
    assert SECRET in content

    found = picture.cleaned(content, type)

    assert SECRET not in found.content
    assert GPS not in found.content
    assert picture.cleaned(found.content, type) == found


def test_where_a_photo_was_taken_is_gone() -> None:
    assert GPS in photo()

    found = picture.cleaned(photo(320, 200), "image/jpeg")

    assert GPS not in found.content
    assert (found.width, found.height) == (320, 200)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_what_turns_it_upright_stays(order: str, orientation: int) -> None:
    told = exif(orientation, order)
    made = {
        "image/jpeg": jpeg_with(segment(0xFFE1, b"Exif\0\0" + told)),
        "image/png": png_with(chunk(b"eXIf", told)),
    }
    for type, content in made.items():
        found = picture.cleaned(content, type)

        turned = orientation in (6, 8)
        assert (found.width, found.height) == ((2, 4) if turned else (4, 2))
        assert picture._exif(orientation) in found.content
        assert GPS not in found.content
        assert picture.cleaned(found.content, type) == found


def test_a_webp_stays_upright_and_says_what_it_has() -> None:
    found = picture.cleaned(webp_with(6), "image/webp")

    assert (found.width, found.height) == (2, 4)
    assert found.content[20] == 0x08
    plain = picture.cleaned(webp_with(1), "image/webp")
    assert plain.content[20] == 0
    assert b"EXIF" not in plain.content


def test_colours_and_animation_stay() -> None:
    profile = segment(0xFFE2, b"ICC_PROFILE\0" + b"\x01\x01" + b"p" * 20)
    adobe = segment(0xFFEE, b"Adobe" + b"\0" * 7)

    assert profile in picture.cleaned(jpeg_with(profile), "image/jpeg").content
    assert adobe in picture.cleaned(jpeg_with(adobe), "image/jpeg").content
    assert LOOP in picture.cleaned(gif(LOOP), "image/gif").content
    assert b"acTL" in picture.cleaned(png_with(chunk(b"acTL", b"\0" * 8)), "image/png").content


def test_a_jpegs_own_thumbnail_goes() -> None:
    header = b"JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01" + SECRET[:3]

    found = picture.cleaned(jpeg_with(segment(0xFFE0, header)), "image/jpeg")

    assert SECRET[:3] not in found.content


@pytest.mark.parametrize("type", ["image/jpeg", "image/png", "image/webp", "image/gif"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a/*\x01\0\x01\0*/=alert(1)//",
        b"\xff\xd8\xff\xe0<script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n<html>",
        b"RIFF\xff\xff\xff\xffWEBP",
        b"%PDF-1.7 \xff\xd8\xff",
    ],
)
def test_what_only_begins_like_a_picture_is_none(type: str, content: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        picture.cleaned(content, type)

    assert refused.value.field == "content"


@pytest.mark.parametrize(
    ("type", "content"),
    [
        ("image/jpeg", photo()),
        ("image/png", png()),
        ("image/webp", webp_with()),
        ("image/gif", gif(COMMENT, LOOP)),
    ],
)
def test_whatever_is_cut_off_is_damaged(type: str, content: bytes) -> None:
    for length in range(len(content) - 1):
        with pytest.raises(Invalid):
            picture.cleaned(content[:length], type)


def test_few_bytes_do_not_become_gigabytes() -> None:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IEND", b"")

    with pytest.raises(Invalid):
        picture.cleaned(bomb, "image/png")


def test_a_damaged_png_is_found_out() -> None:
    whole = bytearray(png())
    whole[50] ^= 1

    with pytest.raises(Invalid):
        picture.cleaned(bytes(whole), "image/png")


def test_a_jpeg_without_a_frame_is_none() -> None:
    with pytest.raises(Invalid):
        picture.cleaned(b"\xff\xd8\xff\xd9", "image/jpeg")
    assert picture.cleaned(jpeg(), "image/jpeg").width == 64
