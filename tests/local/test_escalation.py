"""Escalation on the running stack: real queues, the table's stream, the clock on the wall."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import boto3
import websocket

from infra.local.demo_data import PASSWORD, email
from infra.local.environment import TABLE
from infra.local.harness import Stack, start
from infra.local.settings import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY
from tests.local.conftest import eventually
from tests.local.test_webhooks import call

SECONDS = 4


def table_of(stack: Stack) -> Any:
    resource = boto3.resource(
        "dynamodb",
        endpoint_url=stack.aws_url,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY_ID,
        aws_secret_access_key=SECRET_ACCESS_KEY,
    )
    return resource.Table(TABLE)


def shorten(table: Any) -> None:
    """Some seconds to open a conversation; less than the settings allow."""
    table.update_item(
        Key={"pk": "INBOXES", "sk": "I#demo"},
        UpdateExpression="SET escalate_after = :seconds",
        ExpressionAttributeValues={":seconds": SECONDS},
        ConditionExpression="attribute_exists(pk)",
    )


@contextmanager
def panel(stack: Stack, name: str) -> Iterator[str]:
    """Somebody at their panel, online; their token."""
    token: str = call(
        stack, "POST", "/panel/sign_in", {"email": email(name), "password": PASSWORD}
    )["access_token"]
    ticket = call(stack, "POST", "/panel/socket_ticket", token=token)["ticket"]
    address = stack.url.replace("http:", "ws:")
    socket = websocket.create_connection(f"{address}/ws?ticket={ticket}", timeout=30)
    reading = threading.Thread(target=read, args=(socket,))
    reading.start()
    call(stack, "POST", "/panel/presence", {"presence": "online"}, token)
    try:
        yield token
    finally:
        socket.close()
        reading.join()


def read(socket: websocket.WebSocket) -> None:
    """A panel takes its frames."""
    try:
        while socket.recv():
            pass
    except (OSError, websocket.WebSocketException):
        return


def says(stack: Stack) -> str:
    token = call(stack, "POST", "/widget/bootstrap", {"inbox": "demo"})["visitor_token"]
    body = {"client_id": str(uuid4()), "body": "Есть кто?", "conversation_id": None, "after": 0}
    talk: str = call(stack, "POST", "/widget/send", body, token)["conversation"]["id"]
    return talk


def history(table: Any, talk: str) -> list[tuple[str, str | None, datetime]]:
    """(action, to whom, when) of all that happened to a conversation, in its order."""
    found = table.query(
        KeyConditionExpression="pk = :pk AND begins_with(sk, :sk)",
        ExpressionAttributeValues={":pk": f"C#{talk}", ":sk": "A#"},
    )["Items"]
    return [
        (each["action"], json.loads(each["after"])["operator_id"], moment(each["at"]))
        if each["action"] == "assigned"
        else (each["action"], None, moment(each["at"]))
        for each in found
    ]


def moment(stored: str) -> datetime:
    return datetime.strptime(stored, "%Y-%m-%dT%H:%M:%S.%f%z")


def test_what_nobody_opens_moves_on_within_three_seconds_of_its_time(founded: Path) -> None:
    with start(founded) as stack:
        table = table_of(stack)
        shorten(table)
        with panel(stack, "anna"), panel(stack, "oleg"):
            talks = [says(stack) for _ in range(6)]

            for talk in talks:
                eventually(lambda each=talk: len(history(table, each)) == 3, 30)

            for talk in talks:
                (_, one, begun), (_, other, moved), (action, _, left) = history(table, talk)
                assert {one, other} == {"anna", "oleg"}
                assert action == "queued"
                for late in (moved - begun, left - moved):
                    assert timedelta() <= late - timedelta(seconds=SECONDS) <= timedelta(seconds=3)


def test_what_is_opened_in_time_stays(founded: Path) -> None:
    with start(founded) as stack:
        table = table_of(stack)
        shorten(table)
        with panel(stack, "anna") as anna:
            kept = says(stack)
            call(stack, "POST", f"/panel/conversations/{kept}/open", token=anna)
            lost = says(stack)

            eventually(lambda: len(history(table, lost)) == 2, 30)

            assert [action for action, *_ in history(table, kept)] == ["assigned"]
