"""One socket: whose it is, what it shows, and which audiences hear of it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from chalicelib.domain.operator import Operator, Role


class Kind(StrEnum):
    VISITOR = "visitor"
    OPERATOR = "operator"


class Connection(Struct, frozen=True, kw_only=True):
    """`subject_id` is a contact's or an operator's id; `audiences` are the groups that a push is
    addressed to.

    `operator` is what the socket was opened as, `viewing` the conversation on that operator's
    screen.
    """

    id: str
    kind: Kind
    subject_id: str
    audiences: tuple[str, ...]
    operator: Operator | None
    viewing: str | None
    opened_at: datetime
    seen_at: datetime


def contact_audience(contact_id: str) -> str:
    return f"V#{contact_id}"


def branch_audience(branch_id: str) -> str:
    return f"B#{branch_id}"


def operator_audiences(operator: Operator, branch_ids: list[str]) -> tuple[str, ...]:
    """Operators hear their branch; supervisors and admins hear every branch, so that one query
    finds all listeners.
    """
    heard = branch_ids if operator.role is not Role.OPERATOR else [operator.branch_id or ""]
    return tuple(branch_audience(branch_id) for branch_id in heard)
