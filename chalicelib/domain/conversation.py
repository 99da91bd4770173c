"""A conversation's life: what a visitor's or an operator's message does to it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.contact import Contact
from chalicelib.domain.message import Direction, Message, snippet
from chalicelib.errors import AlreadyTaken, Forbidden, NotOpen


class Status(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignee:
    """`assigned_at` starts and `opened_at` stops the escalation clock (item 3)."""

    id: str
    name: str
    assigned_at: datetime
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The hot facts of a conversation.

    `seq` numbers its newest public message; `rev` grows by one on every change; `in_count` counts
    incoming messages and `read_count` how many of them the assignee has read; `waiting_since` is
    set while the visitor waits for us, `queued_at` while the conversation waits in its branch's
    queue; `last_assignee_id` had it before it was reopened; `resolved_at` is when it was last
    closed by a person.
    """

    id: str
    inbox_id: str
    contact_id: str
    contact_name: str | None
    branch_id: str
    region: str | None
    status: Status
    assignee: Assignee | None
    seq: int
    rev: int
    in_count: int
    read_count: int
    last_direction: Direction
    last_snippet: str
    created_at: datetime
    activity_at: datetime
    waiting_since: datetime | None
    queued_at: datetime | None
    last_assignee_id: str | None
    resolved_at: datetime | None = None

    @property
    def queued(self) -> bool:
        return self.queued_at is not None

    @property
    def unread(self) -> int:
        return self.in_count - self.read_count


def started(contact: Contact, branch_id: str, message: Message) -> Conversation:
    """A new conversation with its first message, waiting in the branch's queue."""
    at = message.draft.at
    return Conversation(
        id=message.conversation_id,
        inbox_id=contact.inbox_id,
        contact_id=contact.id,
        contact_name=contact.name,
        branch_id=branch_id,
        region=contact.place.region,
        status=Status.OPEN,
        assignee=None,
        seq=message.seq,
        rev=1,
        in_count=1,
        read_count=0,
        last_direction=message.draft.direction,
        last_snippet=snippet(message.draft.body),
        created_at=at,
        activity_at=at,
        waiting_since=at,
        queued_at=at,
        last_assignee_id=None,
    )


def with_incoming(conversation: Conversation, message: Message) -> Conversation:
    """The conversation after a visitor's message: one more to read, and the visitor waits from the
    first one on.
    """
    return replace(
        _with(conversation, message),
        in_count=conversation.in_count + 1,
        waiting_since=conversation.waiting_since or message.draft.at,
    )


def with_reply(conversation: Conversation, message: Message) -> Conversation:
    """The conversation after its assignee's reply: nobody waits, and what came before counts as
    read.
    """
    return replace(
        _with(conversation, message), read_count=conversation.in_count, waiting_since=None
    )


def _with(conversation: Conversation, message: Message) -> Conversation:
    return replace(
        conversation,
        seq=message.seq,
        rev=conversation.rev + 1,
        last_direction=message.draft.direction,
        last_snippet=snippet(message.draft.body),
        activity_at=message.draft.at,
    )


class Incoming(StrEnum):
    """What a visitor's next message does."""

    APPEND = "append"
    REOPEN = "reopen"
    START = "start"


def incoming(conversation: Conversation) -> Incoming:
    """Into an open conversation it goes on; a resolved one it reopens; after a closed one a new one
    starts.
    """
    if conversation.status is Status.OPEN:
        return Incoming.APPEND
    return Incoming.REOPEN if conversation.status is Status.RESOLVED else Incoming.START


class Outgoing(StrEnum):
    """What an operator's reply does."""

    APPEND = "append"
    CLAIM = "claim"


def outgoing(conversation: Conversation, operator_id: str) -> Outgoing:
    """The assignee replies; the first reply to a queued conversation claims it.

    Raises NotOpen, or AlreadyTaken with the name of the colleague who has it.
    """
    if conversation.status is not Status.OPEN:
        raise NotOpen
    if conversation.assignee is None:
        return Outgoing.CLAIM
    if conversation.assignee.id != operator_id:
        raise AlreadyTaken(conversation.assignee.name)
    return Outgoing.APPEND


def may_resolve(conversation: Conversation, operator_id: str) -> None:
    """Only the assignee closes a conversation. Raises NotOpen or Forbidden."""
    if conversation.status is not Status.OPEN:
        raise NotOpen
    if conversation.assignee is None or conversation.assignee.id != operator_id:
        raise Forbidden("Take the conversation before you close it.")


def to_be_marked(conversation: Conversation, operator_id: str) -> bool:
    """Whether this operator's look changes anything: the assignee's, at something unread."""
    assignee = conversation.assignee
    if assignee is None or assignee.id != operator_id:
        return False
    return assignee.opened_at is None or conversation.unread > 0
