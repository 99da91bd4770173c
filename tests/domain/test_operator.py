"""The people who answer, and the addresses that tell them apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.connection import operator_audiences
from chalicelib.domain.operator import (
    MOST_OPEN,
    Revision,
    Role,
    check_password,
    clean_email,
    may_revise,
    revise,
)
from chalicelib.errors import Invalid
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


class TestRevising:
    @pytest.mark.parametrize(
        ("given", "field"),
        [
            ({"name": " \u200b\n "}, "name"),
            ({"email": "anna"}, "email"),
            ({"email": "a@b@c"}, "email"),
            ({"email": "Anna <anna@x.example>"}, "email"),
            ({"email": "anna@x.example\nBcc: all@x.example"}, "email"),
            ({"branch_id": None}, "branch_id"),
            ({"capacity": 0}, "capacity"),
            ({"capacity": MOST_OPEN + 1}, "capacity"),
        ],
    )
    def test_what_makes_no_sense_is_refused_at_its_field(self, given: Revision, field: str) -> None:
        with pytest.raises(Invalid) as refused:
            revise(operator(), **given)

        assert refused.value.field == field

    def test_what_is_given_is_changed_and_nothing_else(self) -> None:
        known = operator()

        assert revise(known, name=" Анна\u202e ") == replace(known, name="Анна")
        assert revise(known) == known

    @pytest.mark.parametrize(
        "given",
        [
            {"role": Role.SUPERVISOR},
            {"email": "other@x.example"},
            {"active": False},
        ],
        ids=lambda given: next(iter(given)),
    )
    def test_sessions_end_when_what_they_allow_has_changed(self, given: Revision) -> None:
        assert revise(operator(session_epoch=3), **given).session_epoch == 4

    @pytest.mark.parametrize(
        "given",
        [{"name": "Анна"}, {"capacity": 9}, {"branch_id": "msk"}, {"email": "ANNA@x.example"}],
    )
    def test_sessions_go_on_otherwise(self, given: Revision) -> None:
        assert revise(operator(session_epoch=3), **given).session_epoch == 3

    def test_an_admin_neither_goes_nor_steps_down_by_their_own_hand(self) -> None:
        admin = operator("boss", Role.ADMIN, None)
        for revised, field in (
            (replace(admin, active=False), "active"),
            (replace(admin, role=Role.SUPERVISOR), "role"),
        ):
            with pytest.raises(Invalid) as refused:
                may_revise(admin, admin, revised)
            assert refused.value.field == field

        may_revise(admin, admin, replace(admin, name="Новое имя", capacity=1))
        may_revise(admin, operator(), replace(operator(), active=False))


def test_only_active_operators_are_given_conversations() -> None:
    able = {role for role in Role if operator(role=role).routable}

    assert able == {Role.OPERATOR}
    assert not operator(active=False).routable


def test_an_admin_who_cannot_sign_in_administers_nothing() -> None:
    admin = operator("boss", Role.ADMIN, None)

    assert admin.administers
    assert not replace(admin, invited=True).administers
    assert not replace(admin, active=False).administers
    assert not operator("elena", Role.SUPERVISOR, None).administers


def test_a_password_has_ten_characters() -> None:
    check_password("0123456789")
    with pytest.raises(Invalid) as refused:
        check_password("012345678")

    assert refused.value.field == "password"
