"""Operators come and go: signing in and out, presence, and who there is."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from chalicelib import announce
from chalicelib.actions.conversations import branches
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain.assignment import Pool
from chalicelib.domain.branch import Branch
from chalicelib.domain.connection import Connection, branch_audience
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.operator import Operator, Presence, Role, clean_email
from chalicelib.errors import BadCredentials, Invalid
from chalicelib.gateways import passwords, sockets
from chalicelib.parallel import together
from chalicelib.store import connections, pools, settled, staff

LEAST_PASSWORD = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleagues:
    branches: tuple[Branch, ...]
    inboxes: list[Inbox]
    operators: list[Operator]
    pools: list[Pool]


def sign_in(email: str, password: str) -> Operator:
    """The operator with this address and password.

    Raises BadCredentials, in the same time whatever is wrong.
    """
    found = staff.by_email(clean_email(email))
    if not passwords.matches(password, found[1] if found else None) or found is None:
        raise BadCredentials
    return found[0]


def sign_out(operator: Operator) -> None:
    """Ends all of the operator's sessions and sockets: nothing is routed to them from here on."""
    staff.end_sessions(operator.id)
    settled.forget(operator.id)
    for connection in listening(operator):
        sockets.close(connection.id)
        connections.forget(connection)


def hire(operator: Operator, password: str) -> None:
    """A new operator in their branch's pool.

    Raises Invalid when the address is taken or the password too short.
    """
    if len(password) < LEAST_PASSWORD:
        raise Invalid(f"A password has at least {LEAST_PASSWORD} characters.", field="password")
    if operator.role is Role.OPERATOR and operator.branch_id is None:
        raise Invalid("An operator belongs to a branch.", field="branch_id")
    if staff.by_email(operator.email):
        raise Invalid("This e-mail address is taken.", field="email")
    pools.create(pools.home(operator))
    pools.join(operator)
    if not staff.add(operator, passwords.hash_of(password)):
        raise Invalid("This e-mail address is taken.", field="email")


def choose_presence(operator: Operator, presence: Presence, now: datetime, choice: Choice) -> None:
    """Notes and announces the presence; who comes online is given what waits."""
    pools.choose_presence(operator, presence)
    announce.presence(operator, presence, _heard(operator))
    if presence is Presence.ONLINE and operator.branch_id:
        drain_soon(operator.branch_id, now, choice)


def presence(operator: Operator) -> Presence:
    member = pools.load(pools.home(operator)).member(operator.id)
    return member.presence if member else Presence.AWAY


def colleagues() -> Colleagues:
    """Everybody and everything that lists name by id."""
    organisation = settled.organisation()
    everyone = staff.everyone()
    return Colleagues(
        branches=organisation.branches if organisation else (),
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
