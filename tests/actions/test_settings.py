"""Admins who change the settings at the same time: each change is decided on what it finds."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.actions import settings_company, settings_rules
from chalicelib.domain.branch import Branch, Scope
from chalicelib.errors import InUse, Invalid, Refusal
from chalicelib.store import activity, organisation, pools
from chalicelib.store.organisation import Company
from tests.support import geoip
from tests.support.company import ADMIN, first
from tests.support.line import LINE, Call, Go
from tests.support.people import NOW

pytestmark = pytest.mark.usefixtures("exact_company")

PERM = Branch(id="perm", name="Пермь")


@pytest.fixture(scope="module", autouse=True)
def _geoip() -> None:
    geoip.write()


def company() -> Company:
    found = organisation.company()
    assert found is not None
    return found


def at_once(*acts: Callable[[], object]) -> list[type[Refusal] | None]:
    """Which of them were refused, and how."""

    def outcome(act: Callable[[], object]) -> type[Refusal] | None:
        try:
            act()
        except Refusal as refusal:
            return type(refusal)
        return None

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(outcome, acts))


@pytest.mark.parametrize("number", range(6))
def test_nothing_leads_to_a_branch_that_is_deleted_at_the_same_time(number: int) -> None:
    settings_company.add_branch(ADMIN, PERM, NOW)

    ruled, deleted, neighboured = at_once(
        lambda: settings_rules.set_rule(ADMIN, Scope.COUNTRY, "DE", "perm", NOW),
        lambda: settings_company.delete_branch(ADMIN, "perm", NOW),
        lambda: settings_company.change_branch(
            ADMIN, "ekb", NOW, first, neighbours=("perm", "msk")
        ),
    )

    found = company().organisation
    ekb = found.branch("ekb")
    assert ekb is not None
    leads = "perm" in {each.branch_id for each in found.rules}
    assert (deleted, ruled) in {(None, Invalid), (InUse, None)}
    assert neighboured in (None, Invalid)
    assert (found.branch("perm") is None) == (deleted is None) == (not leads)
    assert deleted is not None or "perm" not in ekb.neighbours
    assert bool(pools.load_many(["perm"])) == (deleted is not None)


def test_all_changes_of_many_admins_happen_and_are_told() -> None:
    def named(number: int) -> Callable[[], object]:
        branch = Branch(id=f"branch-{number}", name=f"Филиал {number}")
        later = NOW + timedelta(seconds=number)
        return lambda: settings_company.add_branch(ADMIN, branch, later)

    refused = at_once(*(named(number) for number in range(8)))

    assert refused == [None] * 8
    known = company()
    assert len(known.organisation.branches) == 10
    assert known.version == 8
    told = {each.subject_id for _, each in activity.of_settings(f"{NOW:%Y-%m}")}
    assert told == {f"branch-{number}" for number in range(8)}


@contextmanager
def faster(*acts: Callable[[], object]) -> Iterator[None]:
    """Another admin does each of these in the moment before the next change is committed."""
    left = list(acts)

    def plan(call: Call, go: Go) -> AWSResponse:
        if call.operation == "TransactWriteItems" and left:
            left.pop(0)()
        return go()

    with LINE.through(plan):
        yield
    assert not left


@pytest.mark.parametrize("changes_before", [0, 1])
def test_who_was_not_the_faster_changes_what_the_other_has_left(changes_before: int) -> None:
    for number in range(changes_before):
        settings_company.change_branch(ADMIN, "msk", NOW, first, name=f"Москва {number}")

    with faster(
        lambda: settings_company.change_branch(ADMIN, "ekb", NOW, first, name="Урал"),
        lambda: settings_company.add_branch(ADMIN, PERM, NOW),
    ):
        settings_company.change_branch(
            ADMIN, "ekb", NOW + timedelta(seconds=1), first, time_zone="Asia/Yekaterinburg"
        )

    known = company()
    ekb = known.organisation.branch("ekb")
    assert ekb is not None
    assert (ekb.name, ekb.time_zone) == ("Урал", "Asia/Yekaterinburg")
    assert known.organisation.branch("perm") is not None
    assert known.version == changes_before + 3
    assert len(activity.of_settings(f"{NOW:%Y-%m}")) == changes_before + 3


def test_who_was_not_the_faster_is_refused_what_is_no_longer_possible() -> None:
    settings_company.add_branch(ADMIN, PERM, NOW)

    with (
        faster(lambda: settings_company.delete_branch(ADMIN, "perm", NOW)),
        pytest.raises(Invalid) as refused,
    ):
        settings_rules.set_rule(ADMIN, Scope.COUNTRY, "DE", "perm", NOW)

    assert refused.value.field == "branch_id"
    assert "perm" not in {each.branch_id for each in company().organisation.rules}
