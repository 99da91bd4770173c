"""The child processes of the launcher: started with a lifeline, stopped in good order."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from infra.local.lifeline import lifeline_environment

ROOT = Path(__file__).parents[2]


class Lifeline:
    """A pipe whose writing end only the launcher holds; children notice when it closes."""

    def __init__(self) -> None:
        self.read_end, self._write_end = os.pipe()


@dataclass(slots=True)
class Child:
    """A Python module, or another command, that runs until it is stopped."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    lifeline: Lifeline
    # Descriptors to inherit: whoever holds the lock's keeps the data folder locked.
    inherited: tuple[int, ...] = ()
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def start(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 (our own commands)
            self.command,
            cwd=ROOT,
            env={**self.environment, **lifeline_environment(self.lifeline.read_end)},
            pass_fds=(self.lifeline.read_end, *self.inherited),
            stdin=subprocess.DEVNULL,
        )

    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._process.poll() if self._process else None

    def stop(self, patience: float) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.terminate()
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]
