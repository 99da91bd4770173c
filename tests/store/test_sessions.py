"""Refresh families."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.session import Session
from chalicelib.store import sessions
from tests.support.people import NOW, later

pytestmark = pytest.mark.usefixtures("table")

FAMILY = Session(family="f1", subject_id="anna", epoch=3, generation=1, rotated_at=NOW)


def test_a_family_is_kept_as_it_began() -> None:
    sessions.add(FAMILY)

    assert sessions.get("f1") == FAMILY
    assert sessions.get("f2") is None


def test_of_two_who_rotate_at_once_one_does() -> None:
    sessions.add(FAMILY)

    done = [sessions.rotate(FAMILY, later(seconds=each)) for each in (1, 2)]

    assert done == [True, False]
    assert sessions.get("f1") == replace(FAMILY, generation=2, rotated_at=later(seconds=1))


def test_an_ended_family_stays_ended() -> None:
    sessions.add(FAMILY)

    sessions.end("f1")
    sessions.end("f1")

    assert not sessions.rotate(FAMILY, NOW)
    assert sessions.get("f1") is None
