"""The journal's file format: checksummed records, so a torn tail is recognised and left out."""

import os
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FRAME = struct.Struct("<II")


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One applied write: what was asked, and the clock and sequence it ran with."""

    at: float
    sequence: int
    account: str
    region: str
    target: str
    body: bytes

    def encode(self) -> bytes:
        head = f"{self.at!r} {self.sequence} {self.account} {self.region} {self.target}\n"
        payload = head.encode() + self.body
        return _FRAME.pack(len(payload), zlib.crc32(payload)) + payload


def _decode(payload: bytes) -> Record:
    head, body = payload.split(b"\n", 1)
    at, sequence, account, region, target = head.decode().split(" ")
    return Record(
        at=float(at),
        sequence=int(sequence),
        account=account,
        region=region,
        target=target,
        body=body,
    )


def read(path: Path) -> Iterator[Record]:
    """The records of a journal up to its end or its first torn one; none if there is no file."""
    if not path.exists():
        return
    data = path.read_bytes()
    at = 0
    while at + _FRAME.size <= len(data):
        length, checksum = _FRAME.unpack_from(data, at)
        payload = data[at + _FRAME.size : at + _FRAME.size + length]
        if len(payload) < length or zlib.crc32(payload) != checksum:
            return
        yield _decode(payload)
        at += _FRAME.size + length


class Journal:
    """An append-only file; an appended record has left this process when `append` returns."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.size = os.fstat(self._file).st_size

    def append(self, record: Record) -> None:
        data = record.encode()
        while data:
            written = os.write(self._file, data)
            self.size += written
            data = data[written:]

    def close(self) -> None:
        os.close(self._file)
