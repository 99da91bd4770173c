"""The zip: the shipped files and their compiled forms, in an order and with times of their own."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from infra.package.contents import STAND_INS, wanted

ROOT = Path(__file__).parents[2]
_OURS = ("app.py", "chalicelib")
_EPOCH = (1980, 1, 1, 0, 0, 0)


def unpack(wheels: Iterable[Path], into: Path) -> None:
    """Our code and what is wanted of the wheels, as a tree."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if not name.endswith("/") and wanted(PurePosixPath(name)):
                    archive.extract(name, into)
    for name, content in STAND_INS.items():
        replaced = into / name
        if not replaced.is_file():
            raise FileNotFoundError(f"{name}: no locked package has it; what imports it now?")
        replaced.write_bytes(content)
    for name in _OURS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, into / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, into / name)


def compile_all(tree: Path) -> None:
    """Adds the compiled forms, which the interpreter then trusts without looking at the source.

    In a process of its own and with fixed hashing: what is compiled depends on both otherwise.
    """
    subprocess.run(  # noqa: S603  # our own command line
        [
            *(sys.executable, "-m", "compileall", "-q", "--invalidation-mode=unchecked-hash"),
            *("-s", str(tree), "-p", "/var/task", "-j1", str(tree)),
        ],
        env={**os.environ, "PYTHONHASHSEED": "0"},
        check=True,
    )


def pack(tree: Path, archive: Path) -> None:
    """The tree as a zip whose bytes depend on its content only."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for path in _files(tree):
            entry = zipfile.ZipInfo(path.relative_to(tree).as_posix(), _EPOCH)
            entry.external_attr = (0o755 if path.suffix == ".so" else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, path.read_bytes())


def _files(tree: Path) -> Iterator[Path]:
    return iter(sorted(path for path in tree.rglob("*") if path.is_file()))
