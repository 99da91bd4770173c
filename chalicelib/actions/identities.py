"""The page around the widget knows who is signed in, and says so. Nobody has proved it."""

from contextlib import suppress
from datetime import datetime

from chalicelib import announce
from chalicelib.actions import limits
from chalicelib.actions.requests import Introduction
from chalicelib.domain.contact import Visitor, identified
from chalicelib.errors import Unauthorized, Unavailable
from chalicelib.store import commits, contacts, conversations
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale


def identify(visitor: Visitor, told: Introduction, address: str, at: datetime) -> None:
    """Keeps who the page says the visitor is; whoever sees their conversation hears it. The same
    again changes nothing. Raises Unauthorized, Invalid naming the field, TooManyRequests.
    """
    counted = False
    for _ in attempts():
        was = contacts.get(visitor.contact_id)
        if was is None:
            raise Unauthorized
        now = identified(was, name=told.name, email=told.email, phone=told.phone)
        if now == was:
            return
        if not counted:
            limits.introduced(visitor, address, at)
            counted = True
        with suppress(Stale):
            commits.identify(was, now)
            shown = conversations.get(now.conversation_id) if now.conversation_id else None
            if shown is not None:
                announce.changed(shown)
            return
    raise Unavailable
