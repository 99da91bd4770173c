"""What happens when a conversation's time has run out: somebody else gets it, or supervisors are
alerted (road map, item 3).
"""

from contextlib import suppress
from datetime import datetime
from functools import partial

from chalicelib import telemetry
from chalicelib.actions import hands
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import escalation, history
from chalicelib.domain.assignment import Assignment, Pool, connected
from chalicelib.domain.branch import Branch
from chalicelib.domain.connection import branch_audience
from chalicelib.domain.conversation import Conversation, Due, Timer, given
from chalicelib.domain.history import Queueing
from chalicelib.domain.inbox import Inbox
from chalicelib.parallel import start
from chalicelib.store import connections, conversations, pools, settled
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale


def escalate(conversation_id: str, at: datetime, now: datetime, choice: Choice) -> None:
    """Moves on a conversation that its holder did not open until `at`, and gives the freed place to
    who waits; nothing when that timer no longer runs.

    Raises Unavailable.
    """
    due = Due(timer=Timer.ESCALATION, at=at)
    for _ in attempts():
        known = conversations.get(conversation_id)
        if known is None or known.assignee is None or not escalation.has_run_out(known, due, now):
            return
        with suppress(Stale):
            _move_on(known, now, choice)
            telemetry.measure("EscalationLag", (now - at).total_seconds())
            for branch_id in {hands.home(known.assignee.id), known.branch_id}:
                drain_soon(branch_id, now, choice)
            return


def alert(conversation_id: str, at: datetime, now: datetime, choice: Choice) -> None:
    """Tells supervisors of a conversation that was opened and not answered until `at`; nothing when
    that timer no longer runs. It stays where it is.

    Raises Unavailable.
    """
    due = Due(timer=Timer.ALERT, at=at)
    for _ in attempts():
        known = conversations.get(conversation_id)
        if known is None or not escalation.has_run_out(known, due, now):
            return
        alarmed = escalation.unanswered(known)
        event = history.alerted(known, alarmed, now)
        with suppress(Stale):
            hands.move(known, alarmed, event, timed=True)
            return


def _move_on(known: Conversation, now: datetime, choice: Choice) -> None:
    """Raises Stale when it, or the pool of who was chosen, is no longer as it was read."""
    inbox = hands.inbox_of(known)
    found = _next(known, inbox, now, choice)
    if found is None:
        queued = escalation.nobody_left(known, now)
        event = history.queued(known, queued, Queueing.NOBODY_LEFT, now)
        hands.move(known, queued, event, timed=True)
        return
    assignment, branch, pool = found
    after = given(known, assignment, branch.id, inbox)
    event = history.assigned(known, after, assignment)
    hands.move(known, after, event, expected=pool, timed=True)


def _next(
    known: Conversation, inbox: Inbox, now: datetime, choice: Choice
) -> tuple[Assignment, Branch, Pool] | None:
    """Who gets it, of which branch, and that branch's pool as it was read."""
    organisation = settled.organisation()
    for branch in escalation.asked(known, organisation) if organisation else ():
        listening = start(partial(connections.of, branch_audience(branch.id), consistent=True))
        pool = pools.load(branch.id)
        live = connected(listening.result(), now)
        assignment = escalation.choose(known, branch, inbox, pool, live, now, choice)
        if assignment is not None:
            return assignment, branch, pool
    return None
