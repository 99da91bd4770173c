"""Who writes first is answered at once, in the name of who has the conversation (item 21)."""

import logging
from datetime import datetime

from chalicelib import announce
from chalicelib.domain import auto_reply
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.message import Direction, Draft
from chalicelib.errors import Unavailable
from chalicelib.store import commits, contacts, settled
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale

CLIENT_ID = "auto-reply"

logger = logging.getLogger("messenger")


def answer(conversation: Conversation, now: datetime) -> Conversation:
    """After a visitor's message, and after an assignment: the inbox's text, once; the conversation
    with it. What led here is stored: a failure is left to the visitor's next message.
    """
    inbox = settled.inbox(conversation.inbox_id)
    if inbox is None or not inbox.auto_reply.on or not auto_reply.is_due(conversation):
        return conversation
    try:
        contact = contacts.get(conversation.contact_id)
        text = auto_reply.words(inbox.auto_reply, contact.language if contact else "ru")
        return _say(conversation, text, now)
    except Unavailable:
        logger.warning("a visitor was not answered at once", exc_info=True)
        return conversation


def _say(conversation: Conversation, text: str, now: datetime) -> Conversation:
    known = conversation
    for _ in attempts():
        if known.assignee is None or not auto_reply.is_due(known):
            return known
        draft = Draft(
            client_id=CLIENT_ID,
            author=auto_reply.author(known.assignee),
            direction=Direction.OUT,
            body=text,
            at=now,
        )
        message = draft.numbered(known.id, known.seq + 1)
        try:
            commits.auto_reply(message)
        except Stale as stale:
            known = stale.current or known
            continue
        after = auto_reply.with_auto_reply(known, message)
        announce.said(after, message)
        return after
    raise Unavailable
