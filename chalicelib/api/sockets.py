"""The three doors of the WebSocket API."""

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

import msgspec
from chalice.app import Response, WebsocketEvent

from chalicelib import wire, wire_frames
from chalicelib.actions import live, typing
from chalicelib.api import auth, embedding, tokens
from chalicelib.api.endpoint import Call, over_socket, parse, refuse, respond
from chalicelib.domain.contact import Visitor
from chalicelib.errors import Refusal, TooLarge

Answer = dict[str, Any]
MAX_ANSWER = 127 * 1024
"""Bytes of the body; API Gateway sends no message of more than 128 kB."""
CLIENT_FRAME = cast(
    type[wire_frames.Ping | wire_frames.Call | wire_frames.Typing], wire_frames.ClientFrame
)


def connect(event: WebsocketEvent) -> Answer:
    """Opens the door to who holds a fresh ticket: a visitor's or an operator's."""
    asked = event.to_dict()
    query = asked.get("queryStringParameters") or {}
    headers = {name.lower(): value for name, value in (asked.get("headers") or {}).items()}
    return _done(lambda: _connect(event.connection_id, query.get("ticket", ""), headers))


def message(event: WebsocketEvent) -> Answer:
    """A ping, word of somebody's writing, or a call of a route: the same view, token and refusals
    as by REST. Only the answer goes over the socket, under the id of the call; null when the frame
    has none, or could not be read so far.
    """
    try:
        frame = parse(event.body.encode(errors="surrogatepass"), CLIENT_FRAME)
    except Refusal as refusal:
        return _answered(event.connection_id, None, refuse(refusal))
    if isinstance(frame, wire_frames.Ping):
        return _done(lambda: _ping(event.connection_id, frame))
    if isinstance(frame, wire_frames.Typing):
        return _typing(event.connection_id, frame)
    call = Call(
        headers={"authorization": f"Bearer {frame.token}"},
        query={},
        raw=bytes(frame.body),
        source_ip=event.to_dict()["requestContext"]["identity"]["sourceIp"],
        socket=event.connection_id,
    )
    return _answered(event.connection_id, frame.id, over_socket(frame.path, call))


def disconnect(event: WebsocketEvent) -> Answer:
    def act() -> wire.Nothing:
        live.disconnect(event.connection_id)
        return wire.Nothing()

    return _done(act)


def _connect(connection_id: str, ticket: str, headers: Mapping[str, str]) -> wire.Nothing:
    now = datetime.now(UTC)
    kind, claims = tokens.read_ticket(ticket)
    if kind == "visitor":
        visitor = Visitor(contact_id=claims["sub"], inbox_id=claims["inbox"])
        embedding.check(headers, visitor.inbox_id)
        live.connect_visitor(connection_id, visitor, claims["jti"], now)
    else:
        operator = auth.operator_of(claims["sub"], claims["epoch"])
        live.connect_operator(connection_id, operator, claims["jti"], now, random.choice)
    return wire.Nothing()


def _ping(connection_id: str, ping: wire_frames.Ping) -> wire.Nothing:
    live.ping(connection_id, ping, datetime.now(UTC))
    return wire.Nothing()


def _typing(connection_id: str, frame: wire_frames.Typing) -> Answer:
    """Silence, unless it is refused."""

    def act() -> wire.Nothing:
        typing.tell(connection_id, frame.conversation_id, writing=frame.writing)
        return wire.Nothing()

    response = respond(act, 200)
    if response.status_code == 200:
        return {"statusCode": 200}
    return _answered(connection_id, None, response)


def _answered(connection_id: str, call_id: str | None, response: Response) -> Answer:
    def act() -> wire.Nothing:
        body = msgspec.Raw(response.body.encode())
        frame = wire_frames.AnswerFrame(id=call_id, status=response.status_code, body=body)
        live.answer(connection_id, frame)
        return wire.Nothing()

    if len(response.body.encode()) > MAX_ANSWER:
        response = refuse(TooLarge("The answer is too large for a socket: ask by a request."))
    return {"statusCode": respond(act, response.status_code).status_code}


def _done(act: Callable[[], wire.Nothing]) -> Answer:
    response = respond(act, 200)
    return {"statusCode": response.status_code, "body": response.body}
