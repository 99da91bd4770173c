"""The transactions by which people come in and change, together with all that must change with
them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pynamodb.transactions import TransactWrite

from chalicelib.domain.activity import ActivityEvent
from chalicelib.domain.assignment import Member
from chalicelib.domain.invitation import SETUP, Invitation
from chalicelib.domain.operator import Operator
from chalicelib.store import activity, invitations, keys, memberships, staff
from chalicelib.store.table import Cancelled, Item, transaction


class Outdated(Exception):  # noqa: N818  # it is no error: the caller looks again and decides
    """The transaction did not happen, because things are not as its writer believed."""


def hire(operator: Operator, password_hash: str, event: ActivityEvent) -> None:
    """Somebody new with a password. Where there is an admin no link creates the first. Raises
    Outdated.
    """
    with _noting(event) as writes:
        _enter(writes, operator, password_hash)
        if operator.administers:
            invitations.drop(writes, SETUP)


def begin(
    operator: Operator, password_hash: str, invitation: Invitation, event: ActivityEvent
) -> None:
    """The first admin, for whom the link to set up is spent. Raises Outdated."""
    with _noting(event) as writes:
        invitations.spend(writes, invitation)
        _enter(writes, operator, password_hash)


def invite(
    actor: Operator, operator: Operator, invitation: Invitation, event: ActivityEvent
) -> None:
    """Somebody new, who will choose a password. Raises Outdated."""
    with _noting(event) as writes:
        staff.still(writes, actor)
        _enter(writes, operator, None)
        invitations.add(writes, invitation)


def invite_again(
    actor: Operator, operator: Operator, invitation: Invitation, event: ActivityEvent
) -> None:
    """Another link for somebody known. Raises Outdated."""
    with _noting(event) as writes:
        staff.still(writes, actor)
        if operator.id != actor.id:
            staff.still(writes, operator)
        invitations.add(writes, invitation)


def join(
    known: Operator,
    joined: Operator,
    password_hash: str,
    invitation: Invitation,
    event: ActivityEvent,
) -> None:
    """Somebody known has a password now, for which their link is spent. Raises Outdated."""
    member = memberships.of(known)
    with _noting(event) as writes:
        invitations.spend(writes, invitation)
        staff.revise(writes, known, joined, password_hash)
        memberships.follow(writes, known, joined, member)


def revise(
    actor: Operator,
    known: Operator,
    revised: Operator,
    member: Member | None,
    event: ActivityEvent,
) -> None:
    """What an admin changes of somebody. A link sent to another address, or to somebody who was
    deactivated, is worthless. Raises Outdated.
    """
    with _noting(event) as writes:
        if actor.id != known.id:
            staff.still(writes, actor)
        staff.revise(writes, known, revised)
        memberships.follow(writes, known, revised, member)
        if revised.branch_id != known.branch_id:
            _stands(writes, revised.branch_id)
        if revised.email != known.email or not revised.active:
            invitations.drop(writes, known.id)


def _enter(writes: TransactWrite, operator: Operator, password_hash: str | None) -> None:
    staff.add(writes, operator, password_hash)
    memberships.enter(writes, operator)
    _stands(writes, operator.branch_id)


def _stands(writes: TransactWrite, branch_id: str | None) -> None:
    """The transaction fails when the branch has just been deleted."""
    if branch_id is not None:
        where = keys.ORGANISATION, keys.branch(branch_id)
        writes.condition_check(Item, *where, condition=Item.pk.exists())


@contextmanager
def _noting(event: ActivityEvent) -> Iterator[TransactWrite]:
    try:
        with transaction() as writes:
            yield writes
            activity.note(writes, event)
    except Cancelled as cancelled:
        raise Outdated from cancelled
