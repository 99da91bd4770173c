"""Development only: calls back when a Python source of the app or the stack changes."""

import threading
from collections.abc import Callable

from watchfiles import PythonFilter, watch

from infra.local.processes import ROOT


def follow(changed: Callable[[], None]) -> None:
    """Watch in a thread which ends with the process."""
    threading.Thread(target=_follow, args=(changed,), daemon=True).start()


def _follow(changed: Callable[[], None]) -> None:
    sources = [ROOT / "app.py", ROOT / "chalicelib", ROOT / "infra"]
    for _ in watch(*(path for path in sources if path.exists()), watch_filter=PythonFilter()):
        changed()
