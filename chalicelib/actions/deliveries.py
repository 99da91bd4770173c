"""Webhook events go out: one attempt a job, repeated on the schedule of domain/webhook, until the
receiver has it or it lies in the dead-letter queue.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from msgspec import json

from chalicelib import telemetry
from chalicelib.config import config
from chalicelib.domain.event import EventType
from chalicelib.domain.webhook import (
    Delivery,
    Networks,
    Outcome,
    Webhook,
    attempted,
    given_up,
    headers,
)
from chalicelib.gateways import queue, webhook_post
from chalicelib.parallel import together
from chalicelib.store import deliveries, settled, timers, webhooks
from chalicelib.store.deliveries import TIMER
from chalicelib.store.timers import Key
from chalicelib.wire_webhooks import Job

AHEAD = timedelta(seconds=75)
"""How far the minute tick looks ahead: no timer falls due unseen between two ticks."""

LEASE = AHEAD + timedelta(seconds=60)
"""After a job has been queued its timer is set this long behind it: a job that got lost is queued
again.
"""

PER_TICK = 1000

METRICS: dict[Outcome, telemetry.Metric] = {
    Outcome.PENDING: "Retried",
    Outcome.DELIVERED: "Delivered",
    Outcome.DEAD: "Dead",
}

Clock = Callable[[], datetime]

logger = logging.getLogger("messenger")


def deliver(job: Job, clock: Clock) -> None:
    """Makes the attempt that a job asks for, unless it has been made.

    Raises Unavailable when what came of it could not be stored: the queue then gives the job again.
    """
    known = deliveries.get(job.webhook_id, job.created_at, job.event_id) or _first(job)
    before = len(known.attempts)
    if known.outcome is not Outcome.PENDING or job.attempt != before + 1:
        return
    webhook = _webhook(job)
    after = _posted(known, webhook, clock) if webhook else given_up(known)
    if after.outcome is Outcome.DEAD:
        queue.send(config().dead_deliveries_queue, _job(after, known.body))
    now = clock()
    if not deliveries.record(after, before, now, _due(after, now)):
        return
    logger.info(
        "webhook attempt",
        extra={"webhook_id": job.webhook_id, "event_id": job.event_id, "outcome": after.outcome},
    )
    telemetry.measure(METRICS[after.outcome])
    if after.next_attempt_at and _is_short(after.next_attempt_at, now):
        _queue(after, now)


def queue_due(now: datetime) -> None:
    """Queues the attempts that fall due before the next tick, and those whose job got lost.

    Raises Unavailable; what was not queued is due at the next tick.
    """
    due = timers.due(TIMER, now + AHEAD, PER_TICK)
    together([partial(_queue_again, key, now) for key in due])


def _queue_again(key: Key, now: datetime) -> None:
    delivery = deliveries.at(key)
    if delivery is None or delivery.next_attempt_at is None:
        return  # the index lags behind the table
    _queue(delivery, now)
    deliveries.put_off(delivery, max(delivery.next_attempt_at, now) + LEASE)


def _posted(delivery: Delivery, webhook: Webhook, clock: Clock) -> Delivery:
    signed = headers(webhook.secret, delivery.event_id, clock(), delivery.body)
    networks = Networks(config().webhook_networks)
    answer = webhook_post.post(webhook.url, delivery.body.encode(), signed, networks)
    return attempted(delivery, answer, clock())


def _webhook(job: Job) -> Webhook | None:
    """None when it was switched off or deleted. One that this process has not heard of is new."""
    known = next((each for each in settled.webhooks() if each.id == job.webhook_id), None)
    webhook = known or webhooks.get(job.inbox_id, job.webhook_id)
    return webhook if webhook and webhook.enabled else None


def _is_short(at: datetime, now: datetime) -> bool:
    return at - now <= timedelta(seconds=queue.LONGEST_DELAY)


def _due(delivery: Delivery, now: datetime) -> datetime | None:
    """When the tick must look at a delivery: in time for a long pause; for a short one, whose job
    is queued at once, only if that job got lost.
    """
    at = delivery.next_attempt_at
    if at is None:
        return None
    return at + LEASE if _is_short(at, now) else at


def _queue(delivery: Delivery, now: datetime) -> None:
    """The next attempt's job, as far ahead as it is due; its body is in the table."""
    at = delivery.next_attempt_at or now
    delay = max(0, round((at - now).total_seconds()))
    queue.send(config().deliveries_queue, _job(delivery, ""), delay)


def _job(delivery: Delivery, body: str) -> str:
    job = Job(
        webhook_id=delivery.webhook_id,
        inbox_id=delivery.inbox_id,
        event_id=delivery.event_id,
        type=delivery.type.value,
        conversation_id=delivery.conversation_id,
        seq=delivery.seq,
        created_at=delivery.created_at,
        attempt=len(delivery.attempts) + 1,
        body=body,
    )
    return json.encode(job).decode()


def _first(job: Job) -> Delivery:
    """A delivery of which no attempt is on record yet."""
    return Delivery(
        webhook_id=job.webhook_id,
        inbox_id=job.inbox_id,
        event_id=job.event_id,
        type=EventType(job.type),
        conversation_id=job.conversation_id,
        seq=job.seq,
        created_at=job.created_at,
        body=job.body,
    )
