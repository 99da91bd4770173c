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


GPS = struct.pack(">HHII", 0x0002, 5, 3, 0x0BADCAFE)
"""What an entry of a latitude in a camera's metadata begins with."""


def exif(orientation: int = 1, order: str = ">") -> bytes:
    """A camera's metadata: which side is up, and where it was."""
    begin = b"MM" if order == ">" else b"II"
    up = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, orientation, 0)
    there = struct.pack(f"{order}HHII", 0x8825, 4, 1, 38)
    header = begin + struct.pack(f"{order}HI", 42, 8)
    directory = struct.pack(f"{order}H", 2) + up + there + struct.pack(f"{order}I", 0)
    return header + directory + struct.pack(f"{order}H", 1) + GPS + b"\0\0\0\0"


def photo(width: int = 320, height: int = 200, orientation: int = 1) -> bytes:
    """A whole grey JPEG that tells where it was taken."""
    told = b"Exif\0\0" + exif(orientation)
    one_code = b"\x01" + b"\0" * 15 + b"\0"
    segments = (
        (0xFFE1, told),
        (0xFFDB, b"\0" + b"\x01" * 64),
        (0xFFC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0"),
        (0xFFC4, b"\x00" + one_code),
        (0xFFC4, b"\x10" + one_code),
        (0xFFDA, b"\x01\x01\x00\x00\x3f\x00"),
    )
    headers = b"".join(struct.pack(">HH", kind, len(body) + 2) + body for kind, body in segments)
    blocks = -(-width // 8) * -(-height // 8)
    return b"\xff\xd8" + headers + b"\0" * -(-blocks // 4) + b"\xff\xd9"
