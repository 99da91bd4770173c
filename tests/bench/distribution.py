"""Assigning, the minute tick and lists, among very many conversations."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from math import ceil
from random import choice
from statistics import median
from time import perf_counter

from botocore.retries.standard import ExponentialBackoff

from chalicelib.actions import messages, timers
from chalicelib.actions.conversations import Tab, listed
from chalicelib.store import contacts, pools, settled
from tests.api.test_budgets import Cost, counted
from tests.bench.handler import slowness
from tests.bench.report import Report
from tests.support import company, crowd, emulators, line, units
from tests.support.company import ADMIN, ELENA, first
from tests.support.consistency import check
from tests.support.line import LINE
from tests.support.people import NOW, asks, contact, operator, visitor

THREADS, ARRIVALS = 8, 160
DUE = 1000
MANY, FEW = 10_000, 10
PAGES = 15
KB = 1024

CREW = tuple(operator(f"op{number}", capacity=100) for number in range(4))


def measure(report: Report) -> None:
    report.slowness = slowness()
    report.note("machine_slowness", report.slowness, "x")
    with line.laid():
        rate, transactions = _assignments()
        report.rate("assignments_8_threads", rate, "1/s", 8)
        report.count("assignments_8_threads_transactions_each", transactions, "", 9)
        for due, trips, read in ((0, 1, 8), (DUE, 1, 40)):
            tick = _tick(due)
            queries = [each for each in tick.calls if each.operation == "Query"]
            report.count(f"tick_{due}_due_round_trips", line.round_trips(queries), "", trips)
            report.count(f"tick_{due}_due_read_units", _read_units(tick), "RRU", read)
            sent = tick.operations["SendMessageBatch"]
            report.count(f"tick_{due}_due_queue_requests", sent, "", due / 10)
        _lists(report)
        LINE.reset()


def _assignments() -> tuple[float, float]:
    """Conversations that arrive and are given out, per second, by eight threads of one process that
    all work on one branch; and how many transactions each takes, two of which are needed.
    """
    with emulators.empty_table("ministack"), _no_pauses():
        company.found(*CREW, ADMIN)
        company.online(*CREW)
        names = [f"guest-{number}" for number in range(ARRIVALS)]
        for name in names:
            contacts.add(contact(name))
        before, begin = len(LINE.calls), perf_counter()
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(_arrives, names))
        took = perf_counter() - begin
        tried = sum(each.operation == "TransactWriteItems" for each in LINE.calls[before:])
        assert len(check()) == ARRIVALS
        assert pools.load("ekb").queued == 0, "not every conversation was given out"
    return ARRIVALS / took, tried / ARRIVALS


_moments = count()


def _arrives(name: str) -> None:
    said = asks(by=name, at=NOW + timedelta(milliseconds=next(_moments)))
    messages.receive(visitor(name), said, None, 0, choice)


@contextmanager
def _no_pauses() -> Iterator[None]:
    """The SDK tries again at once."""
    kept = ExponentialBackoff.delay_amount
    ExponentialBackoff.delay_amount = lambda *_: 0  # type: ignore[method-assign]
    try:
        yield
    finally:
        ExponentialBackoff.delay_amount = kept  # type: ignore[method-assign]


def _tick(due: int) -> Cost:
    """The look at the timers, among conversations that all have one."""
    with emulators.empty_table("ministack"):
        company.found()
    crowd.held(DUE, crowd.timed(timedelta(hours=1), due))
    with counted() as cost:
        timers.queue_due(NOW - timedelta(seconds=30), first)
    return cost


def _read_units(cost: Cost) -> float:
    """Of queries that need not be consistent, by DynamoDB's rule: emulators count otherwise."""
    read = [sum(map(units.size, each.answer.get("Items", []))) for each in cost.calls]
    queries = [size for size, each in zip(read, cost.calls, strict=True) if "Items" in each.answer]
    return sum(max(1, ceil(size / KB / 4)) / 2 for size in queries)


def _lists(report: Report) -> None:
    """A supervisor's page. Its time is DynamoDB Local's: ministack's queries slow down with the
    partition, which DynamoDB's do not.
    """
    exact = "dynamodb-local" if emulators.start_dynamodb_local() else "ministack"
    few, _ = _page(exact, FEW)
    many, cost = _page(exact, MANY)
    report.count("list_of_10000_round_trips", cost.round_trips, "", 2)
    report.count("list_of_10000_read_units", _read_units(cost), "RRU", 8)
    if exact == "dynamodb-local":
        report.count("list_of_10000_time_to_list_of_10", many / few, "x", 4)
    report.note("  list_of_10000_here", many, "ms")


def _page(emulator: str, open: int) -> tuple[float, Cost]:
    """The usual time of the first page in ms, and what it asked."""
    with emulators.empty_table(emulator):
        company.found()
    settled.clear()
    crowd.held(open)
    with counted() as cost:
        assert len(listed(ELENA, Tab.ALL, None).items) == min(open, 49)
    times = []
    for _ in range(PAGES):
        begin = perf_counter()
        listed(ELENA, Tab.ALL, None)
        times.append((perf_counter() - begin) * 1000)
    return median(times), cost
