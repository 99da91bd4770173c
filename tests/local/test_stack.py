"""The launcher: what it says, what it keeps running, and that nothing outlives it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from infra.local import harness
from infra.local.folder import DataFolder
from infra.local.gateway import WORKERS
from infra.local.processes import ROOT
from tests.local.conftest import eventually


def _launch(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "infra.local", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
    )


def _get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        text: str = response.read().decode()
        return text


ALL = 3 + WORKERS
"""The launcher, the embedded AWS, the gateway and its workers."""


def _processes_of(data: Path) -> list[int]:
    """Every process with the data folder on its command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode().split("\0")
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if str(data) in command and state != "Z":
                found.append(int(entry.name))
    return found


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]

        result = _launch("--port", str(port), "--data", str(tmp_path))

    assert result.returncode == 1
    assert f"port {port} is taken" in result.stderr
    assert "make run PORT=" in result.stderr


def test_a_stack_starts_recovers_refuses_a_second_one_and_ends(tmp_path: Path) -> None:
    with harness.start(tmp_path, app="tests.local.toy") as stack:
        assert _get(f"{stack.url}/api/health") == '{"ok":true}'
        assert len(_processes_of(tmp_path)) == ALL

        second = _launch("--port", "0", "--data", str(tmp_path))
        assert second.returncode == 1
        assert "another stack is running" in second.stderr

        gateway = min(
            process
            for process in _processes_of(tmp_path)
            if b"infra.local.gateway" in Path(f"/proc/{process}/cmdline").read_bytes()
        )
        os.kill(gateway, signal.SIGKILL)
        eventually(lambda: any("gateway stopped" in line for line in stack.output))
        eventually(lambda: _answers(stack), 20)
        eventually(lambda: len(_processes_of(tmp_path)) == ALL)

        assert stack.stop() == 0
        eventually(lambda: not _processes_of(tmp_path))


def _answers(stack: harness.Stack) -> bool:
    try:
        return bool(_get(f"{stack.url}/api/health"))
    except OSError:
        return False


def test_a_killed_launcher_leaves_no_orphans_and_its_data_opens_again(tmp_path: Path) -> None:
    stack = harness.start(tmp_path, app="tests.local.toy")
    assert len(_processes_of(tmp_path)) == ALL

    os.kill(stack.process.pid, signal.SIGKILL)
    stack.process.wait()
    eventually(lambda: not _processes_of(tmp_path))

    again = harness.start(tmp_path, app="tests.local.toy")
    assert _get(f"{again.url}/api/health")
    again.kill()
    eventually(lambda: not _processes_of(tmp_path))


def test_the_secret_is_made_once_and_private(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)

    assert len(folder.secret()) >= 32
    assert folder.secret() == folder.secret()
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    os.close(folder.lock)
