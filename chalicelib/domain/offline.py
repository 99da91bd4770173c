"""What a visitor is told who writes outside the hours: once in each closed period (item 15)."""

from datetime import datetime, timedelta

from chalicelib.domain.contact import Language
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.inbox import OfflineText

IN_TALK = timedelta(minutes=5)
"""Somebody who has answered so lately is still there, whatever the clock says."""


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
