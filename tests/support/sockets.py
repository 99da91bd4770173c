"""Clients' sockets, as API Gateway calls the application for them."""

import json
import re
from dataclasses import dataclass
from itertools import count
from typing import Any

from app import connect, disconnect, message
from chalicelib import wire, wire_frames
from chalicelib.api.endpoint import ENDPOINTS, Endpoint
from chalicelib.domain.operator import Operator
from tests.support.door import CONTEXT, HOME, Answer, bearer, post, shaped_like
from tests.support.line import LINE
from tests.support.scene import Guest

_numbers = count(1)
Frame = dict[str, Any]


@dataclass(slots=True)
class Socket:
    id: str
    shape: Any
    seen: int = 0

    def connect(self, ticket: str | None, headers: Frame | None = None) -> int:
        """The HTTP status of the upgrade."""
        query = None if ticket is None else {"ticket": ticket}
        asked = {"queryStringParameters": query, "headers": headers or {}}
        event = self.event("CONNECT") | asked
        status: int = connect(event, CONTEXT)["statusCode"]
        return status

    def say(self, body: str) -> int:
        """Sends a raw frame."""
        status: int = message(self.event("MESSAGE") | {"body": body}, CONTEXT)["statusCode"]
        return status

    def ping(self, revs: dict[str, int] | None = None, **more: Any) -> Frame:
        """The pong to a ping."""
        self.heard()
        assert self.say(json.dumps({"type": "ping", "revs": revs or {}} | more)) == 200
        (pong,) = self.heard()
        assert pong["type"] == "pong"
        return pong

    def call(self, path: str, body: object, token: str) -> Answer:
        """The answer to a call; what else is heard meanwhile is heard later."""
        frame = {"type": "call", "id": next_id(), "path": path, "token": token, "body": body}
        status = self.say(json.dumps(frame))
        LINE.settle()
        (found,) = (
            each for id, each in LINE.frames if id == self.id and each.get("id") == frame["id"]
        )
        assert found["status"] == status
        endpoint = spoken_endpoint(path)
        declared = status == endpoint.status
        shaped_like(endpoint.answer if declared else wire.ErrorAnswer, found["body"])
        return Answer(status, {}, found["body"])

    def close(self) -> None:
        assert disconnect(self.event("DISCONNECT"), CONTEXT)["statusCode"] == 200

    def heard(self) -> list[Frame]:
        """The frames that arrived since this was last asked."""
        LINE.settle()
        frames = [frame for id, frame in LINE.frames if id == self.id]
        new, self.seen = frames[self.seen :], len(frames)
        for frame in new:
            shaped_like(self.shape, frame)
        return new

    def types(self) -> list[str]:
        return [each["type"] for each in self.heard()]

    def event(self, kind: str) -> dict[str, Any]:
        context = {"connectionId": self.id, "eventType": kind, "routeKey": f"${kind.lower()}"}
        where = {"apiId": "sockets", "domainName": "sockets.test", "stage": "api"}
        return {"requestContext": context | where | {"identity": {"sourceIp": HOME}}}


def spoken_endpoint(path: str) -> Endpoint:
    """The declared route that a call's path belongs to."""
    plain = path.partition("?")[0]
    return next(
        each
        for each in ENDPOINTS
        if each.socket and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", each.path), plain)
    )


def next_id() -> str:
    return f"call-{next(_numbers)}"


def ticket_of(who: Operator | Guest) -> str:
    path, token = (
        ("/panel/socket_ticket", bearer(who))
        if isinstance(who, Operator)
        else ("/widget/socket_ticket", who.token)
    )
    ticket: str = post(path, None, token).body["ticket"]
    return ticket


def new_socket(who: Operator | Guest) -> Socket:
    """A socket that is not connected yet."""
    shape = wire_frames.PanelFrame if isinstance(who, Operator) else wire_frames.VisitorFrame
    name = who.id if isinstance(who, Operator) else "visitor"
    return Socket(f"{name}-{next(_numbers)}", shape)


def socket_of(who: Operator | Guest) -> Socket:
    socket = new_socket(who)
    assert socket.connect(ticket_of(who)) == 200
    return socket
