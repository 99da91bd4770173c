"""Development only: a front end's build which follows its sources, and ends with the launcher."""

import os
import signal
import subprocess
import sys

from infra.local.lifeline import die_with_parent


def _end(*_: object) -> None:
    """npm does not pass a signal on, and a build has nothing to save: end the whole group."""
    os.killpg(0, signal.SIGKILL)


def main() -> None:
    os.setpgrp()
    signal.signal(signal.SIGTERM, _end)
    die_with_parent()
    command = ["npm", "run", "--silent", "dev", "--workspace", sys.argv[1]]
    sys.exit(subprocess.run(command).returncode)  # noqa: S603 (our own build)


if __name__ == "__main__":
    main()
