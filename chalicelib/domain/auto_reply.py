"""The automatic answer to the first message of a conversation, in the name of who has it (item 21):
once, as long as nobody and nothing has answered.

It is no person's answer: the visitor waits as before, and every clock runs on.
"""

from msgspec.structs import replace

from chalicelib.domain.contact import Language
from chalicelib.domain.conversation import Assignee, Conversation, Status
from chalicelib.domain.inbox import AutoReply
from chalicelib.domain.message import Author, AuthorKind, Message


def is_due(conversation: Conversation) -> bool:
    """Whether it may be given now: whoever was told that it is closed has been answered."""
    answered = conversation.auto_replied or conversation.answered_at or conversation.told_closed_at
    return conversation.held and conversation.status is Status.OPEN and not answered


def words(reply: AutoReply, language: Language) -> str:
    """In the visitor's language, else in the other one; empty when nothing is to be said."""
    ru, en = (reply.ru, reply.en) if reply.on else ("", "")
    return (ru or en) if language == "ru" else (en or ru)


def author(holder: Assignee) -> Author:
    """In their name, and yet not by them."""
    return Author(kind=AuthorKind.SYSTEM, id=holder.id, name=holder.name)


def with_auto_reply(conversation: Conversation, message: Message) -> Conversation:
    """The conversation after it: lists go on to show what the visitor said."""
    rev = conversation.rev + 1
    return replace(conversation, seq=message.seq, rev=rev, auto_replied=True)
