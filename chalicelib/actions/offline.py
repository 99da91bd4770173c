"""Outside the hours the visitor is told so, instead of waiting for nobody (item 15)."""

import logging
from datetime import datetime

from chalicelib import announce
from chalicelib.actions import hands
from chalicelib.domain import offline, working_hours
from chalicelib.domain.conversation import Conversation, Status, with_notice
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.message import Author, AuthorKind, Direction, Draft
from chalicelib.errors import Unavailable
from chalicelib.store import commits, contacts, settled
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale

logger = logging.getLogger("messenger")


def tell(conversation: Conversation, now: datetime) -> None:
    """After a visitor's message: the inbox's text, once in each closed period, unless somebody is
    just talking with them. The message that led here is stored: a failure is left to the next one.
    """
    inbox = hands.inbox_of(conversation)
    branch = settled.branch(conversation.branch_id)
    since = working_hours.closed_since(branch.hours if branch else None, inbox.hours, now)
    if since is None or not offline.to_be_told(conversation, since, now):
        return
    try:
        _say(conversation, inbox, since, now)
    except Unavailable:
        logger.warning("a visitor was not told that it is closed", exc_info=True)


def _say(conversation: Conversation, inbox: Inbox, since: datetime, now: datetime) -> None:
    contact = contacts.get(conversation.contact_id)
    text = offline.text_for(contact.language if contact else "ru", inbox.offline_text)
    if not text:
        return
    known = conversation
    draft = Draft(
        client_id=f"closed-{since.timestamp():.0f}",
        author=Author(kind=AuthorKind.SYSTEM, id="hours", name=inbox.name),
        direction=Direction.OUT,
        body=text,
        at=now,
    )
    for _ in attempts():
        message = draft.numbered(known.id, known.seq + 1)
        try:
            commits.tell_closed(message, since)
        except Stale as stale:
            known = stale.current or known
            if known.status is not Status.OPEN or not offline.to_be_told(known, since, now):
                return
            continue
        announce.said(with_notice(known, message), message)
        return
