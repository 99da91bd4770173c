"""A small company in the table: two branches, their rules, an inbox, and its people."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from argon2 import PasswordHasher

from chalicelib.domain.assignment import Considered
from chalicelib.domain.branch import Branch, RegionRule, Scope
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.operator import Operator, Presence, Role
from chalicelib.store import connections, memberships, organisation, pools, settled, staff
from chalicelib.store.table import transaction
from tests.support import units
from tests.support.people import NOW, operator, panel_of

PASSWORD = "correct horse battery"
INBOX = Inbox(id="demo", name="Мастерская")
BOUND = Inbox(id="moscow", name="Москва", branch_id="msk")

ANNA = operator("anna", name="Анна Уралова")
OLEG = operator("oleg", name="Олег Исетский")
MARIA = operator("maria", branch_id="msk", name="Мария Московская")
ELENA = operator("elena", Role.SUPERVISOR, None, name="Елена Смотрова")
ADMIN = operator("admin", Role.ADMIN, None, name="Администратор")
EVERYBODY = (ANNA, OLEG, MARIA, ELENA, ADMIN)


@cache
def hashed() -> str:
    """One cheap hash for all: verifying costs what the hash itself says, and is slow on purpose."""
    return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)


def found(*people: Operator) -> None:
    """The company in an empty table, with these of its people (all, unless some are named)."""
    wanted = people or EVERYBODY
    if wanted not in _founded:
        _found(wanted)
        _founded[wanted] = list(units.snapshot().values())
    else:
        units.restore(_founded[wanted])
    settled.clear()


_founded: dict[tuple[Operator, ...], list[units.Item]] = {}
"""Their items as once written: putting them back is one call."""


def _found(people: Sequence[Operator]) -> None:
    for branch in (Branch(id="ekb", name="Екатеринбург"), Branch(id="msk", name="Москва")):
        organisation.save_branch(branch)
    for place, branch_id in (("RU-SVE", "ekb"), ("RU-MOW", "msk")):
        rule = RegionRule(scope=Scope.SUBDIVISION, place=place, branch_id=branch_id)
        organisation.save_rule(rule)
    organisation.save_default_branch("ekb")
    for inbox in (INBOX, BOUND):
        organisation.save_inbox(inbox)
    for person in people:
        employ(person, hashed())


def employ(person: Operator, password_hash: str | None) -> None:
    """Somebody with a record, an address and a place in the pool."""
    with transaction() as writes:
        staff.add(writes, person, password_hash)
        memberships.enter(writes, person)


def enter(*people: Operator) -> None:
    """These have a place in their pools, and nothing else."""
    for person in people:
        with transaction() as writes:
            memberships.enter(writes, person)


def online(*people: Operator, at: datetime = NOW) -> None:
    """These have chosen to be online and have a live panel."""
    for person in people:
        pools.choose_presence(person, Presence.ONLINE, at)
        assert connections.open_with(panel_of(person, at=at), f"ticket-of-{person.id}")


def first(candidates: Sequence[Considered]) -> Considered:
    """Ties go to the first in alphabetical order: no chance in tests of anything else."""
    return min(candidates, key=lambda each: each.id)


def may_use(path: str) -> Operator:
    """Somebody whose route this is."""
    return ADMIN if path.startswith(("/panel/inboxes", "/settings/")) else ANNA


def load(person: Operator) -> int:
    """How many open conversations the person's pool says they have."""
    member = pools.load(pools.home(person)).member(person.id)
    assert member is not None
    return member.open
