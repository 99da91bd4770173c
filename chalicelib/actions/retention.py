"""What has been resolved long enough is closed for good: the visitor's next message starts anew."""

import logging
from datetime import datetime, timedelta
from functools import partial

from chalicelib.config import config
from chalicelib.domain.conversation import Timer
from chalicelib.parallel import together
from chalicelib.store import commits, timers

AT_ONCE = 500
PER_RUN = 10_000
"""Conversations; what is left over is found by the next run, oldest first."""

logger = logging.getLogger("messenger")


def close_resolved(now: datetime) -> int:
    """Closes the conversations resolved CLOSE_AFTER_DAYS ago or earlier, silently; how many.

    A run that breaks off has closed what it has closed. Raises Unavailable.
    """
    until = now - timedelta(days=config().close_after_days)
    closed = 0
    while closed < PER_RUN:
        due = timers.due(Timer.RETENTION.value, until, AT_ONCE)
        done = together([partial(commits.close, key, until) for key in due])
        closed += sum(done)
        if len(due) < AT_ONCE or not any(done):
            break
    logger.info("retention", extra={"closed": closed, "until": until.isoformat()})
    return closed
