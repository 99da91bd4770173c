"""The shapes of the settings that admins change in the panel, and of the links by which people
come in; one section a subject.
"""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from chalicelib.wire import Answer, Id, Request

Role = Literal["operator", "supervisor", "admin"]
Name = Annotated[str, Meta(min_length=1, max_length=100)]
Email = Annotated[str, Meta(min_length=3, max_length=254)]
Password = Annotated[str, Meta(min_length=1, max_length=256)]
Capacity = Annotated[int, Meta(ge=1, le=100, description="Open conversations at the same time.")]
InvitationToken = Annotated[str, Meta(min_length=1, max_length=200)]


# ---------------------------------------------------------------- operators


class OperatorRecord(Answer):
    """An operator as admins see them. `invited`: has no password yet, so cannot sign in; `active`
    false: was deactivated, cannot sign in and is given nothing; `photo` is a path on the API's
    domain.
    """

    id: str
    name: str
    email: str
    role: Role
    branch_id: str | None
    capacity: int
    active: bool
    invited: bool
    photo: str | None


class OperatorList(Answer):
    """Everybody, also who is inactive or invited, by name."""

    operators: list[OperatorRecord]


class OperatorRequest(Request):
    """`branch_id` is null only for supervisors and admins of the whole company."""

    name: Name
    email: Email
    role: Role
    branch_id: Id | None
    capacity: Capacity


class OperatorInvited(Answer):
    """`invitation_url` is shown this once: the page where the operator chooses a password, within
    seven days.
    """

    operator: OperatorRecord
    invitation_url: str


class OperatorChange(Request):
    """What is given is changed."""

    name: Name | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    branch_id: Id | UnsetType | None = UNSET
    capacity: Capacity | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class OperatorRecordAnswer(Answer):
    operator: OperatorRecord


class PhotoRequest(Request):
    """A square JPEG, PNG or WebP picture in base64: at most 1024 pixels a side, 48,000 bytes."""

    image: bytes


class InvitationMade(Answer):
    """Shown this once; the operator's former links are worthless."""

    invitation_url: str


# ---------------------------------------------------------------- invitations


class InvitationRequest(Request):
    token: InvitationToken


class Invitation(Answer):
    """`setup` creates the first admin, whose name and address are asked; `operator` gives somebody
    known a password.
    """

    kind: Literal["setup", "operator"]
    name: str | None
    email: str | None


class JoinRequest(Request):
    """`email` is for `setup` only, and needed there."""

    token: InvitationToken
    name: Name
    password: Password
    email: Email | None = None
