"""The folder that keeps a stack's data: one stack at a time, and a secret of its own."""

import fcntl
import os
import secrets
import shlex
import time
from collections.abc import Mapping
from pathlib import Path


class BusyError(Exception):
    """Another stack uses this folder."""


class DataFolder:
    """Created when absent, locked until this process and its children have ended."""

    def __init__(self, path: Path, patience: float = 3) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path.resolve()
        self.lock = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        # The children of a launcher that was killed need a moment to notice.
        ends = time.monotonic() + patience
        while not self._try_lock():
            if time.monotonic() > ends:
                os.close(self.lock)
                raise BusyError(f"another stack is running with the data in {self.path}")
            time.sleep(0.1)

    def _try_lock(self) -> bool:
        try:
            fcntl.flock(self.lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def secret(self) -> str:
        """The stack's SECRET_KEY, made once."""
        path = self.path / "secret"
        if not path.exists():
            _write_privately(path, secrets.token_urlsafe(48))
        return path.read_text()

    def note_environment(self, variables: Mapping[str, str]) -> None:
        """For commands that work on the running stack, in a form that a shell reads."""
        lines = (f"{name}={shlex.quote(value)}\n" for name, value in sorted(variables.items()))
        _write_privately(self.path / "environment", "".join(lines))


def _write_privately(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(text)
    part.replace(path)
