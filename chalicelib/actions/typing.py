"""Somebody is writing: told at once to who is there to see it, and kept nowhere (item 6)."""

from chalicelib import announce
from chalicelib.actions.live import still_trusted
from chalicelib.domain import access
from chalicelib.domain.activity import actor
from chalicelib.domain.connection import Connection
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.message import Author, AuthorKind
from chalicelib.gateways import sockets
from chalicelib.parallel import start
from chalicelib.store import connections, conversations


def tell(connection_id: str, conversation_id: str, *, writing: bool) -> None:
    """The socket tells who writes; one that we do not know, or no longer trust, is closed.

    Raises NotFound for a conversation that is not theirs to see, Forbidden for who only watches.
    """
    reading = start(lambda: conversations.get(conversation_id, consistent=False))
    connection = connections.get(connection_id)
    if connection is None or not still_trusted(connection):
        sockets.close(connection_id)
        return
    conversation, author = _typist(connection, reading.result())
    announce.typing(conversation, author, connection, writing=writing)


def _typist(connection: Connection, found: Conversation | None) -> tuple[Conversation, Author]:
    operator = connection.operator
    if operator is None:
        conversation = access.visitor_conversation(connection.subject_id, found)
        name = conversation.contact_name or ""
        return conversation, Author(kind=AuthorKind.VISITOR, id=connection.subject_id, name=name)
    conversation = access.access_conversation(operator, found)
    access.may_type(operator, conversation)
    return conversation, actor(operator)
