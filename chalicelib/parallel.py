"""Calls that wait for the network at the same time instead of one after another."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")

_threads = ThreadPoolExecutor(max_workers=32, thread_name_prefix="parallel")


def start(call: Callable[[], T]) -> "Future[T]":
    """Begins a call; `.result()` waits for it and raises what it raised."""
    return _threads.submit(call)


def together(calls: Sequence[Callable[[], T]]) -> list[T]:
    """The results of all calls, in order; the first runs in this thread."""
    if not calls:
        return []
    others = [start(call) for call in calls[1:]]
    return [calls[0](), *(future.result() for future in others)]
