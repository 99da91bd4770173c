"""Operators, and the addresses that are theirs alone."""

from dataclasses import replace

import pytest

from chalicelib.store import staff
from tests.support.company import ANNA, ELENA, OLEG

pytestmark = pytest.mark.usefixtures("table")


def test_an_operator_is_found_by_id_and_by_address() -> None:
    assert staff.add(ANNA, "hash-of-anna")
    assert staff.add(ELENA, "hash-of-elena")

    assert staff.get("elena") == ELENA
    assert staff.by_email("anna@x.example") == (ANNA, "hash-of-anna")
    assert sorted(each.id for each in staff.everyone()) == ["anna", "elena"]


def test_nobody_is_nobody() -> None:
    assert staff.get("nobody") is None
    assert staff.by_email("nobody@x.example") is None
    assert staff.everyone() == []


def test_an_address_and_an_id_are_taken_once() -> None:
    staff.add(ANNA, "hash")

    assert not staff.add(replace(OLEG, email=ANNA.email), "other")
    assert not staff.add(replace(ANNA, email="new@x.example"), "other")

    assert staff.everyone() == [ANNA]
    assert staff.by_email("new@x.example") is None


def test_ending_the_sessions_moves_the_epoch_of_one_operator() -> None:
    staff.add(ANNA, "hash")
    staff.add(OLEG, "hash")

    staff.end_sessions("anna")
    staff.end_sessions("nobody")

    assert staff.get("anna") == replace(ANNA, session_epoch=1)
    assert staff.get("oleg") == OLEG
    assert staff.get("nobody") is None
