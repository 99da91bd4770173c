"""People at work in the rehearsed deployment, through its doors only."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.deploy.cloud import Answer, Cloud

PASSWORD = "correct horse battery"
Tree = dict[str, Any]

_numbers = count(1)
_signed_in: dict[tuple[int, str], str] = {}


@dataclass(slots=True, kw_only=True)
class Visitor:
    cloud: Cloud
    token: str = ""
    conversation_id: str | None = None
    seq: int = 0

    @classmethod
    def arrive(cls, cloud: Cloud, inbox: str = "demo") -> "Visitor":
        answer = cloud.rest("POST", "/widget/bootstrap", {"inbox": inbox})
        assert answer.status == 200, answer
        return cls(cloud=cloud, token=answer.body["visitor_token"])

    def say(self, body: str = "Здравствуйте", over: Any = None) -> None:
        """By a request, or over an open socket."""
        said = self.says(body)
        answer = (
            call(over, "/widget/send", said, self.token)
            if over
            else self.cloud.rest("POST", "/widget/send", said, self.token)
        )
        assert answer.status == 201, answer
        self.conversation_id = answer.body["conversation"]["id"]
        self.seq = answer.body["conversation"]["seq"]

    def says(self, body: str = "Здравствуйте") -> Tree:
        """What the widget sends."""
        return {
            "client_id": f"rehearsal-{next(_numbers):06}",
            "body": body,
            "conversation_id": self.conversation_id,
            "after": self.seq,
        }

    def reads(self) -> list[str]:
        answer = self.cloud.rest("POST", "/widget/poll", {"after": 0}, self.token)
        assert answer.status == 200, answer
        return [each["body"] for each in answer.body["messages"]]

    def ticket(self) -> str:
        return _ticket(self.cloud, "widget", self.token)


@dataclass(slots=True, kw_only=True)
class Operator:
    cloud: Cloud
    name: str
    token: str = field(default="", repr=False)

    @classmethod
    def sign_in(cls, cloud: Cloud, name: str) -> "Operator":
        """Somebody of the company; whoever is signed in stays so until they sign out."""
        if (cloud.port, name) not in _signed_in:
            who = {"email": f"{name}@x.example", "password": PASSWORD}
            answer = cloud.rest("POST", "/panel/sign_in", who)
            assert answer.status == 200, answer
            _signed_in[cloud.port, name] = answer.body["access_token"]
        return cls(cloud=cloud, name=name, token=_signed_in[cloud.port, name])

    def signs_out(self) -> None:
        del _signed_in[self.cloud.port, self.name]
        self.does("POST", "/sign_out")

    def rest(self, method: str, path: str, body: object = None) -> Answer:
        return self.cloud.rest(method, f"/panel{path}", body, self.token)

    def does(self, method: str, path: str, body: object = None, status: int = 200) -> Any:
        answer = self.rest(method, path, body)
        assert answer.status == status, answer
        return answer.body

    def is_now(self, presence: str) -> None:
        self.does("POST", "/presence", {"presence": presence})

    def listed(self, tab: str) -> list[str]:
        return [each["id"] for each in self.does("GET", f"/conversations?tab={tab}")["items"]]

    def takes(self, visitor: Visitor) -> None:
        self.does("POST", f"/conversations/{visitor.conversation_id}/take")

    def replies(self, visitor: Visitor, body: str = "Добрый день") -> None:
        said = {
            "client_id": f"rehearsal-{next(_numbers):06}",
            "body": body,
            "after": visitor.seq,
        }
        path = f"/conversations/{visitor.conversation_id}/messages"
        visitor.seq = self.does("POST", path, said, 201)["message"]["seq"]

    def resolves(self, visitor: Visitor) -> None:
        self.does("POST", f"/conversations/{visitor.conversation_id}/resolve")

    def ticket(self) -> str:
        return _ticket(self.cloud, "panel", self.token)

    @contextmanager
    def webhook(self, url: str) -> Iterator[Tree]:
        """A webhook for every event, and its secret; it goes with the block."""
        events = ["conversation.created", "conversation.closed", "message.in", "message.out"]
        wanted = {"url": url, "events": events}
        made: Tree = self.does("POST", "/inboxes/demo/webhooks", wanted, 201)
        try:
            yield made
        finally:
            self.does("DELETE", f"/inboxes/demo/webhooks/{made['webhook']['id']}")


def _ticket(cloud: Cloud, door: str, token: str) -> str:
    answer = cloud.rest("POST", f"/{door}/socket_ticket", None, token)
    assert answer.status == 200, answer
    ticket: str = answer.body["ticket"]
    return ticket


def call(socket: Any, path: str, body: object, token: str) -> Answer:
    """The answer to a call over an open socket; what is pushed before it is dropped."""
    frame = {"type": "call", "id": "1", "path": path, "token": token, "body": body}
    socket.send(json.dumps(frame))
    while (heard := json.loads(socket.recv()))["type"] != "answer":
        pass
    return Answer(status=heard["status"], headers={}, body=heard["body"])


@dataclass(slots=True, kw_only=True)
class DeadSocket:
    """A socket that API Gateway announced and then lost: a push to it finds it gone."""

    cloud: Cloud
    id: str

    @classmethod
    def opened(cls, who: Visitor | Operator) -> "DeadSocket":
        socket = cls(cloud=who.cloud, id=f"dead-{next(_numbers):06}")
        answer = socket.event("WebsocketConnect", "CONNECT", ticket=who.ticket())
        assert answer["statusCode"] == 200, answer
        assert socket.items()
        return socket

    def says(self, **ping: Any) -> None:
        answer = self.event("WebsocketMessage", "MESSAGE", body={"type": "ping", **ping})
        assert answer["statusCode"] == 200, answer

    def calls(self, path: str, body: object, token: str, status: int = 201) -> None:
        """The answer finds nobody; what was asked is done."""
        call = {"type": "call", "id": "1", "path": path, "token": token, "body": body}
        answer = self.event("WebsocketMessage", "MESSAGE", body=call)
        assert answer["statusCode"] == status, answer

    def closes(self) -> None:
        answer = self.event("WebsocketDisconnect", "DISCONNECT")
        assert answer["statusCode"] == 200, answer

    def items(self) -> list[Tree]:
        """What the table knows of it."""
        known = self.cloud.item(f"W#{self.id}", "CONNECTION")
        if known is None:
            return []
        audiences = known["audiences"]["S"].split()
        copies = [self.cloud.item(f"S#{each}", self.id) for each in audiences]
        return [known, *(each for each in copies if each)]

    def event(self, function: str, kind: str, *, ticket: str = "", body: object = None) -> Tree:
        context = {
            "apiId": self.cloud.resources["WebsocketAPI"],
            "connectionId": self.id,
            "domainName": "sockets.test",
            "eventType": kind,
            "identity": {"sourceIp": "203.0.113.1"},
            "routeKey": {"CONNECT": "$connect", "DISCONNECT": "$disconnect"}.get(kind, "$default"),
            "stage": "api",
        }
        answer: Tree = self.cloud.invoke(
            function,
            {
                "requestContext": context,
                "queryStringParameters": {"ticket": ticket} if ticket else None,
                "body": json.dumps(body) if body else None,
            },
        )
        return answer
