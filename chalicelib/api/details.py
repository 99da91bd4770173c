"""The operators' routes for what stands beside a conversation."""

from chalice.app import Blueprint

from chalicelib import present, wire, wire_details
from chalicelib.actions import details
from chalicelib.api import auth
from chalicelib.api.endpoint import Call, Route
from chalicelib.domain.conversation import Priority

blueprint = Blueprint(__name__)
route = Route(blueprint)


@route(
    "POST",
    "/panel/conversations/{conversation_id}/priority",
    wire.ConversationAnswer,
    request=wire_details.PriorityRequest,
    bearer="operator",
)
def prioritise(call: Call, conversation_id: str) -> wire.ConversationAnswer:
    """Notes how urgent a conversation is. The assignee does this, and supervisors."""
    operator, body = auth.operator(call.headers), call.body(wire_details.PriorityRequest)
    ranked = details.prioritise(operator, conversation_id, Priority(body.priority), call.now)
    return wire.ConversationAnswer(conversation=present.for_operator(ranked, operator))


@route(
    "POST",
    "/panel/conversations/{conversation_id}/contact",
    wire_details.CorrectedContact,
    request=wire_details.ContactRequest,
    bearer="operator",
)
def correct(call: Call, conversation_id: str) -> wire_details.CorrectedContact:
    """Writes down who the visitor is. The assignee does this, and supervisors."""
    operator, body = auth.operator(call.headers), call.body(wire_details.ContactRequest)
    conversation, contact = details.correct(
        operator,
        conversation_id,
        name=body.name,
        email=body.email,
        phone=body.phone,
        now=call.now,
    )
    return wire_details.CorrectedContact(
        contact=present.contact(contact),
        conversation=present.for_operator(conversation, operator),
    )


@route(
    "GET",
    "/panel/conversations/{conversation_id}/previous",
    wire_details.PreviousConversations,
    bearer="operator",
)
def previous(call: Call, conversation_id: str) -> wire_details.PreviousConversations:
    """What else the same contact has talked about."""
    operator = auth.operator(call.headers)
    found = details.previous(operator, conversation_id)
    return wire_details.PreviousConversations(
        items=[present.previous(each, operator) for each in found]
    )
