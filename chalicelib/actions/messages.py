"""A message arrives: stored once, under the next `seq`, and shown at once to whom it concerns."""

from collections.abc import Callable
from functools import partial
from hashlib import sha256

from msgspec import Struct
from msgspec.structs import replace

from chalicelib import announce
from chalicelib.actions import auto_reply, hands, limits, offline
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.actions.limits import Knock
from chalicelib.domain import access, history, pacing, routing
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
    read_above,
    reopened,
    requested,
    started,
    with_incoming,
    with_reply,
)
from chalicelib.domain.history import Queueing
from chalicelib.domain.message import Draft, Message
from chalicelib.domain.operator import Operator
from chalicelib.errors import Invalid, NotFound, Unauthorized, Unavailable
from chalicelib.parallel import start
from chalicelib.store import commits, contacts, conversations, messages, settled
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale
from chalicelib.store.evidence import Found

Glanced = tuple[list[Message], Conversation | None]
"""Messages and the head, as `conversations.since` reads them: perhaps not the newest."""


class Said(Struct, frozen=True, kw_only=True):
    """A stored message and its conversation with it."""

    message: Message
    conversation: Conversation


class _Beginning(Struct, frozen=True, kw_only=True):
    """How a conversation begins, or is reopened: as an offline request of somebody with a name, or
    as none; and what they must pass before it begins.
    """

    choice: Choice
    requested_by: str | None
    knock: Knock | None


def receive(
    visitor: Visitor,
    draft: Draft,
    conversation_id: str | None,
    after: int,
    choice: Choice,
    *,
    requested_by: str | None = None,
    knock: Knock | None = None,
) -> Said:
    """Stores a visitor's message; `after` is the `seq` that they had of that conversation when they
    first tried, at best its newest. Outside the hours they are told so. `requested_by`: what begins
    or is reopened with it is an offline request of somebody with this name. `knock` is what they
    must pass to begin.

    A repeat gives what was stored the first time: it is looked for behind `after`. Raises NotFound
    for a conversation that is not theirs, Invalid for an `after` that is ahead of it,
    TooManyRequests, CaptchaRequired, Unavailable when it was not stored.
    """
    beginning = _Beginning(choice=choice, requested_by=requested_by, knock=knock)
    said = _received(visitor, draft, conversation_id, after, beginning)
    told = offline.tell(said.conversation, draft.at)
    auto_reply.answer(told, draft.at)
    return said


def _received(
    visitor: Visitor, draft: Draft, conversation_id: str | None, after: int, beginning: "_Beginning"
) -> Said:
    if conversation_id is None:
        after = 0  # of which one would be anybody's guess
    target, seq, closed = conversation_id, after, None
    renewed: Conversation | None = None
    for _ in attempts():
        if target is None:
            knock = beginning.knock
            admit = limits.starting(knock, visitor, draft.client_id, draft.at) if knock else None
            contact = _contact(visitor)
            target, seq, after = contact.conversation_id, 0, 0
            if target in (None, closed):
                if admit:
                    admit()
                said = _start(contact, draft, beginning)
                if said is not None:
                    return said
                target = None
                continue
        message = draft.numbered(target, seq + 1)
        glance = _glance(target, seq)
        try:
            commits.receive(message, visitor.contact_id, after, renewed)
        except Stale as stale:
            if stale.contended:
                continue
            _refuse_spent(stale)
            known = access.visitor_conversation(visitor.contact_id, stale.current)
            before = _said_before(draft, known, seq, glance())
            if before is not None:
                return Said(message=before, conversation=known)
            seq, renewed = known.seq, None
            if incoming(known) is Incoming.APPEND and known.in_count >= known.quota:
                _keep_to_the_pace(known, draft)
                renewed = known
            if incoming(known) is Incoming.START:
                target, closed = None, known.id
            elif incoming(known) is Incoming.REOPEN:
                said = _reopen(known, draft, after, beginning)
                if said is not None:
                    return said
            continue
        return _announced(message, glance(), partial(with_incoming, after=after))
    raise Unavailable


def reply(operator: Operator, conversation_id: str, draft: Draft, after: int) -> Said:
    """Stores an operator's reply; the first one to a queued conversation claims it. `after` as in
    `receive`.

    Raises NotFound, NotOpen, AlreadyTaken with the holder's name, Invalid, Unavailable when it was
    not stored.
    """
    seq = after
    for _ in attempts():
        message = draft.numbered(conversation_id, seq + 1)
        glance = _glance(conversation_id, seq)
        try:
            commits.reply(message, operator.id)
        except Stale as stale:
            if stale.contended:
                continue
            _refuse_spent(stale)
            known = access.access_queue(operator, stale.current)
            before = _said_before(draft, known, seq, glance())
            if before is not None:
                return Said(message=before, conversation=known)
            seq = known.seq
            doing = outgoing(known, operator.id)
            if doing is not Outgoing.APPEND:
                act = _claim if doing is Outgoing.CLAIM else _answer
                said = act(operator, known, draft)
                if said is not None:
                    return said
            continue
        return _announced(message, glance(), with_reply)
    raise Unavailable


def _keep_to_the_pace(conversation: Conversation, draft: Draft) -> None:
    """Raises TooManyRequests while the quota is used up and its time has not passed."""
    seconds = pacing.seconds_to_wait(conversation.quota_since, draft.at)
    if seconds:
        limits.refuse(seconds)


def _start(contact: Contact, draft: Draft, beginning: "_Beginning") -> Said | None:
    """A new conversation, in the queue of the branch that the contact's region leads to, and given
    out at once.

    None when another tab of the visitor was faster, and the contact has a conversation now, or the
    page, and they have a name.
    """
    inbox, organisation = settled.inbox(contact.inbox_id), settled.organisation()
    if inbox is None or organisation is None:
        raise NotFound("There is no such inbox.", field="inbox")
    route = routing.choose_branch(inbox, contact.place, organisation)
    name = f"{contact.id}|{draft.client_id}".encode()
    message = draft.numbered(sha256(name).hexdigest()[:32], 1)
    conversation, told = started(contact, route.branch_id, message), None
    if beginning.requested_by is not None:
        conversation = requested(conversation, beginning.requested_by, draft.at)
        told = history.requested(conversation, conversation, draft.at, draft.author)
    found = Found(place=contact.place, route=route)
    try:
        commits.create(conversation, message, found, contact, told)
    except Stale as stale:
        if stale.spent and contacts.get(contact.id) == contact:
            _refuse_spent(stale)
        # Perhaps the branch has just been deleted, and this process has not heard of it.
        settled.forget_company()
        return None
    return _distributed(message, conversation, beginning.choice)


def _reopen(
    conversation: Conversation, draft: Draft, after: int, beginning: "_Beginning"
) -> Said | None:
    message = draft.numbered(conversation.id, conversation.seq + 1)
    waiting = read_above(_standing(reopened(conversation, draft.at)), message, after)
    told = history.queued(conversation, waiting, Queueing.REOPENED, draft.at, draft.author)
    if beginning.requested_by is not None:
        waiting = requested(waiting, beginning.requested_by, draft.at)
        told = history.requested(conversation, waiting, draft.at, draft.author)
    try:
        commits.move(conversation, waiting, told, {}, message=message)
    except Stale as stale:
        _refuse_spent(stale)
        settled.forget_company()
        return None
    return _distributed(message, waiting, beginning.choice)


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
        _refuse_spent(stale)
        return None
    announce.said(after, message)
    return Said(message=message, conversation=after)


def _answer(operator: Operator, conversation: Conversation, draft: Draft) -> Said | None:
    """The first reply to an offline request, which is none any more."""
    message = draft.numbered(conversation.id, conversation.seq + 1)
    told = history.answered(conversation, operator, draft.at)
    try:
        after = hands.move(conversation, with_reply(conversation, message), told, message=message)
    except Stale as stale:
        _refuse_spent(stale)
        return None
    announce.said(after, message)
    return Said(message=message, conversation=after)


def _said_before(
    draft: Draft, conversation: Conversation, after: int, glanced: Glanced
) -> Message | None:
    """What this author has stored under this client id behind `after`, in the conversation as it
    was found. What was read beside the commit need not be read again.

    Raises Invalid when it has no message `after`: a draft that got behind it would not be found.
    """
    if after > conversation.seq:
        raise Invalid("The conversation has no such message.", field="after")
    for message in glanced[0]:
        if message.seq != after + 1:
            break
        after = message.seq
        if message.draft.repeats(draft):
            return message
    return messages.said(draft, conversation.id, after, conversation.seq)


def _refuse_spent(stale: Stale) -> None:
    """Raises Invalid when a file has gone with another message in the meantime; it may be this one
    where `seq` has moved, too.
    """
    if stale.spent and stale.current is None:
        raise Invalid("A file has gone with another message.", field="attachments")


def _announced(
    message: Message,
    glanced: Glanced,
    effect: Callable[[Conversation, Message], Conversation],
) -> Said:
    """Shows a committed message. `glanced` was read beside the commit."""
    after = _after(message, glanced[1], effect)
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


def _glance(conversation_id: str, after: int) -> Callable[[], Glanced]:
    """Begins to read, while the commit runs, the head, and the messages that the author has not
    seen: whom to push to, or what the draft may have been before, is known without another round
    trip.
    """
    return start(lambda: conversations.since(conversation_id, after)).result


def _contact(visitor: Visitor) -> Contact:
    contact = contacts.get(visitor.contact_id)
    if contact is None:
        raise Unauthorized
    return contact
