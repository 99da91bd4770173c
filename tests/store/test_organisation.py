"""What an admin sets, and how long a warm process believes what it read of it."""

import pytest

from chalicelib.domain.branch import Branch, Organisation, RegionRule, Scope
from chalicelib.domain.inbox import Inbox
from chalicelib.store import organisation, settled
from tests.support.line import LINE

pytestmark = pytest.mark.usefixtures("table")

EKB = Branch(id="ekb", name="Екатеринбург")
MSK = Branch(id="msk", name="Москва")
RULE = RegionRule(scope=Scope.CITY, place="1486209", branch_id="ekb")


@pytest.fixture(autouse=True)
def _unread(table: str) -> None:
    settled.clear()


def test_there_is_none_before_it_is_set_up() -> None:
    assert organisation.load() is None
    assert organisation.inboxes() == []


def test_it_is_kept_whole() -> None:
    for branch in (EKB, MSK):
        organisation.save_branch(branch)
    organisation.save_rule(RULE)
    organisation.save_default_branch("msk")

    assert organisation.load() == Organisation(
        branches=(EKB, MSK), rules=(RULE,), default_branch_id="msk"
    )


def test_saving_again_renames_a_branch_and_redirects_a_rule() -> None:
    organisation.save_default_branch("ekb")
    for name in ("Свердловск", "Екатеринбург"):
        organisation.save_branch(Branch(id="ekb", name=name))
    for branch_id in ("msk", "ekb"):
        organisation.save_rule(RegionRule(scope=Scope.CITY, place="1486209", branch_id=branch_id))

    found = organisation.load()

    assert found is not None
    assert (found.branches, found.rules) == ((EKB,), (RULE,))


def test_inboxes_keep_their_settings() -> None:
    inboxes = [
        Inbox(id="bound", name="Москва", branch_id="msk", realtime=False),
        Inbox(id="free", name="Сайт"),
    ]

    for inbox in inboxes:
        organisation.save_inbox(inbox)

    assert organisation.inboxes() == inboxes


def test_a_warm_process_reads_the_settings_once_until_they_are_ten_seconds_old(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr(settled, "monotonic", lambda: clock[0])
    organisation.save_inbox(Inbox(id="site", name="Old"))
    assert settled.inbox("site") == Inbox(id="site", name="Old")
    organisation.save_inbox(Inbox(id="site", name="New"))

    clock[0] += settled.LIFE
    with LINE.watched() as calls:
        still = settled.inbox("site")
    clock[0] += 0.1
    then = settled.inbox("site")

    assert (calls, still) == ([], Inbox(id="site", name="Old"))
    assert then == Inbox(id="site", name="New")
    assert settled.inbox("nowhere") is None
