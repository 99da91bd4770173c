"""A conversation's history: who had it when and why, who looked, what was told to supervisors (road
map, items 2, 3, 4, 17).
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from chalicelib.domain.activity import SYSTEM, Action, ActivityEvent, actor
from chalicelib.domain.assignment import Assignment, Cause, Considered, Standing
from chalicelib.domain.contact import Contact
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.message import Author
from chalicelib.domain.operator import Operator
from chalicelib.domain.rating import Rating

CONVERSATION = "conversation"


class Queueing(StrEnum):
    """Why a conversation is in a queue again."""

    REOPENED = "reopened"
    TRANSFERRED = "transferred"
    NOBODY_LEFT = "nobody_left"
    RELEASED = "released"
    REQUESTED = "requested"


def assigned(
    was: Conversation,
    now: Conversation,
    assignment: Assignment,
    by: Author = SYSTEM,
    note: str | None = None,
) -> ActivityEvent:
    """An operator was given the conversation, or took it; with the explanation."""
    after: dict[str, Any] = {
        "operator_id": assignment.operator_id,
        "operator_name": assignment.operator_name,
        "branch_id": now.branch_id,
        "cause": assignment.cause.value,
        "considered": [_considered(each) for each in assignment.considered],
    }
    if note:
        after["note"] = note
    return _event(was, Action.ASSIGNED, assignment.assigned_at, by, after)


def queued(
    was: Conversation,
    now: Conversation,
    why: Queueing,
    at: datetime,
    by: Author = SYSTEM,
    note: str | None = None,
) -> ActivityEvent:
    """The conversation went into a branch's queue."""
    after = {"branch_id": now.branch_id, "cause": why.value}
    return _event(was, Action.QUEUED, at, by, after | ({"note": note} if note else {}))


def resolved(was: Conversation, by: Operator, at: datetime) -> ActivityEvent:
    return _event(was, Action.RESOLVED, at, actor(by), {})


def requested(was: Conversation, now: Conversation, at: datetime, by: Author) -> ActivityEvent:
    """The visitor left an offline request, which waits for who comes."""
    return queued(was, now, Queueing.REQUESTED, at, by)


def answered(was: Conversation, by: Operator, at: datetime) -> ActivityEvent:
    """The first reply to an offline request."""
    return _event(was, Action.ANSWERED, at, actor(by), {})


def ended(was: Conversation, by: Author, at: datetime) -> ActivityEvent:
    """The visitor ended the conversation."""
    return _event(was, Action.ENDED, at, by, {})


def rated(was: Conversation, rating: Rating, by: Author) -> ActivityEvent:
    """What the visitor said of it; they may have changed their mind."""
    given = rating.given
    after = {"scale": given.scale.value, "score": given.score, "note": rating.comment}
    return _event(was, Action.RATED, rating.changed_at, by, after)


def alerted(was: Conversation, now: Conversation, at: datetime) -> ActivityEvent:
    """Supervisors were told of the conversation, which stayed where it was."""
    alarm = now.alarm.value if now.alarm else None
    return _event(was, Action.ALERTED, at, SYSTEM, {"alarm": alarm})


def prioritised(was: Conversation, now: Conversation, by: Operator, at: datetime) -> ActivityEvent:
    """Somebody said how urgent it is."""
    return _event(was, Action.PRIORITISED, at, actor(by), {"cause": now.priority.value})


def corrected(
    conversation: Conversation, was: Contact, now: Contact, by: Operator, at: datetime
) -> ActivityEvent:
    """Somebody wrote down who the visitor is; which facts changed, and not to what: what people
    tell of themselves stands in one place.
    """
    facts = ("name", "email", "phone")
    changed = ",".join(each for each in facts if getattr(was, each) != getattr(now, each))
    return _event(conversation, Action.CORRECTED, at, actor(by), {"cause": changed})


def looked(at_what: Conversation, by: Operator, at: datetime) -> ActivityEvent:
    """A supervisor looked into somebody else's conversation."""
    return _event(at_what, Action.LOOKED, at, actor(by), {})


def assignment_of(events: Iterable[ActivityEvent]) -> Assignment | None:
    """The assignment that still holds, by the events from the newest on."""
    for event in events:
        if event.action is Action.ASSIGNED:
            return explained(event)
        if event.action is Action.QUEUED:
            return None
    return None


def explained(event: ActivityEvent) -> Assignment:
    """The assignment that an event of assigning tells of."""
    told = event.after or {}
    return Assignment(
        operator_id=told["operator_id"],
        operator_name=told["operator_name"],
        assigned_at=event.at,
        cause=Cause(told["cause"]),
        considered=tuple(
            Considered(**each | {"standing": Standing(each["standing"])})
            for each in told["considered"]
        ),
    )


def _considered(one: Considered) -> dict[str, Any]:
    return {"id": one.id, "name": one.name, "open": one.open, "standing": one.standing}


def _event(
    was: Conversation, action: Action, at: datetime, by: Author, after: dict[str, Any]
) -> ActivityEvent:
    holder = was.assignee if was.held else None
    return ActivityEvent(
        at=at,
        actor=by,
        action=action,
        kind=CONVERSATION,
        subject_id=was.id,
        before={
            "branch_id": was.branch_id,
            "operator_id": holder.id if holder else None,
            "operator_name": holder.name if holder else None,
        },
        after=after,
    )
