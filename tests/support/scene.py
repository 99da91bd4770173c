"""Visitors and operators at work, through the doors."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Any

from chalicelib.api import tokens
from chalicelib.domain.operator import Operator
from tests.support import company
from tests.support.door import HOME, Answer, bearer, get, post

_numbers = count(1)


def client_id() -> str:
    return f"client-{next(_numbers):06}"


@dataclass(slots=True)
class Guest:
    """A visitor in a widget."""

    token: str
    refresh_token: str
    conversation_id: str | None = None
    seq: int = 0

    @classmethod
    def arrive(cls, *, address: str = HOME, inbox: str = "demo") -> "Guest":
        answer = post("/widget/bootstrap", {"inbox": inbox}, address=address)
        assert answer.status == 200, answer
        return cls(answer.body["visitor_token"], answer.body["refresh_token"])

    @property
    def contact_id(self) -> str:
        subject: str = tokens.read("visitor", self.token)["sub"]
        return subject

    def say(self, body: str = "Здравствуйте", **changes: Any) -> Answer:
        """Sends a message as the widget does, with what it knows."""
        said = {
            "client_id": client_id(),
            "body": body,
            "conversation_id": self.conversation_id,
            "after": self.seq,
        }
        answer = post("/widget/send", said | changes, self.token)
        if answer.status == 201:
            self.conversation_id = answer.body["conversation"]["id"]
            self.seq = answer.body["conversation"]["seq"]
        return answer

    def read(self, seq: int) -> Answer:
        """Has everything up to there on the screen."""
        body = {"conversation_id": self.conversation_id, "seq": seq}
        return post("/widget/mark_read", body, self.token)

    def poll(self, after: int = 0, **changes: Any) -> Answer:
        return post("/widget/poll", {"after": after} | changes, self.token)

    def bodies(self) -> list[str]:
        """The texts of the whole conversation, as the visitor reads it."""
        return [each["body"] for each in self.poll(0).body["messages"]]


def begun(**arriving: Any) -> Guest:
    """A visitor who has said something."""
    guest = Guest.arrive(**arriving)
    assert guest.say().status == 201
    return guest


def held_by(operator: Operator, **arriving: Any) -> Guest:
    """A visitor whose conversation this operator has taken."""
    guest = begun(**arriving)
    answer = act(operator, guest, "take")
    assert answer.status == 200, answer
    return guest


def resolved_by(operator: Operator, **arriving: Any) -> Guest:
    guest = held_by(operator, **arriving)
    assert act(operator, guest, "resolve").status == 200
    return guest


def act(operator: Operator, guest: Guest, what: str, body: object = None) -> Answer:
    """An operator's route on a visitor's conversation."""
    return post(f"/panel/conversations/{guest.conversation_id}/{what}", body, bearer(operator))


def reply(operator: Operator, guest: Guest, body: str = "Добрый день", **changes: Any) -> Answer:
    said = {"client_id": client_id(), "body": body, "after": guest.seq} | changes
    return act(operator, guest, "messages", said)


def listed(operator: Operator, tab: str = "mine") -> list[str]:
    """The ids in an operator's tab."""
    answer = get(f"/panel/conversations?tab={tab}", bearer(operator))
    assert answer.status == 200, answer
    return [each["id"] for each in answer.body["items"]]


def online(*people: Operator) -> None:
    company.online(*people, at=datetime.now(UTC))
