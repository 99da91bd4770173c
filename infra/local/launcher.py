"""Starts the stack's processes, keeps them running, and ends them with itself."""

import http.client
import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from infra.local.environment import app_environment
from infra.local.folder import DataFolder
from infra.local.ports import free
from infra.local.processes import ROOT, Child, Lifeline, python
from infra.local.settings import LOOPBACK

_READY_SECONDS = 120
_GIVE_UP_AFTER = 3


class StartError(Exception):
    """The stack did not become ready; the words say which part."""


def say(words: str) -> None:
    print(words, flush=True)  # the launcher's voice is its terminal


class Launcher:
    """One stack: the embedded AWS, the gateway, and in development the front ends' builds."""

    def __init__(self, folder: DataFolder, port: int, app: str, watch_front: bool) -> None:
        self.port = port
        self.aws_port = free()
        self._stopping = threading.Event()
        lifeline, data = Lifeline(), str(folder.path)
        environment = app_environment(folder, port, self.aws_port)

        def child(name: str, command: list[str]) -> Child:
            return Child(name, command, environment, lifeline, (folder.lock,))

        self._aws = child(
            "embedded AWS",
            python("infra.local.aws", "--data", data, "--port", str(self.aws_port)),
        )
        self._gateway = child(
            "gateway",
            python("infra.local.gateway", "--data", data, "--port", str(port), "--app", app),
        )
        self._provision = child("provisioning", python("infra.local.provision", "--data", data))
        self._builds = [
            child(f"{name} build", python("infra.local.front", name))
            for name in ("widget", "panel")
            if watch_front
        ]

    def start(self) -> None:
        """Everything up to the first healthy answer. Raises StartError."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stopping.set())
        self._aws.start()
        self._gateway.start()
        self._wait("embedded AWS", self._aws, lambda: _answers(self.aws_port, "/", 600))
        self._provision.start()
        self._wait("provisioning", self._aws, lambda: self._provision.exit_code() is not None)
        if self._provision.exit_code():
            raise StartError("the table could not be created, see above")
        self._wait("gateway", self._gateway, lambda: _answers(self.port, "/api/health", 300))
        for build in self._builds:
            # What a watching build leaves is not what `make build` makes.
            (ROOT / build.name.removesuffix(" build") / "dist/.built").unlink(missing_ok=True)
            build.start()

    def _wait(self, name: str, needed: Child, done: Callable[[], bool]) -> None:
        ends = time.monotonic() + _READY_SECONDS
        while not done():
            if self._stopping.wait(0.05):
                raise StartError("interrupted")
            if needed.exit_code() is not None:
                raise StartError(f"the {needed.name} stopped while starting, see above")
            if time.monotonic() > ends:
                raise StartError(f"the {name} was not ready after {_READY_SECONDS} s")

    def keep_running(self) -> None:
        """Until a signal: what dies is started again, and this is said."""
        deaths: list[float] = []
        while not self._stopping.wait(0.2):
            for child in (self._aws, self._gateway):
                code = child.exit_code()
                if code is None:
                    continue
                deaths = [moment for moment in deaths if moment > time.monotonic() - 30]
                deaths.append(time.monotonic())
                pause = 0 if len(deaths) <= _GIVE_UP_AFTER else 3
                say(f"messenger: the {child.name} stopped ({code}); starting it again.")
                if self._stopping.wait(pause):
                    return
                child.start()

    def reload_gateway(self) -> None:
        """Restart it with the code as it is now; `keep_running` starts what this stops."""
        self._gateway.stop(patience=2)

    def stop(self) -> None:
        """The gateway first: its closing sockets still write to the table."""
        for build in self._builds:
            build.stop(patience=1)
        self._provision.stop(patience=1)
        self._gateway.stop(patience=5)
        self._aws.stop(patience=10)


def _answers(port: int, path: str, below: int) -> bool:
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < below
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def fail(words: str) -> None:
    """End this process with a message instead of a trace."""
    print(f"messenger: {words}", file=sys.stderr, flush=True)
    sys.stdout.flush()
    os._exit(1)
