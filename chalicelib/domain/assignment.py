"""Who of a branch gets a conversation: the eligible operator with the fewest open ones (road map,
item 2).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib.domain.connection import Connection
from chalicelib.domain.operator import Operator, Presence

LEASE = timedelta(seconds=75)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One operator in a branch's pool: the presence they chose and the load they carry."""

    operator_id: str
    name: str
    presence: Presence
    open: int
    capacity: int
    routable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """A branch's operators and the length of its queue; every assignment moves `version`
    on by one.
    """

    branch_id: str
    version: int
    queued: int
    members: tuple[Member, ...]

    def member(self, operator_id: str) -> Member | None:
        return next((m for m in self.members if m.operator_id == operator_id), None)


class Cause(StrEnum):
    ROUTED = "routed"
    CLAIMED = "claimed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    id: str
    name: str
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who was chosen, when, why, and among whom with which loads."""

    operator_id: str
    operator_name: str
    assigned_at: datetime
    cause: Cause
    eligible: tuple[Candidate, ...]


def connected(connections: Iterable[Connection], now: datetime) -> set[str]:
    """The operators with a live panel: a socket heard of within the lease."""
    return {c.subject_id for c in connections if now - c.seen_at <= LEASE}


def eligible(pool: Pool, live: set[str]) -> list[Member]:
    """Online by choice, connected, under capacity, and not a supervisor."""
    return [
        member
        for member in pool.members
        if member.routable
        and member.presence is Presence.ONLINE
        and member.operator_id in live
        and member.open < member.capacity
    ]


def assign(
    candidates: Sequence[Member],
    *,
    preferred: str | None,
    now: datetime,
    choice: Callable[[Sequence[Member]], Member],
) -> Assignment | None:
    """The least loaded candidate, ties by `choice`; `preferred` (the last assignee) first; None
    when nobody can.
    """
    if not candidates:
        return None
    fewest = min(member.open for member in candidates)
    again = [member for member in candidates if member.operator_id == preferred]
    chosen = again[0] if again else choice([m for m in candidates if m.open == fewest])
    return Assignment(
        operator_id=chosen.operator_id,
        operator_name=chosen.name,
        assigned_at=now,
        cause=Cause.ROUTED,
        eligible=tuple(Candidate(id=m.operator_id, name=m.name, open=m.open) for m in candidates),
    )


def claim(operator: Operator, now: datetime) -> Assignment:
    """The assignment of somebody who helped themselves from the queue."""
    return Assignment(
        operator_id=operator.id,
        operator_name=operator.name,
        assigned_at=now,
        cause=Cause.CLAIMED,
        eligible=(),
    )
