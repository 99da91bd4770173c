"""The timers of conversations, exact to some seconds: each becomes a message that the queue keeps
back until it is due. What the queue loses, the minute tick does itself.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from math import ceil

from msgspec import Struct, json

from chalicelib.actions import escalation
from chalicelib.actions.distribution import Choice
from chalicelib.config import config
from chalicelib.domain.conversation import Timer
from chalicelib.errors import Unavailable
from chalicelib.gateways import queue
from chalicelib.gateways.queue import LONGEST_DELAY, Letter
from chalicelib.parallel import together
from chalicelib.store import changes, timers
from chalicelib.store.changes import Record

AHEAD = timedelta(seconds=75)
"""How far the minute tick looks ahead: no timer falls due unseen between two ticks."""

SOON = AHEAD + timedelta(seconds=60)
"""What falls due this soon after it was set is queued at once: the next tick may be late."""

PER_TICK = 1000
BY_TICK = 200
"""Overdue timers that one tick acts on itself; it takes some 50 ms each."""

logger = logging.getLogger("messenger")


class Job(Struct, frozen=True, kw_only=True):
    """A message in the queue of timers: this conversation's timer, set to `at`."""

    conversation_id: str
    timer: Timer
    at: datetime


ACTS: dict[Timer, Callable[[str, datetime, datetime, Choice], None]] = {
    Timer.ESCALATION: escalation.escalate,
    Timer.ALERT: escalation.alert,
}
"""What each timer does. Once, however often and whenever it is called, and nothing when the
conversation has moved on.
"""


def act(job: Job, now: datetime, choice: Choice) -> None:
    """Does what is due; a job that came early (the queue's clock is not ours) waits for the rest.

    Raises Unavailable.
    """
    if job.at > now:
        queue.send(config().timers_queue, _body(job), _delay(job, now))
    else:
        ACTS[job.timer](job.conversation_id, job.at, now, choice)


def queue_new(records: Sequence[Record], now: datetime) -> str | None:
    """Queues the timers of a batch of stream records that fall due soon; the number of the record
    to begin with again, None when all are queued.
    """
    soon = [
        (number, Job(conversation_id=conversation_id, timer=due.timer, at=due.at))
        for number, conversation_id, due in changes.timers(records)
        if due.timer in ACTS and due.at - now <= SOON
    ]
    queued = _queue([job for _, job in soon], now)
    return soon[queued][0] if queued < len(soon) else None


def queue_due(now: datetime, choice: Choice) -> None:
    """Queues what falls due before the next tick, and does what should have been done.

    Raises Unavailable when the table does not answer; a queue that takes nothing leaves its part to
    the next tick.
    """
    found = together(
        [partial(timers.of_conversations, each, now + AHEAD, PER_TICK) for each in ACTS]
    )
    jobs = [
        Job(conversation_id=conversation_id, timer=due.timer, at=due.at)
        for each in found
        for conversation_id, due in each
    ]
    late = sorted((job for job in jobs if job.at <= now), key=lambda job: job.at)
    _queue([job for job in jobs if job.at > now] + late[BY_TICK:], now)
    for job in late[:BY_TICK]:
        _act_late(job, now, choice)


def _act_late(job: Job, now: datetime, choice: Choice) -> None:
    """One that cannot be done now holds up no other; it is overdue at the next tick, too."""
    try:
        act(job, now, choice)
    except Unavailable:
        logger.warning("a timer is late", extra={"timer": job.timer.value}, exc_info=True)


def _queue(jobs: Sequence[Job], now: datetime) -> int:
    """How many of them, from the first on, are certainly queued."""
    letters = [Letter(_body(job), _delay(job, now)) for job in jobs]
    return queue.send_all(config().timers_queue, letters)


def _body(job: Job) -> str:
    return json.encode(job).decode()


def _delay(job: Job, now: datetime) -> int:
    """Whole seconds, rather too many than too few."""
    return min(LONGEST_DELAY, max(0, ceil((job.at - now).total_seconds())))
