"""People come in by a link: the first admin, and whom an admin has invited."""

from datetime import datetime
from secrets import token_bytes, token_hex

from msgspec.structs import replace

from chalicelib.actions import staff
from chalicelib.domain.activity import Action
from chalicelib.domain.invitation import SECRET_BYTES, SETUP, Invitation, invite, read
from chalicelib.domain.operator import (
    Operator,
    Role,
    check_password,
    checked,
    clean_name,
)
from chalicelib.errors import Invalid, NotFound, Unavailable
from chalicelib.gateways import passwords
from chalicelib.store import enrolment, invitations, pools, settled
from chalicelib.store import staff as records
from chalicelib.store.attempts import attempts
from chalicelib.store.enrolment import Outdated

USUAL_CAPACITY = 10


def prepare(now: datetime) -> str | None:
    """The token of a link that creates the first admin; None where there is an admin."""
    if _administered():
        return None
    invitation, token = made(SETUP, now)
    invitations.save(invitation)
    return token


def made(subject: str, now: datetime) -> tuple[Invitation, str]:
    return invite(subject, token_bytes(SECRET_BYTES), now)


def look(token: str, now: datetime) -> Operator | None:
    """Whom a link is for; None when it sets up. Raises NotFound when it is not, or no longer, good
    for anything.
    """
    return _guest(_valid(token, now))


def join(token: str, name: str, email: str | None, password: str, now: datetime) -> Operator:
    """Who has come in by a link, which is spent with it: of two at once one comes in.

    Raises NotFound as above, Invalid naming the field, EmailTaken.
    """
    for _ in attempts():
        invitation = _valid(token, now)
        known = _guest(invitation)
        check_password(password)
        try:
            if known is None:
                return _begun(invitation, name, email, password, now)
            return _joined(invitation, known, name, email, password, now)
        except Outdated:
            continue
    raise Unavailable


def _valid(token: str, now: datetime) -> Invitation:
    subject, proof = read(token)
    found = invitations.get(subject)
    if found is None or not found.opens_with(proof, now):
        raise NotFound
    if subject == SETUP and _administered():
        raise NotFound
    return found


def _administered() -> bool:
    return any(each.administers for each in records.everyone())


def _guest(invitation: Invitation) -> Operator | None:
    if invitation.subject == SETUP:
        return None
    known = records.get(invitation.subject)
    if known is None or not known.active:
        raise NotFound
    return known


def _begun(
    invitation: Invitation, name: str, email: str | None, password: str, now: datetime
) -> Operator:
    admin = checked(
        Operator(
            id=token_hex(16),
            name=name,
            email=email or "",
            role=Role.ADMIN,
            branch_id=None,
            capacity=USUAL_CAPACITY,
            session_epoch=0,
        )
    )
    staff.address_free(admin)
    pools.create(pools.home(admin))
    event = staff.event(admin, admin, Action.CREATED, now)
    enrolment.begin(admin, passwords.hash_of(password), invitation, event)
    return admin


def _joined(
    invitation: Invitation,
    known: Operator,
    name: str,
    email: str | None,
    password: str,
    now: datetime,
) -> Operator:
    if email is not None:
        raise Invalid("The address is known already.", field="email")
    joined = replace(
        known, name=clean_name(name), session_epoch=known.session_epoch + 1, invited=False
    )
    event = staff.event(joined, joined, Action.JOINED, now)
    enrolment.join(known, joined, passwords.hash_of(password), invitation, event)
    settled.forget(joined.id)
    staff.close_panels(joined)
    return joined
