"""SIGKILL of the whole stack under load: what was acknowledged is there after the next start."""

import json
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from infra.local.harness import start

CLIENTS = 8
ENOUGH = 200


def test_nothing_acknowledged_is_lost_when_everything_is_killed_under_load(
    founded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RATE_LIMITS", "off")
    stack = start(founded)
    visitors = [_Talker(stack.url) for _ in range(CLIENTS)]
    threads = [threading.Thread(target=visitor.talk) for visitor in visitors]
    for thread in threads:
        thread.start()
    while sum(len(visitor.acknowledged) for visitor in visitors) < ENOUGH:
        assert any(thread.is_alive() for thread in threads), "nobody could write"
        threads[0].join(0.05)

    stack.kill()
    for thread in threads:
        thread.join()

    with start(founded) as again:
        for visitor in visitors:
            stored = visitor.stored(again.url)
            assert [message["seq"] for message in stored] == list(range(1, len(stored) + 1))
            found = {message["client_id"]: message["seq"] for message in stored}
            assert len(found) == len(stored), "a message was stored twice"
            assert visitor.acknowledged.items() <= found.items(), "an acknowledged message is lost"


class _Talker:
    """Writes until the server is gone; remembers what was acknowledged under which `seq`."""

    def __init__(self, url: str) -> None:
        self.url, self.seq, self.conversation = url, 0, None
        self.acknowledged: dict[str, int] = {}
        self.token = self._call("bootstrap", {"inbox": "demo"})["visitor_token"]

    def talk(self) -> None:
        while True:
            body = {
                "client_id": str(uuid4()),
                "conversation_id": self.conversation,
                "body": "Не теряйте меня",
                "after": self.seq,
            }
            try:
                sent = self._call("send", body)
            except (urllib.error.URLError, OSError):
                return
            self.conversation, self.seq = sent["conversation"]["id"], sent["message"]["seq"]
            self.acknowledged[body["client_id"]] = self.seq

    def stored(self, url: str) -> list[dict[str, Any]]:
        """Everything in the conversation, read as the widget does."""
        self.url, found = url, []
        while True:
            news = self._call("poll", {"after": len(found)})
            found += news["messages"]
            if not news["messages"] or len(found) >= news["conversation"]["seq"]:
                return found

    def _call(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        if name != "bootstrap":
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(  # our own loopback address
            f"{self.url}/api/widget/{name}", json.dumps(body).encode(), headers
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            found: dict[str, Any] = json.load(answer)
            return found
