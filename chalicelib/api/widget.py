"""The visitors' routes."""

import random
from datetime import datetime
from secrets import token_hex

from chalice.app import Blueprint

from chalicelib import present, wire
from chalicelib.actions import attachments, limits, messages, requests, sessions, visitors
from chalicelib.api import embedding, tokens
from chalicelib.api.endpoint import Call, Route
from chalicelib.api.knocking import knock
from chalicelib.config import config
from chalicelib.domain.contact import Visitor
from chalicelib.domain.limits import What
from chalicelib.domain.message import Author, AuthorKind, Direction, Draft, clean_body
from chalicelib.domain.session import Holder
from chalicelib.gateways import geoip

blueprint = Blueprint(__name__)
route = Route(blueprint)


@route("POST", "/widget/bootstrap", wire.Bootstrap, request=wire.BootstrapRequest)
def bootstrap(call: Call) -> wire.Bootstrap:
    """Starts a visitor, or takes up the one whose refresh token is given and valid."""
    body = call.body(wire.BootstrapRequest)
    inbox = visitors.find_inbox(body.inbox)
    embedding.check(call.headers, inbox.id)
    place = geoip.locate(call.address)
    session = sessions.resumed(body.refresh_token, call.now) if body.refresh_token else None
    limits.arrived(call.address, What.RETURN if session else What.ARRIVAL, call.now)
    contact_id = session.subject_id if session else ""
    welcome = visitors.come_back(inbox, contact_id, place, body.language) if session else None
    if session is None or welcome is None:
        welcome = visitors.arrive(inbox, token_hex(16), place, body.language, call.now)
        session = sessions.begin(welcome.contact.id, 0, token_hex(16), call.now)
    visitor = Visitor(contact_id=welcome.contact.id, inbox_id=inbox.id)
    talk = welcome.conversation
    return wire.Bootstrap(
        visitor_token=tokens.for_visitor(visitor, call.now),
        refresh_token=sessions.token(Holder.VISITOR, session),
        inbox=present.inbox(inbox, body.language),
        conversation=present.for_visitor(talk) if talk else None,
        messages=present.messages(welcome.messages),
        operator=present.face(talk.assignee) if talk else None,
        offline=present.offline(requests.words_with(welcome.contact, talk, call.now)),
        identified=welcome.contact.identity.rev > 0,
        socket=_ticket(visitor, call.now),
        now=call.now,
    )


@route("POST", "/widget/refresh", wire.VisitorTokens, request=wire.RefreshRequest)
def refresh(call: Call) -> wire.VisitorTokens:
    """New tokens for the current refresh token; the one before gives the same ones for a minute."""
    body = call.body(wire.RefreshRequest)
    session = sessions.refreshed(Holder.VISITOR, body.refresh_token, call.now)
    visitor = visitors.known(session.subject_id)
    embedding.check(call.headers, visitor.inbox_id)
    return wire.VisitorTokens(
        visitor_token=tokens.for_visitor(visitor, call.now),
        refresh_token=sessions.token(Holder.VISITOR, session),
    )


@route(
    "POST",
    "/widget/send",
    wire.Sent,
    request=wire.SendRequest,
    status=201,
    bearer="visitor",
    socket=True,
)
def send(call: Call) -> wire.Sent:
    """Stores a message, once per `client_id`: repeat freely, the answer stays the same."""
    visitor, body = embedding.visitor(call), call.body(wire.SendRequest)
    draft = Draft(
        client_id=body.client_id,
        author=Author(kind=AuthorKind.VISITOR, id=visitor.contact_id, name=""),
        direction=Direction.IN,
        body=clean_body(body.body, body.attachments),
        at=call.now,
        via=call.socket,
        attachments=attachments.sent_by_visitor(visitor, body.attachments, body.client_id),
    )
    shown = knock(call, body.captcha)
    said = messages.receive(
        visitor, draft, body.conversation_id, body.after, random.choice, knock=shown
    )
    return wire.Sent(
        message=present.message(said.message), conversation=present.for_visitor(said.conversation)
    )


@route("POST", "/widget/poll", wire.Polled, request=wire.PollRequest, bearer="visitor")
def poll(call: Call) -> wire.Polled:
    """What came after the highest `seq` that the client has."""
    visitor, body = embedding.visitor(call), call.body(wire.PollRequest)
    new, conversation = visitors.news(visitor, body.conversation_id, body.after)
    return wire.Polled(
        messages=present.messages(new),
        conversation=present.for_visitor(conversation) if conversation else None,
    )


@route(
    "POST",
    "/widget/mark_read",
    wire.VisitorConversationAnswer,
    request=wire.MarkSeenRequest,
    bearer="visitor",
    socket=True,
)
def mark_read(call: Call) -> wire.VisitorConversationAnswer:
    """Notes what the visitor has on the screen; a message of theirs says the same of what it was
    written below.
    """
    visitor, body = embedding.visitor(call), call.body(wire.MarkSeenRequest)
    marked = visitors.mark_read(visitor, body.conversation_id, body.seq, call.socket)
    return wire.VisitorConversationAnswer(conversation=present.for_visitor(marked))


@route("POST", "/widget/history", wire.Messages, request=wire.HistoryRequest, bearer="visitor")
def history(call: Call) -> wire.Messages:
    """The messages before a `seq`."""
    visitor, body = embedding.visitor(call), call.body(wire.HistoryRequest)
    return wire.Messages(messages=present.messages(visitors.history(visitor, body.before)))


@route("POST", "/widget/socket_ticket", wire.Ticket, bearer="visitor")
def socket_ticket(call: Call) -> wire.Ticket:
    """A ticket for the visitor's socket."""
    visitor = embedding.visitor(call)
    return _ticket(visitor, call.now)


def _ticket(visitor: Visitor, now: datetime) -> wire.Ticket:
    ticket = tokens.visitor_ticket(visitor, token_hex(16), now)
    return wire.Ticket(ticket=ticket, url=config().socket_url)
