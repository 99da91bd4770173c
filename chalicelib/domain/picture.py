"""Pictures taken apart and put together again without what they tell of people: where, when and
with what they were taken. What turns them upright stays, and so do colours and animation.

Only what a picture is made of is taken over. So nothing that hides behind its end, between its
parts or in a comment is in the result.
"""

import re
import struct
import zlib
from collections.abc import Iterator

from msgspec import Struct

from chalicelib.errors import Invalid

MOST_PIXELS = 100_000_000
"""Few bytes must not become gigabytes in somebody's memory."""

_UPRIGHT = 1
_SIDEWAYS = frozenset({5, 6, 7, 8})


class Picture(Struct, frozen=True, kw_only=True):
    """`width` and `height` in pixels, as it is shown."""

    content: bytes
    width: int
    height: int


def cleaned(content: bytes, type: str) -> Picture:
    """The picture of that content type, rebuilt. Raises Invalid for what is none, or damaged."""
    try:
        picture = _CLEANERS[type](content)
    except (IndexError, ValueError, struct.error):
        raise Invalid("This picture is damaged.", field="content") from None
    if not 0 < picture.width * picture.height <= MOST_PIXELS:
        raise Invalid("This picture has too many pixels.", field="content")
    return picture


def _shown(content: bytes, width: int, height: int, orientation: int) -> Picture:
    if orientation in _SIDEWAYS:
        width, height = height, width
    return Picture(content=content, width=width, height=height)


# ---------------------------------------------------------------- what turns a picture upright


def _orientation(exif: bytes) -> int:
    """From 1 to 8, out of a TIFF header with its first directory; 1 when it says nothing."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return _UPRIGHT
    try:
        (start,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, at)
            if (tag, kind) == (0x0112, 3):
                return value if 1 <= value <= 8 else _UPRIGHT
    except struct.error:
        pass
    return _UPRIGHT


def _exif(orientation: int) -> bytes:
    """A TIFF header with nothing but that."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)


# ---------------------------------------------------------------- JPEG

_BEGIN, _END, _SCAN = 0xD8, 0xD9, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TABLES = frozenset({0xC4, 0xCC, 0xDB, 0xDC, 0xDD})
_STOP = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
"""What ends the data of a scan: any marker but a restart."""


def _jpeg(content: bytes) -> Picture:
    if not content.startswith(b"\xff\xd8\xff"):
        raise ValueError
    parts, sides, exif = [b"\xff\xd8"], None, b""
    for marker, segment, data in _segments(content):
        body = segment[4:]
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", body, 1)
            sides = width, height
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            exif = exif or body[6:]  # the first is what browsers go by
        if marker == 0xE0 and body.startswith(b"JFIF\0"):
            parts.append(b"\xff\xe0\0\x10" + body[:12] + b"\0\0")  # without its thumbnail
        elif _is_picture(marker, body):
            parts += [segment, data]
    if sides is None:
        raise ValueError
    orientation = _orientation(exif)
    if orientation != _UPRIGHT:
        told = b"Exif\0\0" + _exif(orientation)
        parts.insert(1, struct.pack(">HH", 0xFFE1, len(told) + 2) + told)
    return _shown(b"".join([*parts, b"\xff\xd9"]), *sides, orientation)


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Each segment with its marker and length, and the data of a scan behind it."""
    at = 2
    while True:
        while content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            raise ValueError
        marker = content[at + 1]
        if marker == _END:
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        end = at + 2 + length
        if length < 2 or end > len(content):
            raise ValueError
        after = end
        if marker == _SCAN:
            stop = _STOP.search(content, end)
            if stop is None:
                raise ValueError
            after = stop.start()
        yield marker, content[at:end], content[end:after]
        at = after


def _is_picture(marker: int, body: bytes) -> bool:
    """Frames, tables, scans; and of what applications add only what colours depend on."""
    if marker in _FRAMES or marker in _TABLES or marker == _SCAN:
        return True
    names = {0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
    return marker in names and body.startswith(names[marker])


# ---------------------------------------------------------------- PNG

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD pHYs acTL fcTL fdAT".split()
)


def _png(content: bytes) -> Picture:
    if not content.startswith(_PNG):
        raise ValueError
    parts, orientation = [_PNG], _UPRIGHT
    chunks = list(_png_chunks(content))
    if chunks[0][0] != b"IHDR":
        raise ValueError
    for name, body in chunks:
        if name == b"eXIf":
            orientation = _orientation(body)
        if name in _PNG_KEPT:
            parts.append(_png_chunk(name, body))
    if orientation != _UPRIGHT:
        parts.insert(2, _png_chunk(b"eXIf", _exif(orientation)))
    parts.append(_png_chunk(b"IEND", b""))
    width, height = struct.unpack_from(">II", chunks[0][1])
    return _shown(b"".join(parts), width, height, orientation)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while True:
        length, name = struct.unpack_from(">I4s", content, at)
        body = content[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", content, at + 8 + length)
        if check != zlib.crc32(name + body):
            raise ValueError
        if name == b"IEND":
            return
        yield name, body
        at += 12 + length


def _png_chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", len(body), name) + body + struct.pack(">I", zlib.crc32(name + body))


# ---------------------------------------------------------------- WebP

_WEBP_KEPT = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
_HAS_EXIF, _HAS_XMP = 0x08, 0x04


def _webp(content: bytes) -> Picture:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        raise ValueError
    chunks = list(_webp_chunks(content))
    orientation = _UPRIGHT
    for name, body in chunks:
        if name == b"EXIF":
            orientation = _orientation(body.removeprefix(b"Exif\0\0"))
    kept = [(name, body) for name, body in chunks if name in _WEBP_KEPT]
    if kept[0][0] == b"VP8X":
        flags = kept[0][1][0] & ~(_HAS_EXIF | _HAS_XMP)
        if orientation != _UPRIGHT:
            flags |= _HAS_EXIF
            kept.append((b"EXIF", _exif(orientation)))
        kept[0] = b"VP8X", bytes([flags]) + kept[0][1][1:]
    told = b"WEBP" + b"".join(_webp_chunk(*each) for each in kept)
    whole = b"RIFF" + struct.pack("<I", len(told)) + told
    return _shown(whole, *_webp_sides(*kept[0]), orientation)


def _webp_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    (length,) = struct.unpack_from("<I", content, 4)
    if length + 8 > len(content):
        raise ValueError
    at = 12
    while at < length + 8:
        name, size = struct.unpack_from("<4sI", content, at)
        if at + 8 + size > length + 8:
            raise ValueError
        yield name, content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _webp_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _webp_sides(name: bytes, body: bytes) -> tuple[int, int]:
    match name:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", body, 6)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            (bits,) = struct.unpack_from("<I", body, 1)
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            width = int.from_bytes(body[4:7], "little") + 1
            return width, int.from_bytes(body[7:10], "little") + 1
        case _:
            raise ValueError


# ---------------------------------------------------------------- GIF

_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF


def _gif(content: bytes) -> Picture:
    if content[:6] not in (b"GIF87a", b"GIF89a"):
        raise ValueError
    width, height, packed = struct.unpack_from("<HHB", content, 6)
    at = 13 + _colours(packed)
    parts, images = [content[:at]], 0
    while content[at] != _TRAILER:
        begin, label = at, content[at + 1]
        if content[at] == _EXTENSION:
            at = _gif_blocks(content, at + 2)
            loops = label == _APPLICATION and content[begin + 3 : begin + 14] in _GIF_LOOPS
            kept = label == _CONTROL or loops
        elif content[at] == _IMAGE:
            at = _gif_blocks(content, at + 11 + _colours(content[at + 9]))
            kept, images = True, images + 1
        else:
            raise ValueError
        if kept:
            parts.append(content[begin:at])
    if not images:
        raise ValueError
    return _shown(b"".join([*parts, b"\x3b"]), width, height, _UPRIGHT)


def _colours(packed: int) -> int:
    """The bytes of a colour table."""
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _gif_blocks(content: bytes, at: int) -> int:
    """Where the blocks that begin here end."""
    while content[at]:
        at += 1 + content[at]
    return at + 1


_CLEANERS = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/gif": _gif,
}
