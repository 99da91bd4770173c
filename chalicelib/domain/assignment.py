"""Who of a branch gets a conversation: the eligible operator with the fewest open ones (road map,
item 2).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from chalicelib.domain.connection import Connection
from chalicelib.domain.operator import Operator, Presence

LEASE = timedelta(seconds=75)


class Member(Struct, frozen=True, kw_only=True):
    """One operator in a branch's pool: the presence they chose, since when they are online by it,
    and the load they carry.
    """

    operator_id: str
    name: str
    presence: Presence
    open: int
    capacity: int
    routable: bool
    online_since: datetime | None = None
    photo: str | None = None


class Pool(Struct, frozen=True, kw_only=True):
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
    ESCALATED = "escalated"
    TRANSFERRED = "transferred"
    TAKEN_OVER = "taken_over"


IN_PERSON = (Cause.CLAIMED, Cause.TAKEN_OVER)
"""Who helps themselves has the conversation before their eyes: no clock runs for them."""


class Standing(StrEnum):
    """Why an operator of the branch could have a conversation, or could not."""

    ELIGIBLE = "eligible"
    AWAY = "away"
    BUSY = "busy"
    DISCONNECTED = "disconnected"
    FULL = "full"
    NOT_MEMBER = "not_member"
    MISSED = "missed"


class Considered(Struct, frozen=True, kw_only=True):
    """An operator as they stood when somebody was chosen: `open` counts their conversations."""

    id: str
    name: str
    open: int
    standing: Standing
    photo: str | None = None


class Assignment(Struct, frozen=True, kw_only=True):
    """Who was chosen, when, why, and among whom; `considered` is empty when a person chose. The
    history keeps no photos.
    """

    operator_id: str
    operator_name: str
    assigned_at: datetime
    cause: Cause
    considered: tuple[Considered, ...] = ()
    operator_photo: str | None = None


class Miss(Struct, frozen=True, kw_only=True):
    """An operator let the conversation time out."""

    operator_id: str
    at: datetime


def connected(connections: Iterable[Connection], now: datetime) -> dict[str, datetime]:
    """The operators with a live panel (a socket heard of within the lease), and since when."""
    live: dict[str, datetime] = {}
    for each in connections:
        if now - each.seen_at <= LEASE:
            live[each.subject_id] = max(each.opened_at, live.get(each.subject_id, each.opened_at))
    return live


def judge(
    pool: Pool,
    live: Mapping[str, datetime],
    *,
    members: Collection[str] = (),
    excluded: Collection[str] = (),
) -> tuple[Considered, ...]:
    """How each operator of the pool stands; supervisors are never given anything. `members` are the
    inbox's, if it names any; `excluded` missed this conversation.
    """
    return tuple(
        Considered(
            id=member.operator_id,
            name=member.name,
            open=member.open,
            standing=_standing(member, live, members, excluded),
            photo=member.photo,
        )
        for member in pool.members
        if member.routable
    )


def _standing(
    member: Member,
    live: Mapping[str, datetime],
    members: Collection[str],
    excluded: Collection[str],
) -> Standing:
    if members and member.operator_id not in members:
        return Standing.NOT_MEMBER
    if member.presence is not Presence.ONLINE:
        return Standing(member.presence.value)
    if member.operator_id not in live:
        return Standing.DISCONNECTED
    if member.operator_id in excluded:
        return Standing.MISSED
    return Standing.ELIGIBLE if member.open < member.capacity else Standing.FULL


def still_missing(
    missed: Iterable[Miss], pool: Pool, live: Mapping[str, datetime]
) -> frozenset[str]:
    """Those who have not come online or connected again since they let it time out."""
    online = {each.operator_id: each.online_since for each in pool.members}
    return frozenset(
        miss.operator_id
        for miss in missed
        if not any(
            since is not None and since > miss.at
            for since in (online.get(miss.operator_id), live.get(miss.operator_id))
        )
    )


def assign(
    considered: Sequence[Considered],
    *,
    preferred: str | None,
    now: datetime,
    choice: Callable[[Sequence[Considered]], Considered],
    cause: Cause = Cause.ROUTED,
) -> Assignment | None:
    """The least loaded who is eligible, ties by `choice`; `preferred` (the last assignee) first;
    None when nobody is.
    """
    able = [each for each in considered if each.standing is Standing.ELIGIBLE]
    if not able:
        return None
    fewest = min(each.open for each in able)
    again = [each for each in able if each.id == preferred]
    chosen = again[0] if again else choice([each for each in able if each.open == fewest])
    return Assignment(
        operator_id=chosen.id,
        operator_name=chosen.name,
        assigned_at=now,
        cause=cause,
        considered=tuple(considered),
        operator_photo=chosen.photo,
    )


def by_person(operator: Operator, cause: Cause, now: datetime) -> Assignment:
    """The assignment of an operator whom a person chose: themselves, or a colleague."""
    return Assignment(
        operator_id=operator.id,
        operator_name=operator.name,
        assigned_at=now,
        cause=cause,
        operator_photo=operator.photo,
    )
