"""The transactions that change a conversation, together with all that must change with it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.domain.activity import ActivityEvent
from chalicelib.domain.assignment import Pool
from chalicelib.domain.contact import Contact
from chalicelib.domain.conversation import Conversation, Due, Status
from chalicelib.domain.message import Direction, Message
from chalicelib.store import activity, contacts, evidence, heads, keys, messages, pools, requests
from chalicelib.store.evidence import Found
from chalicelib.store.heads import HeadItem
from chalicelib.store.table import Cancelled, stamp, transaction, update
from chalicelib.store.timers import Key


class Stale(Exception):  # noqa: N818  # it is no error: the caller looks again and decides
    """The write did not happen, because things are not as the writer believed.

    `current`: the conversation as it stands. `spent`: a file of the message has gone with another
    one. `contended`: nothing of that is known, somebody writes at this moment.
    """

    def __init__(self, cancelled: Cancelled) -> None:
        super().__init__("somebody else was faster")
        by_kind = {item["kind"]["S"]: item for item in cancelled.items}
        head = by_kind.get("conversation")
        self.current = heads.from_raw(head) if head else None
        self.spent = "upload" in by_kind
        self.contended = cancelled.contended


def create(
    conversation: Conversation,
    message: Message,
    found: Found,
    contact: Contact,
    event: ActivityEvent | None = None,
) -> None:
    """A new queued conversation with its first message, to which its `contact`, as they were read,
    points from now on; `event` is what its history begins with, if anything.

    Raises Stale when the contact already points elsewhere, which is where the message belongs, or
    when the page has said since who they are.
    """
    try:
        with transaction() as writes:
            contacts.point(writes, contact, conversation.id)
            writes.save(heads.to_item(conversation), condition=HeadItem.pk.does_not_exist())
            messages.add(writes, message)
            evidence.add(writes, conversation, found)
            pools.enqueue(writes, conversation)
            pools.shift(writes, queued={conversation.branch_id: 1})
            if conversation.requested_at is not None:
                requests.add(writes, conversation)
            if event is not None:
                activity.note(writes, event)
    except Cancelled as cancelled:
        raise Stale(cancelled) from cancelled


def receive(
    message: Message, contact_id: str, after: int, read: Conversation | None = None
) -> None:
    """A visitor's message into their open conversation whose newest `seq` is the one before, within
    the quota; or into the one as it was `read`, which gets another quota. `after` as in
    `read_above`.

    6 write units, 5 in a minute that had a message.
    """
    actions = [*heads.changed(), *heads.asked(message, after)]
    same = (
        (HeadItem.seq == message.seq - 1)
        & (HeadItem.contact_id == contact_id)
        & (HeadItem.status == Status.OPEN.value)
    )
    if read is None:
        same &= heads.within_quota()
    else:
        actions += heads.renewed(read, message.draft.at)
    with _writing() as writes:
        writes.update(
            heads.handle(message.conversation_id),
            actions=actions,
            condition=same,
            return_values="ALL_OLD",
        )
        messages.add(writes, message)


def reply(message: Message, operator_id: str) -> None:
    """The assignee's message into an open conversation whose newest `seq` is the one before, and
    which is no offline request.

    6 write units, 5 in a minute that had a message.
    """
    with _writing() as writes:
        writes.update(
            heads.handle(message.conversation_id),
            actions=[*heads.changed(), *heads.answered(message)],
            condition=(HeadItem.seq == message.seq - 1)
            & (HeadItem.assignee_id == operator_id)
            & (HeadItem.status == Status.OPEN.value)
            & HeadItem.requested_at.does_not_exist(),
            return_values="ALL_OLD",
        )
        messages.add(writes, message)


def tell_closed(message: Message, closed_since: datetime) -> None:
    """The automatic message outside the hours, as the next in an open conversation, once in each
    closed period.
    """
    with _writing() as writes:
        writes.update(
            heads.handle(message.conversation_id),
            actions=[*heads.changed(), *heads.told_closed(message)],
            condition=(HeadItem.seq == message.seq - 1)
            & (HeadItem.status == Status.OPEN.value)
            & (HeadItem.told_closed_at.does_not_exist() | (HeadItem.told_closed_at < closed_since)),
            return_values="ALL_OLD",
        )
        messages.add(writes, message)


def auto_reply(message: Message) -> None:
    """The automatic answer in the name of who has the open conversation, as its next message, if
    nobody and nothing has answered in it.

    Raises Stale.
    """
    with _writing() as writes:
        writes.update(
            heads.handle(message.conversation_id),
            actions=[*heads.changed(), *heads.auto_replied(message)],
            condition=(HeadItem.seq == message.seq - 1)
            & (HeadItem.assignee_id == message.draft.author.id)
            & (HeadItem.status == Status.OPEN.value)
            & HeadItem.auto_replied.does_not_exist()
            & HeadItem.answered_at.does_not_exist()
            & HeadItem.told_closed_at.does_not_exist(),
            return_values="ALL_OLD",
        )
        messages.add(writes, message)


def move(
    was: Conversation,
    now: Conversation,
    event: ActivityEvent,
    homes: Mapping[str, str],
    *,
    message: Message | None = None,
    expected: Pool | None = None,
    timed: bool = False,
) -> None:
    """A conversation goes from one hand to another, into a queue or out of it, or ends; together
    with its history, the loads and the queues. `homes` are the pools of those who have it before
    and after, `message` is what somebody said with it; `timed`: only while `was.due` still runs.

    Raises Stale when it is no longer where and whose it was, when `message` is not its next, or
    when `expected` is no longer how that pool stands.
    """
    with _writing() as writes:
        writes.update(
            heads.handle(was.id),
            actions=[
                *heads.changed(),
                *heads.standing(now),
                *heads.requesting(was, now),
                *_besides(was, now, message),
            ],
            condition=_unchanged(was, message, timed),
            return_values="ALL_OLD",
        )
        activity.note(writes, event)
        if (was.branch_id, was.queued_at) != (now.branch_id, now.queued_at):
            if was.queued:
                pools.dequeue(writes, was)
            if now.queued:
                pools.enqueue(writes, now)
        requests.shift(writes, was, now)
        queues, loads = _queues(was, now), _loads(was, now, homes)
        pools.shift(writes, queued=queues, load=loads, expected=expected)
        if message is not None:
            messages.add(writes, message)


def correct(conversation: Conversation, contact: Contact, event: ActivityEvent) -> None:
    """Who the visitor is, in the contact and in the conversation that shows their name."""
    name = HeadItem.contact_name
    with transaction() as writes:
        writes.update(
            heads.handle(conversation.id),
            actions=[
                *heads.changed(),
                name.remove() if contact.name is None else name.set(contact.name),
            ],
        )
        contacts.correct(writes, contact)
        activity.note(writes, event)


def identify(was: Contact, now: Contact) -> None:
    """Who the page says the contact is, also in the conversation that shows it.

    Raises Stale when it has said something else since, or they have another conversation by now.
    """
    called = [HeadItem.contact_name.set(now.name)] if now.name and now.name != was.name else []
    with _writing() as writes:
        contacts.identify(writes, was, now)
        if now.conversation_id is not None:
            writes.update(
                heads.handle(now.conversation_id),
                actions=[
                    *heads.changed(),
                    HeadItem.contact_rev.set(now.identity.rev),
                    *called,
                ],
            )


def close(key: Key, resolved_until: datetime) -> bool:
    """Ends for good what was resolved at `resolved_until` or before; False when it no longer is."""
    return update(
        HeadItem(*key),
        [*heads.changed(), *heads.closed()],
        (HeadItem.status == Status.RESOLVED.value) & (HeadItem.resolved_at <= resolved_until),
    )


def mark_opened(
    read: Conversation, operator_id: str, at: datetime, due: Due | None
) -> Conversation | None:
    """The assignee has everything before their eyes: all is read. With the first look the
    escalation clock stands, and `due` runs instead.

    None when the conversation is another's by now.
    """
    seen = [HeadItem.read_count.set(HeadItem.in_count), HeadItem.marked_unread.remove()]
    theirs = HeadItem.assignee_id == operator_id
    if read.assignee is not None and read.assignee.opened_at is None:
        opening = [HeadItem.opened_at.set(at), HeadItem.missed.remove(), *seen]
        first = theirs & HeadItem.opened_at.does_not_exist()
        marked = _mark(read.id, [*opening, *heads.timing(due, read.id)], first)
        if marked is not None:
            return marked
    return _mark(read.id, seen, theirs)


def mark_read(conversation_id: str, operator_id: str, in_count: int) -> Conversation | None:
    """Moves the assignee's read mark forward, never back; None when there was nothing to move."""
    return _mark(
        conversation_id,
        [HeadItem.read_count.set(in_count), HeadItem.marked_unread.remove()],
        (HeadItem.assignee_id == operator_id)
        & (HeadItem.read_count < in_count)
        & (HeadItem.in_count >= in_count),
    )


def mark_unread(conversation_id: str, operator_id: str) -> Conversation | None:
    """Leaves the assignee's note that they will come back; None when it is not theirs any more."""
    theirs = (HeadItem.assignee_id == operator_id) & (HeadItem.status == Status.OPEN.value)
    return _mark(conversation_id, [HeadItem.marked_unread.set(True)], theirs)


def mark_seen(conversation_id: str, contact_id: str, seq: int) -> Conversation | None:
    """Moves the visitor's read mark forward, never back; None when there was nothing to move."""
    return _mark(
        conversation_id,
        [HeadItem.visitor_read.set(seq)],
        (HeadItem.contact_id == contact_id)
        & (HeadItem.visitor_read.does_not_exist() | (HeadItem.visitor_read < seq))
        & (HeadItem.seq >= seq),
    )


def _mark(conversation_id: str, actions: list[Any], condition: Condition) -> Conversation | None:
    head = heads.handle(conversation_id)
    done = update(head, [*heads.changed(), *actions], condition)
    return heads.from_item(head) if done else None


def _besides(was: Conversation, now: Conversation, message: Message | None) -> list[Any]:
    """What changes with the hands: what was said, or that who took it has read it."""
    if message is not None:
        incoming = message.draft.direction is Direction.IN
        return heads.asked(message, now.visitor_read) if incoming else heads.replied(message)
    taken = now.held and now.assignee != was.assignee
    if taken and now.assignee and now.assignee.opened_at == now.assignee.assigned_at:
        return [HeadItem.read_count.set(HeadItem.in_count)]
    return [HeadItem.waiting_since.remove()] if now.status is not Status.OPEN else []


def _unchanged(was: Conversation, message: Message | None, timed: bool) -> Condition:
    same = heads.stands_as(was)
    if message is not None:
        same &= HeadItem.seq == message.seq - 1
    if timed and was.due is not None:
        same &= HeadItem.due_sk == keys.due_order(stamp(was.due.at), was.id)
    return same


def _queues(was: Conversation, now: Conversation) -> dict[str, int]:
    changes: Counter[str] = Counter()
    if was.queued:
        changes[was.branch_id] -= 1
    if now.queued:
        changes[now.branch_id] += 1
    return {branch_id: change for branch_id, change in changes.items() if change}


def _loads(
    was: Conversation, now: Conversation, homes: Mapping[str, str]
) -> dict[tuple[str, str], int]:
    changes: Counter[tuple[str, str]] = Counter()
    if was.held and was.assignee:
        changes[homes[was.assignee.id], was.assignee.id] -= 1
    if now.held and now.assignee:
        changes[homes[now.assignee.id], now.assignee.id] += 1
    return {place: change for place, change in changes.items() if change}


@contextmanager
def _writing() -> Iterator[TransactWrite]:
    """A transaction on a conversation; its failure tells how the head stands."""
    try:
        with transaction() as writes:
            yield writes
    except Cancelled as cancelled:
        raise Stale(cancelled) from cancelled
