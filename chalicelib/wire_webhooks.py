"""The shapes of webhooks: events as receivers get them, the settings of webhooks, and the jobs in
the queue between the functions that carry events out.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.wire import Answer, Contact, Id, Message, Person, Request, Seq, Status

EventType = Literal["conversation.created", "conversation.closed", "message.in", "message.out"]
Url = Annotated[str, Meta(min_length=8, max_length=2000)]
Events = Annotated[list[EventType], Meta(min_length=1)]


# ---------------------------------------------------------------- events


class EventConversation(Answer):
    """A conversation as integrators see it, as it stood when the event was made."""

    id: str
    inbox_id: str
    channel: Literal["widget"]
    status: Status
    branch_id: str | None
    region: str | None
    contact: Contact
    assignee: Person | None
    created_at: datetime


class ConversationData(Answer):
    conversation: EventConversation


class MessageData(Answer):
    conversation: EventConversation
    message: Message


class Event(Answer, tag_field="type", forbid_unknown_fields=True):
    """What a webhook's receiver gets, less than 24 kB. `id` is the same at every attempt and never
    used twice; `seq` is the conversation's newest public message when it happened.
    """

    id: str
    timestamp: datetime
    seq: Seq


class ConversationCreated(Event, tag="conversation.created"):
    """A visitor's first message began a conversation; that message is an event of its own."""

    data: ConversationData


class ConversationClosed(Event, tag="conversation.closed"):
    """An operator closed the conversation; a visitor who writes again reopens it."""

    data: ConversationData


class MessageIn(Event, tag="message.in"):
    """A visitor wrote."""

    data: MessageData


class MessageOut(Event, tag="message.out"):
    """An operator answered."""

    data: MessageData


AnyEvent = ConversationCreated | ConversationClosed | MessageIn | MessageOut


# ---------------------------------------------------------------- settings


class Webhook(Answer):
    id: str
    inbox_id: str
    url: str
    events: list[EventType]
    enabled: bool
    created_at: datetime


class WebhookList(Answer):
    webhooks: list[Webhook]


class WebhookRequest(Request):
    url: Url
    events: Events


class WebhookCreated(Answer):
    """`secret` signs what is sent; it is shown this once."""

    webhook: Webhook
    secret: str


class WebhookChange(Request):
    """What is given is changed."""

    url: Url | None = None
    events: Events | None = None
    enabled: bool | None = None


class WebhookAnswer(Answer):
    webhook: Webhook


class Attempt(Answer):
    """`status` is null when the receiver did not answer, `error` when it took the event."""

    number: int
    at: datetime
    status: int | None
    duration_ms: int
    error: Literal["timeout", "refused_address", "connection", "redirect", "status"] | None


class Delivery(Answer):
    """One event on its way to one webhook. `dead`: given up, and kept in the dead-letter queue."""

    event_id: str
    type: EventType
    conversation_id: str
    seq: int
    status: Literal["pending", "delivered", "dead"]
    attempts: list[Attempt]
    next_attempt_at: datetime | None
    created_at: datetime


class DeliveryList(Answer):
    """Newest first; `next` is null on the last page."""

    items: list[Delivery]
    next: str | None


# ---------------------------------------------------------------- the queue


class Job(Struct):
    """A message in the queue of deliveries: attempt number `attempt` of one event at one webhook.

    `body` comes with the first attempt; later ones find it in the table.
    """

    webhook_id: Id
    inbox_id: str
    event_id: str
    type: EventType
    conversation_id: str
    seq: int
    created_at: datetime
    attempt: int
    body: str = ""
