"""Deliveries: what became of each event at each webhook, and the timers of those to be repeated."""

from datetime import datetime, timedelta
from typing import Any

from msgspec.structs import asdict
from pynamodb.attributes import (
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition

from chalicelib.domain.event import EventType
from chalicelib.domain.webhook import Attempt, Delivery, Failure, Outcome
from chalicelib.store import keys
from chalicelib.store.table import ABSENT, Item, put, query, read, stamp, update
from chalicelib.store.timers import Key

KEPT = timedelta(days=30)
"""How long a delivery is listed."""

TIMER = "delivery"


class DeliveryItem(Item):
    inbox_id = UnicodeAttribute()
    event_id = UnicodeAttribute()
    event_type = UnicodeAttribute()
    conversation_id = UnicodeAttribute()
    seq = NumberAttribute()
    created_at = UTCDateTimeAttribute()
    body = UnicodeAttribute(null=True)
    outcome = UnicodeAttribute()
    tries = NumberAttribute()
    attempts: JSONAttribute = JSONAttribute()
    next_attempt_at = UTCDateTimeAttribute(null=True)


def get(webhook_id: str, created_at: datetime, event_id: str) -> Delivery | None:
    """None before the first attempt has been recorded."""
    return at(_key(webhook_id, created_at, event_id))


def at(key: Key) -> Delivery | None:
    """The delivery that a timer belongs to."""
    item = read(DeliveryItem, *key)
    return _delivery(item) if item else None


def record(delivery: Delivery, before: int, now: datetime, due_at: datetime | None) -> bool:
    """Stores how a delivery stands that had `before` attempts until now; a pending one keeps its
    body and is found by its timer at `due_at`. False when somebody else was faster.
    """
    item = DeliveryItem(
        *_key(delivery.webhook_id, delivery.created_at, delivery.event_id),
        kind="delivery",
        inbox_id=delivery.inbox_id,
        event_id=delivery.event_id,
        event_type=delivery.type.value,
        conversation_id=delivery.conversation_id,
        seq=delivery.seq,
        created_at=delivery.created_at,
        body=delivery.body if delivery.outcome is Outcome.PENDING else None,
        outcome=delivery.outcome.value,
        tries=len(delivery.attempts),
        attempts=[_stored(attempt) for attempt in delivery.attempts],
        next_attempt_at=delivery.next_attempt_at,
        expires=now + KEPT,
    )
    if due_at is not None:
        item.due_pk = keys.due_of(TIMER, delivery.event_id)
        item.due_sk = keys.due_order(stamp(due_at), delivery.event_id)
    unchanged = _waiting(before)
    return put(item, unchanged if before else ABSENT | unchanged)


def put_off(delivery: Delivery, due_at: datetime) -> bool:
    """Sets the timer of a pending delivery; False when an attempt was recorded meanwhile."""
    item = DeliveryItem(*_key(delivery.webhook_id, delivery.created_at, delivery.event_id))
    order = keys.due_order(stamp(due_at), delivery.event_id)
    return update(item, [DeliveryItem.due_sk.set(order)], _waiting(len(delivery.attempts)))


def _waiting(tries: int) -> Condition:
    waiting: Condition = (DeliveryItem.outcome == Outcome.PENDING.value) & (
        DeliveryItem.tries == tries
    )
    return waiting


def newest(webhook_id: str, limit: int, before: str | None) -> list[tuple[str, Delivery]]:
    """(order, delivery) of a webhook, newest event first, below an order."""
    where = Item.sk < before if before else None
    items, _ = query(keys.deliveries(webhook_id), where=where, limit=limit, newest_first=True)
    return [(raw["sk"]["S"], _delivery(DeliveryItem.from_raw_data(raw))) for raw in items]


def _key(webhook_id: str, created_at: datetime, event_id: str) -> Key:
    return keys.deliveries(webhook_id), keys.delivery(stamp(created_at), event_id)


def _delivery(item: DeliveryItem) -> Delivery:
    return Delivery(
        webhook_id=item.pk.removeprefix(keys.deliveries("")),
        inbox_id=item.inbox_id,
        event_id=item.event_id,
        type=EventType(item.event_type),
        conversation_id=item.conversation_id,
        seq=int(item.seq),
        created_at=item.created_at,
        body=item.body or "",
        outcome=Outcome(item.outcome),
        attempts=tuple(_attempt(stored) for stored in item.attempts),
        next_attempt_at=item.next_attempt_at,
    )


def _stored(attempt: Attempt) -> dict[str, Any]:
    return asdict(attempt) | {"at": stamp(attempt.at)}


def _attempt(stored: dict[str, Any]) -> Attempt:
    failure = stored["failure"]
    return Attempt(
        number=stored["number"],
        at=datetime.fromisoformat(stored["at"]),
        status=stored["status"],
        duration_ms=stored["duration_ms"],
        failure=Failure(failure) if failure else None,
    )
