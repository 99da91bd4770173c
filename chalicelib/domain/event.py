"""What integrators are told of: an event happened once, has one id for ever, and is never taken
back.
"""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from chalicelib.domain.conversation import Conversation
from chalicelib.domain.message import Direction, Message


class EventType(StrEnum):
    CONVERSATION_CREATED = "conversation.created"
    CONVERSATION_CLOSED = "conversation.closed"
    MESSAGE_IN = "message.in"
    MESSAGE_OUT = "message.out"


class Event(Struct, frozen=True, kw_only=True):
    """`seq` is the conversation's newest public message when it happened, so that receivers can put
    a conversation's events in order. `conversation` is how it stands when the event is made.
    """

    id: str
    type: EventType
    at: datetime
    seq: int
    conversation: Conversation
    message: Message | None = None


# Standard Webhooks joins id, time and body with full stops, so an id has none.


def created(conversation: Conversation) -> Event:
    return Event(
        id=f"{conversation.id}-created",
        type=EventType.CONVERSATION_CREATED,
        at=conversation.created_at,
        seq=conversation.seq,
        conversation=conversation,
    )


def closed(conversation: Conversation) -> Event:
    """A person closed it: once for each time this happens."""
    return Event(
        id=f"{conversation.id}-closed-{conversation.rev}",
        type=EventType.CONVERSATION_CLOSED,
        at=conversation.resolved_at or conversation.activity_at,
        seq=conversation.seq,
        conversation=conversation,
    )


def said(message: Message, conversation: Conversation) -> Event | None:
    """The event of a message; None for notes and internal lines, which concern nobody outside."""
    types = {Direction.IN: EventType.MESSAGE_IN, Direction.OUT: EventType.MESSAGE_OUT}
    kind = types.get(message.draft.direction)
    if kind is None:
        return None
    return Event(
        id=f"{message.conversation_id}-{message.seq}",
        type=kind,
        at=message.draft.at,
        seq=message.seq,
        conversation=conversation,
        message=message,
    )
