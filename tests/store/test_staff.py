"""Operators, and the addresses that are theirs alone."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.operator import Operator
from chalicelib.store import keys, staff
from chalicelib.store.staff import OperatorItem
from chalicelib.store.table import Cancelled, transaction, update
from tests.support.company import ANNA, ELENA, OLEG

pytestmark = pytest.mark.usefixtures("table")


def add(operator: Operator, hashed: str | None = "hash") -> None:
    with transaction() as writes:
        staff.add(writes, operator, hashed)


def revise(known: Operator, revised: Operator, hashed: str | None = None) -> None:
    with transaction() as writes:
        staff.revise(writes, known, revised, hashed)


def test_an_operator_is_found_by_id_and_by_address() -> None:
    add(ANNA, "hash-of-anna")
    add(ELENA, "hash-of-elena")

    assert staff.get("elena") == ELENA
    assert staff.by_email("anna@x.example") == (ANNA, "hash-of-anna")
    assert sorted(each.id for each in staff.everyone()) == ["anna", "elena"]


def test_nobody_is_nobody() -> None:
    assert staff.get("nobody") is None
    assert staff.by_email("nobody@x.example") is None
    assert staff.everyone() == []


def test_an_address_and_an_id_are_taken_once() -> None:
    add(ANNA)

    for taken in (replace(OLEG, email=ANNA.email), replace(ANNA, email="new@x.example")):
        with pytest.raises(Cancelled):
            add(taken)

    assert staff.everyone() == [ANNA]
    assert staff.by_email("new@x.example") is None


def test_who_has_no_password_is_invited() -> None:
    invited = replace(OLEG, invited=True)
    add(invited, None)

    assert staff.by_email(OLEG.email) == (invited, None)

    revise(invited, OLEG, "hash-of-oleg")

    assert staff.by_email(OLEG.email) == (OLEG, "hash-of-oleg")


def test_a_changed_address_leaves_the_former_to_others() -> None:
    add(ANNA)
    add(OLEG)
    married = replace(ANNA, email="anna.isetskaya@x.example", name="Анна Исетская")

    revise(ANNA, married)
    revise(OLEG, replace(OLEG, email=ANNA.email))

    assert staff.by_email(married.email) == (married, "hash")
    assert staff.by_email(ANNA.email) == (replace(OLEG, email=ANNA.email), "hash")
    assert staff.by_email(OLEG.email) is None


def test_nobody_takes_anothers_address() -> None:
    add(ANNA)
    add(OLEG)

    with pytest.raises(Cancelled):
        revise(OLEG, replace(OLEG, email=ANNA.email))

    assert {each.email for each in staff.everyone()} == {ANNA.email, OLEG.email}


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"capacity": 7},
        {"branch_id": "msk"},
        {"active": False},
        {"session_epoch": 1},
        {"photo": "/photos/a.webp"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_record_that_is_no_longer_as_known_stays(meanwhile: dict[str, object]) -> None:
    add(ANNA)
    other = replace(ANNA, **meanwhile)  # type: ignore[arg-type]  # fields with values of their types
    revise(ANNA, other)

    with pytest.raises(Cancelled):
        revise(ANNA, replace(ANNA, name="Другая"))
    with pytest.raises(Cancelled), transaction() as writes:
        staff.still(writes, ANNA)

    assert staff.get("anna") == other


@pytest.mark.parametrize(
    "known",
    [
        ELENA,
        replace(ANNA, active=False),
        replace(ELENA, active=False),
        replace(ANNA, photo="/photos/a.webp"),
    ],
    ids=["of no branch", "gone", "gone, of no branch", "with a photo"],
)
def test_whoever_it_is(known: Operator) -> None:
    add(known)
    other = replace(known, capacity=9)
    revise(known, other)

    with pytest.raises(Cancelled):
        revise(known, replace(known, name="Другая"))
    with pytest.raises(Cancelled), transaction() as writes:
        staff.still(writes, known)

    assert staff.get(known.id) == other


def test_a_supervisor_of_all_branches_is_still_one() -> None:
    add(ELENA)

    with transaction() as writes:
        staff.still(writes, ELENA)
    revise(ELENA, replace(ELENA, branch_id="ekb"))
    revise(replace(ELENA, branch_id="ekb"), ELENA)

    assert staff.get("elena") == ELENA


def test_a_record_from_before_anybody_could_be_deactivated_is_of_somebody_active() -> None:
    add(ANNA)
    item = OperatorItem(keys.STAFF, keys.operator("anna"))
    assert update(item, [OperatorItem.active.remove()], OperatorItem.pk.exists())

    assert staff.get("anna") == ANNA
    revise(ANNA, replace(ANNA, active=False))
    assert staff.get("anna") == replace(ANNA, active=False)


def test_ending_the_sessions_moves_the_epoch_of_one_operator() -> None:
    add(ANNA)
    add(OLEG)

    staff.end_sessions("anna")
    staff.end_sessions("nobody")

    assert staff.get("anna") == replace(ANNA, session_epoch=1)
    assert staff.get("oleg") == OLEG
    assert staff.get("nobody") is None
