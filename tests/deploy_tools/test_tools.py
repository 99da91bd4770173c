"""What a machine lacks is said before anything is done."""

import shutil
import subprocess
from pathlib import Path

import boto3

from infra.local.processes import ROOT
from tests.deploy_tools.conftest import Cloud

_COMMON = ("bash", "cat", "cut", "dirname", "env", "mkdir", "sha256sum")


def _setup(folder: Path, *, with_python: bool) -> "subprocess.CompletedProcess[str]":
    """The first step of every command, on a machine with hardly any tools."""
    tools = folder / "tools"
    tools.mkdir()
    for name in _COMMON:
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    script = folder / "infra/local/setup.sh"
    script.parent.mkdir(parents=True)
    shutil.copy(ROOT / "infra/local/setup.sh", script)
    for name in ("requirements-dev.txt", "package-lock.json"):
        (folder / name).write_text(name)
    if with_python:
        installed = subprocess.run(
            ["sha256sum", folder / "requirements-dev.txt"],  # noqa: S607 (of this machine)
            capture_output=True,
            text=True,
            check=True,
        )
        (folder / ".venv").mkdir()
        (folder / ".venv/.stamp").write_text(installed.stdout[:64])
    return subprocess.run(
        [script], env={"PATH": str(tools)}, capture_output=True, text=True, check=False
    )


def test_without_python_the_command_says_so(tmp_path: Path) -> None:
    made = _setup(tmp_path, with_python=False)

    assert made.returncode == 1
    assert "Python 3.11 or newer is needed" in made.stderr


def test_without_node_the_command_says_so(tmp_path: Path) -> None:
    made = _setup(tmp_path, with_python=True)

    assert made.returncode == 1
    assert "Node.js 20 or newer is needed" in made.stderr


def test_a_look_before_packaging_needs_no_package_and_touches_nothing(cloud: Cloud) -> None:
    shutil.rmtree(cloud.desk.package)

    assert cloud.run("check") == 0

    assert "account 000000000000, region eu-central-1" in cloud.heard()
    buckets = boto3.client("s3").list_buckets()["Buckets"]
    assert not [each for each in buckets if f"-{cloud.stage}-" in each["Name"]]
