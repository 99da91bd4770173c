"""The acts that are metered: each prepares a scene and answers with what is to be done in it, by
the doors that clients use.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import msgspec

from chalicelib import jobs
from chalicelib.actions import retention, timers
from chalicelib.domain.operator import Operator
from chalicelib.domain.webhook import Answer as Receipt
from chalicelib.gateways import webhook_post
from chalicelib.store import conversations
from tests.support.company import ADMIN, ANNA, OLEG, PASSWORD
from tests.support.door import CONTEXT, at, bearer, get, post
from tests.support.functions import ON_SCHEDULE
from tests.support.line import LINE
from tests.support.scene import Guest, act, begun, client_id, held_by, reply
from tests.support.sockets import Socket, new_socket, socket_of, ticket_of
from tests.support.stream import inserted

Act = Callable[[], object]
Prepare = Callable[[], Act]

LIVE: dict[str, Socket] = {}
"""The panels that are open on the stage, by operator."""

TEXT = "Здравствуйте! Подскажите, пожалуйста, есть ли доставка в Нижний Тагил?"


def talking() -> tuple[Guest, Socket]:
    """A visitor with an open widget, in a conversation that its assignee has on the screen; what
    was said last was said in another minute.
    """
    with at(datetime.now(UTC) - timedelta(seconds=90)):
        guest = held_by(ANNA)
        act(ANNA, guest, "open")
        guest.say(TEXT)
        reply(ANNA, guest, TEXT)
    guest.seq += 1
    return guest, socket_of(guest)


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
    guest = _expected()
    return _calls(socket_of(guest), "/widget/send", _said(), guest.token)


def _first_message_by_request() -> Act:
    guest = _expected()
    return lambda: guest.say(TEXT)


def _message_in() -> Act:
    guest, widget = talking()
    said = _said(conversation_id=guest.conversation_id, after=guest.seq)
    return _calls(widget, "/widget/send", said, guest.token)


def _message_in_by_request() -> Act:
    guest, _ = talking()
    return lambda: guest.say(TEXT)


def _message_out() -> Act:
    guest, _ = talking()
    return _says(ANNA, guest, "messages", _said(after=guest.seq))


def _mark_read() -> Act:
    guest, _ = talking()
    guest.say(TEXT)
    return _says(ANNA, guest, "mark_read", {"in_count": 3})


def _typing_in() -> Act:
    guest, widget = talking()
    return lambda: widget.say(_typing(guest))


def _typing_out() -> Act:
    guest, _ = talking()
    return lambda: LIVE[ANNA.id].say(_typing(guest))


def _typing(guest: Guest) -> str:
    return json.dumps({"type": "typing", "conversation_id": guest.conversation_id})


def _visitor_mark() -> Act:
    """Of a reply that its author still has on the screen."""
    guest, widget = talking()
    LIVE[ANNA.id].ping(viewing=guest.conversation_id)
    body = {"conversation_id": guest.conversation_id, "seq": guest.seq}
    return _calls(widget, "/widget/mark_read", body, guest.token)


def _visitor_mark_by_request() -> Act:
    guest, _ = talking()
    return lambda: guest.read(guest.seq)


def _open() -> Act:
    guest, _ = talking()
    guest.say(TEXT)
    return _says(ANNA, guest, "open", {})


def _resolve() -> Act:
    guest, _ = talking()
    return lambda: act(ANNA, guest, "resolve")


def _poll() -> Act:
    guest, _ = talking()
    return lambda: guest.poll(guest.seq, conversation_id=guest.conversation_id)


def _list() -> Act:
    """Of a tab, before there is a socket."""
    _busy()
    return lambda: get("/panel/conversations?tab=mine", bearer(ANNA))


def _lists() -> Act:
    _busy()
    return _calls(LIVE[ANNA.id], "/panel/lists", {}, bearer(ANNA))


def _busy() -> None:
    for _ in range(5):
        held_by(ANNA)


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


def _escalate() -> Act:
    """From one colleague to the other, with the visitor's widget open."""
    with at(datetime.now(UTC) - timedelta(seconds=241)):
        guest = _expected()
        guest.say(TEXT)
    socket_of(guest)
    known = conversations.get(str(guest.conversation_id))
    if known is None or known.due is None:
        raise RuntimeError("nobody was given the conversation")
    job = timers.Job(conversation_id=known.id, timer=known.due.timer, at=known.due.at)
    event = {"Records": [{"messageId": "1", "body": msgspec.json.encode(job).decode()}]}
    return lambda: jobs.escalate(event, CONTEXT)


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


def _add_webhook() -> None:
    events = ["conversation.created", "conversation.closed", "message.in", "message.out"]
    wanted = {"url": "https://hooks.example.com/messenger", "events": events}
    answer = post("/panel/inboxes/demo/webhooks", wanted, bearer(ADMIN))
    if answer.status != 201:
        raise RuntimeError(f"no webhook: {answer}")


def _expected() -> Guest:
    """Somebody who has not written yet, while two operators are online."""
    for person in (ANNA, OLEG):
        post("/panel/presence", {"presence": "online"}, bearer(person))
    return Guest.arrive()


def _said(**changes: object) -> dict[str, object]:
    return {"client_id": client_id(), "body": TEXT} | changes


def _says(operator: Operator, guest: Guest, what: str, body: object) -> Act:
    """An operator's route on a visitor's conversation, over a socket of theirs."""
    path = f"/panel/conversations/{guest.conversation_id}/{what}"
    return _calls(LIVE[operator.id], path, body, bearer(operator))


def _calls(socket: Socket, path: str, body: object, token: str) -> Act:
    frame = {"type": "call", "id": client_id(), "path": path, "token": token, "body": body}
    text = json.dumps(frame)
    return lambda: socket.say(text)


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
    "first_message_by_request": _first_message_by_request,
    "message_in": _message_in,
    "message_in_by_request": _message_in_by_request,
    "message_out": _message_out,
    "mark_read": _mark_read,
    "typing_in": _typing_in,
    "typing_out": _typing_out,
    "visitor_mark": _visitor_mark,
    "visitor_mark_by_request": _visitor_mark_by_request,
    "open": _open,
    "resolve": _resolve,
    "list": _list,
    "lists": _lists,
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
    "escalate": _escalate,
    "close": _close,
    "fan_out": _fan_out,
    "fan_out_to_a_webhook": _fan_out_to_a_webhook,
    "deliver": _deliver,
}

FUNCTIONS = {
    "first_message": "WebsocketMessage",
    "message_in": "WebsocketMessage",
    "message_out": "WebsocketMessage",
    "mark_read": "WebsocketMessage",
    "open": "WebsocketMessage",
    "lists": "WebsocketMessage",
    "typing_in": "WebsocketMessage",
    "typing_out": "WebsocketMessage",
    "visitor_mark": "WebsocketMessage",
    "visitor_connect": "WebsocketConnect",
    "operator_connect": "WebsocketConnect",
    "visitor_ping": "WebsocketMessage",
    "operator_ping": "WebsocketMessage",
    "looking_ping": "WebsocketMessage",
    "visitor_disconnect": "WebsocketDisconnect",
    "operator_disconnect": "WebsocketDisconnect",
    "tick": "Tick",
    "escalate": "Escalate",
    "close": "Retain",
    "fan_out": "FanOut",
    "fan_out_to_a_webhook": "FanOut",
    "deliver": "Deliver",
}
"""Everything else is a REST request."""
