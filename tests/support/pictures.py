"""Pictures of one colour, or of none: as much of each kind as says how large it is."""

import struct
import zlib


def png(width: int = 64, height: int = 64) -> bytes:
    """A whole one."""
    rows = (b"\0" + b"\x2f\x6f\xbb" * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    check = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + check


def jpeg(width: int = 64, height: int = 64, comment: bytes = b"") -> bytes:
    """Headers without a picture."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"
    tables = (0xFFE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), (0xFFFE, comment), (0xFFC4, b"\0" * 17)
    segments = (*tables, (0xFFC0, frame))
    told = b"".join(struct.pack(">HH", kind, len(body) + 2) + body for kind, body in segments)
    return b"\xff\xd8" + told + b"\xff\xd9"


def webp(width: int = 64, height: int = 64, kind: bytes = b"VP8 ") -> bytes:
    """Headers without a picture, of any of its three kinds."""
    match kind:
        case b"VP8 ":
            body = b"\0\0\0\x9d\x01\x2a" + struct.pack("<HH", width, height)
        case b"VP8L":
            body = b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + b"\0"
        case _:
            sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
            body = b"\0\0\0\0" + sides
    told = b"WEBP" + kind + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(told)) + told
