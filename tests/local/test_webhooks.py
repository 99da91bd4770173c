"""Webhooks on the running stack: the table's stream, real queues, a receiver on this machine."""

import json
import threading
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from standardwebhooks.webhooks import Webhook as Verifier

from infra.local.demo_data import PASSWORD, email
from infra.local.harness import Stack, start
from tests.local.conftest import eventually


class Receiver:
    """Verifies what it is sent once it knows the secret, and answers with `status`."""

    def __init__(self) -> None:
        self.status, self.secret = 204, ""
        self.types: dict[str, str] = {}
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told = Verifier(receiver.secret).verify(body, dict(self.headers.items()))
                if receiver.status < 300:
                    receiver.types[told["id"]] = told["type"]
                self.send_response(receiver.status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Silent."""

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/hook"

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    yield made
    made.close()


def call(
    stack: Stack, method: str, path: str, body: object = None, token: str = ""
) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{stack.url}/api{path}",
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
    )
    with urllib.request.urlopen(request, timeout=30) as response:
        answer: dict[str, Any] = json.load(response)
        return answer


def admin(stack: Stack) -> str:
    who = {"email": email("admin"), "password": PASSWORD}
    token: str = call(stack, "POST", "/panel/sign_in", who)["access_token"]
    return token


def subscribed(stack: Stack, receiver: Receiver) -> str:
    """A webhook to the receiver; the path of its deliveries."""
    wanted = {"url": receiver.url, "events": ["conversation.created", "message.in"]}
    made = call(stack, "POST", "/panel/inboxes/demo/webhooks", wanted, admin(stack))
    receiver.secret = made["secret"]
    return f"/panel/inboxes/demo/webhooks/{made['webhook']['id']}/deliveries"


def says(stack: Stack, count: int = 1) -> set[str]:
    """A visitor's messages, acknowledged; the ids of their events."""
    token = call(stack, "POST", "/widget/bootstrap", {"inbox": "demo"})["visitor_token"]
    talk, events = None, set()
    for number in range(count):
        body = {"client_id": str(uuid4()), "body": f"Вопрос {number}", "conversation_id": talk}
        sent = call(stack, "POST", "/widget/send", body | {"after": number}, token)
        talk = sent["conversation"]["id"]
        events |= {f"{talk}-created", f"{talk}-{sent['message']['seq']}"}
    return events


def test_events_arrive_signed_and_their_deliveries_are_listed(
    founded: Path, receiver: Receiver
) -> None:
    with start(founded) as stack:
        deliveries = subscribed(stack, receiver)
        events = says(stack, 3)

        eventually(lambda: receiver.types.keys() == events, 20)

        token = admin(stack)
        listed = eventually(
            lambda: (
                found
                if len(found := call(stack, "GET", deliveries, token=token)["items"]) == 4
                else None
            )
        )
        assert {each["event_id"] for each in listed} == events
        assert {each["status"] for each in listed} == {"delivered"}
        assert sorted(receiver.types.values()) == ["conversation.created", *["message.in"] * 3]


def test_a_receiver_that_comes_back_gets_what_it_missed(founded: Path, receiver: Receiver) -> None:
    """The first pause is five seconds, kept by the queue."""
    with start(founded) as stack:
        deliveries = subscribed(stack, receiver)
        receiver.status = 503
        events = says(stack)
        token = admin(stack)

        def tried() -> bool:
            found = call(stack, "GET", deliveries, token=token)["items"]
            return len(found) == 2 and all(len(each["attempts"]) == 1 for each in found)

        eventually(tried, 20)
        assert receiver.types == {}
        receiver.status = 200

        eventually(lambda: receiver.types.keys() == events, 20)


def test_no_event_is_lost_when_everything_is_killed(founded: Path, receiver: Receiver) -> None:
    """What was acknowledged is told to the receiver, wherever its event was at that moment."""
    stack = start(founded)
    subscribed(stack, receiver)
    events = says(stack, 20)
    stack.kill()

    with start(founded):
        eventually(lambda: receiver.types.keys() >= events, 30)

    assert receiver.types.keys() == events
