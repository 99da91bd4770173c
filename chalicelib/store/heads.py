"""The head item of a conversation and its mapping to the domain; only hot facts, at most 1 kB."""

from datetime import UTC, datetime
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition

from chalicelib.domain.assignment import Miss
from chalicelib.domain.conversation import (
    Alarm,
    Assignee,
    Conversation,
    Due,
    Priority,
    Status,
    Timer,
    reads_above,
)
from chalicelib.domain.message import BareFile, Direction, Message
from chalicelib.domain.pacing import quota_after
from chalicelib.domain.rating import Rated, Scale
from chalicelib.store import keys
from chalicelib.store.table import Item, Raw, stamp


class HeadItem(Item):
    inbox_id = UnicodeAttribute()
    contact_id = UnicodeAttribute()
    contact_name = UnicodeAttribute(null=True)
    contact_rev = NumberAttribute(null=True)
    branch_id = UnicodeAttribute()
    region = UnicodeAttribute(null=True)
    status = UnicodeAttribute()
    assignee_id = UnicodeAttribute(null=True)
    assignee_name = UnicodeAttribute(null=True)
    assignee_photo = UnicodeAttribute(null=True)
    assigned_at = UTCDateTimeAttribute(null=True)
    opened_at = UTCDateTimeAttribute(null=True)
    seq = NumberAttribute()
    rev = NumberAttribute()
    in_count = NumberAttribute()
    read_count = NumberAttribute()
    answered_count = NumberAttribute(default=0)
    last_direction = UnicodeAttribute()
    last_snippet = UnicodeAttribute()
    last_file = UnicodeAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    activity_at = UTCDateTimeAttribute()
    waiting_since = UTCDateTimeAttribute(null=True)
    queued_at = UTCDateTimeAttribute(null=True)
    resolved_at = UTCDateTimeAttribute(null=True)
    last_assignee_id = UnicodeAttribute(null=True)
    missed: JSONAttribute = JSONAttribute(null=True)
    alarm = UnicodeAttribute(null=True)
    answered_at = UTCDateTimeAttribute(null=True)
    told_closed_at = UTCDateTimeAttribute(null=True)
    marked_unread = BooleanAttribute(null=True)
    priority = UnicodeAttribute(null=True)
    visitor_read = NumberAttribute(null=True)
    requested_at = UTCDateTimeAttribute(null=True)
    rated = UnicodeAttribute(null=True)
    auto_replied = BooleanAttribute(null=True)
    quota = NumberAttribute(null=True)
    quota_at = NumberAttribute(null=True)
    """Seconds since 1970: a time in words is four times as long."""


def handle(conversation_id: str) -> HeadItem:
    """The item to address a write to, without its attributes."""
    return HeadItem(keys.conversation(conversation_id), keys.HEAD)


def to_item(conversation: Conversation) -> HeadItem:
    """The head of a new, queued conversation."""
    c = conversation
    return HeadItem(
        keys.conversation(c.id),
        keys.HEAD,
        kind="conversation",
        inbox_id=c.inbox_id,
        contact_id=c.contact_id,
        contact_name=c.contact_name,
        contact_rev=c.contact_rev or None,
        branch_id=c.branch_id,
        region=c.region,
        status=c.status.value,
        seq=c.seq,
        rev=c.rev,
        in_count=c.in_count,
        read_count=c.read_count,
        answered_count=c.answered_count,
        last_direction=c.last_direction.value,
        last_snippet=c.last_snippet,
        last_file=c.last_file.value if c.last_file else None,
        created_at=c.created_at,
        activity_at=c.activity_at,
        waiting_since=c.waiting_since,
        queued_at=c.queued_at,
        told_closed_at=c.told_closed_at,
        requested_at=c.requested_at,
        quota=c.quota,
        view_pk=keys.view_open(c.branch_id),
        view_sk=keys.view_place(stamp(c.activity_at), c.id),
    )


def from_raw(raw: Raw) -> Conversation:
    return from_item(HeadItem.from_raw_data(raw))


def from_item(item: HeadItem) -> Conversation:
    assignee = None
    if item.assignee_id:
        assignee = Assignee(
            id=item.assignee_id,
            name=item.assignee_name,
            assigned_at=item.assigned_at,
            opened_at=item.opened_at,
            photo=item.assignee_photo,
        )
    return Conversation(
        id=item.pk.removeprefix(keys.conversation("")),
        inbox_id=item.inbox_id,
        contact_id=item.contact_id,
        contact_name=item.contact_name,
        branch_id=item.branch_id,
        region=item.region,
        status=Status(item.status),
        assignee=assignee,
        seq=int(item.seq),
        rev=int(item.rev),
        in_count=int(item.in_count),
        read_count=int(item.read_count),
        answered_count=int(item.answered_count),
        last_direction=Direction(item.last_direction),
        last_snippet=item.last_snippet,
        last_file=BareFile(item.last_file) if item.last_file else None,
        created_at=item.created_at,
        activity_at=item.activity_at,
        waiting_since=item.waiting_since,
        queued_at=item.queued_at,
        last_assignee_id=item.last_assignee_id,
        resolved_at=item.resolved_at,
        missed=_misses(item.missed or {}),
        due=_due(item.due_pk, item.due_sk),
        alarm=Alarm(item.alarm) if item.alarm else None,
        answered_at=item.answered_at,
        told_closed_at=item.told_closed_at,
        marked_unread=bool(item.marked_unread),
        priority=Priority(item.priority or Priority.NORMAL),
        visitor_read=int(item.visitor_read or 0),
        requested_at=item.requested_at,
        rated=_rated(item.rated),
        auto_replied=bool(item.auto_replied),
        quota=int(item.quota or 0),
        quota_at=_moment(item.quota_at),
        contact_rev=int(item.contact_rev or 0),
    )


def _misses(stored: dict[str, str]) -> tuple[Miss, ...]:
    return tuple(
        Miss(operator_id=operator_id, at=datetime.fromisoformat(at))
        for operator_id, at in stored.items()
    )


def _rated(stored: str | None) -> Rated | None:
    if not stored:
        return None
    scale, score, at = stored.split("#")
    return Rated(scale=Scale(scale), score=int(score), at=datetime.fromisoformat(at))


def _due(pk: str | None, sk: str | None) -> Due | None:
    if not pk or not sk:
        return None
    timer, at = keys.due_kind(pk), keys.due_time(sk)
    return Due(timer=Timer(timer), at=datetime.fromisoformat(at))


def changed() -> list[Any]:
    return [HeadItem.rev.set(HeadItem.rev + 1)]


def said(message: Message) -> list[Any]:
    """What any public message changes."""
    at = message.draft.at
    return [
        HeadItem.seq.set(message.seq),
        HeadItem.last_direction.set(message.draft.direction.value),
        HeadItem.last_snippet.set(message.draft.snippet),
        _set(HeadItem.last_file, message.draft.bare_file),
        HeadItem.activity_at.set(at),
        HeadItem.view_sk.set(keys.view_place(stamp(at), message.conversation_id)),
    ]


def asked(message: Message, after: int) -> list[Any]:
    """What a visitor's message changes besides: the count, since when they wait, and what they have
    read.
    """
    above = [HeadItem.visitor_read.set(after)] if reads_above(message, after) else []
    return [
        *said(message),
        *above,
        HeadItem.in_count.set(HeadItem.in_count + 1),
        HeadItem.waiting_since.set(HeadItem.waiting_since | message.draft.at),
    ]


def replied(message: Message) -> list[Any]:
    """What a reply changes besides: the visitor waits no longer, and all before it is read."""
    return [
        *said(message),
        HeadItem.waiting_since.remove(),
        HeadItem.read_count.set(HeadItem.in_count),
        HeadItem.answered_count.set(HeadItem.in_count),
        HeadItem.answered_at.set(message.draft.at),
        HeadItem.quota.set(HeadItem.in_count + quota_after(0)),
    ]


def renewed(read: Conversation, at: datetime) -> list[Any]:
    """Another quota of incoming messages from then on."""
    most = HeadItem.quota.set(quota_after(read.in_count))
    return [most, HeadItem.quota_at.set(int(at.timestamp()))]


def within_quota() -> Condition:
    return HeadItem.in_count < HeadItem.quota


def _moment(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None


def told_closed(message: Message) -> list[Any]:
    """What the automatic message outside the hours changes."""
    return [HeadItem.seq.set(message.seq), HeadItem.told_closed_at.set(message.draft.at)]


def requesting(was: Conversation, now: Conversation) -> list[Any]:
    """What it changes that a conversation becomes an offline request, or is none any more."""
    if was.requested_at == now.requested_at:
        return []
    if now.requested_at is None:
        return [HeadItem.requested_at.remove()]
    return [
        HeadItem.requested_at.set(now.requested_at),
        _set(HeadItem.told_closed_at, now.told_closed_at),
        _set(HeadItem.contact_name, now.contact_name),
    ]


def rated(given: Rated) -> Any:
    """The rating in few bytes: the head is read and written with every message."""
    return HeadItem.rated.set(f"{given.scale.value}#{given.score}#{stamp(given.at)}")


def auto_replied(message: Message) -> list[Any]:
    """What the automatic answer changes: neither since when the visitor waits, nor any clock."""
    return [HeadItem.seq.set(message.seq), HeadItem.auto_replied.set(True)]


def answered(message: Message) -> list[Any]:
    """What the assignee's reply changes: it is an opening as well, and no clock runs any more."""
    return [
        *replied(message),
        HeadItem.opened_at.set(HeadItem.opened_at | message.draft.at),
        *timing(None, message.conversation_id),
        HeadItem.missed.remove(),
        HeadItem.alarm.remove(),
        HeadItem.marked_unread.remove(),
    ]


def standing(now: Conversation) -> list[Any]:
    """Where a conversation is and whose, from here on; what was said is not touched."""
    holder = now.assignee
    given = stamp(holder.assigned_at) if holder and now.held else None
    view = keys.view_open if now.status is Status.OPEN else keys.view_closed
    return [
        _set(HeadItem.status, now.status.value),
        _set(HeadItem.branch_id, now.branch_id),
        _set(HeadItem.assignee_id, holder.id if holder else None),
        _set(HeadItem.assignee_name, holder.name if holder else None),
        _set(HeadItem.assignee_photo, holder.photo if holder else None),
        _set(HeadItem.assigned_at, holder.assigned_at if holder else None),
        _set(HeadItem.opened_at, holder.opened_at if holder else None),
        _set(HeadItem.last_assignee_id, now.last_assignee_id),
        _set(HeadItem.queued_at, now.queued_at),
        _set(HeadItem.resolved_at, now.resolved_at),
        _set(HeadItem.missed, {each.operator_id: stamp(each.at) for each in now.missed} or None),
        _set(HeadItem.alarm, now.alarm.value if now.alarm else None),
        _set(HeadItem.marked_unread, now.marked_unread or None),
        _set(HeadItem.priority, None if now.priority is Priority.NORMAL else now.priority.value),
        _set(HeadItem.view_pk, view(now.branch_id)),
        _set(HeadItem.mine_pk, keys.mine(holder.id) if holder and given else None),
        _set(HeadItem.mine_sk, keys.view_order(given, now.id) if given else None),
        *timing(now.due, now.id),
    ]


def timing(due: Due | None, conversation_id: str) -> list[Any]:
    """The entry in the index of timers."""
    pk = keys.due_of(due.timer.value, conversation_id) if due else None
    sk = keys.due_order(stamp(due.at), conversation_id) if due else None
    return [_set(HeadItem.due_pk, pk), _set(HeadItem.due_sk, sk)]


def stands_as(read: Conversation) -> Condition:
    """The condition that a conversation is still where, and whose, it was when it was read."""
    same: Condition = HeadItem.status == read.status.value
    if read.status is not Status.OPEN:
        return same
    if read.assignee is None:
        same &= HeadItem.queued_at == read.queued_at
    else:
        same &= HeadItem.assignee_id == read.assignee.id
        same &= HeadItem.assigned_at == read.assignee.assigned_at
    return same


def _set(attribute: Any, value: Any) -> Any:
    return attribute.remove() if value is None else attribute.set(value)


def closed() -> list[Any]:
    """What retention's closing changes: from now on the visitor's next message starts anew."""
    return [
        HeadItem.status.set(Status.CLOSED.value),
        HeadItem.due_pk.remove(),
        HeadItem.due_sk.remove(),
    ]
