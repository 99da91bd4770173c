"""Refresh tokens: rotated at every use, repeatable for a minute, worthless when stolen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.session import (
    GRACE,
    Holder,
    Refresh,
    Session,
    judge,
    read_refresh_token,
    refresh_token,
)
from chalicelib.errors import Unauthorized
from tests.support.people import NOW, later

KEY = b"k" * 32
ROTATED = Session(family="f1", subject_id="anna", epoch=0, generation=5, rotated_at=NOW)


def test_the_current_token_rotates_however_old_it_is() -> None:
    assert judge(ROTATED, 5, later(days=29), GRACE) is Refresh.ROTATE


def test_the_one_before_repeats_its_successor_for_a_minute() -> None:
    assert judge(ROTATED, 4, NOW, GRACE) is Refresh.REPEAT
    assert judge(ROTATED, 4, later(seconds=60), GRACE) is Refresh.REPEAT


def test_the_one_before_ends_the_family_later() -> None:
    assert judge(ROTATED, 4, later(seconds=60, microseconds=1), GRACE) is Refresh.END


@pytest.mark.parametrize("generation", [0, 1, 3, 6, 7])
def test_any_other_generation_ends_the_family_at_once(generation: int) -> None:
    assert judge(ROTATED, generation, NOW, GRACE) is Refresh.END


def test_a_token_says_its_family_and_generation() -> None:
    token = refresh_token(KEY, Holder.OPERATOR, "f1", 5)

    assert read_refresh_token(KEY, Holder.OPERATOR, token) == ("f1", 5)


def test_the_same_generation_has_the_same_token_and_the_next_another() -> None:
    assert refresh_token(KEY, Holder.OPERATOR, "f1", 5) == refresh_token(
        KEY, Holder.OPERATOR, "f1", 5
    )
    assert refresh_token(KEY, Holder.OPERATOR, "f1", 5) != refresh_token(
        KEY, Holder.OPERATOR, "f1", 6
    )


@pytest.mark.parametrize(
    "token",
    [
        "",
        ".",
        "f1",
        "f1.5",
        "f1.5.",
        "f1.-5.x",
        "f1.٥.x",
        "f1.9999999999.x",
        refresh_token(KEY, Holder.OPERATOR, "f1", 5) + "0",
        refresh_token(KEY, Holder.OPERATOR, "f1", 5).upper(),
        refresh_token(KEY, Holder.OPERATOR, "f1", 5).replace("f1.5", "f1.6"),
        refresh_token(KEY, Holder.OPERATOR, "f1", 5).replace("f1.", "f2."),
        refresh_token(b"x" * 32, Holder.OPERATOR, "f1", 5),
        refresh_token(KEY, Holder.VISITOR, "f1", 5),
    ],
)
def test_a_forged_token_is_refused(token: str) -> None:
    with pytest.raises(Unauthorized):
        read_refresh_token(KEY, Holder.OPERATOR, token)


@given(st.text())
def test_any_text_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(Unauthorized):
        read_refresh_token(KEY, Holder.OPERATOR, text)
