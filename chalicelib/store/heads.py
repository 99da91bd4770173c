"""The head item of a conversation and its mapping to the domain; only hot facts, at most 1 kB."""

from datetime import datetime
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.assignment import Assignment, Cause
from chalicelib.domain.conversation import Assignee, Conversation, Status
from chalicelib.domain.message import Direction, Message, snippet
from chalicelib.store import keys
from chalicelib.store.table import Item, Raw, stamp

RETENTION = "retention"
"""The timer of a resolved conversation; its index orders by when that happened."""


class HeadItem(Item):
    inbox_id = UnicodeAttribute()
    contact_id = UnicodeAttribute()
    contact_name = UnicodeAttribute(null=True)
    branch_id = UnicodeAttribute()
    region = UnicodeAttribute(null=True)
    status = UnicodeAttribute()
    assignee_id = UnicodeAttribute(null=True)
    assignee_name = UnicodeAttribute(null=True)
    assigned_at = UTCDateTimeAttribute(null=True)
    opened_at = UTCDateTimeAttribute(null=True)
    seq = NumberAttribute()
    rev = NumberAttribute()
    in_count = NumberAttribute()
    read_count = NumberAttribute()
    last_direction = UnicodeAttribute()
    last_snippet = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    activity_at = UTCDateTimeAttribute()
    waiting_since = UTCDateTimeAttribute(null=True)
    queued_at = UTCDateTimeAttribute(null=True)
    resolved_at = UTCDateTimeAttribute(null=True)
    last_assignee_id = UnicodeAttribute(null=True)


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
        branch_id=c.branch_id,
        region=c.region,
        status=c.status.value,
        seq=c.seq,
        rev=c.rev,
        in_count=c.in_count,
        read_count=c.read_count,
        last_direction=c.last_direction.value,
        last_snippet=c.last_snippet,
        created_at=c.created_at,
        activity_at=c.activity_at,
        waiting_since=c.waiting_since,
        queued_at=c.queued_at,
        view_pk=keys.view_open(c.branch_id),
        view_sk=keys.view_order(stamp(c.activity_at), c.id),
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
        last_direction=Direction(item.last_direction),
        last_snippet=item.last_snippet,
        created_at=item.created_at,
        activity_at=item.activity_at,
        waiting_since=item.waiting_since,
        queued_at=item.queued_at,
        last_assignee_id=item.last_assignee_id,
        resolved_at=item.resolved_at,
    )


def changed() -> list[Any]:
    return [HeadItem.rev.set(HeadItem.rev + 1)]


def said(message: Message) -> list[Any]:
    """What any public message changes."""
    at = message.draft.at
    return [
        HeadItem.seq.set(message.seq),
        HeadItem.last_direction.set(message.draft.direction.value),
        HeadItem.last_snippet.set(snippet(message.draft.body)),
        HeadItem.activity_at.set(at),
        HeadItem.view_sk.set(keys.view_order(stamp(at), message.conversation_id)),
    ]


def asked(message: Message) -> list[Any]:
    """What a visitor's message changes besides: the count, and since when they wait."""
    return [
        *said(message),
        HeadItem.in_count.set(HeadItem.in_count + 1),
        HeadItem.waiting_since.set(HeadItem.waiting_since | message.draft.at),
    ]


def answered(message: Message) -> list[Any]:
    """What an operator's reply changes besides: the visitor waits no longer, and all before it is
    read.
    """
    return [
        *said(message),
        HeadItem.waiting_since.remove(),
        HeadItem.read_count.set(HeadItem.in_count),
    ]


def given(conversation_id: str, assignment: Assignment) -> list[Any]:
    """What an assignment changes; its clock runs until the opening, which a claim already is."""
    at = assignment.assigned_at
    claimed = assignment.cause is Cause.CLAIMED
    return [
        HeadItem.assignee_id.set(assignment.operator_id),
        HeadItem.assignee_name.set(assignment.operator_name),
        HeadItem.assigned_at.set(at),
        HeadItem.opened_at.set(at) if claimed else HeadItem.opened_at.remove(),
        HeadItem.queued_at.remove(),
        HeadItem.mine_pk.set(keys.mine(assignment.operator_id)),
        HeadItem.mine_sk.set(keys.view_order(stamp(at), conversation_id)),
    ]


def requeued(conversation: Conversation, at: datetime) -> list[Any]:
    """What a reopening changes: open again, nobody's, in its branch's queue."""
    last = HeadItem.last_assignee_id
    return [
        last.set(conversation.assignee.id) if conversation.assignee else last.remove(),
        HeadItem.status.set(Status.OPEN.value),
        HeadItem.queued_at.set(at),
        HeadItem.view_pk.set(keys.view_open(conversation.branch_id)),
        HeadItem.assignee_id.remove(),
        HeadItem.assignee_name.remove(),
        HeadItem.assigned_at.remove(),
        HeadItem.opened_at.remove(),
        HeadItem.resolved_at.remove(),
        HeadItem.due_pk.remove(),
        HeadItem.due_sk.remove(),
    ]


def done(conversation: Conversation, at: datetime) -> list[Any]:
    """What resolving changes; the assignee stays on record and is asked first if the visitor comes
    back. Retention's clock starts.
    """
    return [
        HeadItem.status.set(Status.RESOLVED.value),
        HeadItem.resolved_at.set(at),
        HeadItem.due_pk.set(keys.due_of(RETENTION, conversation.id)),
        HeadItem.due_sk.set(keys.due_order(stamp(at), conversation.id)),
        HeadItem.view_pk.set(keys.view_closed(conversation.branch_id)),
        HeadItem.waiting_since.remove(),
        HeadItem.mine_pk.remove(),
        HeadItem.mine_sk.remove(),
    ]


def closed() -> list[Any]:
    """What retention's closing changes: from now on the visitor's next message starts anew."""
    return [
        HeadItem.status.set(Status.CLOSED.value),
        HeadItem.due_pk.remove(),
        HeadItem.due_sk.remove(),
    ]
