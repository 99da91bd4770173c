"""A child process must not outlive the launcher, even one that was killed without notice."""

import os
import signal
import threading
from typing import Final

_FD: Final = "LOCAL_STACK_LIFELINE"


def lifeline_environment(read_end: int) -> dict[str, str]:
    """What a child's environment holds so that it finds the pipe inherited from its launcher."""
    return {_FD: str(read_end)}


def die_with_parent() -> None:
    """Watch the launcher's pipe, if there is one: its end means that the launcher is gone."""
    inherited = os.environ.pop(_FD, None)
    if inherited is not None:
        die_with(int(inherited))


def die_with(read_end: int) -> None:
    """End this process when nobody holds the writing end of a pipe any more."""
    threading.Thread(target=_watch, args=(read_end,), daemon=True).start()


def _watch(read_end: int) -> None:
    os.read(read_end, 1)
    # To the main thread, where it interrupts what that waits for.
    signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
    # A clean end is welcome, an orphan is not.
    threading.Timer(5, os._exit, (1,)).start()
