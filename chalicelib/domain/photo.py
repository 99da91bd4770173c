"""A photo, of an operator or an inbox: a small square picture that every browser shows and none
runs.
"""

import struct
from enum import StrEnum

from chalicelib.errors import Invalid

MOST_BYTES = 48_000
"""In base64 it fits into a request."""
LONGEST_SIDE = 1024
"""Pixels: few bytes must not become a gigabyte in a visitor's memory."""

_PNG_BEGINS, _PNG_ENDS = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0\0\0\0IEND\xaeB`\x82"
_JPEG_NO_FRAMES = frozenset({0xFFC4, 0xFFC8, 0xFFCC})
Sides = tuple[int, int]


class Kind(StrEnum):
    """By the ending of its name."""

    JPEG = "jpg"
    PNG = "png"
    WEBP = "webp"

    @property
    def content_type(self) -> str:
        return "image/jpeg" if self is Kind.JPEG else f"image/{self.value}"


def kind_of(image: bytes) -> Kind:
    """What kind of picture it is, by what is in it, from its first byte to its last.

    Raises Invalid.
    """
    if len(image) > MOST_BYTES:
        raise Invalid(f"A photo has at most {MOST_BYTES} bytes.", field="image")
    try:
        kind, (width, height) = _read(image)
    except (IndexError, struct.error):
        raise Invalid("This picture is damaged.", field="image") from None
    if not 0 < width == height <= LONGEST_SIDE:
        words = f"A photo is as wide as high, at most {LONGEST_SIDE} pixels."
        raise Invalid(words, field="image")
    return kind


def _read(image: bytes) -> tuple[Kind, Sides]:
    if image.startswith(b"\xff\xd8\xff") and image.endswith(b"\xff\xd9"):
        return Kind.JPEG, _jpeg(image)
    if image.startswith(_PNG_BEGINS) and image.endswith(_PNG_ENDS):
        return Kind.PNG, struct.unpack_from(">II", image, 16)
    whole = struct.pack("<I", len(image) - 8) if len(image) > 8 else b""
    if image.startswith(b"RIFF" + whole + b"WEBP"):
        return Kind.WEBP, _webp(image)
    raise Invalid("A photo is a JPEG, PNG or WebP picture.", field="image")


def _jpeg(image: bytes) -> Sides:
    """From the header of its frame, which follows any number of other segments."""
    at = 2
    while True:
        marker, length = struct.unpack_from(">HH", image, at)
        if 0xFFC0 <= marker <= 0xFFCF and marker not in _JPEG_NO_FRAMES:
            height, width = struct.unpack_from(">HH", image, at + 5)
            return width, height
        if marker < 0xFFC0 or length < 2:
            raise IndexError
        at += 2 + length


def _webp(image: bytes) -> Sides:
    match image[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", image, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", image, 21)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width = int.from_bytes(image[24:27], "little") + 1
            return width, int.from_bytes(image[27:30], "little") + 1
        case _:
            raise IndexError
