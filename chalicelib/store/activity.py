"""The audit log: a conversation's events lie beside its messages, those of settings by month."""

from datetime import datetime

from msgspec import json
from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.domain.activity import Action, ActivityEvent
from chalicelib.domain.history import CONVERSATION
from chalicelib.domain.message import Author
from chalicelib.store import keys
from chalicelib.store.table import Item, Raw, put, query, stamp

PAGE = 50

Placed = tuple[str, ActivityEvent]


class ActivityItem(Item):
    at = UTCDateTimeAttribute()
    actor = UnicodeAttribute()
    action = UnicodeAttribute()
    subject = UnicodeAttribute()
    subject_id = UnicodeAttribute()
    before = UnicodeAttribute(null=True)
    after = UnicodeAttribute(null=True)


def note(writes: TransactWrite, event: ActivityEvent) -> None:
    """Records an event in the transaction that does what it tells."""
    writes.save(_to_item(event))


def record(event: ActivityEvent) -> None:
    """Records an event that changed nothing: a look."""
    put(_to_item(event))


def of_conversation(conversation_id: str) -> list[ActivityEvent]:
    """The newest events of a conversation, the newest first; at most PAGE."""
    where = Item.sk.startswith(keys.activity(""))
    items, _ = query(keys.conversation(conversation_id), where=where, limit=PAGE, newest_first=True)
    return [_event(raw) for raw in items]


def given(
    branch_id: str, since: datetime, before: str | None = None
) -> tuple[list[ActivityEvent], str | None]:
    """A branch's assignments since a moment, the newest first, below a place; at most PAGE, and the
    place to go on from.
    """
    first = stamp(since)
    where = Item.view_sk.between(first, before) if before else Item.view_sk >= first
    items, _ = query(
        keys.given(branch_id), index="view", where=where, limit=PAGE + 2, newest_first=True
    )
    found = [raw for raw in items if raw["view_sk"]["S"] != before]
    page = found[:PAGE]
    more = len(found) > PAGE
    return [_event(raw) for raw in page], page[-1]["view_sk"]["S"] if more else None


def of_settings(month: str, before: str | None = None) -> list[Placed]:
    """(place, event) of what was done to settings in a month (`2026-11`), the newest first, below a
    place; at most PAGE.
    """
    where = Item.sk < before if before else None
    items, _ = query(keys.audit(month), where=where, limit=PAGE, newest_first=True)
    return [(raw["sk"]["S"], _event(raw)) for raw in items]


def _to_item(event: ActivityEvent) -> ActivityItem:
    moment = keys.activity(f"{stamp(event.at)}#{event.action.value}")
    if event.kind == CONVERSATION:
        pk, sk = keys.conversation(event.subject_id), moment
    else:
        pk, sk = keys.audit(stamp(event.at)[:7]), f"{moment}#{event.kind}#{event.subject_id}"
    item = ActivityItem(
        pk,
        sk,
        kind="activity",
        at=event.at,
        actor=_text(event.actor),
        action=event.action.value,
        subject=event.kind,
        subject_id=event.subject_id,
        before=_text(event.before),
        after=_text(event.after),
    )
    if event.action is Action.ASSIGNED and event.after:
        item.view_pk = keys.given(event.after["branch_id"])
        item.view_sk = keys.view_order(stamp(event.at), event.subject_id)
    return item


def _text(facts: object) -> str | None:
    """JSON that keeps Cyrillic as it is: half the size."""
    return None if facts is None else json.encode(facts).decode()


def _event(raw: Raw) -> ActivityEvent:
    item = ActivityItem.from_raw_data(raw)
    return ActivityEvent(
        at=item.at,
        actor=json.decode(item.actor, type=Author),
        action=Action(item.action),
        kind=item.subject,
        subject_id=item.subject_id,
        before=json.decode(item.before) if item.before else None,
        after=json.decode(item.after) if item.after else None,
    )
