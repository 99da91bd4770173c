"""From the table's stream to the queue: each event becomes one job for each webhook that wants it.

The change itself was the outbox: what has been committed is in the stream until this has queued it.
"""

from collections.abc import Sequence

from msgspec import json

from chalicelib import present_webhooks
from chalicelib.config import config
from chalicelib.domain.event import Event
from chalicelib.domain.webhook import Webhook, wanted
from chalicelib.gateways import queue
from chalicelib.gateways.queue import Letter
from chalicelib.store import changes, settled
from chalicelib.store.changes import Record
from chalicelib.wire_webhooks import Job


def fan_out(records: Sequence[Record]) -> str | None:
    """Queues what a batch of stream records means to webhooks; the number of the record to begin
    with again, None when all is queued. A batch that comes twice is queued twice: a receiver tells
    it by the event's id.

    Raises Unavailable when the database does not answer.
    """
    told = changes.read(records)
    webhooks = settled.webhooks() if told else []
    if not webhooks:
        return None
    numbers: list[str] = []
    letters: list[Letter] = []
    for number, event in changes.events(told):
        for webhook in webhooks:
            if wanted(webhook, event):
                numbers.append(number)
                letters.append(Letter(json.encode(_job(webhook, event)).decode()))
    queued = queue.send_all(config().deliveries_queue, letters)
    return numbers[queued] if queued < len(numbers) else None


def _job(webhook: Webhook, event: Event) -> Job:
    return Job(
        webhook_id=webhook.id,
        inbox_id=webhook.inbox_id,
        event_id=event.id,
        type=event.type.value,
        conversation_id=event.conversation.id,
        seq=event.seq,
        created_at=event.at,
        attempt=1,
        body=json.encode(present_webhooks.event(event)).decode(),
    )
