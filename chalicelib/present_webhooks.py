"""How webhooks and their events look on the wire."""

from chalicelib import wire, wire_webhooks
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.event import Event, EventType
from chalicelib.domain.webhook import Attempt, Delivery, Webhook
from chalicelib.present import message, person


def event(told: Event) -> wire_webhooks.AnyEvent:
    """What a receiver gets."""
    conversation = _conversation(told.conversation)
    if told.message is None:
        closed = told.type is EventType.CONVERSATION_CLOSED
        shape = wire_webhooks.ConversationClosed if closed else wire_webhooks.ConversationCreated
        about = wire_webhooks.ConversationData(conversation=conversation)
        return shape(id=told.id, timestamp=told.at, seq=told.seq, data=about)
    incoming = told.type is EventType.MESSAGE_IN
    data = wire_webhooks.MessageData(conversation=conversation, message=message(told.message))
    kind = wire_webhooks.MessageIn if incoming else wire_webhooks.MessageOut
    return kind(id=told.id, timestamp=told.at, seq=told.seq, data=data)


def _conversation(shown: Conversation) -> wire_webhooks.EventConversation:
    return wire_webhooks.EventConversation(
        id=shown.id,
        inbox_id=shown.inbox_id,
        channel="widget",
        status=shown.status.value,
        branch_id=shown.branch_id,
        region=shown.region,
        contact=wire.Contact(id=shown.contact_id, name=shown.contact_name),
        assignee=person(shown.assignee),
        created_at=shown.created_at,
    )


def webhook(shown: Webhook) -> wire_webhooks.Webhook:
    return wire_webhooks.Webhook(
        id=shown.id,
        inbox_id=shown.inbox_id,
        url=shown.url,
        events=[each.value for each in EventType if each in shown.events],
        enabled=shown.enabled,
        created_at=shown.created_at,
    )


def delivery(shown: Delivery) -> wire_webhooks.Delivery:
    return wire_webhooks.Delivery(
        event_id=shown.event_id,
        type=shown.type.value,
        conversation_id=shown.conversation_id,
        seq=shown.seq,
        status=shown.outcome.value,
        attempts=[_attempt(each) for each in shown.attempts],
        next_attempt_at=shown.next_attempt_at,
        created_at=shown.created_at,
    )


def _attempt(shown: Attempt) -> wire_webhooks.Attempt:
    return wire_webhooks.Attempt(
        number=shown.number,
        at=shown.at,
        status=shown.status,
        duration_ms=shown.duration_ms,
        error=shown.failure.value if shown.failure else None,
    )
