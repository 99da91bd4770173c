"""Development only: a front end's build which follows its sources, and ends with the launcher."""

import json
import os
import signal
import subprocess
import sys

from infra.local.lifeline import die_with_parent
from infra.local.processes import ROOT


def _end(*_: object) -> None:
    """The whole group: a shell does not pass a signal on, and a build has nothing to save."""
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    os.setpgrp()
    signal.signal(signal.SIGTERM, _end)
    die_with_parent()
    workspace = ROOT / sys.argv[1]
    # Not through npm, which gives its children a group of their own and leaves them behind.
    script = json.loads((workspace / "package.json").read_text())["scripts"]["dev"]
    path = f"{ROOT / 'node_modules/.bin'}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(script, shell=True, cwd=workspace, env={**os.environ, "PATH": path})  # noqa: S602  # our own script
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
