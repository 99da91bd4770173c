"""`python -m infra.local`: the whole product on this machine."""

import argparse
import json
import os
from pathlib import Path

from infra.local.folder import BusyError, DataFolder
from infra.local.launcher import Launcher, StartError, fail, say
from infra.local.ports import TakenError, claim
from infra.local.processes import ROOT
from infra.local.settings import LOOPBACK


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m infra.local", description=__doc__)
    parser.add_argument("--port", type=int, default=8000, help="0 picks a free one")
    parser.add_argument("--data", type=Path, default=os.environ.get("LOCAL_DIR", ROOT / ".local"))
    parser.add_argument("--app", default="app", help="the module that holds `app`")
    parser.add_argument("--reload", action="store_true", help="follow changes of the sources")
    return parser.parse_args()


def _welcome(port: int, data: Path) -> str:
    url = f"http://{LOOPBACK}:{port}"
    lines = [f"Demo shop   {url}/", f"Panel       {url}/panel/", ""]
    demo = data / "demo.json"
    if demo.exists():
        demo_data = json.loads(demo.read_text())
        lines += [f"{p['email']:<24}{p['role']:<12}{p['home']}" for p in demo_data["people"]]
        lines += [f"Password    {demo_data['password']}", ""]
    lines.append("Ctrl+C stops; everything is kept in " + os.path.relpath(data) + "/")
    width = max(map(len, lines)) + 2
    body = "\n".join(f"│ {line:<{width - 1}}│" for line in lines)
    return f"┌{'─' * width}┐\n{body}\n└{'─' * width}┘"


def main() -> None:
    options = _options()
    try:
        port = claim(options.port)
        folder = DataFolder(options.data)
    except TakenError as error:
        return fail(f"{error}. Choose another: make run PORT={options.port + 1}")
    except BusyError as error:
        return fail(f"{error}. Stop it, or choose another folder: LOCAL_DIR=.local/two make run")
    launcher = Launcher(folder, port, options.app, watch_front=options.reload)
    try:
        launcher.start()
        say(_welcome(port, folder.path))
        if "LOCAL_STACK_ANNOUNCE" in os.environ:
            say(f"ready: http://{LOOPBACK}:{port} aws http://{LOOPBACK}:{launcher.aws_port}")
        if options.reload:
            from infra.local.reload import follow

            follow(launcher.reload_gateway)
        launcher.keep_running()
    except StartError as error:
        launcher.stop()
        return fail(str(error))
    say("Stopping...")
    launcher.stop()
    return None


if __name__ == "__main__":
    main()
