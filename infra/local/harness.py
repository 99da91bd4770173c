"""A whole stack as an object, for tests: `with start(folder) as stack: ...`."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from infra.local.processes import ROOT

_LINE = re.compile(r"ready: (\S+) aws (\S+)")
_PATIENCE = 120


@dataclass(slots=True)
class Stack:
    """A running stack; `url` is the gateway, `aws_url` the embedded AWS."""

    url: str
    aws_url: str
    process: "subprocess.Popen[str]"
    output: list[str]

    def kill(self) -> None:
        """SIGKILL for all its processes at once; the launcher leads their group."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """A clean end, as Ctrl+C asks for; the exit code."""
        self.process.terminate()
        return self.process.wait(30)

    def __enter__(self) -> "Stack":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.stop()


def start(data_dir: Path, port: int = 0, app: str = "app") -> Stack:
    """Start a stack and wait until it is ready. Raises RuntimeError with what it printed."""
    command = [sys.executable, "-m", "infra.local", "--app", app]
    process = subprocess.Popen(  # noqa: S603 (our own launcher)
        [*command, "--port", str(port), "--data", str(data_dir)],
        cwd=ROOT,
        env={**os.environ, "LOCAL_STACK_ANNOUNCE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    output: list[str] = []
    threading.Thread(target=_collect, args=(process, output), daemon=True).start()
    ends = time.monotonic() + _PATIENCE
    while time.monotonic() < ends and process.poll() is None:
        for line in output:
            if found := _LINE.match(line):
                return Stack(found[1], found[2], process, output)
        time.sleep(0.02)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    raise RuntimeError("the stack did not start:\n" + "".join(output))


def _collect(process: "subprocess.Popen[str]", output: list[str]) -> None:
    """Read on, or the stack would stop at a full pipe."""
    if process.stdout is None:
        return
    with process.stdout as lines:
        for line in lines:
            output.append(line)
            if os.environ.get("LOCAL_STACK_VERBOSE"):
                sys.stderr.write(line)
