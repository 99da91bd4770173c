"""`python -m tests.deploy.seed`: a small company in the table that TABLE_NAME names."""

from datetime import timedelta

from argon2 import PasswordHasher

from chalicelib.domain.branch import Branch
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.operator import Operator, Role
from chalicelib.store import memberships, organisation, staff
from chalicelib.store.table import transaction
from tests.deploy.people import PASSWORD


def _person(id: str, role: Role, branch_id: str | None, capacity: int = 1000) -> Operator:
    return Operator(
        id=id,
        name=id.title(),
        email=f"{id}@x.example",
        role=role,
        branch_id=branch_id,
        capacity=capacity,
        session_epoch=0,
    )


def main() -> None:
    organisation.save_branch(Branch(id="ekb", name="Екатеринбург"))
    organisation.save_default_branch("ekb")
    organisation.save_inbox(Inbox(id="demo", name="Мастерская"))
    organisation.save_inbox(Inbox(id="quick", name="Срочно", escalate_after=timedelta(seconds=3)))
    # Cheap on purpose: how slow verifying is, the hash itself says.
    hashed = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    people = (
        _person("anna", Role.OPERATOR, "ekb"),
        _person("oleg", Role.OPERATOR, "ekb", capacity=1),
        _person("boss", Role.ADMIN, None),
    )
    for person in people:
        with transaction() as writes:
            staff.add(writes, person, hashed)
            memberships.enter(writes, person)


if __name__ == "__main__":
    main()
