"""Sockets open, ping and close."""

from datetime import datetime

from msgspec import json

from chalicelib import announce, present, wire_frames
from chalicelib.actions.conversations import branches, list_rev
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import access
from chalicelib.domain.connection import (
    Connection,
    Kind,
    contact_audience,
    operator_audiences,
)
from chalicelib.domain.contact import Visitor
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.operator import Operator
from chalicelib.errors import Unauthorized
from chalicelib.gateways import sockets
from chalicelib.parallel import start
from chalicelib.store import connections, conversations, settled


def connect_visitor(connection_id: str, visitor: Visitor, ticket_id: str, now: datetime) -> None:
    """Raises Unauthorized when the ticket was used before."""
    audience = contact_audience(visitor.contact_id)
    _register(_opened(connection_id, visitor.contact_id, (audience,), None, now), ticket_id)


def connect_operator(
    connection_id: str, operator: Operator, ticket_id: str, now: datetime, choice: Choice
) -> None:
    """A live panel makes its operator eligible, so what waits is given out.

    Raises Unauthorized, as above.
    """
    audiences = operator_audiences(operator, branches(operator))
    _register(_opened(connection_id, operator.id, audiences, operator, now), ticket_id)
    if operator.branch_id:
        drain_soon(operator.branch_id, now, choice)


def ping(connection_id: str, ping: wire_frames.Ping, now: datetime) -> None:
    """Renews the lease and answers with what the client missed; a socket that we do not know is
    closed.
    """
    connection = connections.get(connection_id)
    if connection is None or not still_trusted(connection):
        sockets.close(connection_id)
        return
    reading = start(lambda: conversations.get_many(list(ping.revs)))
    if connection.operator is None:
        announce.to(connection, _visitor_pong(connection, reading.result(), ping.revs))
        return
    if connection.operator.branch_id or connection.viewing != ping.viewing:
        connections.touch(connection, ping.viewing, now)
    _hear_all_branches(connection)
    announce.to(connection, _pong(connection.operator, reading.result(), ping.revs))


def _hear_all_branches(connection: Connection) -> None:
    """A supervisor's socket listens to branches that were added since it was opened, too."""
    operator = connection.operator
    if operator is not None and operator.oversees:
        audiences = operator_audiences(operator, branches(operator))
        if set(audiences) - set(connection.audiences):
            connections.listen(connection, audiences)


def answer(connection_id: str, frame: wire_frames.AnswerFrame) -> None:
    """To the socket that called; one that is gone asks again elsewhere."""
    sockets.post(connection_id, json.encode(frame))


def disconnect(connection_id: str) -> None:
    connection = connections.get(connection_id)
    if connection is not None:
        connections.forget(connection)


def _visitor_pong(
    connection: Connection, found: list[Conversation], revs: dict[str, int]
) -> wire_frames.VisitorPongFrame:
    own = [each for each in found if each.contact_id == connection.subject_id]
    return wire_frames.VisitorPongFrame(
        conversations=[present.for_visitor(each) for each in own if each.rev != revs[each.id]]
    )


def _pong(
    operator: Operator, found: list[Conversation], revs: dict[str, int]
) -> wire_frames.PongFrame:
    changed = [each for each in found if each.rev != revs[each.id]]
    seen = [each for each in changed if access.may_see(operator, each)]
    return wire_frames.PongFrame(
        conversations=[present.for_operator(each, operator) for each in seen],
        gone={each.id: each.rev for each in changed if each not in seen},
        list_rev=list_rev(operator),
    )


def still_trusted(connection: Connection) -> bool:
    """Whether whoever opened the socket still is who they were then."""
    if connection.kind is Kind.VISITOR or connection.operator is None:
        return True
    current = settled.operator(connection.subject_id, connection.operator.session_epoch)
    return current == connection.operator


def _opened(
    connection_id: str,
    subject_id: str,
    audiences: tuple[str, ...],
    operator: Operator | None,
    now: datetime,
) -> Connection:
    return Connection(
        id=connection_id,
        kind=Kind.OPERATOR if operator else Kind.VISITOR,
        subject_id=subject_id,
        audiences=audiences,
        operator=operator,
        viewing=None,
        opened_at=now,
        seen_at=now,
    )


def _register(connection: Connection, ticket_id: str) -> None:
    if not connections.open_with(connection, ticket_id):
        raise Unauthorized("This ticket has been used.")
