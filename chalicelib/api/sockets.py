"""The three doors of the WebSocket API."""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from chalice.app import WebsocketEvent

from chalicelib import wire
from chalicelib.actions import live
from chalicelib.api import auth, tokens
from chalicelib.api.endpoint import parse, respond
from chalicelib.domain.contact import Visitor

Answer = dict[str, Any]


def connect(event: WebsocketEvent) -> Answer:
    """Opens the door to who holds a fresh ticket: a visitor's or an operator's."""
    query = event.to_dict().get("queryStringParameters") or {}
    return _answered(lambda: _connect(event.connection_id, query.get("ticket", "")))


def message(event: WebsocketEvent) -> Answer:
    """Pings are the only thing clients say; everything else goes over REST."""

    def act() -> wire.Nothing:
        ping = parse(event.body.encode(), wire.Ping)
        live.ping(event.connection_id, ping, datetime.now(UTC))
        return wire.Nothing()

    return _answered(act)


def disconnect(event: WebsocketEvent) -> Answer:
    def act() -> wire.Nothing:
        live.disconnect(event.connection_id)
        return wire.Nothing()

    return _answered(act)


def _connect(connection_id: str, ticket: str) -> wire.Nothing:
    now = datetime.now(UTC)
    kind, claims = tokens.read_ticket(ticket)
    if kind == "visitor":
        visitor = Visitor(contact_id=claims["sub"], inbox_id=claims["inbox"])
        live.connect_visitor(connection_id, visitor, claims["jti"], now)
    else:
        operator = auth.operator_of(claims["sub"], claims["epoch"])
        live.connect_operator(connection_id, operator, claims["jti"], now, random.choice)
    return wire.Nothing()


def _answered(act: Callable[[], wire.Nothing]) -> Answer:
    response = respond(act, 200)
    return {"statusCode": response.status_code, "body": response.body}
