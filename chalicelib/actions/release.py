"""Somebody leaves, and what they have goes back to distribution; or moves, and takes it along."""

from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from chalicelib.actions import hands
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import history
from chalicelib.domain.activity import actor
from chalicelib.domain.assignment import Cause, by_person
from chalicelib.domain.conversation import waiting
from chalicelib.domain.history import Queueing
from chalicelib.domain.operator import Operator
from chalicelib.errors import Unavailable
from chalicelib.store import conversations
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale


def everything_of(operator: Operator, now: datetime, choice: Choice) -> None:
    """Puts the operator's open conversations into their branches' queues, and gives them out.

    Raises Unavailable when some are left: it may be repeated.
    """
    branches: set[str] = set()
    for conversation_id in conversations.mine(operator.id):
        branches |= _release(operator, conversation_id, now)
    for branch_id in branches:
        drain_soon(branch_id, now, choice)


def to_their_branch(operator: Operator, by: Operator, now: datetime) -> None:
    """Moves the operator's open conversations into the branch that is theirs now: the branch
    follows the operator, and who listens to it hears of them.

    Raises Unavailable when some are left: it may be repeated.
    """
    for conversation_id in conversations.mine(operator.id):
        _take_along(operator, by, conversation_id, now)


def _take_along(operator: Operator, by: Operator, conversation_id: str, now: datetime) -> None:
    for _ in attempts():
        known = conversations.get(conversation_id)
        if known is None or not known.held or not known.assignee:
            return
        if known.assignee.id != operator.id or known.branch_id == operator.branch_id:
            return
        after = replace(known, branch_id=operator.branch_id or known.branch_id)
        moved = by_person(operator, Cause.TRANSFERRED, now)
        with suppress(Stale):
            hands.move(known, after, history.assigned(known, after, moved, actor(by)))
            return
    raise Unavailable


def _release(operator: Operator, conversation_id: str, now: datetime) -> set[str]:
    for _ in attempts():
        known = conversations.get(conversation_id)
        if known is None or not known.held or not known.assignee:
            return set()
        if known.assignee.id != operator.id:
            return set()
        after = waiting(known, known.branch_id, now)
        told = history.queued(known, after, Queueing.RELEASED, now)
        with suppress(Stale):
            hands.move(known, after, told)
            return {known.branch_id}
    raise Unavailable
