"""How fast a visitor may write: `MOST` messages in `WINDOW`, anew after each answer (trust rules).

The conversation's head holds how many incoming messages there may be before somebody looks at the
clock (`quota`). So a write needs one comparison of two of its numbers.
"""

from datetime import datetime, timedelta
from math import ceil

MOST = 20
WINDOW = timedelta(seconds=20)


def quota_after(in_count: int) -> int:
    """How many incoming messages there may be from here on."""
    return in_count + MOST


def seconds_to_wait(since: datetime, now: datetime) -> int:
    """How long who has used up a quota that they had since then waits for the next one; 0: not at
    all.
    """
    left = ceil((since + WINDOW - now).total_seconds())
    # One process's clock is ahead of another's: nobody waits longer than the window.
    return max(0, min(left, int(WINDOW.total_seconds())))
