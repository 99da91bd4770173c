"""The command that creates the first admin."""

import json
import os
import subprocess
import urllib.request
from pathlib import Path

from infra.local.harness import start
from infra.local.processes import ROOT

SCRIPT = ROOT / "infra/local/admin.sh"


def test_the_command_creates_an_admin_who_can_sign_in(tmp_path: Path) -> None:
    with start(tmp_path) as stack:
        made = _make(tmp_path, "Boss@Example.com", "a long password")
        again = _make(tmp_path, "boss@example.com", "a long password")

        who = {"email": "boss@example.com", "password": "a long password"}
        request = urllib.request.Request(
            f"{stack.url}/api/panel/sign_in",
            json.dumps(who).encode(),
            {"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            session = json.load(answer)

    assert made.returncode == 0
    assert session["operator"]["role"] == "admin"
    assert again.returncode == 1
    assert "taken" in again.stderr


def test_without_a_stack_the_command_says_what_to_do(tmp_path: Path) -> None:
    refused = _make(tmp_path, "boss@example.com", "a long password")

    assert refused.returncode == 1
    assert "make run" in refused.stderr


def _make(data: Path, email: str, password: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [SCRIPT, email, "Boss"],
        input=f"{password}\n",
        env={**os.environ, "LOCAL_DIR": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )
