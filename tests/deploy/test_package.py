"""The zip: small, the same from the same input, and with nothing that functions do not need."""

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from infra.deploy.problem import Problem
from infra.package import wheels
from infra.package.__main__ import MOST_BYTES, function

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".local/wheels"


@pytest.fixture(scope="module")
def arm64(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if sys.version_info[:2] != wheels.RUNTIME:
        pytest.skip("what Lambda gets is compiled by Lambda's Python, and this is another one")
    made = tmp_path_factory.mktemp("package") / "function.zip"
    function(made, CACHE, wheels.ARM64)
    return made


def test_the_same_input_gives_the_same_bytes(arm64: Path, tmp_path: Path) -> None:
    """Packaged again in another folder and another process."""
    again = tmp_path / "deeper/down"
    again.mkdir(parents=True)
    script = (
        "import sys; from pathlib import Path; from infra.package import wheels;"
        "from infra.package.__main__ import function;"
        "function(Path(sys.argv[1]), Path(sys.argv[2]), wheels.ARM64)"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(again / "function.zip"), str(CACHE)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONHASHSEED": "7", "TMPDIR": str(again)},
        check=True,
    )

    assert _digest(arm64) == _digest(again / "function.zip")


def test_the_zip_is_small(arm64: Path) -> None:
    assert arm64.stat().st_size <= MOST_BYTES


def test_native_code_is_for_lambdas_processor(arm64: Path) -> None:
    with zipfile.ZipFile(arm64) as archive:
        native = [name for name in archive.namelist() if name.endswith(".so")]
        machines = {int.from_bytes(archive.read(name)[18:20], "little") for name in native}

    assert native
    assert machines == {0xB7}  # AArch64, in the header of an ELF file


def test_every_source_is_compiled_and_trusted(arm64: Path) -> None:
    with zipfile.ZipFile(arm64) as archive:
        names = set(archive.namelist())
        flags = {archive.read(name)[4] for name in names if name.endswith(".pyc")}

    assert {_compiled(name) for name in names if name.endswith(".py")} <= names
    assert flags == {0b01}  # by hash, and not checked


def test_nothing_for_developers_is_shipped(arm64: Path) -> None:
    with zipfile.ZipFile(arm64) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}

    assert tops & {"app.py", "chalicelib"} == {"app.py", "chalicelib"}
    assert not tops & {"aiohttp", "boto3", "infra", "moto", "pip", "pytest", "setuptools", "tests"}


def test_another_python_is_refused_with_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wheels, "RUNTIME", (3, 99))

    with pytest.raises(Problem, match=r"run on Python 3\.99 .* \.venv has Python 3\.1"):
        wheels.check_python()


def test_a_lock_that_lacks_a_package_is_refused_with_words() -> None:
    lock = wheels.LOCK.read_text().replace("\nmsgspec==", "\nother==")

    with pytest.raises(Problem, match=r"requirements\.txt lacks msgspec"):
        wheels.shipped(lock)


def test_a_package_that_cannot_be_downloaded_is_told(tmp_path: Path) -> None:
    nowhere = ("--platform=manylinux_2_17_vax",)

    with pytest.raises(Problem, match="could not be downloaded"):
        wheels.download(tmp_path, nowhere)

    assert list(tmp_path.iterdir()) == []


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _compiled(source: str) -> str:
    folder, _, name = source.rpartition("/")
    cached = f"__pycache__/{name.removesuffix('.py')}.cpython-311.pyc"
    return f"{folder}/{cached}" if folder else cached
