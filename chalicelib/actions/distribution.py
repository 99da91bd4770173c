"""Gives waiting conversations to operators: the oldest first, to the least loaded who is eligible
(item 2).
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib import announce
from chalicelib.domain.assignment import Assignment, Member, Pool, assign, connected, eligible
from chalicelib.domain.connection import branch_audience
from chalicelib.domain.conversation import Conversation
from chalicelib.errors import Unavailable
from chalicelib.parallel import start
from chalicelib.store import commits, connections, conversations, pools, settled
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale

logger = logging.getLogger("messenger")

Choice = Callable[[Sequence[Member]], Member]

PER_RUN = 25
"""Conversations given out by one call; the tick goes on where a long queue is left."""


def drain(branch_id: str, now: datetime, choice: Choice) -> None:
    """Empties the branch's queue as far as there is somebody to take it, and tells everybody
    concerned.
    """
    after: str | None = None
    for _ in range(PER_RUN):
        waiting = pools.waiting(branch_id, 1, after)
        if not waiting:
            return
        after, conversation_id = waiting[0]
        if not _give(branch_id, conversation_id, now, choice):
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
    """Drains every branch that has a queue: repairs what a crash or a dead socket left (the minute
    tick).
    """
    organisation = settled.organisation()
    branches = organisation.branches if organisation else ()
    for pool in pools.load_many([branch.id for branch in branches]):
        if pool.queued:
            drain(pool.branch_id, now, choice)


def _give(branch_id: str, conversation_id: str, now: datetime, choice: Choice) -> bool:
    """Assigns a waiting conversation, unless somebody is faster; False when nobody is eligible."""
    for _ in attempts():
        listening = start(lambda: connections.of(branch_audience(branch_id), consistent=True))
        reading = start(lambda: conversations.get(conversation_id))
        pool = pools.load(branch_id)
        conversation = reading.result()
        if conversation is None or not conversation.queued:
            return True
        candidates = eligible(pool, connected(listening.result(), now))
        assignment = assign(
            candidates, preferred=conversation.last_assignee_id, now=now, choice=choice
        )
        if assignment is None:
            return False
        if _assigned(conversation, assignment, pool):
            return True
    return True


def _assigned(conversation: Conversation, assignment: Assignment, pool: Pool) -> bool:
    """False when the pool or the conversation is no longer as it was read."""
    try:
        commits.assign(conversation, assignment, pool.branch_id, expected=pool)
    except Stale:
        return False
    given = conversations.get(conversation.id)
    if given is not None:
        announce.moved(given)
    return True
