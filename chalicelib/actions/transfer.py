"""A person moves a conversation: to whoever is free first in a branch, or to a colleague by name
(item 4).
"""

from contextlib import suppress
from datetime import datetime

from msgspec import Struct

from chalicelib.actions import hands, staff
from chalicelib.actions.conversations import find
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import history, working_hours
from chalicelib.domain.activity import actor
from chalicelib.domain.assignment import Cause, by_person, connected
from chalicelib.domain.conversation import Conversation, given, may_hand_on, waiting
from chalicelib.domain.history import Queueing
from chalicelib.domain.operator import Operator, Presence
from chalicelib.errors import BranchClosed, Invalid, OperatorOffline, Unavailable
from chalicelib.store import conversations, settled
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale


class Handing(Struct, frozen=True, kw_only=True):
    """`note` is for the colleague; `anyway`: also to somebody who is not there."""

    by: Operator
    note: str | None
    anyway: bool


def to_branch(
    handing: Handing, conversation_id: str, branch_id: str, now: datetime, choice: Choice
) -> Conversation:
    """To the first who is free in a branch; nobody is: it waits in the branch's queue.

    Raises NotFound, NotOpen, Forbidden, Invalid for a branch that does not exist, BranchClosed.
    """
    branch = settled.branch(branch_id)
    if branch is None:
        raise Invalid("There is no such branch.", field="branch_id")
    if not (handing.anyway or working_hours.is_open(branch.hours, now)):
        raise BranchClosed(branch.name)
    for _ in attempts():
        known = _movable(handing.by, conversation_id)
        after = waiting(known, branch.id, now)
        by, why = actor(handing.by), Queueing.TRANSFERRED
        told = history.queued(known, after, why, now, by, handing.note)
        with suppress(Stale):
            moved = hands.move(known, after, told)
            drain_soon(branch.id, now, choice)
            if known.branch_id != branch.id:
                _refill(known, now, choice)
            return conversations.get(conversation_id) or moved
    raise Unavailable


def to_operator(
    handing: Handing, conversation_id: str, operator_id: str, now: datetime, choice: Choice
) -> Conversation:
    """To a colleague, however much they have to do; the branch follows them.

    Raises NotFound, NotOpen, Forbidden, Invalid for nobody or the one who has it, OperatorOffline.
    """
    colleague = settled.operator(operator_id)
    if colleague is None or not colleague.active:
        raise Invalid("There is no such operator.", field="operator_id")
    if not (handing.anyway or _there(colleague, now)):
        raise OperatorOffline(colleague.name)
    for _ in attempts():
        known = _movable(handing.by, conversation_id)
        if known.assignee is not None and known.assignee.id == operator_id:
            raise Invalid(f"{colleague.name} has it already.", field="operator_id")
        assignment = by_person(colleague, Cause.TRANSFERRED, now)
        branch_id = colleague.branch_id or known.branch_id
        after = given(known, assignment, branch_id, hands.inbox_of(known))
        told = history.assigned(known, after, assignment, actor(handing.by), handing.note)
        with suppress(Stale):
            moved = hands.move(known, after, told)
            _refill(known, now, choice)
            return moved
    raise Unavailable


def _movable(operator: Operator, conversation_id: str) -> Conversation:
    known = find(operator, conversation_id)
    may_hand_on(known, operator)
    return known


def _refill(was: Conversation, now: datetime, choice: Choice) -> None:
    """Whoever handed it on has a place free for the next in their own branch."""
    if was.held:
        drain_soon(was.branch_id, now, choice)


def _there(colleague: Operator, now: datetime) -> bool:
    """Whether a colleague is online at a live panel; how much they have to do does not matter."""
    if staff.presence(colleague) is not Presence.ONLINE:
        return False
    return colleague.id in connected(staff.listening(colleague), now)
