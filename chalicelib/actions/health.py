"""Whether the parts that we depend on answer, and what an admin should know of them."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from time import perf_counter

from msgspec import Struct

from chalicelib.config import config
from chalicelib.domain.conversation import Timer
from chalicelib.errors import Unavailable
from chalicelib.gateways import geoip, queue, secrets
from chalicelib.parallel import together
from chalicelib.store import organisation, timers

STALE_DAYS = 60
"""A GeoIP database of this age is stale: MaxMind makes a new one twice a week."""

LATE = timedelta(minutes=2)
"""The minute tick does what is overdue: a timer of this age says that it does not."""

COUNTED = 100
"""Overdue timers of each kind are counted up to here."""

Facts = dict[str, str | int | float | bool]
Check = Callable[[], tuple[bool, Facts]]


class Part(Struct, frozen=True, kw_only=True):
    """One thing that must work; `detail` says by name what was measured."""

    name: str
    ok: bool
    detail: Facts


def failing() -> list[str]:
    """The names of the parts that do not work of those without which nobody can chat."""
    parts = _asked({"database": _database, "geoip": _geoip, "queue": _queue, "secrets": _secrets})
    return [part.name for part in parts if not part.ok]


def report(now: datetime) -> list[Part]:
    """Every part with figures: how fast, how old, how many wait.

    Deliveries that were given up are a fault, too: somebody must look at them. So are conversations
    whose time ran out and that nothing moved on.
    """
    parts: dict[str, Check] = {
        "database": _database,
        "geoip": partial(_age, now),
        "deliveries": _queue,
        "dead_deliveries": _dead,
        "timers": partial(_timers, now),
        "secrets": _secrets,
    }
    return _asked(parts)


def _asked(parts: dict[str, Check]) -> list[Part]:
    """All at the same time; what cannot be asked does not work."""

    def ask(name: str) -> Part:
        try:
            ok, detail = parts[name]()
        except (Unavailable, OSError, RuntimeError):
            ok, detail = False, {}
        return Part(name=name, ok=ok, detail=detail)

    return together([partial(ask, name) for name in parts])


def _database() -> tuple[bool, Facts]:
    begin = perf_counter()
    organisation.load()
    return True, {"round_trip_ms": round((perf_counter() - begin) * 1000, 1)}


def _geoip() -> tuple[bool, Facts]:
    geoip.locate("1.1.1.1")
    return True, {}


def _age(now: datetime) -> tuple[bool, Facts]:
    built = geoip.built_at()
    days = (now - built).days
    return True, {
        "built_at": built.isoformat().replace("+00:00", "Z"),
        "age_days": days,
        "stale": days > STALE_DAYS,
    }


def _secrets() -> tuple[bool, Facts]:
    secrets.secret_key()
    secrets.origin_secret()
    return True, {}


def _queue() -> tuple[bool, Facts]:
    return True, {"waiting": queue.depth(config().deliveries_queue)}


def _dead() -> tuple[bool, Facts]:
    waiting = queue.depth(config().dead_deliveries_queue)
    return waiting == 0, {"waiting": waiting}


def _timers(now: datetime) -> tuple[bool, Facts]:
    """Those of open conversations: nobody opened one, or answered it."""
    kinds = (Timer.ESCALATION, Timer.ALERT)
    late = together([partial(timers.due, each.value, now - LATE, COUNTED) for each in kinds])
    overdue = sum(map(len, late))
    return overdue == 0, {"waiting": queue.depth(config().timers_queue), "overdue": overdue}
