"""The visitors' routes beside the conversation itself: an offline request, who they are, its end,
its rating; and what operators read of it.
"""

import random

from chalice.app import Blueprint

from chalicelib import present, wire, wire_endings
from chalicelib.actions import conversations, endings, identities, requests
from chalicelib.actions.requests import Introduction
from chalicelib.api import auth, embedding
from chalicelib.api.endpoint import Call, Route
from chalicelib.api.knocking import knock
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.message import Author, AuthorKind, Direction, Draft, clean_body
from chalicelib.domain.rating import Opinion, Scale

blueprint = Blueprint(__name__)
route = Route(blueprint)


@route("POST", "/widget/offline", wire_endings.OfflineAnswer, bearer="visitor", socket=True)
def offline(call: Call) -> wire_endings.OfflineAnswer:
    """Whether somebody is there for a conversation that would begin now."""
    words = requests.words_for(embedding.visitor(call), call.now)
    return wire_endings.OfflineAnswer(offline=present.offline(words))


@route(
    "POST",
    "/widget/offline_request",
    wire.Sent,
    request=wire_endings.OfflineRequest,
    status=201,
    bearer="visitor",
    socket=True,
)
def offline_request(call: Call) -> wire.Sent:
    """Keeps a request, once per `client_id`, as a conversation that waits for who comes."""
    visitor, body = embedding.visitor(call), call.body(wire_endings.OfflineRequest)
    draft = Draft(
        client_id=body.client_id,
        author=Author(kind=AuthorKind.VISITOR, id=visitor.contact_id, name=""),
        direction=Direction.IN,
        body=clean_body(body.body),
        at=call.now,
        via=call.socket,
    )
    told = Introduction(name=body.name, email=body.email, phone=body.phone)
    said = requests.leave(visitor, told, draft, random.choice, knock(call, body.captcha))
    return wire.Sent(
        message=present.message(said.message), conversation=present.for_visitor(said.conversation)
    )


@route(
    "POST",
    "/widget/identify",
    wire.Nothing,
    request=wire_endings.IdentifyRequest,
    bearer="visitor",
)
def identify(call: Call) -> wire.Nothing:
    """Keeps who the page says the visitor is; the same again changes nothing."""
    visitor, body = embedding.visitor(call), call.body(wire_endings.IdentifyRequest)
    told = Introduction(name=body.name, email=body.email, phone=body.phone)
    identities.identify(visitor, told, call.address, call.now)
    return wire.Nothing()


@route(
    "POST",
    "/widget/end",
    wire.VisitorConversationAnswer,
    request=wire_endings.EndRequest,
    bearer="visitor",
    socket=True,
)
def end(call: Call) -> wire.VisitorConversationAnswer:
    """Ends the visitor's conversation; their next message opens it again."""
    visitor, body = embedding.visitor(call), call.body(wire_endings.EndRequest)
    return _answer(endings.end(visitor, body.conversation_id, call.now, random.choice))


@route(
    "POST",
    "/widget/rate",
    wire.VisitorConversationAnswer,
    request=wire_endings.RateRequest,
    bearer="visitor",
    socket=True,
)
def rate(call: Call) -> wire.VisitorConversationAnswer:
    """Keeps what the visitor says of their conversation: 409 `still_open` before its end, 409
    `rating_over` for a change a day after the first time.
    """
    visitor, body = embedding.visitor(call), call.body(wire_endings.RateRequest)
    opinion = Opinion(scale=Scale(body.scale), score=body.score, comment=body.comment)
    return _answer(endings.rate(visitor, body.conversation_id, opinion, call.now))


@route(
    "GET",
    "/panel/conversations/{conversation_id}/details",
    wire_endings.Details,
    bearer="operator",
)
def details(call: Call, conversation_id: str) -> wire_endings.Details:
    """Who the visitor is, and what has happened so far: without opening anything."""
    operator = auth.operator(call.headers)
    contact, history = conversations.details(operator, conversation_id)
    return wire_endings.Details(
        contact=present.contact(contact),
        history=present.history(history),
    )


def _answer(conversation: Conversation) -> wire.VisitorConversationAnswer:
    return wire.VisitorConversationAnswer(conversation=present.for_visitor(conversation))
