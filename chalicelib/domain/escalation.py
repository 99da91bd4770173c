"""What happens when a conversation's time has run out: the next who can have it gets it, or
supervisors are alerted (road map, item 3).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain import working_hours
from chalicelib.domain.assignment import (
    Assignment,
    Cause,
    Considered,
    Pool,
    assign,
    judge,
)
from chalicelib.domain.branch import Branch, Organisation
from chalicelib.domain.conversation import Alarm, Conversation, Due, Timer, waiting
from chalicelib.domain.inbox import Inbox


def has_run_out(conversation: Conversation, due: Due, now: datetime) -> bool:
    """Whether this is the timer that runs, and its time has come.

    Each assignment and each opening sets another one or none: an older one's job means nothing.
    """
    if conversation.due != due or now < due.at or not conversation.held:
        return False
    unopened = conversation.assignee is not None and conversation.assignee.opened_at is None
    return unopened if due.timer is Timer.ESCALATION else due.timer is Timer.ALERT


def asked(conversation: Conversation, organisation: Organisation) -> list[Branch]:
    """The branches that are asked for somebody, in this order: its own, then that one's
    neighbours.
    """
    by_id = {branch.id: branch for branch in organisation.branches}
    own = by_id.get(conversation.branch_id)
    if own is None:
        return []
    return [own, *(by_id[each] for each in own.neighbours if each in by_id)]


def choose(
    conversation: Conversation,
    branch: Branch,
    inbox: Inbox,
    pool: Pool,
    live: Mapping[str, datetime],
    now: datetime,
    choice: Callable[[Sequence[Considered]], Considered],
) -> Assignment | None:
    """Who of a branch gets it next: never its holder, nor who missed it before; None when nobody
    can, or the branch or the inbox is closed.
    """
    if not working_hours.both_open(branch.hours, inbox.hours, now):
        return None
    excluded = {each.operator_id for each in conversation.missed}
    if conversation.assignee is not None:
        excluded.add(conversation.assignee.id)
    considered = judge(pool, live, members=inbox.members, excluded=excluded)
    return assign(considered, preferred=None, now=now, choice=choice, cause=Cause.ESCALATED)


def nobody_left(conversation: Conversation, now: datetime) -> Conversation:
    """In its branch's queue, with an alert."""
    queued = waiting(conversation, conversation.branch_id, now)
    return replace(queued, alarm=Alarm.NOBODY_LEFT)


def unanswered(conversation: Conversation) -> Conversation:
    """Where it is, with an alert; no clock runs any more."""
    return replace(conversation, alarm=Alarm.UNANSWERED, due=None)
