"""Why a conversation went where it went: cold, read only when somebody asks."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.domain.assignment import Assignment, Candidate, Cause
from chalicelib.domain.contact import Place
from chalicelib.domain.routing import Reason, Route
from chalicelib.store import keys
from chalicelib.store.table import Item, read, stamp


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where the visitor was, which branch that led to, and who got the conversation (None: nobody
    yet).
    """

    place: Place
    route: Route
    assignment: Assignment | None = None


class EvidenceItem(Item):
    place: JSONAttribute = JSONAttribute()
    branch_id = UnicodeAttribute()
    reason = UnicodeAttribute()
    rule = UnicodeAttribute(null=True)
    assignment: JSONAttribute = JSONAttribute(null=True)


def add(writes: TransactWrite, conversation_id: str, found: Found) -> None:
    writes.save(
        EvidenceItem(
            keys.conversation(conversation_id),
            keys.EVIDENCE,
            kind="evidence",
            place=asdict(found.place),
            branch_id=found.route.branch_id,
            reason=found.route.reason.value,
            rule=found.route.rule,
        )
    )


def explain(writes: TransactWrite, conversation_id: str, assignment: Assignment) -> None:
    """Keeps the explanation of the newest assignment."""
    explanation: dict[str, Any] = {
        "operator_id": assignment.operator_id,
        "operator_name": assignment.operator_name,
        "assigned_at": stamp(assignment.assigned_at),
        "cause": assignment.cause.value,
        "eligible": [asdict(candidate) for candidate in assignment.eligible],
    }
    writes.update(
        EvidenceItem(keys.conversation(conversation_id), keys.EVIDENCE),
        actions=[EvidenceItem.assignment.set(explanation)],
        condition=EvidenceItem.pk.exists(),
    )


def unexplain(writes: TransactWrite, conversation_id: str) -> None:
    """Forgets the explanation of an assignment that is over."""
    writes.update(
        EvidenceItem(keys.conversation(conversation_id), keys.EVIDENCE),
        actions=[EvidenceItem.assignment.remove()],
        condition=EvidenceItem.pk.exists(),
    )


def get(conversation_id: str) -> Found | None:
    item = read(EvidenceItem, keys.conversation(conversation_id), keys.EVIDENCE)
    if item is None:
        return None
    return Found(
        place=Place(**item.place),
        route=Route(branch_id=item.branch_id, reason=Reason(item.reason), rule=item.rule),
        assignment=_assignment(item.assignment) if item.assignment else None,
    )


def _assignment(stored: dict[str, Any]) -> Assignment:
    return Assignment(
        operator_id=stored["operator_id"],
        operator_name=stored["operator_name"],
        assigned_at=datetime.fromisoformat(stored["assigned_at"]),
        cause=Cause(stored["cause"]),
        eligible=tuple(Candidate(**candidate) for candidate in stored["eligible"]),
    )
