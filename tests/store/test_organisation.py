"""What an admin sets, and how long a warm process believes what it read of it."""

from datetime import date, timedelta

import pytest
from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.activity import Action, ActivityEvent, actor
from chalicelib.domain.branch import Branch, Organisation, RegionRule, Scope
from chalicelib.domain.inbox import Inbox, OfflineText
from chalicelib.domain.working_hours import Hours, Interval, SpecialDate, written
from chalicelib.store import activity, keys, organisation, pools, settled
from chalicelib.store.organisation import Company, Overtaken
from chalicelib.store.table import Item, put
from tests.support.company import ADMIN, enter
from tests.support.line import LINE
from tests.support.people import later, operator

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


WEEK = Hours(
    time_zone="Asia/Yekaterinburg",
    week=(*((Interval(start=540, end=1080),),) * 5, (), (Interval(start=1320, end=120),)),
    exceptions=(SpecialDate(date=date(2026, 12, 31), intervals=()),),
)
PERM = Branch(
    id="perm",
    name="Пермь",
    time_zone="Asia/Yekaterinburg",
    neighbours=("ekb", "msk"),
    hours=WEEK,
)
SITE = Inbox(
    id="site",
    name="Сайт",
    branch_id="perm",
    members=frozenset({"anna", "oleg"}),
    escalate_after=timedelta(seconds=10),
    alert_after=timedelta(days=1),
    time_zone="Asia/Yekaterinburg",
    hours=WEEK,
    offline_text=OfflineText(ru="Мы спим", en="We are asleep"),
    allowed_domains=("shop.example", "*.магазин.рф"),
    realtime=False,
)


def event(number: int = 1) -> ActivityEvent:
    return ActivityEvent(
        at=later(seconds=number),
        actor=actor(ADMIN),
        action=Action.CHANGED,
        kind="branch",
        subject_id="perm",
        before={"hours": None},
        after={"hours": written(WEEK)},
    )


def company() -> Company:
    found = organisation.company()
    assert found is not None
    return found


@pytest.fixture
def _set_up(table: str) -> None:
    organisation.save_branch(EKB)
    organisation.save_default_branch("ekb")


def test_branches_and_inboxes_are_kept_with_all_their_settings() -> None:
    organisation.save_branch(PERM)
    organisation.save_inbox(SITE)
    organisation.save_default_branch("perm")

    assert company() == Company(
        organisation=Organisation(branches=(PERM,), rules=(), default_branch_id="perm"),
        inboxes=(SITE,),
        version=0,
    )


def test_what_an_older_version_wrote_has_the_usual_settings() -> None:
    put(Older(keys.ORGANISATION, keys.branch("ekb"), kind="branch", name="Екатеринбург"))
    settings = Older(keys.ORGANISATION, keys.SETTINGS, kind="settings")
    settings.default_branch_id = "ekb"
    put(settings)
    put(Older(keys.INBOXES, keys.inbox("site"), kind="inbox", name="Сайт", realtime=True))

    assert company() == Company(
        organisation=Organisation(branches=(EKB,), rules=(), default_branch_id="ekb"),
        inboxes=(Inbox(id="site", name="Сайт"),),
        version=0,
    )
    with organisation.changing(company(), event()) as writes:
        organisation.set_branch(writes, PERM)
    assert company().version == 1


class Older(Item):
    name = UnicodeAttribute(null=True)
    default_branch_id = UnicodeAttribute(null=True)
    realtime = BooleanAttribute(null=True)


@pytest.mark.usefixtures("_set_up")
class TestChanging:
    def test_a_change_and_what_is_told_of_it_happen_together(self) -> None:
        with organisation.changing(company(), event(), default_branch_id="perm") as writes:
            organisation.add_branch(writes, PERM)
            organisation.set_rule(writes, RULE)
            organisation.set_inbox(writes, SITE)

        found = company()
        assert found.organisation == Organisation(
            branches=(EKB, PERM), rules=(RULE,), default_branch_id="perm"
        )
        assert (found.inboxes, found.version) == ((SITE,), 1)
        assert [each for _, each in activity.of_settings("2100-03")] == [event()]
        assert pools.load_many(["perm"])[0].members == ()

    def test_what_was_decided_on_old_settings_does_not_happen(self) -> None:
        known = company()
        with organisation.changing(known, event(1)) as writes:
            organisation.set_rule(writes, RULE)

        with (
            pytest.raises(Overtaken),
            organisation.changing(known, event(2), default_branch_id="msk") as writes,
        ):
            organisation.add_branch(writes, PERM)

        assert company().organisation.branches == (EKB,)
        assert company().organisation.default_branch_id == "ekb"
        assert [each for _, each in activity.of_settings("2100-03")] == [event(1)]
        assert pools.load_many(["perm"]) == []

    def test_deleted_things_are_gone_and_a_branchs_name_is_kept(self) -> None:
        with organisation.changing(company(), event(1)) as writes:
            organisation.add_branch(writes, PERM)
            organisation.set_rule(writes, RULE)
            organisation.set_inbox(writes, SITE)

        with organisation.changing(company(), event(2)) as writes:
            organisation.retire(writes, PERM, pools.load("perm"))
            organisation.delete_rule(writes, RULE)
            organisation.delete_inbox(writes, SITE)

        assert company().organisation == Organisation(
            branches=(EKB,), rules=(), default_branch_id="ekb", former=(PERM,)
        )
        assert company().inboxes == ()
        assert pools.load_many(["perm"]) == []

    def test_a_branch_whose_pool_has_changed_is_not_deleted(self) -> None:
        with organisation.changing(company(), event(1)) as writes:
            organisation.add_branch(writes, PERM)
        read = pools.load("perm")
        enter(operator("anna", branch_id="perm"))

        with pytest.raises(Overtaken), organisation.changing(company(), event(2)) as writes:
            organisation.retire(writes, PERM, read)

        assert company().organisation.branch("perm") == PERM

    def test_what_is_no_branch_is_not_deleted_though_it_has_a_pool(self) -> None:
        """There is one for those who belong to no branch."""
        nowhere = Branch(id=pools.NO_BRANCH, name="-")

        with pytest.raises(Overtaken), organisation.changing(company(), event(1)) as writes:
            organisation.retire(writes, nowhere, pools.load(pools.NO_BRANCH))

        assert pools.load_many([pools.NO_BRANCH])
