"""The one place that fans out: who hears live of a change, and what they may see of it.

A push may be lost; the client's next ping finds what it missed.
"""

import logging
from collections.abc import Iterable
from functools import partial

from msgspec import json

from chalicelib import present, wire_frames
from chalicelib.domain import access
from chalicelib.domain.connection import Connection, branch_audience, contact_audience
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.message import Author, AuthorKind, Direction, Message
from chalicelib.domain.operator import Operator, Presence
from chalicelib.errors import Unavailable
from chalicelib.gateways import sockets
from chalicelib.parallel import together
from chalicelib.store import connections

MOST_POSTS = 50
"""Per request, the most important first; the others hear at their next ping."""

Posts = list[tuple[Connection, wire_frames.Frame]]

_LISTS = (wire_frames.ConversationFrame, wire_frames.ListFrame)
"""Frames that may wait for the next ping when there are too many to send."""

logger = logging.getLogger("messenger")


def said(conversation: Conversation, message: Message) -> None:
    """A message was stored.

    The visitor's own tabs tell each other, so only replies are pushed to the visitor. The socket
    that it came over gets the answer.
    """
    shown = present.message(message)
    audiences = [branch_audience(conversation.branch_id)]
    if message.draft.direction is not Direction.IN:
        audiences.insert(0, contact_audience(conversation.contact_id))
    posts: Posts = []
    for connection in _listening(audiences, besides=message.draft.via):
        if connection.operator is None:
            seen = present.for_visitor(conversation)
            posts.append(
                (connection, wire_frames.VisitorMessageFrame(message=shown, conversation=seen))
            )
        elif access.may_see(connection.operator, conversation):
            view = present.for_operator(conversation, connection.operator)
            posts.append(
                (connection, wire_frames.MessageFrame(message=shown, conversation=view))
                if _attends(connection, conversation)
                else (connection, wire_frames.ConversationFrame(conversation=view))
            )
    _post(posts)


def changed(conversation: Conversation, besides: str | None = None) -> None:
    """Something was noted about a conversation: those who see it hear it, `besides` the socket that
    asked for it and gets the answer.
    """
    _post(_views(conversation, besides)[0])


def read(conversation: Conversation, reader: AuthorKind, besides: str | None = None) -> None:
    """Somebody has read. Of a visitor's reading hears who has the conversation on the screen, which
    is where the ticks are; of an operator's the visitor, and who has it as theirs. Lists that show
    it learn of it by their next ping.
    """
    audiences = [branch_audience(conversation.branch_id)]
    if reader is not AuthorKind.VISITOR:
        audiences.insert(0, contact_audience(conversation.contact_id))
    posts: Posts = []
    for connection in _listening(audiences, besides):
        if connection.operator is None:
            seen = present.for_visitor(conversation)
            posts.append((connection, wire_frames.VisitorConversationFrame(conversation=seen)))
        elif _is_before(connection, conversation) and (
            reader is not AuthorKind.VISITOR or connection.viewing == conversation.id
        ):
            view = present.for_operator(conversation, connection.operator)
            posts.append((connection, wire_frames.ConversationFrame(conversation=view)))
    _post(posts)


def moved(conversation: Conversation, was: Conversation, besides: str | None = None) -> None:
    """A conversation changed hands or ended: those who see it no longer, in the branch that it
    comes from too, fetch their list again; who had it is told where it went.
    """
    posts, others = _views(conversation, besides, was.branch_id)
    for connection in others:
        theirs = was.held and _is_assignee(connection, was)
        gone = present.moved(conversation) if theirs else None
        posts.append((connection, wire_frames.ListFrame(moved=gone)))
    _post(posts)


def _views(
    conversation: Conversation, besides: str | None, from_branch: str | None = None
) -> tuple[Posts, list[Connection]]:
    posts: Posts = []
    others: list[Connection] = []
    branches = dict.fromkeys([conversation.branch_id, from_branch or conversation.branch_id])
    audiences = [contact_audience(conversation.contact_id), *map(branch_audience, branches)]
    for connection in _listening(audiences, besides):
        if connection.operator is None:
            seen = present.for_visitor(conversation)
            posts.append((connection, wire_frames.VisitorConversationFrame(conversation=seen)))
        elif access.may_see(connection.operator, conversation):
            view = present.for_operator(conversation, connection.operator)
            posts.append((connection, wire_frames.ConversationFrame(conversation=view)))
        else:
            others.append(connection)
    return posts, others


def typing(
    conversation: Conversation, author: Author, writer: Connection, *, writing: bool
) -> None:
    """Somebody writes, or has stopped: operators hear it who have the conversation on the screen or
    as theirs, and of an operator's writing the visitor; the writer's own screens do not.
    """
    frame = wire_frames.TypingFrame(
        conversation_id=conversation.id, author=present.author(author), writing=writing
    )
    audiences = [branch_audience(conversation.branch_id)]
    if writer.operator is not None:
        audiences.insert(0, contact_audience(conversation.contact_id))
    others = (each for each in _listening(audiences) if each.subject_id != writer.subject_id)
    _post([(each, frame) for each in others if _is_before(each, conversation)])


def presence(operator: Operator, chosen: Presence, heard_by: Iterable[str]) -> None:
    """An operator chose another presence."""
    frame = wire_frames.PresenceFrame(operator_id=operator.id, presence=chosen.value)
    _post([(connection, frame) for connection in _listening(list(heard_by))])


def to(connection: Connection, frame: wire_frames.Frame) -> None:
    """An answer to one socket."""
    _post([(connection, frame)])


def _is_before(connection: Connection, conversation: Conversation) -> bool:
    """Whether it is a screen of the visitor's, or of an operator's who attends to it."""
    operator = connection.operator
    if operator is None:
        return True
    return access.may_see(operator, conversation) and _attends(connection, conversation)


def _attends(connection: Connection, conversation: Conversation) -> bool:
    """Whether the conversation is on this operator's screen, or theirs."""
    return connection.viewing == conversation.id or _is_assignee(connection, conversation)


def _is_assignee(connection: Connection, conversation: Conversation) -> bool:
    return conversation.assignee is not None and conversation.assignee.id == connection.subject_id


def _listening(audiences: list[str], besides: str | None = None) -> list[Connection]:
    """Everyone in these audiences, each socket once; nobody while the database does not answer."""
    try:
        found = together([partial(connections.of, audience) for audience in audiences])
    except Unavailable:
        logger.warning("nobody was told", exc_info=True)
        return []
    listening = {connection.id: connection for each in found for connection in each}
    listening.pop(besides or "", None)
    return list(listening.values())


def _post(posts: Posts) -> None:
    """Sends the frames at the same time and forgets the sockets that are gone."""
    chosen = sorted(posts, key=lambda post: isinstance(post[1], _LISTS))[:MOST_POSTS]
    sending = [partial(sockets.post, conn.id, json.encode(frame)) for conn, frame in chosen]
    for (connection, _), lives in zip(chosen, together(sending), strict=True):
        if not lives:
            _forget(connection)


def _forget(connection: Connection) -> None:
    try:
        connections.forget(connection)
    except Unavailable:
        logger.warning("a dead socket stays until its items expire", exc_info=True)
