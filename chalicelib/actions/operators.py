"""Admins settle who works here, where, as what, and with how much at the same time."""

from datetime import datetime
from typing import Unpack

from chalicelib.actions import invitations, photos, release, staff
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import access
from chalicelib.domain.activity import Action, ActivityEvent, actor, difference
from chalicelib.domain.operator import Operator, Revision, checked, facts, may_revise, revise
from chalicelib.errors import Forbidden, Invalid, NotFound, Unavailable
from chalicelib.store import enrolment, memberships, organisation, settled
from chalicelib.store import staff as records
from chalicelib.store.attempts import attempts
from chalicelib.store.enrolment import Outdated


def listed(admin: Operator) -> list[Operator]:
    """Everybody, by name. Raises Forbidden."""
    access.administer(admin)
    return sorted(records.everyone(), key=lambda each: (each.name.casefold(), each.id))


def invite(admin: Operator, wanted: Operator, now: datetime) -> tuple[Operator, str]:
    """Somebody new, who has no password, and the token of the link that asks for one.

    Raises Forbidden, EmailTaken, or Invalid naming the field.
    """
    access.administer(admin)
    operator = checked(wanted)
    invitation, token = invitations.made(operator.id, now)
    for _ in attempts():
        actor_now = _still_admin(admin)
        staff.address_free(operator)
        _branch_exists(operator)
        event = staff.event(actor_now, operator, Action.CREATED, now)
        try:
            enrolment.invite(actor_now, operator, invitation, event)
        except Outdated:
            continue
        return operator, token
    raise Unavailable


def invite_again(admin: Operator, operator_id: str, now: datetime) -> str:
    """The token of a new link, which makes the former ones worthless. Who has a password keeps it
    until the link is used.

    Raises Forbidden, NotFound, or Invalid for who was deactivated.
    """
    access.administer(admin)
    invitation, token = invitations.made(operator_id, now)
    for _ in attempts():
        actor_now, operator = _still_admin(admin), _find(operator_id)
        if not operator.active:
            raise Invalid("Activate the operator first.", field="active")
        event = staff.event(actor_now, operator, Action.INVITED, now)
        try:
            enrolment.invite_again(actor_now, operator, invitation, event)
        except Outdated:
            continue
        return token
    raise Unavailable


def change(
    admin: Operator, operator_id: str, now: datetime, choice: Choice, **given: Unpack[Revision]
) -> Operator:
    """The operator with what is given. Sessions end as `revise` says; who moves takes their
    conversations along, and their sockets open again in the new branch; the conversations of who
    is deactivated go back to distribution.

    Raises Forbidden, NotFound, EmailTaken, or Invalid naming the field.
    """
    access.administer(admin)
    known, revised = _revised(admin, operator_id, now, given)
    settled.forget(operator_id)
    if (revised.session_epoch, revised.branch_id) != (known.session_epoch, known.branch_id):
        staff.close_panels(known)
    if not revised.active:
        _let_go(revised, now, choice)
    elif revised.branch_id:
        if revised.branch_id != known.branch_id:
            release.to_their_branch(revised, admin, now)
        drain_soon(revised.branch_id, now, choice)
    return revised


def show(admin: Operator, operator_id: str, image: bytes, name: str, now: datetime) -> Operator:
    """The operator with a photo, which nobody else's has the name of. The former one is taken away:
    conversations that show it show initials from then on.

    Raises Forbidden, NotFound, Invalid.
    """
    access.administer(admin)
    _find(operator_id)
    return _shown(admin, operator_id, photos.keep(image, name), now)


def hide(admin: Operator, operator_id: str, now: datetime) -> Operator:
    """The operator without a photo. Raises Forbidden, NotFound."""
    access.administer(admin)
    return _shown(admin, operator_id, None, now)


def _shown(admin: Operator, operator_id: str, path: str | None, now: datetime) -> Operator:
    known, revised = _revised(admin, operator_id, now, Revision(photo=path))
    settled.forget(operator_id)
    photos.drop(known.photo, path)
    return revised


def _revised(
    admin: Operator, operator_id: str, now: datetime, given: Revision
) -> tuple[Operator, Operator]:
    for _ in attempts():
        actor_now, known = _still_admin(admin), _find(operator_id)
        revised = revise(known, **given)
        if revised == known:
            return known, known
        may_revise(actor_now, known, revised)
        staff.address_free(revised)
        if revised.branch_id != known.branch_id:
            _branch_exists(revised)
        event = _change_of(actor_now, known, revised, now)
        try:
            enrolment.revise(actor_now, known, revised, memberships.of(known), event)
        except Outdated:
            continue
        return known, revised
    raise Unavailable


def _let_go(operator: Operator, now: datetime, choice: Choice) -> None:
    """What they hold goes back to distribution, and nothing can be given to them any more: neither
    by somebody who has not heard yet that they were deactivated.
    """
    for _ in attempts():
        release.everything_of(operator, now, choice)
        if memberships.leave(operator):
            return


def _still_admin(admin: Operator) -> Operator:
    """The admin as recorded now. Raises Forbidden."""
    found = records.get(admin.id)
    if found is None or not found.administers:
        raise Forbidden("Only an admin may do this.")
    return found


def _find(operator_id: str) -> Operator:
    found = records.get(operator_id)
    if found is None:
        raise NotFound
    return found


def _branch_exists(operator: Operator) -> None:
    """Raises Invalid."""
    known = organisation.load()
    branches = {branch.id for branch in known.branches} if known else set()
    if operator.branch_id is not None and operator.branch_id not in branches:
        raise Invalid("There is no such branch.", field="branch_id")


def _change_of(admin: Operator, known: Operator, revised: Operator, now: datetime) -> ActivityEvent:
    before, after = difference(facts(known), facts(revised))
    return ActivityEvent(
        at=now,
        actor=actor(admin),
        action=Action.CHANGED,
        kind="operator",
        subject_id=known.id,
        before=before,
        after=after,
    )
