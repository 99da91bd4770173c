"""How often a contended write is tried, and how long it steps aside in between."""

from collections.abc import Iterator
from random import uniform
from time import sleep

from chalicelib.errors import Unavailable

TRIES = 16
STEP = 0.004
LONGEST = 0.05


def attempts() -> Iterator[int]:
    """0, 1, 2 … with a growing, random pause before each but the first two.

    Raises Unavailable after the last.
    """
    for attempt in range(TRIES):
        if attempt > 1:
            sleep(uniform(0, min(LONGEST, STEP * attempt)))
        yield attempt
    raise Unavailable
