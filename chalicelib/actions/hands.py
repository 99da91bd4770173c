"""A conversation goes into other hands: the one road of every assignment, transfer and ending."""

from chalicelib import announce
from chalicelib.actions import auto_reply
from chalicelib.domain.activity import ActivityEvent
from chalicelib.domain.assignment import Pool
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.message import Message
from chalicelib.errors import Unavailable
from chalicelib.store import commits, conversations, pools, settled


def move(
    was: Conversation,
    now: Conversation,
    event: ActivityEvent,
    *,
    message: Message | None = None,
    expected: Pool | None = None,
    timed: bool = False,
) -> Conversation:
    """Commits the change and tells everybody concerned; the conversation as it stands then.

    Raises Stale as `commits.move` does.
    """
    commits.move(was, now, event, homes(was, now), message=message, expected=expected, timed=timed)
    after = conversations.get(was.id)
    if after is None:
        raise Unavailable
    announce.moved(after, was, besides=message.draft.via if message else None)
    return auto_reply.answer(after, event.at)


def homes(was: Conversation, now: Conversation) -> dict[str, str]:
    """By operator, the pools that count the conversations of who had it and who has it."""
    return {each.assignee.id: home(each.assignee.id) for each in (was, now) if each.assignee}


def home(operator_id: str) -> str:
    """The id of the pool that counts an operator's conversations."""
    operator = settled.operator(operator_id)
    return pools.home(operator) if operator else pools.NO_BRANCH


def inbox_of(conversation: Conversation) -> Inbox:
    """The inbox's settings; the usual ones for an inbox that has been deleted."""
    found = settled.inbox(conversation.inbox_id)
    return found or Inbox(id=conversation.inbox_id, name="")
