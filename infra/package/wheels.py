"""The locked packages as wheels for one platform, checked against their hashes."""

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from infra.deploy.problem import Problem
from infra.package.contents import PACKAGES

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.txt"

RUNTIME = (3, 11)
"""Lambda's Python; the code is compiled for it, so it is packaged with it."""

# Lambda's python3.11 stands on Amazon Linux 2, whose C library is 2.26: newer wheels do not load.
ARM64 = tuple(
    f"--platform={tag}_aarch64" for tag in ("manylinux_2_26", "manylinux_2_17", "manylinux2014")
)
HERE: tuple[str, ...] = ()
"""For a rehearsal on this machine."""


def check_python() -> None:
    """Raises Problem under another Python than the one that will run the code."""
    if sys.version_info[:2] != RUNTIME:
        wanted, this = ".".join(map(str, RUNTIME)), ".".join(map(str, sys.version_info[:2]))
        raise Problem(
            f"The functions run on Python {wanted} (infra/package/wheels.py), and what is shipped "
            f"is compiled for it; .venv has Python {this}. Install Python {wanted}, delete .venv, "
            "and repeat."
        )


def download(cache: Path, platform: tuple[str, ...]) -> list[Path]:
    """The wheels of the packages that are shipped, by name; those of a lock are fetched once.

    Raises Problem.
    """
    lock = shipped(LOCK.read_text())
    folder = cache / hashlib.sha256("\n".join((lock, *platform)).encode()).hexdigest()[:16]
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache) as unfinished:
            complete = Path(unfinished) / "complete"
            complete.mkdir()
            _download(complete, lock, platform)
            try:
                complete.rename(folder)
            except OSError:
                if not folder.exists():  # else somebody else has just fetched the same
                    raise
    return sorted(folder.glob("*.whl"))


def _download(into: Path, lock: str, platform: tuple[str, ...]) -> None:
    requirements = into / "lock.txt"
    requirements.write_text(lock)
    target = [f"--python-version={RUNTIME[0]}.{RUNTIME[1]}", "--implementation=cp", *platform]
    made = subprocess.run(  # noqa: S603  # our own command line
        [
            *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
            *("--require-hashes", "--no-deps", "--only-binary=:all:"),
            *(target if platform else ()),
            *("--dest", str(into), "--requirement", str(requirements)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        raise Problem(f"The packages could not be downloaded.\n{made.stderr.strip()}")


def shipped(lock: str) -> str:
    """The part of a lock that is shipped. Raises Problem when something is not in it."""
    found = {
        match[1]: match[0]
        for match in re.finditer(r"^([a-z0-9.-]+)==(?:.*\\\n)*.*\n", lock, re.MULTILINE)
        if match[1] in PACKAGES
    }
    if missing := sorted(PACKAGES - found.keys()):
        raise Problem(f"requirements.txt lacks {', '.join(missing)}. Run `make requirements`.")
    return "".join(found[name] for name in sorted(found))
