"""The clock and the ids of one DynamoDB write, so that replaying it gives the same result."""

import hashlib
import time
import uuid
from datetime import UTC, datetime


class FrozenClock:
    """Stands in for `time` inside the emulator: stands still while one request is handled."""

    def __init__(self) -> None:
        self.now = time.time()
        self._ids = 0

    def set(self, now: float) -> None:
        self.now = now
        self._ids = 0

    def time(self) -> float:
        return self.now

    def new_uuid(self) -> str:
        self._ids += 1
        seed = f"{self.now!r}/{self._ids}".encode()
        return str(uuid.UUID(bytes=hashlib.blake2b(seed, digest_size=16).digest()))

    def now_iso(self) -> str:
        stamp = datetime.fromtimestamp(self.now, UTC)
        return stamp.strftime("%Y-%m-%dT%H:%M:%S.") + f"{stamp.microsecond // 1000:03d}Z"
