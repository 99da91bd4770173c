"""The app's functions, called as Lambda calls them: each worker process serves one event at a time.

Processes, as on Lambda, and because one interpreter cannot use two cores.
"""

import importlib
import os
from collections.abc import Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from chalice.app import Chalice

from infra.local.context import LambdaContext, make_threaded
from infra.local.lifeline import die_with

Event = Mapping[str, Any]

_hosted: dict[str, Chalice] = {}


def host(app: Chalice) -> None:
    """Makes `app` the one whose functions this process calls."""
    _hosted["app"] = make_threaded(app)


def call(handler: str | None, event: Event, context: LambdaContext) -> Any:
    """The answer of a handler by its name in the app; None names the REST API's."""
    app = _hosted["app"]
    return (app.handler_map[handler] if handler else app)(event, context)


def processes(module: str, count: int) -> Executor:
    """Workers that host `app` of a module; forked now, while this process has a single thread."""
    host(importlib.import_module(module).app)
    read_end, write_end = os.pipe()
    workers = ProcessPoolExecutor(
        count, get_context("fork"), initializer=_begin, initargs=(read_end, write_end)
    )
    workers.submit(os.getpid).result()
    return workers


def _begin(read_end: int, write_end: int) -> None:
    os.close(write_end)
    die_with(read_end)
