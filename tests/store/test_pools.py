"""Each branch's pool and queue."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.assignment import Member
from chalicelib.domain.operator import Presence
from chalicelib.store import organisation, pools
from chalicelib.store.table import Cancelled, transaction
from tests.support.company import ANNA, ELENA, OLEG, enter
from tests.support.people import NOW, later, queued

pytestmark = pytest.mark.usefixtures("table")


@pytest.fixture(autouse=True)
def _pools(table: str) -> None:
    organisation.save_default_branch("ekb")
    pools.create("ekb")


def test_a_pool_begins_empty_and_is_created_once() -> None:
    enter(ANNA)

    pools.create("ekb")

    pool = pools.load("ekb")
    assert [each.operator_id for each in pool.members] == ["anna"]


def test_a_branch_without_a_pool_has_an_empty_one() -> None:
    pool = pools.load("nowhere")

    assert (pool.version, pool.queued, pool.members) == (0, 0, ())


def test_a_newcomer_is_away_and_without_load() -> None:
    enter(ANNA)
    enter(ELENA)

    anna = pools.load("ekb").member("anna")
    elena = pools.load(pools.NO_BRANCH).member("elena")

    assert anna == Member(
        operator_id="anna",
        name=ANNA.name,
        presence=Presence.AWAY,
        open=0,
        capacity=5,
        routable=True,
    )
    assert elena is not None
    assert not elena.routable


def test_presence_is_the_operators_own_and_moves_the_version() -> None:
    enter(ANNA)
    enter(OLEG)
    before = pools.load("ekb").version

    pools.choose_presence(ANNA, Presence.BUSY, NOW)

    pool = pools.load("ekb")
    assert {each.operator_id: each.presence for each in pool.members} == {
        "anna": Presence.BUSY,
        "oleg": Presence.AWAY,
    }
    assert pool.version == before + 1


def test_who_is_online_is_so_since_they_chose_it() -> None:
    enter(ANNA)
    since = []

    for presence, at in (
        (Presence.ONLINE, NOW),
        (Presence.AWAY, later(minutes=1)),
        (Presence.ONLINE, later(minutes=2)),
    ):
        pools.choose_presence(ANNA, presence, at)
        anna = pools.load("ekb").member("anna")
        since.append(anna and anna.online_since)

    assert since == [NOW, None, later(minutes=2)]


def test_the_queue_has_the_longest_wait_first() -> None:
    with transaction() as writes:
        for id, at in (("b", later(minutes=1)), ("z", NOW), ("a", later(minutes=1))):
            pools.enqueue(writes, queued(id, at=at))

    found = pools.waiting("ekb", 10)
    assert [each.conversation_id for each in found] == ["z", "a", "b"]
    assert {each.inbox_id for each in found} == {"demo"}
    assert pools.waiting("ekb", 1) == found[:1]
    assert pools.waiting("ekb", 10, after=found[0].place) == found[1:]
    assert pools.waiting("msk", 10) == []


def test_who_left_the_queue_cannot_leave_it_again() -> None:
    with transaction() as writes:
        pools.enqueue(writes, queued())
    with transaction() as writes:
        pools.dequeue(writes, queued())

    with pytest.raises(Cancelled), transaction() as writes:
        pools.dequeue(writes, queued())


def test_one_write_per_pool_changes_queue_and_load_together() -> None:
    enter(ANNA)
    before = pools.load("ekb").version

    with transaction() as writes:
        pools.shift(writes, queued={"ekb": 2}, load={("ekb", "anna"): 1})

    pool = pools.load("ekb")
    anna = pool.member("anna")
    assert anna is not None
    assert (pool.queued, anna.open, pool.version) == (2, 1, before + 1)


def test_a_change_across_two_pools_happens_in_both() -> None:
    enter(ELENA)

    with transaction() as writes:
        pools.shift(writes, queued={"ekb": 1}, load={(pools.NO_BRANCH, "elena"): 1})

    elena = pools.load(pools.NO_BRANCH).member("elena")
    assert elena is not None
    assert (pools.load("ekb").queued, elena.open) == (1, 1)


def test_who_expects_an_older_pool_changes_nothing() -> None:
    seen = pools.load("ekb")
    with transaction() as writes:
        pools.shift(writes, queued={"ekb": 1}, expected=seen)

    with pytest.raises(Cancelled), transaction() as writes:
        pools.shift(writes, queued={"ekb": 1}, expected=seen)

    assert pools.load("ekb").queued == 1


def test_what_is_in_no_pool_carries_nothing_and_queues_nowhere() -> None:
    enter(ANNA)
    before = pools.load("ekb")

    for load in ({("ekb", "nobody"): 1}, {("ekb", "anna"): -1, ("ekb", "nobody"): 1}):
        with pytest.raises(Cancelled) as refused, transaction() as writes:
            pools.shift(writes, load=load)
        assert not refused.value.contended
    with pytest.raises(Cancelled) as refused, transaction() as writes:
        pools.shift(writes, queued={"nowhere": 1})
    assert not refused.value.contended
    pools.choose_presence(replace(ANNA, branch_id="nowhere"), Presence.ONLINE, NOW)

    assert pools.load_many(["ekb", "nowhere"]) == [before]


def test_who_expects_an_older_pool_moves_no_load() -> None:
    enter(ANNA)
    enter(OLEG)
    seen = pools.load("ekb")
    pools.choose_presence(OLEG, Presence.BUSY, NOW)

    with pytest.raises(Cancelled), transaction() as writes:
        pools.shift(writes, load={("ekb", "anna"): -1, ("ekb", "oleg"): 1}, expected=seen)

    assert {each.open for each in pools.load("ekb").members} == {0}


def test_a_pool_is_added_once() -> None:
    enter(ANNA)

    with pytest.raises(Cancelled), transaction() as writes:
        pools.add(writes, "ekb")

    assert pools.load("ekb").member("anna")


def test_the_pools_that_exist_are_loaded_at_once() -> None:
    found = pools.load_many(["ekb", pools.NO_BRANCH, "nowhere"])

    assert sorted(each.branch_id for each in found) == [pools.NO_BRANCH, "ekb"]
    assert pools.load_many([]) == []
