"""What was done, by whom, and what it changed: the audit log (road map, item 20)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct

from chalicelib.domain.message import Author, AuthorKind
from chalicelib.domain.operator import Operator

Facts = Mapping[str, Any]
"""What JSON can hold."""


class Action(StrEnum):
    """What happens to a conversation, then what happens to settings."""

    QUEUED = "queued"
    ASSIGNED = "assigned"
    RESOLVED = "resolved"
    ANSWERED = "answered"
    ENDED = "ended"
    RATED = "rated"
    LOOKED = "looked"
    ALERTED = "alerted"
    PRIORITISED = "prioritised"
    CORRECTED = "corrected"
    CREATED = "created"
    CHANGED = "changed"
    DELETED = "deleted"
    INVITED = "invited"
    JOINED = "joined"


class ActivityEvent(Struct, frozen=True, kw_only=True):
    """`kind` and `subject_id` say what it was done to (`conversation`, `branch`, `operator`, …);
    `before` and `after` hold only what changed.
    """

    at: datetime
    actor: Author
    action: Action
    kind: str
    subject_id: str
    before: Facts | None = None
    after: Facts | None = None


SYSTEM = Author(kind=AuthorKind.SYSTEM, id="system", name="")
"""Whoever acts where no person does: routing and the timers."""


def actor(operator: Operator) -> Author:
    return Author(kind=AuthorKind.OPERATOR, id=operator.id, name=operator.name)


def difference(before: Facts, after: Facts) -> tuple[Facts, Facts]:
    """What of two states differs, as it was and as it is."""
    names = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return (
        {name: before[name] for name in before if name in names},
        {name: after[name] for name in after if name in names},
    )
