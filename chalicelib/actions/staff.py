"""Operators come and go: signing in and out, presence, and who there is."""

from datetime import datetime
from functools import partial

from msgspec import Struct

from chalicelib import announce
from chalicelib.actions import limits
from chalicelib.actions.conversations import branches
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import activity
from chalicelib.domain.activity import Action, ActivityEvent
from chalicelib.domain.assignment import Pool
from chalicelib.domain.branch import Branch
from chalicelib.domain.connection import Connection, branch_audience
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.operator import (
    Operator,
    Presence,
    check_password,
    checked,
    clean_email,
    facts,
)
from chalicelib.errors import BadCredentials, EmailTaken
from chalicelib.gateways import passwords, sockets
from chalicelib.parallel import together
from chalicelib.store import connections, enrolment, pools, settled, staff
from chalicelib.store.attempts import attempts
from chalicelib.store.enrolment import Outdated


class Colleagues(Struct, frozen=True, kw_only=True):
    branches: tuple[Branch, ...]
    inboxes: list[Inbox]
    operators: list[Operator]
    pools: list[Pool]


def sign_in(email: str, password: str, address: str, now: datetime) -> Operator:
    """The operator with this e-mail address and password, who comes from an IP address.

    Raises BadCredentials, in the same time whatever is wrong, or TooManyRequests.
    """
    cleaned = clean_email(email)
    forget_guess = limits.guessing(cleaned, address, now)
    found = staff.by_email(cleaned)
    matches = passwords.matches(password, found[1] if found else None)
    if not matches or found is None or not found[0].active:
        raise BadCredentials
    forget_guess()
    return found[0]


def sign_out(operator: Operator) -> None:
    """Ends all of the operator's sessions and sockets: nothing is routed to them from here on."""
    staff.end_sessions(operator.id)
    settled.forget(operator.id)
    close_panels(operator)


def close_panels(operator: Operator) -> None:
    """Ends the operator's sockets, in the branches they hear as recorded here."""
    for connection in listening(operator):
        sockets.close(connection.id)
        connections.forget(connection)


def hire(operator: Operator, password: str, now: datetime) -> None:
    """A new operator in their branch's pool.

    Raises EmailTaken, or Invalid naming the field.
    """
    check_password(password)
    hired = checked(operator)
    pools.create(pools.home(hired))
    hashed = passwords.hash_of(password)
    for _ in attempts():
        address_free(hired)
        try:
            enrolment.hire(hired, hashed, event(None, hired, Action.CREATED, now))
        except Outdated:
            continue
        return


def address_free(operator: Operator) -> None:
    """Raises EmailTaken when the address is somebody else's."""
    found = staff.by_email(operator.email)
    if found is not None and found[0].id != operator.id:
        raise EmailTaken


def event(
    actor: Operator | None, operator: Operator, action: Action, now: datetime
) -> ActivityEvent:
    """What is noted of an operator's coming; None acts at the command line."""
    return ActivityEvent(
        at=now,
        actor=activity.actor(actor) if actor else activity.SYSTEM,
        action=action,
        kind="operator",
        subject_id=operator.id,
        after=facts(operator) if action is Action.CREATED else None,
    )


def choose_presence(operator: Operator, presence: Presence, now: datetime, choice: Choice) -> None:
    """Notes and announces the presence; who comes online is given what waits."""
    pools.choose_presence(operator, presence, now)
    announce.presence(operator, presence, _heard(operator))
    if presence is Presence.ONLINE and operator.branch_id:
        drain_soon(operator.branch_id, now, choice)


def presence(operator: Operator) -> Presence:
    member = pools.load(pools.home(operator)).member(operator.id)
    return member.presence if member else Presence.AWAY


def colleagues() -> Colleagues:
    """Everybody and everything that lists name by id, deleted branches too."""
    organisation = settled.organisation()
    branches = (*organisation.branches, *organisation.former) if organisation else ()
    everyone = [each for each in staff.everyone() if each.active]
    return Colleagues(
        branches=branches,
        inboxes=list(settled.inboxes().values()),
        operators=everyone,
        pools=pools.load_many({pools.home(operator) for operator in everyone}),
    )


def listening(operator: Operator) -> list[Connection]:
    """The operator's own sockets, in whichever branch's audience: one that was opened before a
    branch was added is not in that branch's.
    """
    reading = [partial(connections.of, each, consistent=True) for each in _heard(operator)]
    found = {each.id: each for audience in together(reading) for each in audience}
    return [each for each in found.values() if each.subject_id == operator.id]


def _heard(operator: Operator) -> list[str]:
    return [branch_audience(branch_id) for branch_id in branches(operator)]
