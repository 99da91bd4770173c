"""The people who answer: who they are and what they may be trusted with."""

import re
from enum import StrEnum
from typing import TypedDict, Unpack

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import Invalid

LEAST_PASSWORD = 10
MOST_OPEN = 100
"""The largest capacity."""

_ADDRESS = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[^@\s<>()\[\],;:\\\"]+")


class Role(StrEnum):
    OPERATOR = "operator"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Presence(StrEnum):
    ONLINE = "online"
    AWAY = "away"
    BUSY = "busy"


class Operator(Struct, frozen=True, kw_only=True):
    """`branch_id` is None only for supervisors and admins of the whole company.

    `session_epoch` grows when all tokens issued before must die; `capacity` bounds the open
    conversations that routing gives. `invited`: has no password yet. Not `active`: may not sign in
    and is given nothing. `photo` is its path on the domain.
    """

    id: str
    name: str
    email: str
    role: Role
    branch_id: str | None
    capacity: int
    session_epoch: int
    active: bool = True
    invited: bool = False
    photo: str | None = None

    @property
    def oversees(self) -> bool:
        return self.role is not Role.OPERATOR

    @property
    def routable(self) -> bool:
        """Whether routing may give them conversations, if they are there."""
        return self.active and not self.oversees

    @property
    def administers(self) -> bool:
        """Whether this is an admin who can sign in."""
        return self.role is Role.ADMIN and self.active and not self.invited


class Revision(TypedDict, total=False):
    """What an admin changes of an operator."""

    name: str
    email: str
    role: Role
    branch_id: str | None
    capacity: int
    active: bool
    photo: str | None


def revise(known: Operator, **given: Unpack[Revision]) -> Operator:
    """The operator with what is given, in the form in which it is kept.

    Sessions end with another role or address, and with deactivation. Raises Invalid.
    """
    revised = checked(replace(known, **given))
    if _trust(revised) == _trust(known):
        return revised
    return replace(revised, session_epoch=known.session_epoch + 1)


def checked(operator: Operator) -> Operator:
    """The operator in the form in which it is kept. Raises Invalid naming the field."""
    cleaned = replace(operator, name=clean_name(operator.name), email=clean_email(operator.email))
    if not _ADDRESS.fullmatch(cleaned.email):
        raise Invalid("This is not an e-mail address.", field="email")
    if cleaned.role is Role.OPERATOR and cleaned.branch_id is None:
        raise Invalid("An operator belongs to a branch.", field="branch_id")
    if not 1 <= cleaned.capacity <= MOST_OPEN:
        raise Invalid(f"A capacity is between 1 and {MOST_OPEN}.", field="capacity")
    return cleaned


def may_revise(actor: Operator, known: Operator, revised: Operator) -> None:
    """Admins do not lock themselves out: as whoever changes an admin remains one, there always is
    one. Raises Invalid.
    """
    if actor.id != known.id:
        return
    if not revised.active:
        raise Invalid("You cannot deactivate yourself.", field="active")
    if revised.role is not known.role:
        raise Invalid("You cannot change your own role.", field="role")


def check_password(password: str) -> None:
    """Raises Invalid."""
    if len(password) < LEAST_PASSWORD:
        raise Invalid(f"A password has at least {LEAST_PASSWORD} characters.", field="password")


def clean_name(name: str) -> str:
    """Without outer blanks and what is not printed. Raises Invalid."""
    cleaned = "".join(each for each in name if each.isprintable()).strip()
    if not cleaned:
        raise Invalid("A name is needed.", field="name")
    return cleaned


def clean_email(email: str) -> str:
    """The form under which an e-mail address is unique: no outer blanks, lower case."""
    return email.strip().lower()


def facts(operator: Operator) -> Revision:
    """What an admin sees and changes of an operator."""
    return Revision(
        name=operator.name,
        email=operator.email,
        role=operator.role,
        branch_id=operator.branch_id,
        capacity=operator.capacity,
        active=operator.active,
        photo=operator.photo,
    )


def _trust(operator: Operator) -> tuple[object, ...]:
    return operator.role, operator.email, operator.active
