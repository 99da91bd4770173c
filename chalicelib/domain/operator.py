"""The people who answer: who they are and what they may be trusted with."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Presence(StrEnum):
    ONLINE = "online"
    AWAY = "away"
    BUSY = "busy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """`branch_id` is None only for supervisors and admins of the whole company.

    `session_epoch` grows when all tokens issued before must die; `capacity` bounds the open
    conversations that routing gives.
    """

    id: str
    name: str
    email: str
    role: Role
    branch_id: str | None
    capacity: int
    session_epoch: int

    @property
    def oversees(self) -> bool:
        return self.role is not Role.OPERATOR


def clean_email(email: str) -> str:
    """The form under which an e-mail address is unique: no outer blanks, lower case."""
    return email.strip().lower()
