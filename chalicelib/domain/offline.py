"""When nobody answers, and what a visitor is told of it (road map, items 12 and 15): a form in
place of the conversation that they would begin, and who writes hears it once in a closed period.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from chalicelib.domain import working_hours
from chalicelib.domain.assignment import Considered, Standing
from chalicelib.domain.contact import Language
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.inbox import Inbox, OfflineText
from chalicelib.domain.working_hours import Hours

IN_TALK = timedelta(minutes=5)
"""Somebody who has answered so lately is still there, whatever the clock says."""

_THERE = (Standing.ELIGIBLE, Standing.FULL)


def closed(branch: Hours | None, inbox: Inbox, now: datetime) -> bool:
    """Whether it is outside the hours, or an admin has switched offline mode on."""
    return inbox.offline_since is not None or not working_hours.both_open(branch, inbox.hours, now)


def closed_since(branch: Hours | None, inbox: Inbox, now: datetime) -> datetime | None:
    """When the closed period began; None while open."""
    began = (working_hours.closed_since(branch, inbox.hours, now), inbox.offline_since)
    return min((each for each in began if each is not None), default=None)


def anybody_there(considered: Iterable[Considered]) -> bool:
    """Whether somebody is online who has the inbox, if only to wait for."""
    return any(each.standing in _THERE for each in considered)


def to_be_told(conversation: Conversation, closed_since: datetime | None, now: datetime) -> bool:
    """Whether the visitor shall hear now that nobody answers. `closed_since` None: it is open."""
    if closed_since is None:
        return False
    told, answered = conversation.told_closed_at, conversation.answered_at
    if told is not None and told >= closed_since:
        return False
    return answered is None or now - answered > IN_TALK


def text_for(language: Language, text: OfflineText) -> str:
    """In the visitor's language, else in the other one; empty when there is none."""
    ru, en = text.ru.strip(), text.en.strip()
    return (ru or en) if language == "ru" else (en or ru)
