"""Meters every act of the model on the embedded AWS: requests counted, units by AWS's rules (both
emulators count some of them wrong), the handler's CPU time on its own.
"""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import ceil
from statistics import median
from time import process_time
from typing import Any
from unittest.mock import patch

import msgspec
from botocore.awsrequest import AWSResponse

from chalicelib import jobs
from chalicelib.actions import retention, timers
from chalicelib.domain.conversation import Due
from chalicelib.domain.webhook import Answer as Receipt
from chalicelib.gateways import webhook_post
from chalicelib.store import conversations, heads, keys, settled
from chalicelib.store.heads import HeadItem
from chalicelib.store.table import update
from infra.cost.metered import Metered
from tests.bench.handler import slowness
from tests.support import company, emulators, geoip, line, units
from tests.support.company import ADMIN, ANNA, ELENA, OLEG, PASSWORD
from tests.support.door import CONTEXT, Answer, bearer, get, post
from tests.support.environment import TABLE
from tests.support.functions import ON_SCHEDULE
from tests.support.line import LINE, Call, Go, round_trips
from tests.support.scene import Guest, act, begun, held_by, reply
from tests.support.sockets import Socket, new_socket, socket_of, ticket_of
from tests.support.stream import inserted

Act = Callable[[], object]
Prepare = Callable[[], Act]

SPACING = 0.04
"""Seconds that each call waits while metered, so that simultaneous ones are seen to be."""
TIMES = 9
"""How often the CPU time of an act is taken; each time from a fresh scene."""
TEXT = "Здравствуйте! Подскажите, пожалуйста, есть ли доставка в Нижний Тагил?"
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
    """Every act by name, with its CPU time."""
    slow = slowness()
    return {
        name: replace(count(name), cpu_ms=round(median(_cpu(act) for _ in range(TIMES)) / slow, 2))
        for name, act in ACTS.items()
    }


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
    return Metered(
        function=function,
        write_units=meter.tally.writes,
        read_units=meter.tally.reads,
        queue_requests=sum("Message" in each.operation for each in others),
        frames_in=int(name.endswith("_ping")),
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
        for person in (ANNA, OLEG, ELENA):
            socket_of(person)
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


# ---------------------------------------------------------------- the acts


def talking() -> tuple[Guest, Socket]:
    """A visitor with an open widget, in a conversation that its assignee has on the screen."""
    guest = held_by(ANNA)
    widget = socket_of(guest)
    act(ANNA, guest, "open")
    guest.say(TEXT)
    reply(ANNA, guest, TEXT)
    guest.seq += 1
    return guest, widget


def _arrive() -> Act:
    return lambda: post("/widget/bootstrap", {"inbox": "demo"})


def _come_back() -> Act:
    guest, _ = talking()
    body = {"inbox": "demo", "refresh_token": guest.refresh_token}
    return lambda: post("/widget/bootstrap", body)


def _visitor_ticket() -> Act:
    guest, _ = talking()
    return lambda: post("/widget/socket_ticket", None, guest.token)


def _visitor_connect() -> Act:
    guest, _ = talking()
    ticket, socket = ticket_of(guest), new_socket(guest)
    return lambda: socket.connect(ticket)


def _visitor_ping() -> Act:
    guest, widget = talking()
    frame = _ping({str(guest.conversation_id): guest.poll(0).body["conversation"]["rev"]})
    return lambda: widget.say(frame)


def _visitor_disconnect() -> Act:
    _, widget = talking()
    return widget.close


def _first_message() -> Act:
    for person in (ANNA, OLEG):
        post("/panel/presence", {"presence": "online"}, bearer(person))
    guest = Guest.arrive()
    socket_of(guest)
    return lambda: guest.say(TEXT)


def _message_in() -> Act:
    guest, _ = talking()
    return lambda: guest.say(TEXT)


def _message_out() -> Act:
    guest, _ = talking()
    return lambda: reply(ANNA, guest, TEXT)


def _mark_read() -> Act:
    guest, _ = talking()
    guest.say(TEXT)
    return lambda: act(ANNA, guest, "mark_read", {"in_count": 3})


def _open() -> Act:
    guest, _ = talking()
    guest.say(TEXT)
    return lambda: act(ANNA, guest, "open")


def _resolve() -> Act:
    guest, _ = talking()
    return lambda: act(ANNA, guest, "resolve")


def _poll() -> Act:
    guest, _ = talking()
    return lambda: guest.poll(guest.seq, conversation_id=guest.conversation_id)


def _list() -> Act:
    for _ in range(5):
        held_by(ANNA)
    return lambda: get("/panel/conversations?tab=mine", bearer(ANNA))


def _operator_ping() -> Act:
    guests = [held_by(ANNA) for _ in range(5)]
    panel = socket_of(ANNA)
    revs = {str(each.conversation_id): each.poll(0).body["conversation"]["rev"] for each in guests}
    return lambda: panel.say(_ping(revs))


def _looking_ping() -> Act:
    guest, _ = talking()
    panel = socket_of(ANNA)
    return lambda: panel.say(_ping({}, viewing=guest.conversation_id))


def _sign_in() -> Act:
    return lambda: post("/panel/sign_in", {"email": ANNA.email, "password": PASSWORD})


def _operator_refresh() -> Act:
    session = post("/panel/sign_in", {"email": ANNA.email, "password": PASSWORD}).body
    return lambda: post("/panel/refresh", {"refresh_token": session["refresh_token"]})


def _directory() -> Act:
    return lambda: get("/panel/directory", bearer(ANNA))


def _presence() -> Act:
    return lambda: post("/panel/presence", {"presence": "away"}, bearer(ANNA))


def _operator_ticket() -> Act:
    return lambda: post("/panel/socket_ticket", None, bearer(ANNA))


def _operator_connect() -> Act:
    ticket, socket = ticket_of(ANNA), new_socket(ANNA)
    return lambda: socket.connect(ticket)


def _operator_disconnect() -> Act:
    return socket_of(ANNA).close


def _tick() -> Act:
    begun()
    return lambda: jobs.tick(ON_SCHEDULE, CONTEXT)


def _close() -> Act:
    guest, _ = talking()
    act(ANNA, guest, "resolve")
    later = datetime.now(UTC) + timedelta(days=15)
    return lambda: retention.close_resolved(later)


def _fan_out() -> Act:
    guest, _ = talking()
    guest.say(TEXT)
    said = [each for each in inserted() if "body" in each["dynamodb"]["NewImage"]]
    return lambda: jobs.fan_out({"Records": said[-1:]}, CONTEXT)


def _fan_out_to_a_webhook() -> Act:
    _add_webhook()
    return _fan_out()


def _deliver() -> Act:
    _add_webhook()
    _fan_out()()
    event = {"Records": [{"messageId": "1", "body": LINE.sent[-1].body}]}

    def run() -> object:
        with patch.object(webhook_post, "post", lambda *_: Receipt(status=200, failure=None)):
            return jobs.deliver(event, CONTEXT)

    return run


def _escalate() -> Act:
    """From one colleague to the other, with the visitor's widget open."""
    for person in (ANNA, OLEG):
        post("/panel/presence", {"presence": "online"}, bearer(person))
    guest = Guest.arrive()
    socket_of(guest)
    guest.say(TEXT)
    known = conversations.get(str(guest.conversation_id))
    if known is None or known.due is None:
        raise RuntimeError("nobody was given the conversation")
    at = datetime.now(UTC)
    overdue = timers.Job(conversation_id=known.id, timer=known.due.timer, at=at)
    key = HeadItem(keys.conversation(known.id), keys.HEAD)
    update(key, heads.timing(Due(timer=known.due.timer, at=at), known.id), HeadItem.pk.exists())
    event = {"Records": [{"messageId": "1", "body": msgspec.json.encode(overdue).decode()}]}
    return lambda: jobs.escalate(event, CONTEXT)


def _add_webhook() -> None:
    events = ["conversation.created", "conversation.closed", "message.in", "message.out"]
    wanted = {"url": "https://hooks.example.com/messenger", "events": events}
    answer = post("/panel/inboxes/demo/webhooks", wanted, bearer(ADMIN))
    if answer.status != 201:
        raise RuntimeError(f"no webhook: {answer}")


def _ping(revs: dict[str, int], **more: object) -> str:
    return json.dumps({"type": "ping", "revs": revs} | more)


ACTS: dict[str, Prepare] = {
    "arrive": _arrive,
    "come_back": _come_back,
    "visitor_ticket": _visitor_ticket,
    "visitor_connect": _visitor_connect,
    "visitor_ping": _visitor_ping,
    "visitor_disconnect": _visitor_disconnect,
    "poll": _poll,
    "first_message": _first_message,
    "message_in": _message_in,
    "message_out": _message_out,
    "mark_read": _mark_read,
    "open": _open,
    "resolve": _resolve,
    "list": _list,
    "operator_ping": _operator_ping,
    "looking_ping": _looking_ping,
    "sign_in": _sign_in,
    "operator_refresh": _operator_refresh,
    "directory": _directory,
    "presence": _presence,
    "operator_ticket": _operator_ticket,
    "operator_connect": _operator_connect,
    "operator_disconnect": _operator_disconnect,
    "tick": _tick,
    "close": _close,
    "fan_out": _fan_out,
    "fan_out_to_a_webhook": _fan_out_to_a_webhook,
    "deliver": _deliver,
    "escalate": _escalate,
}

FUNCTIONS = {
    "visitor_connect": "WebsocketConnect",
    "operator_connect": "WebsocketConnect",
    "visitor_ping": "WebsocketMessage",
    "operator_ping": "WebsocketMessage",
    "looking_ping": "WebsocketMessage",
    "visitor_disconnect": "WebsocketDisconnect",
    "operator_disconnect": "WebsocketDisconnect",
    "tick": "Tick",
    "close": "Retain",
    "fan_out": "FanOut",
    "fan_out_to_a_webhook": "FanOut",
    "deliver": "Deliver",
    "escalate": "Escalate",
}
"""Everything else is a REST request."""


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
