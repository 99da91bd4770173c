"""What runs beside the requests: a thread for the schedules, one per queue and per stream."""

import logging
import threading
from collections.abc import Callable
from typing import Any

from chalice.app import Chalice

from infra.local.context import LambdaContext

logger = logging.getLogger(__name__)
Runner = Callable[[threading.Event], None]


class HandlerError(Exception):
    """The handler raised: whoever called it decides whether to repeat."""


def run_handler(app: Chalice, name: str, event: dict[str, Any]) -> Any:
    """Call a handler as Lambda would; its error is logged and None returned."""
    try:
        return call_handler(app, name, event)
    except HandlerError:
        return None


def call_handler(app: Chalice, name: str, event: dict[str, Any]) -> Any:
    """Call a handler as Lambda would. Raises HandlerError, with the error logged."""
    try:
        return app.handler_map[name](event, LambdaContext(function_name=name))
    except Exception as error:
        logger.exception("%s failed", name)
        raise HandlerError(name) from error


class Background:
    """The runners' threads. They are daemons: a handler under way does not hold the exit."""

    def __init__(self, runners: list[Runner]) -> None:
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=runner, args=(self._stop,), daemon=True) for runner in runners
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def ask_to_stop(self) -> None:
        self._stop.set()
