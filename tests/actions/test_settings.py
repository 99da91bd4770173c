"""Admins who change the settings at the same time: each change is decided on what it finds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from chalicelib.actions import settings_company, settings_rules
from chalicelib.domain.branch import Branch, Scope
from chalicelib.errors import InUse, Invalid, Refusal
from chalicelib.store import activity, organisation, pools
from chalicelib.store.organisation import Company
from tests.support import geoip
from tests.support.company import ADMIN, first
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
