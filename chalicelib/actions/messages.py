"""A message arrives: stored once, under the next `seq`, and shown at once to whom it concerns."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

from chalicelib import announce
from chalicelib.actions import hands, offline
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import access, history, routing
from chalicelib.domain.activity import actor
from chalicelib.domain.assignment import Cause, by_person
from chalicelib.domain.contact import Contact, Visitor
from chalicelib.domain.conversation import (
    Conversation,
    Incoming,
    Outgoing,
    Status,
    given,
    incoming,
    outgoing,
    reopened,
    started,
    with_incoming,
    with_reply,
)
from chalicelib.domain.history import Queueing
from chalicelib.domain.message import Draft, Message
from chalicelib.domain.operator import Operator
from chalicelib.errors import Invalid, NotFound, Unauthorized, Unavailable
from chalicelib.frozen import dataclass
from chalicelib.parallel import start
from chalicelib.store import commits, contacts, conversations, messages, settled
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale
from chalicelib.store.evidence import Found


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A stored message and its conversation with it."""

    message: Message
    conversation: Conversation


def receive(
    visitor: Visitor, draft: Draft, conversation_id: str | None, after: int, choice: Choice
) -> Said:
    """Stores a visitor's message; `after` is the `seq` they have seen, at best the newest. Outside
    the hours they are told so.

    A repeated client id gives what was stored the first time. Raises NotFound for a conversation
    that is not theirs, Unavailable when it was not stored.
    """
    said = _received(visitor, draft, conversation_id, after, choice)
    offline.tell(said.conversation, draft.at)
    return said


def _received(
    visitor: Visitor, draft: Draft, conversation_id: str | None, after: int, choice: Choice
) -> Said:
    target, seq, closed = conversation_id, after, None
    for _ in attempts():
        if target is None:
            contact = _contact(visitor)
            target = contact.conversation_id
            if target in (None, closed):
                said = _start(contact, draft, choice)
                if said is not None:
                    return said
                target = None
                continue
        message = draft.numbered(target, seq + 1)
        glance = _glance(target)
        try:
            commits.receive(message, visitor.contact_id)
        except Stale as stale:
            if stale.duplicate is not None:
                return _repeated(target, stale.duplicate)
            _refuse_spent(stale)
            if stale.contended:
                continue
            known = access.visitor_conversation(visitor.contact_id, stale.current)
            seq = known.seq
            if incoming(known) is Incoming.START:
                target, closed = None, known.id
            elif incoming(known) is Incoming.REOPEN:
                said = _reopen(known, draft, choice)
                if said is not None:
                    return said
            continue
        return _announced(message, glance(), with_incoming)
    raise Unavailable


def reply(operator: Operator, conversation_id: str, draft: Draft, after: int) -> Said:
    """Stores an operator's reply; the first one to a queued conversation claims it. `after` as in
    `receive`.

    Raises NotFound, NotOpen, AlreadyTaken with the holder's name, Unavailable when it was not
    stored.
    """
    seq = after
    for _ in attempts():
        message = draft.numbered(conversation_id, seq + 1)
        glance = _glance(conversation_id)
        try:
            commits.reply(message, operator.id)
        except Stale as stale:
            if stale.duplicate is not None:
                return _repeated(conversation_id, stale.duplicate)
            _refuse_spent(stale)
            if stale.contended:
                continue
            known = access.access_queue(operator, stale.current)
            seq = known.seq
            if outgoing(known, operator.id) is Outgoing.CLAIM:
                said = _claim(operator, known, draft)
                if said is not None:
                    return said
            continue
        return _announced(message, glance(), with_reply)
    raise Unavailable


def _start(contact: Contact, draft: Draft, choice: Choice) -> Said | None:
    """A new conversation, in the queue of the branch that the contact's region leads to, and given
    out at once.

    None when another tab of the visitor was faster: the contact has a conversation now.
    """
    inbox, organisation = settled.inbox(contact.inbox_id), settled.organisation()
    if inbox is None or organisation is None:
        raise NotFound("There is no such inbox.", field="inbox")
    route = routing.choose_branch(inbox, contact.place, organisation)
    name = f"{contact.id}|{draft.client_id}".encode()
    message = draft.numbered(sha256(name).hexdigest()[:32], 1)
    conversation = started(contact, route.branch_id, message)
    found = Found(place=contact.place, route=route)
    try:
        commits.create(conversation, message, found, contact.conversation_id)
    except Stale as stale:
        _refuse_spent(stale)
        # Perhaps the branch has just been deleted, and this process has not heard of it.
        settled.forget_company()
        return None
    return _distributed(message, conversation, choice)


def _reopen(conversation: Conversation, draft: Draft, choice: Choice) -> Said | None:
    message = draft.numbered(conversation.id, conversation.seq + 1)
    waiting = _standing(reopened(conversation, draft.at))
    told = history.queued(conversation, waiting, Queueing.REOPENED, draft.at, draft.author)
    try:
        commits.move(conversation, waiting, told, {}, message=message)
    except Stale as stale:
        settled.forget_company()
        return _meanwhile(conversation, stale)
    return _distributed(message, waiting, choice)


def _standing(conversation: Conversation) -> Conversation:
    """The conversation, in the default branch where its own was deleted since it was resolved."""
    organisation = settled.organisation()
    if organisation is None or organisation.branch(conversation.branch_id):
        return conversation
    return replace(conversation, branch_id=organisation.default_branch_id)


def _distributed(message: Message, conversation: Conversation, choice: Choice) -> Said:
    """Gives the queued conversation out; whoever hears of the assignment need not hear of the
    message again.
    """
    drain_soon(conversation.branch_id, message.draft.at, choice)
    after = conversations.get(conversation.id)
    if after is None:
        raise Unavailable
    announce.said(after, message)
    return Said(message=message, conversation=after)


def _claim(operator: Operator, conversation: Conversation, draft: Draft) -> Said | None:
    message = draft.numbered(conversation.id, conversation.seq + 1)
    assignment = by_person(operator, Cause.CLAIMED, draft.at)
    inbox = hands.inbox_of(conversation)
    claimed = given(conversation, assignment, conversation.branch_id, inbox)
    told = history.assigned(conversation, claimed, assignment, actor(operator))
    try:
        now = with_reply(claimed, message)
        after = hands.move(conversation, now, told, message=message)
    except Stale as stale:
        return _meanwhile(conversation, stale)
    announce.said(after, message)
    return Said(message=message, conversation=after)


def _meanwhile(conversation: Conversation, stale: Stale) -> Said | None:
    """What this client id has stored already; None when something else came first."""
    _refuse_spent(stale)
    if stale.duplicate is None:
        return None
    return _repeated(conversation.id, stale.duplicate)


def _refuse_spent(stale: Stale) -> None:
    """Raises Invalid when a file has gone with another message in the meantime."""
    if stale.spent and stale.duplicate is None:
        raise Invalid("A file has gone with another message.", field="attachments")


def _announced(
    message: Message,
    glanced: Conversation | None,
    effect: Callable[[Conversation, Message], Conversation],
) -> Said:
    """Shows a committed message. `glanced` was read beside the commit."""
    after = _after(message, glanced, effect)
    if after is None:
        raise Unavailable
    announce.said(after, message)
    return Said(message=message, conversation=after)


def _after(
    message: Message,
    glanced: Conversation | None,
    effect: Callable[[Conversation, Message], Conversation],
) -> Conversation | None:
    """The conversation with its message, read anew only when the glance missed the commit by far.

    Usually it saw the head just before, or, as the `seq` tells, just after.
    """
    if glanced is not None and glanced.seq == message.seq:
        return glanced
    if glanced is not None and glanced.seq == message.seq - 1 and glanced.status is Status.OPEN:
        return effect(glanced, message)
    return conversations.get(message.conversation_id)


def _glance(conversation_id: str) -> Callable[[], Conversation | None]:
    """Begins to read the head while the commit runs: who to push to is known without another round
    trip.
    """
    return start(lambda: conversations.get(conversation_id, consistent=False)).result


def _repeated(conversation_id: str, seq: int) -> Said:
    """What was stored when this client id came first."""
    reading = start(lambda: conversations.get(conversation_id))
    message, conversation = messages.get(conversation_id, seq), reading.result()
    if message is None or conversation is None:
        raise Unavailable
    return Said(message=message, conversation=conversation)


def _contact(visitor: Visitor) -> Contact:
    contact = contacts.get(visitor.contact_id)
    if contact is None:
        raise Unauthorized
    return contact
