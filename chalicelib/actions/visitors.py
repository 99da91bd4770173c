"""A visitor comes, comes back, and asks what is new."""

from datetime import datetime

from msgspec import Struct

from chalicelib import announce
from chalicelib.domain.access import visitor_conversation
from chalicelib.domain.contact import Contact, Language, Place, Visitor
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.message import AuthorKind, Message
from chalicelib.errors import NotFound, Unauthorized
from chalicelib.store import commits, contacts, conversations, messages, settled


class Welcome(Struct, frozen=True, kw_only=True):
    """What the widget shows first."""

    contact: Contact
    conversation: Conversation | None
    messages: list[Message]


def find_inbox(inbox_id: str) -> Inbox:
    """The inbox with this id. Raises NotFound."""
    inbox = settled.inbox(inbox_id)
    if inbox is None:
        raise NotFound("There is no such inbox.", field="inbox")
    return inbox


def arrive(
    inbox: Inbox, contact_id: str, place: Place, language: Language, now: datetime
) -> Welcome:
    """A new visitor's first look at the widget."""
    contact = Contact(
        id=contact_id,
        inbox_id=inbox.id,
        name=None,
        place=place,
        conversation_id=None,
        created_at=now,
        language=language,
    )
    contacts.add(contact)
    return Welcome(contact=contact, conversation=None, messages=[])


def come_back(inbox: Inbox, contact_id: str, place: Place, language: Language) -> Welcome | None:
    """A known visitor's next look, with their conversation; None when they are not known in this
    inbox.
    """
    contact = contacts.get(contact_id)
    if contact is None or contact.inbox_id != inbox.id:
        return None
    if (contact.place, contact.language) != (place, language):
        contacts.move(contact.id, place, language)
    if contact.conversation_id is None:
        return Welcome(contact=contact, conversation=None, messages=[])
    conversation = conversations.get(contact.conversation_id)
    return Welcome(
        contact=contact,
        conversation=conversation,
        messages=messages.newest(contact.conversation_id) if conversation else [],
    )


def known(contact_id: str) -> Visitor:
    """The visitor behind a contact. Raises Unauthorized when there is none any more."""
    contact = contacts.get(contact_id)
    if contact is None:
        raise Unauthorized
    return Visitor(contact_id=contact.id, inbox_id=contact.inbox_id)


def news(
    visitor: Visitor, conversation_id: str | None, after: int
) -> tuple[list[Message], Conversation | None]:
    """What came after a `seq`. Raises NotFound for a conversation that is not the visitor's."""
    found = conversation_id or current(visitor)
    if found is None:
        return [], None
    new, conversation = conversations.since(found, after)
    return new, visitor_conversation(visitor.contact_id, conversation)


def mark_read(visitor: Visitor, conversation_id: str, seq: int, via: str | None) -> Conversation:
    """Notes what the visitor has on the screen. `via` is the socket that told it, if one did.

    Raises NotFound for a conversation that is not theirs.
    """
    marked = commits.mark_seen(conversation_id, visitor.contact_id, seq)
    if marked is None:
        return visitor_conversation(visitor.contact_id, conversations.get(conversation_id))
    announce.read(marked, AuthorKind.VISITOR, besides=via)
    return marked


def history(visitor: Visitor, before: int) -> list[Message]:
    """The messages before a `seq` of the visitor's conversation."""
    conversation_id = current(visitor)
    return messages.newest(conversation_id, before=before) if conversation_id else []


def current(visitor: Visitor) -> str | None:
    """The id of the conversation that the visitor's next message belongs to.

    Raises Unauthorized.
    """
    contact = contacts.get(visitor.contact_id, consistent=False)
    if contact is None:
        raise Unauthorized
    return contact.conversation_id
