"""CPU time of the send handler, and of the reference that tells how slow this machine is."""

import json
from datetime import UTC, datetime
from statistics import median
from typing import Any

import boto3

from app import app
from chalicelib.api import tokens
from chalicelib.domain.connection import Connection, Kind, branch_audience
from chalicelib.domain.contact import Contact, Place, Visitor
from chalicelib.domain.conversation import started
from chalicelib.domain.message import Author, AuthorKind, Direction, Draft
from chalicelib.domain.operator import Operator, Role
from chalicelib.store import connections, heads, keys
from tests.bench.report import Report
from tests.bench.stub import answering, milliseconds
from tests.support.door import CONTEXT

REFERENCE_MS = 0.303
"""One stubbed GetItem of the plain SDK on the machine where the budgets were set."""

ROUNDS, TIMES = 5, 120
NOW = datetime.now(UTC)
PLAIN = boto3.client("dynamodb")
VISITOR = Visitor(contact_id="a" * 32, inbox_id="demo")
CONVERSATION = "c" * 32
ANNA = Operator(
    id="anna",
    name="Анна Уралова",
    email="anna@demo.example",
    role=Role.OPERATOR,
    branch_id="ekb",
    capacity=10,
    session_epoch=0,
)


def measure(report: Report) -> None:
    """Interleaves both, so that a drifting machine slows both."""
    event = _event()
    with answering(*_answers()) as called:
        assert app(event, CONTEXT)["statusCode"] == 201  # from here on settings are known
        called.clear()
        assert app(event, CONTEXT)["statusCode"] == 201
        assert sorted(called) == ["", "Query", "Query", "TransactWriteItems"]
        pairs = [
            (_reference(), milliseconds(lambda: app(event, CONTEXT), TIMES)) for _ in range(ROUNDS)
        ]
    report.slowness = median(reference for reference, _ in pairs) / REFERENCE_MS
    report.note("machine_slowness", report.slowness, "x")
    scaled = median(handler / reference for reference, handler in pairs) * REFERENCE_MS
    report.count("send_handler_cpu", scaled, "ms", 3)
    report.note("  send_handler_cpu_here", median(handler for _, handler in pairs), "ms")


def slowness() -> float:
    """How much slower this machine is at this moment than the one where budgets were set."""
    with answering({"GetItem": {}}):
        return median(_reference() for _ in range(ROUNDS)) / REFERENCE_MS


def _reference() -> float:
    key = {"pk": {"S": "C#x"}, "sk": {"S": "~HEAD"}}
    return milliseconds(lambda: PLAIN.get_item(TableName="messenger", Key=key), TIMES)


def _event() -> dict[str, Any]:
    body = {"client_id": "0" * 36, "conversation_id": CONVERSATION, "body": "Привет!", "after": 1}
    token = tokens.for_visitor(VISITOR, NOW)
    return {
        "httpMethod": "POST",
        "resource": "/widget/send",
        "path": "/widget/send",
        "headers": {"content-type": "application/json", "authorization": f"Bearer {token}"},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": {},
        "stageVariables": None,
        "isBase64Encoded": False,
        "body": json.dumps(body),
        "requestContext": {
            "httpMethod": "POST",
            "resourcePath": "/widget/send",
            "path": "/api/widget/send",
            "identity": {"sourceIp": "192.0.2.1"},
        },
    }


def _answers() -> tuple[dict[str, Any], dict[str, Any]]:
    """A conversation that Анна has, and her socket: by operation, and by partition."""
    draft = Draft(
        client_id="1" * 36,
        author=Author(kind=AuthorKind.VISITOR, id=VISITOR.contact_id, name=""),
        direction=Direction.IN,
        body="Здравствуйте",
        at=NOW,
    )
    contact = Contact(
        id=VISITOR.contact_id,
        inbox_id="demo",
        name=None,
        place=Place(country="RU", subdivision="RU-SVE"),
        conversation_id=CONVERSATION,
        created_at=NOW,
    )
    head = heads.to_item(started(contact, "ekb", draft.numbered(CONVERSATION, 1)))
    head.assignee_id, head.assignee_name = ANNA.id, ANNA.name
    head.assigned_at, head.queued_at = NOW, None
    audience = branch_audience("ekb")
    socket = Connection(
        id="socket-of-anna",
        kind=Kind.OPERATOR,
        subject_id=ANNA.id,
        audiences=(audience,),
        operator=ANNA,
        viewing=None,
        opened_at=NOW,
        seen_at=NOW,
    )
    item = connections.to_item(socket, keys.audience(audience), socket.id)
    by_operation = {"GetItem": {"Item": head.serialize()}, "TransactWriteItems": {}}
    return by_operation, {
        keys.conversation(CONVERSATION): head.serialize(),
        keys.audience(audience): item.serialize(),
    }
