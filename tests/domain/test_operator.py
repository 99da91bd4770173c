"""The people who answer, and the addresses that tell them apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.connection import operator_audiences
from chalicelib.domain.operator import Role, clean_email
from tests.support.people import operator


@pytest.mark.parametrize("written", ["Anna@X.example", " anna@x.example\n", "ANNA@X.EXAMPLE"])
def test_an_address_is_the_same_however_it_is_written(written: str) -> None:
    assert clean_email(written) == "anna@x.example"


@given(st.text())
def test_a_clean_address_stays_as_it_is(text: str) -> None:
    assert clean_email(clean_email(text)) == clean_email(text)


def test_supervisors_and_admins_oversee() -> None:
    overseeing = {role for role in Role if operator(role=role).oversees}

    assert overseeing == {Role.SUPERVISOR, Role.ADMIN}


def test_an_operator_hears_their_branch_and_overseers_hear_all() -> None:
    assert operator_audiences(operator(branch_id="ekb"), ["ekb", "msk"]) == ("B#ekb",)
    for role in (Role.SUPERVISOR, Role.ADMIN):
        heard = operator_audiences(operator(role=role, branch_id=None), ["ekb", "msk"])
        assert heard == ("B#ekb", "B#msk")
