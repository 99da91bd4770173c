"""Receivers of webhooks, which check what they are sent with the reference verifier."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
from msgspec import json
from standardwebhooks import webhooks as reference

from chalicelib.domain.event import EventType
from chalicelib.domain.webhook import Answer, Failure, Networks, Webhook, secret_of
from chalicelib.gateways import webhook_post
from chalicelib.store import settled, webhooks
from chalicelib.wire_webhooks import AnyEvent
from tests.support.people import NOW

TAKEN = Answer(status=200, failure=None)
BROKEN = Answer(status=500, failure=Failure.STATUS)
AWAY = Answer(status=None, failure=Failure.CONNECTION)

Mood = Callable[[], Answer]


def hook(id: str = "hook", **changes: object) -> Webhook:
    """A webhook in the table that wants everything of the inbox `demo`."""
    facts: dict[str, object] = {
        "id": id,
        "inbox_id": "demo",
        "url": f"https://{id}.example/",
        "events": frozenset(EventType),
        "enabled": True,
        "secret": secret_of(id.ljust(32).encode()),
        "created_at": NOW,
    }
    made = Webhook(**facts | changes)  # type: ignore[arg-type]  # the facts are a webhook's
    webhooks.save(made)
    settled.clear()
    return made


@dataclass(slots=True)
class Receivers:
    """All that is posted arrives here: checked, noted, and answered as each one's mood is."""

    clock: Callable[[], datetime]
    moods: dict[str, Mood] = field(default_factory=dict)
    known: dict[str, Webhook] = field(default_factory=dict)
    taken: dict[str, list[str]] = field(default_factory=dict)
    bodies: dict[tuple[str, str], set[bytes]] = field(default_factory=dict)

    def post(self, url: str, body: bytes, headers: dict[str, str], networks: Networks) -> Answer:
        if url not in self.known:
            self.known |= {each.url: each for each in webhooks.everything()}
        webhook = self.known[url]
        reference.Webhook(webhook.secret).verify(body, headers)
        told = json.decode(body, type=AnyEvent)
        assert told.id == headers["webhook-id"]
        assert abs(int(headers["webhook-timestamp"]) - self.clock().timestamp()) < 1
        self.bodies.setdefault((webhook.id, told.id), set()).add(body)
        answer = self.moods.get(webhook.id, lambda: TAKEN)()
        if answer.failure is None:
            self.taken.setdefault(webhook.id, []).append(told.id)
        return answer


def stand(monkeypatch: pytest.MonkeyPatch, clock: Callable[[], datetime]) -> Receivers:
    """Receivers in the place of the network, whose verifier's watch shows `clock`."""

    class Watch(datetime):
        @classmethod
        def now(cls, tz: object = UTC) -> datetime:  # type: ignore[override]  # always in UTC
            return clock()

    receivers = Receivers(clock)
    monkeypatch.setattr(webhook_post, "post", receivers.post)
    monkeypatch.setattr(reference, "datetime", Watch)
    return receivers
