"""Meters every act of the model on the embedded AWS: requests counted, units by AWS's rules (both
emulators count some of them wrong), the handler's CPU time on its own.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from math import ceil
from statistics import median
from time import process_time
from typing import Any

from botocore.awsrequest import AWSResponse

from chalicelib.store import settled
from infra.cost.acts import ACTS, FUNCTIONS, LIVE, Act, Prepare
from infra.cost.metered import Metered
from tests.bench.handler import slowness
from tests.support import company, emulators, geoip, line, units
from tests.support.company import ANNA, ELENA, OLEG
from tests.support.door import Answer
from tests.support.environment import TABLE
from tests.support.line import LINE, Call, Go, round_trips
from tests.support.sockets import socket_of

SPACING = 0.04
"""Seconds that each call waits while metered, so that simultaneous ones are seen to be."""
TIMES = 7
"""How often the CPU time of an act is taken; each time from a fresh scene."""
READ_KB = 4096


# ---------------------------------------------------------------- what DynamoDB would bill


@dataclass(slots=True)
class Tally:
    writes: float = 0
    reads: float = 0
    calls: list[Call] = field(default_factory=list)


class Meter:
    """Stands in the line. Looks at the items of a write before and after it."""

    def __init__(self) -> None:
        self.tally = Tally()
        self._own = threading.local()
        self._one_writer = threading.Lock()

    def plan(self, call: Call, go: Go) -> AWSResponse:
        if getattr(self._own, "looking", False):
            return go()
        self.tally.calls.append(call)
        keys = _written(call)
        if not keys:
            response = go()
            self.tally.reads += _read(call)
            return response
        with self._one_writer:
            before = self._look(keys)
            response = go()
            after = self._look(keys)
        each = 2 if call.operation == "TransactWriteItems" else 1
        for key in keys:
            self.tally.writes += units.item_written(before.get(key), after.get(key), each)
        return response

    def _look(self, keys: list[tuple[str, str]]) -> units.Snapshot:
        self._own.looking = True
        try:
            return units.items(keys)
        finally:
            self._own.looking = False


def _written(call: Call) -> list[tuple[str, str]]:
    """The keys that a call writes, or checks in a transaction."""
    request = call.request
    if call.operation == "TransactWriteItems":
        parts = [part for each in request["TransactItems"] for part in each.values()]
    elif call.operation in ("PutItem", "UpdateItem", "DeleteItem"):
        parts = [request]
    elif call.operation == "BatchWriteItem":
        parts = [part for each in request["RequestItems"][TABLE] for part in each.values()]
    else:
        parts = []
    keys = [part.get("Key") or part["Item"] for part in parts]
    return [(key["pk"]["S"], key["sk"]["S"]) for key in keys]


def _read(call: Call) -> float:
    """Read units: 4 KB each, half when eventually consistent, at least one."""
    if call.operation == "GetItem":
        return _blocks([call.answer.get("Item")]) * _share(call.request)
    if call.operation == "Query":
        size = sum(units.size(each) for each in call.answer["Items"])
        return max(1, ceil(size / READ_KB)) * _share(call.request)
    if call.operation == "BatchGetItem":
        asked = call.request["RequestItems"][TABLE]
        found = call.answer["Responses"].get(TABLE, [])
        missing = len(asked["Keys"]) - len(found)
        return (_blocks(found) + missing) * _share(asked)
    return 0


def _blocks(items: list[units.Item | None]) -> int:
    return sum(max(1, ceil(units.size(each) / READ_KB)) for each in items)


def _share(request: dict[str, Any]) -> float:
    return 1 if request.get("ConsistentRead") else 0.5


# ---------------------------------------------------------------- one act


def meter() -> dict[str, Metered]:
    """Every act by name, with its CPU time, scaled by how slow the machine is at the moment."""
    return {name: replace(count(name), cpu_ms=_scaled(act)) for name, act in ACTS.items()}


def _scaled(act: Prepare) -> float:
    slow = slowness()
    return round(median(_cpu(act) for _ in range(TIMES)) / slow, 2)


def count(name: str) -> Metered:
    """One act without its CPU time: exact, and quick."""
    with _stage():
        return _acted(name, ACTS[name]())


def _acted(name: str, act: Act) -> Metered:
    settled.clear()  # with little traffic a process has forgotten by its next request
    meter = Meter()
    before = len(LINE.frames)
    LINE.delay = SPACING
    with LINE.through(meter.plan):
        answer = act()
    LINE.delay = 0.0
    calls = meter.tally.calls
    posts = [each for each in calls if each.operation.endswith("socket")]
    others = [each for each in calls if each not in posts]
    frames = [frame for _, frame in LINE.frames[before:]]
    function = FUNCTIONS.get(name, "APIHandler")
    status = answer.status if isinstance(answer, Answer) else answer
    if isinstance(status, int) and status >= 400:
        raise RuntimeError(f"{name} was refused: {answer}")
    return Metered(
        function=function,
        write_units=meter.tally.writes,
        read_units=meter.tally.reads,
        queue_requests=sum("Message" in each.operation for each in others),
        frames_in=int(function == "WebsocketMessage"),
        frames_out=len(posts),
        frame_bytes=sum(len(json.dumps(each, ensure_ascii=False).encode()) for each in frames),
        lists_told=sum(each["type"] == "list" for each in frames),
        waits=round_trips(others),
        post_waits=round_trips(posts),
        answer_bytes=len(json.dumps(answer.body, ensure_ascii=False).encode())
        if isinstance(answer, Answer)
        else 0,
        cpu_ms=0,
    )


@contextmanager
def _stage() -> Iterator[None]:
    """A company at work: two operators of a branch and a supervisor have their panels open."""
    LINE.settle()
    with emulators.empty_table("ministack"):
        company.found()
        LIVE.update({person.id: socket_of(person) for person in (ANNA, OLEG, ELENA)})
        yield
        LINE.settle()


def _cpu(prepare: Prepare) -> float:
    """Milliseconds of this process; the line's own are part of it, so it errs on the dear side."""
    with _stage():
        act = prepare()
        begin = process_time()
        act()
        LINE.settle()
        return (process_time() - begin) * 1000


@contextmanager
def laid() -> Iterator[None]:
    """An embedded AWS of its own, for a run outside the tests."""
    with line.laid():
        geoip.write()
        try:
            yield
        finally:
            LINE.reset()
            emulators.stop_all()
