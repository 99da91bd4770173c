"""Calls the app's schedules at their rate, as EventBridge does."""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalice.app import Chalice, ScheduledEventConfig, ScheduleExpression

from infra.local.background import run_handler
from infra.local.settings import ACCOUNT, REGION

_UNITS = {"minute": 60, "hour": 3600, "day": 86400}
Clock = Callable[[], float]


def seconds_of(expression: str | ScheduleExpression) -> float:
    """The period of a rate. A cron expression runs once a day here, whenever it says.

    Raises ValueError for what is neither.
    """
    text = expression if isinstance(expression, str) else expression.to_string()
    kind, _, inside = text.rstrip(")").partition("(")
    if kind == "cron":
        return _UNITS["day"]
    value, _, unit = inside.partition(" ")
    if kind != "rate" or unit.rstrip("s") not in _UNITS:
        raise ValueError(f"not a schedule: {text}")
    return int(value) * _UNITS[unit.rstrip("s")]


@dataclass(slots=True)
class _Schedule:
    name: str
    period: float
    due: float


class Schedules:
    """Every `@app.schedule`, blueprints included; `clock` gives seconds and may be virtual."""

    def __init__(self, app: Chalice, clock: Clock = time.time) -> None:
        self._app = app
        self._clock = clock
        self._schedules = [
            _Schedule(source.name, period, clock() + period)
            for source in app.event_sources
            if isinstance(source, ScheduledEventConfig)
            for period in [seconds_of(source.schedule_expression)]
        ]

    def run_due(self) -> list[str]:
        """Call what is due now; a schedule that was late by several periods runs once."""
        ran = []
        now = self._clock()
        for schedule in self._schedules:
            if schedule.due <= now:
                missed = (now - schedule.due) // schedule.period
                schedule.due += (missed + 1) * schedule.period
                run_handler(self._app, schedule.name, _event(schedule.name, now))
                ran.append(schedule.name)
        return ran

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set."""
        while not stop.wait(1):
            self.run_due()


def _event(name: str, now: float) -> dict[str, Any]:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": ACCOUNT,
        "time": datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:{ACCOUNT}:rule/{name}"],
        "detail": {},
    }
