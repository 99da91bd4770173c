"""A link works for one, once, and not for ever."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.invitation import SECRET_BYTES, SETUP, invite, read
from tests.support.people import NOW

SECRET = bytes(range(SECRET_BYTES))
MOMENT = timedelta(seconds=1)


def test_the_token_opens_and_nothing_that_is_kept_tells_it() -> None:
    invitation, token = invite("anna", SECRET, NOW)

    subject, proof = read(token)

    assert subject == "anna"
    assert invitation.opens_with(proof, NOW)
    assert token.partition(".")[2] not in repr(invitation)


@pytest.mark.parametrize(
    ("subject", "life"), [("anna", timedelta(days=7)), (SETUP, timedelta(hours=72))]
)
def test_a_link_expires(subject: str, life: timedelta) -> None:
    invitation, token = invite(subject, SECRET, NOW)
    _, proof = read(token)

    assert invitation.opens_with(proof, NOW + life - MOMENT)
    assert not invitation.opens_with(proof, NOW + life)


def test_the_token_of_one_opens_nothing_for_another() -> None:
    invitation, token = invite("anna", SECRET, NOW)
    stolen = token.replace("anna", "oleg")

    assert not invitation.opens_with(read(stolen)[1], NOW)


@given(st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES))
def test_a_token_survives_a_url_as_it_is(secret: bytes) -> None:
    _, token = invite("0123abcd", secret, NOW)

    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert read(token)[0] == "0123abcd"


@given(st.text())
def test_whatever_is_presented_is_read_and_opens_nothing(text: str) -> None:
    invitation, _ = invite("anna", SECRET, NOW)

    assert not invitation.opens_with(read(text)[1], NOW)
