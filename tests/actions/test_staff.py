"""Who is hired, and what becomes of their sessions."""

import pytest
from msgspec.structs import replace

from chalicelib.actions import staff
from chalicelib.domain.operator import Operator, Role
from chalicelib.errors import BadCredentials, EmailTaken, Invalid, Refusal
from chalicelib.store import pools
from chalicelib.store.staff import everyone
from tests.support.company import ANNA, ELENA
from tests.support.people import NOW, operator

pytestmark = pytest.mark.usefixtures("_company")

NEW = operator("pavel", branch_id="msk")
PASSWORD = "a long password"
HOME = "10.0.0.1"


def test_who_is_hired_can_sign_in_and_is_in_the_pool() -> None:
    staff.hire(NEW, PASSWORD, NOW)

    assert staff.sign_in(" PAVEL@x.example", PASSWORD, HOME, NOW) == NEW
    member = pools.load("msk").member("pavel")
    assert member is not None
    assert (member.open, member.routable) == (0, True)


def test_a_supervisor_is_never_routed_to() -> None:
    staff.hire(replace(NEW, role=Role.SUPERVISOR), PASSWORD, NOW)

    member = pools.load("msk").member("pavel")
    assert member is not None
    assert not member.routable


@pytest.mark.parametrize(
    ("who", "password", "refusal", "field"),
    [
        (NEW, "too short", Invalid, "password"),
        (replace(NEW, branch_id=None), PASSWORD, Invalid, "branch_id"),
        (replace(NEW, email=ANNA.email), PASSWORD, EmailTaken, "email"),
    ],
)
def test_is_not_hired(who: Operator, password: str, refusal: type[Refusal], field: str) -> None:
    before = everyone(), pools.load("msk")

    with pytest.raises(refusal) as refused:
        staff.hire(who, password, NOW)

    assert refused.value.field == field
    assert (everyone(), pools.load("msk")) == before


def test_a_wrong_password_and_an_unknown_address_are_refused_alike() -> None:
    for email, password in ((ELENA.email, "wrong"), ("nobody@x.example", PASSWORD)):
        with pytest.raises(BadCredentials):
            staff.sign_in(email, password, HOME, NOW)
