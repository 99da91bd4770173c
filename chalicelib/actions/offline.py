"""While nobody answers the visitor is told so, instead of waiting for nobody (items 12 and 15)."""

import logging
from datetime import datetime

from chalicelib import announce
from chalicelib.actions import hands
from chalicelib.domain import offline
from chalicelib.domain.assignment import connected, judge
from chalicelib.domain.connection import branch_audience
from chalicelib.domain.contact import Language
from chalicelib.domain.conversation import Conversation, Status, with_notice
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.message import Author, AuthorKind, Direction, Draft
from chalicelib.errors import Unavailable
from chalicelib.parallel import start
from chalicelib.store import commits, connections, contacts, pools, settled
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale

logger = logging.getLogger("messenger")


def words(inbox: Inbox, branch_id: str, language: Language, now: datetime) -> str | None:
    """What a visitor reads who would begin now, in this branch, while nobody is there; None while
    somebody is, and where the inbox has no words. 1 round trip, none outside the hours.
    """
    text = offline.text_for(language, inbox.offline_text)
    branch = settled.branch(branch_id)
    if not text or offline.closed(branch.hours if branch else None, inbox, now):
        return text or None
    listening = start(lambda: connections.of(branch_audience(branch_id)))
    pool = pools.load(branch_id)
    considered = judge(pool, connected(listening.result(), now), members=inbox.members)
    return None if offline.anybody_there(considered) else text


def tell(conversation: Conversation, now: datetime) -> Conversation:
    """After a visitor's message: the inbox's text, once in each closed period, unless somebody is
    just talking with them; the conversation with it. The message that led here is stored: a failure
    is left to the next one.
    """
    inbox = hands.inbox_of(conversation)
    branch = settled.branch(conversation.branch_id)
    since = offline.closed_since(branch.hours if branch else None, inbox, now)
    if since is None or not offline.to_be_told(conversation, since, now):
        return conversation
    try:
        return _say(conversation, inbox, since, now)
    except Unavailable:
        logger.warning("a visitor was not told that it is closed", exc_info=True)
        return conversation


def _say(conversation: Conversation, inbox: Inbox, since: datetime, now: datetime) -> Conversation:
    contact = contacts.get(conversation.contact_id)
    text = offline.text_for(contact.language if contact else "ru", inbox.offline_text)
    if not text:
        return conversation
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
                return known
            continue
        after = with_notice(known, message)
        announce.said(after, message)
        return after
    raise Unavailable
