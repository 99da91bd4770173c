"""How long a newcomer waits: `make run` in a fresh clone with an empty home, then once more."""

import os
import signal
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from infra.local.ports import free
from tests.bench.report import Report

PATIENCE = 600


def measure(report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        clone, home = Path(folder, "messenger"), Path(folder, "home")
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", ".", str(clone)], check=True)  # noqa: S607
        report.time("first_make_run", _until_ready(clone, home), "s", 240)
        report.time("next_make_run", _until_ready(clone, home), "s", 8)


def _until_ready(clone: Path, home: Path) -> float:
    port, begin = free(), monotonic()
    with _running(clone, home, port) as made:
        while made.poll() is None and monotonic() - begin < PATIENCE:
            if _healthy(port):
                return monotonic() - begin
            sleep(0.05)
    raise AssertionError(f"make run was not ready, see {clone}/make.log")


@contextmanager
def _running(clone: Path, home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VIRTUAL_ENV", "PYTHON"))}
    with Path(clone, "make.log").open("wb") as log:
        made = subprocess.Popen(
            ["make", "run", f"PORT={port}"],  # noqa: S607
            cwd=clone,
            env=kept | {"HOME": str(home)},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield made
    finally:
        os.killpg(made.pid, signal.SIGINT)
        made.wait(30)


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
