"""Who belongs to which pool: it follows the operator's record."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.assignment import Member
from chalicelib.domain.operator import Operator, Presence, Role
from chalicelib.store import memberships, pools
from chalicelib.store.table import Cancelled, transaction
from tests.support.company import ANNA, ELENA, MARIA, enter

pytestmark = pytest.mark.usefixtures("table")

MOVED = replace(ANNA, branch_id="msk")


@pytest.fixture(autouse=True)
def _pools(table: str) -> None:
    for branch in ("ekb", "msk", pools.NO_BRANCH):
        pools.create(branch)


def follow(known: Operator, revised: Operator) -> None:
    member = memberships.of(known)
    with transaction() as writes:
        memberships.follow(writes, known, revised, member)


def carries(operator: Operator, count: int) -> None:
    with transaction() as writes:
        pools.shift(writes, load={(pools.home(operator), operator.id): count})


def version(branch_id: str) -> int:
    return pools.load(branch_id).version


def test_who_enters_is_away_and_without_load() -> None:
    enter(ANNA, ELENA)

    assert memberships.of(ANNA) == Member(
        operator_id="anna",
        name=ANNA.name,
        presence=Presence.AWAY,
        open=0,
        capacity=ANNA.capacity,
        routable=True,
    )
    elena = memberships.of(ELENA)
    assert elena is not None
    assert not elena.routable


def test_nobody_enters_a_branch_without_a_pool() -> None:
    with pytest.raises(Cancelled):
        enter(replace(ANNA, branch_id="nowhere"))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"name": "Анна"}, {"name": "Анна"}),
        ({"capacity": 9}, {"capacity": 9}),
        ({"role": Role.SUPERVISOR}, {"routable": False}),
        ({"active": False}, {"routable": False}),
        ({"photo": "/photos/a.webp"}, {"photo": "/photos/a.webp"}),
    ],
)
def test_the_member_follows_the_record_and_keeps_the_load(
    change: dict[str, object], expected: dict[str, object]
) -> None:
    enter(ANNA)
    carries(ANNA, 3)
    before, was = memberships.of(ANNA), version("ekb")
    assert before is not None
    revised = replace(ANNA, **change)  # type: ignore[arg-type]  # fields with values of their types

    follow(ANNA, revised)

    assert memberships.of(revised) == replace(before, **expected)  # type: ignore[arg-type]  # as above
    assert version("ekb") == was + 1


def test_who_moves_takes_the_load_along() -> None:
    enter(ANNA, MARIA)
    carries(ANNA, 3)
    was = memberships.of(ANNA)

    follow(ANNA, MOVED)

    assert memberships.of(ANNA) is None
    assert memberships.of(MOVED) == was
    assert memberships.of(MARIA) is not None


def test_nobody_moves_with_a_load_that_has_changed_meanwhile() -> None:
    enter(ANNA)
    member = memberships.of(ANNA)
    carries(ANNA, 1)

    with pytest.raises(Cancelled), transaction() as writes:
        memberships.follow(writes, ANNA, MOVED, member)

    assert memberships.of(MOVED) is None


def test_nothing_can_be_given_to_who_has_moved_or_left() -> None:
    enter(ANNA)
    follow(ANNA, MOVED)

    with pytest.raises(Cancelled):
        carries(ANNA, 1)

    assert memberships.leave(MOVED)
    with pytest.raises(Cancelled):
        carries(MOVED, 1)
    assert memberships.of(MOVED) is None


def test_nobody_leaves_with_a_load() -> None:
    enter(ANNA)
    carries(ANNA, 1)

    assert not memberships.leave(ANNA)

    carries(ANNA, -1)
    assert memberships.leave(ANNA)
    assert memberships.leave(ANNA)


def test_who_comes_back_enters_again() -> None:
    gone = replace(ANNA, active=False)
    enter(ANNA)
    follow(ANNA, gone)
    memberships.leave(gone)

    with transaction() as writes:
        memberships.follow(writes, gone, replace(gone, capacity=9), None)
        memberships.enter(writes, MARIA)
    assert memberships.of(gone) is None

    follow(gone, ANNA)
    member = memberships.of(ANNA)
    assert member is not None
    assert (member.open, member.routable) == (0, True)


def test_nothing_follows_somebody_who_has_left_meanwhile() -> None:
    enter(ANNA)
    member = memberships.of(ANNA)
    memberships.leave(ANNA)

    with pytest.raises(Cancelled) as refused, transaction() as writes:
        memberships.follow(writes, ANNA, replace(ANNA, capacity=9), member)

    assert not refused.value.contended
    assert memberships.of(ANNA) is None


def test_who_has_left_meanwhile_does_not_come_back_by_a_change() -> None:
    enter(ANNA)
    member = memberships.of(ANNA)
    assert memberships.leave(ANNA)

    with pytest.raises(Cancelled) as refused, transaction() as writes:
        memberships.follow(writes, ANNA, replace(ANNA, capacity=9), member)

    assert not refused.value.contended
    assert memberships.of(ANNA) is None
