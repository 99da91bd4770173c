"""Named people, and what they say."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from chalicelib.domain.connection import Connection, Kind, contact_audience, operator_audiences
from chalicelib.domain.contact import Contact, Place, Visitor
from chalicelib.domain.conversation import Conversation, started
from chalicelib.domain.message import Author, AuthorKind, Direction, Draft, Message
from chalicelib.domain.operator import Operator, Role

NOW = datetime(2100, 3, 1, 9, 0, tzinfo=UTC)
"""Far ahead: emulators delete what has expired by their own clock."""

YEKATERINBURG = Place(
    country="RU",
    subdivision="RU-SVE",
    city="1486209",
    name_ru="Екатеринбург, Свердловская область, Россия",
    name_en="Yekaterinburg, Sverdlovsk Oblast, Russia",
    time_zone="Asia/Yekaterinburg",
)

_numbers = count(1)


def later(**passed: float) -> datetime:
    return NOW + timedelta(**passed)


def operator(
    id: str = "anna", role: Role = Role.OPERATOR, branch_id: str | None = "ekb", **changes: Any
) -> Operator:
    facts: dict[str, Any] = {
        "id": id,
        "name": id.title(),
        "email": f"{id}@x.example",
        "role": role,
        "branch_id": branch_id,
        "capacity": 5,
        "session_epoch": 0,
    }
    return Operator(**facts | changes)


def contact(id: str = "vera", **changes: Any) -> Contact:
    facts: dict[str, Any] = {
        "id": id,
        "inbox_id": "demo",
        "name": None,
        "place": YEKATERINBURG,
        "conversation_id": None,
        "created_at": NOW,
    }
    return Contact(**facts | changes)


def visitor(contact_id: str = "vera") -> Visitor:
    return Visitor(contact_id=contact_id, inbox_id="demo")


def asks(
    body: str = "Здравствуйте", by: str = "vera", at: datetime = NOW, client_id: str = ""
) -> Draft:
    """Something a visitor wants to say, under a new client id unless one is given."""
    return Draft(
        client_id=client_id or f"client-{next(_numbers):06}",
        author=Author(kind=AuthorKind.VISITOR, id=by, name=""),
        direction=Direction.IN,
        body=body,
        at=at,
    )


def answers(
    body: str = "Добрый день", by: str = "anna", at: datetime = NOW, client_id: str = ""
) -> Draft:
    """The same for an operator."""
    return Draft(
        client_id=client_id or f"client-{next(_numbers):06}",
        author=Author(kind=AuthorKind.OPERATOR, id=by, name=by.title()),
        direction=Direction.OUT,
        body=body,
        at=at,
    )


def first_message(conversation_id: str = "talk", **said: Any) -> Message:
    return asks(**said).numbered(conversation_id, 1)


def queued(
    id: str = "talk", branch_id: str = "ekb", by: str = "vera", at: datetime = NOW
) -> Conversation:
    """A new conversation that waits in its branch's queue."""
    return started(contact(by), branch_id, first_message(id, by=by, at=at))


def panel_of(operator: Operator, id: str = "", at: datetime = NOW, **changes: Any) -> Connection:
    """The socket of an operator's panel."""
    facts: dict[str, Any] = {
        "id": id or f"panel-of-{operator.id}",
        "kind": Kind.OPERATOR,
        "subject_id": operator.id,
        "audiences": operator_audiences(operator, ["ekb", "msk"]),
        "operator": operator,
        "viewing": None,
        "opened_at": at,
        "seen_at": at,
    }
    return Connection(**facts | changes)


def widget_of(contact_id: str = "vera", id: str = "", at: datetime = NOW) -> Connection:
    """The socket of a visitor's widget."""
    return Connection(
        id=id or f"widget-of-{contact_id}",
        kind=Kind.VISITOR,
        subject_id=contact_id,
        audiences=(contact_audience(contact_id),),
        operator=None,
        viewing=None,
        opened_at=at,
        seen_at=at,
    )
