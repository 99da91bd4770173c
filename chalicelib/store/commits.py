"""The transactions that change a conversation, together with all that must change with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.domain.assignment import Assignment, Cause, Pool
from chalicelib.domain.conversation import Conversation, Status
from chalicelib.domain.message import Message
from chalicelib.store import contacts, evidence, heads, keys, messages, pools
from chalicelib.store.evidence import Found
from chalicelib.store.heads import HeadItem
from chalicelib.store.table import Cancelled, stamp, transaction, update
from chalicelib.store.timers import Key


class Stale(Exception):  # noqa: N818  # it is no error: the caller looks again and decides
    """The write did not happen, because things are not as the writer believed.

    `duplicate`: this client id is already stored under that seq. `current`: the conversation as it
    stands. `contended`: neither is known, somebody writes at this moment.
    """

    def __init__(self, cancelled: Cancelled) -> None:
        super().__init__("somebody else was faster")
        by_kind = {item["kind"]["S"]: item for item in cancelled.items}
        head, sent = by_kind.get("conversation"), by_kind.get("sent")
        self.current = heads.from_raw(head) if head else None
        self.duplicate = int(sent["seq"]["N"]) if sent else None
        self.contended = cancelled.contended


def create(
    conversation: Conversation, message: Message, found: Found, previous_id: str | None
) -> None:
    """A new queued conversation with its first message, to which its contact points from now on.

    Raises Stale when the contact already points elsewhere, which is where the message belongs.
    """
    try:
        with transaction() as writes:
            contacts.point(writes, conversation.contact_id, was=previous_id, now=conversation.id)
            writes.save(heads.to_item(conversation), condition=HeadItem.pk.does_not_exist())
            messages.add(writes, message)
            evidence.add(writes, conversation.id, found)
            _enqueue(writes, conversation)
    except Cancelled as cancelled:
        raise Stale(cancelled) from cancelled


def receive(message: Message, contact_id: str) -> None:
    """A visitor's message into their open conversation whose newest `seq` is the one before.

    8 write units.
    """
    with _saying(message) as writes:
        writes.update(
            heads.handle(message.conversation_id),
            actions=[*heads.changed(), *heads.asked(message)],
            condition=(HeadItem.seq == message.seq - 1)
            & (HeadItem.contact_id == contact_id)
            & (HeadItem.status == Status.OPEN.value),
            return_values="ALL_OLD",
        )


def reply(message: Message, operator_id: str) -> None:
    """The assignee's message into an open conversation whose newest `seq` is the one before.

    8 write units.
    """
    with _saying(message) as writes:
        writes.update(
            heads.handle(message.conversation_id),
            actions=[*heads.changed(), *heads.answered(message)],
            condition=(HeadItem.seq == message.seq - 1)
            & (HeadItem.assignee_id == operator_id)
            & (HeadItem.status == Status.OPEN.value),
            return_values="ALL_OLD",
        )


def reopen(conversation: Conversation, message: Message) -> None:
    """A visitor's message into their resolved conversation, which goes back to the queue."""
    queued = replace(conversation, queued_at=message.draft.at)
    with _saying(message) as writes:
        writes.update(
            heads.handle(conversation.id),
            actions=[
                *heads.changed(),
                *heads.asked(message),
                *heads.requeued(conversation, message.draft.at),
            ],
            condition=(HeadItem.seq == conversation.seq)
            & (HeadItem.status == Status.RESOLVED.value),
            return_values="ALL_OLD",
        )
        evidence.unexplain(writes, conversation.id)
        _enqueue(writes, queued)


def claim(conversation: Conversation, assignment: Assignment, home: str, message: Message) -> None:
    """The first reply to a queued conversation, which becomes its author's."""
    with _saying(message) as writes:
        _give(writes, conversation, assignment, heads.answered(message), conversation.seq)
        _move_out(writes, conversation, assignment, home, None)


def assign(
    conversation: Conversation, assignment: Assignment, home: str, expected: Pool | None = None
) -> None:
    """Gives a queued conversation to an operator of the pool `home`.

    Raises Stale when it is no longer queued, or when `expected` is no longer how the pool stands.
    """
    with _writing() as writes:
        read_now = [HeadItem.read_count.set(HeadItem.in_count)]
        also = read_now if assignment.cause is Cause.CLAIMED else []
        _give(writes, conversation, assignment, also, None)
        _move_out(writes, conversation, assignment, home, expected)


def resolve(conversation: Conversation, home: str, at: datetime) -> None:
    """Ends an assigned conversation and frees its assignee's capacity."""
    holder = conversation.assignee.id if conversation.assignee else ""
    with _writing() as writes:
        writes.update(
            heads.handle(conversation.id),
            actions=[*heads.changed(), *heads.done(conversation, at)],
            condition=(HeadItem.status == Status.OPEN.value) & (HeadItem.assignee_id == holder),
            return_values="ALL_OLD",
        )
        pools.shift(writes, load={(home, holder): -1})


def close(key: Key, resolved_until: datetime) -> bool:
    """Ends for good what was resolved at `resolved_until` or before; False when it no longer is."""
    return update(
        HeadItem(*key),
        [*heads.changed(), *heads.closed()],
        (HeadItem.status == Status.RESOLVED.value) & (HeadItem.resolved_at <= resolved_until),
    )


def mark_opened(conversation_id: str, operator_id: str, at: datetime) -> Conversation | None:
    """The assignee has everything before their eyes: all is read, and the escalation clock stands.

    None when the conversation is another's by now.
    """
    return _mark(
        conversation_id,
        [
            HeadItem.opened_at.set(HeadItem.opened_at | at),
            HeadItem.read_count.set(HeadItem.in_count),
        ],
        HeadItem.assignee_id == operator_id,
    )


def mark_read(conversation_id: str, operator_id: str, in_count: int) -> Conversation | None:
    """Moves the assignee's read mark forward, never back; None when there was nothing to move."""
    return _mark(
        conversation_id,
        [HeadItem.read_count.set(in_count)],
        (HeadItem.assignee_id == operator_id)
        & (HeadItem.read_count < in_count)
        & (HeadItem.in_count >= in_count),
    )


def _mark(conversation_id: str, actions: list[Any], condition: Condition) -> Conversation | None:
    head = heads.handle(conversation_id)
    done = update(head, [*heads.changed(), *actions], condition)
    return heads.from_item(head) if done else None


def _give(
    writes: TransactWrite,
    conversation: Conversation,
    assignment: Assignment,
    also: list[Any],
    seq: int | None,
) -> None:
    condition = (HeadItem.status == Status.OPEN.value) & HeadItem.queued_at.exists()
    writes.update(
        heads.handle(conversation.id),
        actions=[*heads.changed(), *heads.given(conversation.id, assignment), *also],
        condition=condition if seq is None else condition & (HeadItem.seq == seq),
        return_values="ALL_OLD",
    )
    evidence.explain(writes, conversation.id, assignment)


def _enqueue(writes: TransactWrite, conversation: Conversation) -> None:
    branch_id = conversation.branch_id
    pools.enqueue(writes, branch_id, _place(conversation), conversation.id)
    pools.shift(writes, queued={branch_id: 1})


def _move_out(
    writes: TransactWrite,
    conversation: Conversation,
    assignment: Assignment,
    home: str,
    expected: Pool | None,
) -> None:
    branch_id = conversation.branch_id
    pools.dequeue(writes, branch_id, _place(conversation))
    load = {(home, assignment.operator_id): 1}
    pools.shift(writes, queued={branch_id: -1}, load=load, expected=expected)


def _place(conversation: Conversation) -> str:
    at = conversation.queued_at or conversation.created_at
    return keys.waiting(stamp(at), conversation.id)


@contextmanager
def _writing() -> Iterator[TransactWrite]:
    """A transaction on a conversation; its failure tells how the head stands."""
    try:
        with transaction() as writes:
            yield writes
    except Cancelled as cancelled:
        raise Stale(cancelled) from cancelled


@contextmanager
def _saying(message: Message) -> Iterator[TransactWrite]:
    """The same with a message in it; its failure also tells whether the message was there
    before.
    """
    with _writing() as writes:
        yield writes
        messages.add(writes, message)
