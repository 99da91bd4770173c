"""Data folders of whole stacks: founding a company takes seconds, once in a run of the tests."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

from infra.local.harness import start


def new_folder(temporary: pytest.TempPathFactory) -> Path:
    """A folder as a stack leaves it that was started for the first time and stopped."""
    own = temporary.getbasetemp()
    founded = _founded(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)
    return shutil.copytree(founded, temporary.mktemp("stack") / "data")


def _founded(run: Path) -> Path:
    """By whoever of the workers comes first."""
    folder, part = run / "founded", run / "founding"
    with (run / "founded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            with start(part):
                pass
            part.rename(folder)
    return folder
