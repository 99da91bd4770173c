"""What operators note of a conversation, and what they look up of its contact."""

from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from chalicelib import announce
from chalicelib.actions import conversations, hands
from chalicelib.domain import history
from chalicelib.domain.contact import Contact, corrected
from chalicelib.domain.conversation import Conversation, Priority, may_note
from chalicelib.domain.operator import Operator
from chalicelib.errors import NotFound, Unavailable
from chalicelib.store import commits, contacts, evidence
from chalicelib.store import conversations as stored
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale

MOST_PREVIOUS = 10


def prioritise(
    operator: Operator, conversation_id: str, priority: Priority, now: datetime
) -> Conversation:
    """Notes how urgent it is, in its history too. Raises NotFound, Forbidden."""
    for _ in attempts():
        known = conversations.find(operator, conversation_id)
        may_note(known, operator)
        if known.priority is priority:
            return known
        ranked = replace(known, priority=priority)
        told = history.prioritised(known, ranked, operator, now)
        with suppress(Stale):
            commits.move(known, ranked, told, hands.homes(known, ranked))
            after = conversations.find(operator, conversation_id)
            announce.changed(after)
            return after
    raise Unavailable


def correct(
    operator: Operator, conversation_id: str, *, name: str, email: str, phone: str, now: datetime
) -> tuple[Conversation, Contact]:
    """Writes down who the visitor is. Raises NotFound, Forbidden, Invalid naming the field."""
    known = conversations.find(operator, conversation_id)
    may_note(known, operator)
    was = contacts.get(known.contact_id)
    if was is None:
        raise NotFound
    contact = corrected(was, name=name, email=email, phone=phone)
    if contact == was:
        return known, was
    commits.correct(known, contact, history.corrected(known, was, contact, operator, now))
    after = conversations.find(operator, conversation_id)
    announce.changed(after)
    return after, contact


def previous(operator: Operator, conversation_id: str) -> list[Conversation]:
    """The newest other conversations of the same contact, the newest first; also those that are not
    this operator's to read. Raises NotFound.
    """
    known = conversations.find(operator, conversation_id)
    ids = evidence.of_contact(known.contact_id, MOST_PREVIOUS + 1)
    others = [each for each in ids if each != known.id][:MOST_PREVIOUS]
    found = stored.get_many(others) if others else []
    return sorted(found, key=lambda each: each.created_at, reverse=True)
