"""Gives waiting conversations to operators: the oldest first, to the least loaded who is eligible
(item 2).
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from enum import Enum, auto

from chalicelib.actions import hands
from chalicelib.domain import history, working_hours
from chalicelib.domain.assignment import (
    Considered,
    Standing,
    assign,
    connected,
    judge,
    still_missing,
)
from chalicelib.domain.connection import branch_audience
from chalicelib.domain.conversation import given
from chalicelib.errors import Unavailable
from chalicelib.parallel import start
from chalicelib.store import connections, conversations, pools, settled
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale
from chalicelib.store.pools import Waiting

logger = logging.getLogger("messenger")

Choice = Callable[[Sequence[Considered]], Considered]

PER_RUN = 25
"""Conversations given out by one call; the tick goes on where a long queue is left."""

PAGE = 25
"""Places of the queue read at once."""


class _Outcome(Enum):
    """What became of one who waits."""

    GONE = auto()
    NOT_THIS_ONE = auto()
    NOT_THIS_INBOX = auto()
    NOBODY = auto()


def drain(branch_id: str, now: datetime, choice: Choice) -> None:
    """Empties the branch's queue as far as there is somebody to take it, and tells everybody
    concerned.
    """
    branch = settled.branch(branch_id)
    if branch is not None and not working_hours.is_open(branch.hours, now):
        return
    gone, blocked = 0, set[str]()
    for waiting in _waiting(branch_id):
        if waiting.inbox_id in blocked:
            continue
        match _give(branch_id, waiting.conversation_id, now, choice):
            case _Outcome.NOBODY:
                return
            case _Outcome.NOT_THIS_INBOX:
                blocked.add(waiting.inbox_id)
            case _Outcome.GONE:
                gone += 1
        if gone == PER_RUN:
            return


def drain_soon(branch_id: str, now: datetime, choice: Choice) -> None:
    """The same after something was committed that must be acknowledged anyway: the minute tick
    repairs a failure.
    """
    try:
        drain(branch_id, now, choice)
    except Unavailable:
        logger.warning("distribution put off", extra={"branch_id": branch_id}, exc_info=True)


def drain_everything(now: datetime, choice: Choice) -> None:
    """Drains every branch that has a queue: hours that have begun, and what a crash or a dead
    socket left (the minute tick).
    """
    organisation = settled.organisation()
    branches = organisation.branches if organisation else ()
    for pool in pools.load_many([branch.id for branch in branches]):
        if pool.queued:
            drain(pool.branch_id, now, choice)


def _waiting(branch_id: str) -> Iterator[Waiting]:
    """The queue, the oldest first, a page at a time."""
    after = None
    while True:
        page = pools.waiting(branch_id, PAGE, after)
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1].place


def _give(branch_id: str, conversation_id: str, now: datetime, choice: Choice) -> _Outcome:
    """Assigns a waiting conversation, unless somebody is faster."""
    for _ in attempts():
        listening = start(lambda: connections.of(branch_audience(branch_id), consistent=True))
        reading = start(lambda: conversations.get(conversation_id))
        pool = pools.load(branch_id)
        conversation = reading.result()
        if conversation is None or not conversation.queued:
            return _Outcome.GONE
        live, inbox = connected(listening.result(), now), hands.inbox_of(conversation)
        if not any(each.standing is Standing.ELIGIBLE for each in judge(pool, live)):
            return _Outcome.NOBODY
        if not working_hours.is_open(inbox.hours, now):
            return _Outcome.NOT_THIS_INBOX
        missed = still_missing(conversation.missed, pool, live)
        considered = judge(pool, live, members=inbox.members, excluded=missed)
        last = conversation.last_assignee_id
        assignment = assign(considered, preferred=last, now=now, choice=choice)
        if assignment is None:
            return _Outcome.NOT_THIS_ONE if missed else _Outcome.NOT_THIS_INBOX
        after = given(conversation, assignment, branch_id, inbox)
        told = history.assigned(conversation, after, assignment)
        with suppress(Stale):
            hands.move(conversation, after, told, expected=pool)
            return _Outcome.GONE
    raise Unavailable
