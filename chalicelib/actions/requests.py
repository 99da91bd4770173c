"""While nobody is there visitors leave offline requests, which wait in the queue like others and
are marked until somebody has answered them (item 12).
"""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.actions import messages, offline
from chalicelib.actions.distribution import Choice
from chalicelib.actions.limits import Knock
from chalicelib.actions.messages import Said
from chalicelib.domain import routing
from chalicelib.domain.contact import Contact, Visitor, clean_email, clean_name, clean_phone
from chalicelib.domain.conversation import Conversation, Status
from chalicelib.domain.message import Draft
from chalicelib.errors import Invalid, Unauthorized
from chalicelib.store import contacts, conversations, settled


class Introduction(Struct, frozen=True, kw_only=True):
    """How a visitor says they are called and reached; empty: not told."""

    name: str
    email: str
    phone: str


def words_for(visitor: Visitor, now: datetime) -> str | None:
    """What the visitor reads while nobody is there; None while somebody is, or while their
    conversation is open. Raises Unauthorized.
    """
    contact = _contact(visitor)
    known = contact.conversation_id
    return words_with(contact, conversations.get(known) if known else None, now)


def words_with(contact: Contact, conversation: Conversation | None, now: datetime) -> str | None:
    """The same, where their conversation is known."""
    inbox, organisation = settled.inbox(contact.inbox_id), settled.organisation()
    if inbox is None or organisation is None:
        return None
    if conversation is not None and conversation.status is Status.OPEN:
        return None
    if conversation is not None and conversation.status is Status.RESOLVED:
        branch_id = conversation.branch_id
    else:
        branch_id = routing.choose_branch(inbox, contact.place, organisation).branch_id
    return offline.words(inbox, branch_id, contact.language, now)


def leave(
    visitor: Visitor,
    introduction: Introduction,
    draft: Draft,
    choice: Choice,
    knock: Knock | None = None,
) -> Said:
    """Keeps an offline request, once per client id; into a conversation that is open meanwhile its
    text goes as any other. `knock` as in `messages.receive`.

    Raises Unauthorized, Invalid naming the field, TooManyRequests, CaptchaRequired, Unavailable
    when it was not stored.
    """
    contact = _introduced(_contact(visitor), introduction)
    contacts.introduce(contact)
    return messages.receive(visitor, draft, None, 0, choice, requested_by=contact.name, knock=knock)


def _introduced(contact: Contact, told: Introduction) -> Contact:
    """The contact as they have told us. Raises Invalid naming the field."""
    if not told.email.strip() and not told.phone.strip():
        raise Invalid("An e-mail address or a phone number is needed.", field="contact")
    return replace(
        contact,
        name=clean_name(told.name),
        email=clean_email(told.email) if told.email.strip() else contact.email,
        phone=clean_phone(told.phone, contact.place.country)
        if told.phone.strip()
        else contact.phone,
    )


def _contact(visitor: Visitor) -> Contact:
    contact = contacts.get(visitor.contact_id)
    if contact is None:
        raise Unauthorized
    return contact
