"""Who of a branch gets a conversation."""

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.assignment import (
    Cause,
    Considered,
    Member,
    Miss,
    Pool,
    Standing,
    assign,
    by_person,
    connected,
    judge,
    still_missing,
)
from chalicelib.domain.operator import Presence
from tests.support.people import NOW, later, operator, panel_of


def member(id: str, open: int = 0, **changes: object) -> Member:
    facts = {
        "operator_id": id,
        "name": id.title(),
        "presence": Presence.ONLINE,
        "open": open,
        "capacity": 5,
        "routable": True,
    }
    return Member(**facts | changes)  # type: ignore[arg-type]


def pool(*members: Member) -> Pool:
    return Pool(branch_id="ekb", version=7, queued=1, members=members)


def candidate(id: str, open: int = 0, standing: Standing = Standing.ELIGIBLE) -> Considered:
    return Considered(id=id, name=id.title(), open=open, standing=standing)


def first(candidates: Sequence[Considered]) -> Considered:
    return candidates[0]


def standing(unfit: Member, **judging: object) -> Standing:
    """How one member stands while both have live panels."""
    live = {"anna": NOW, "oleg": NOW}
    found = judge(pool(unfit, member("oleg")), live, **judging)  # type: ignore[arg-type]
    return found[0].standing


def test_the_least_loaded_operator_gets_it() -> None:
    candidates = [candidate("anna", 3), candidate("oleg", 1), candidate("maria", 2)]

    found = assign(candidates, preferred=None, now=NOW, choice=first)

    assert found is not None
    assert (found.operator_id, found.assigned_at, found.cause) == ("oleg", NOW, Cause.ROUTED)


def test_the_explanation_names_everybody_and_why_not_they() -> None:
    candidates = [candidate("anna", 3), candidate("oleg", 0, Standing.AWAY)]

    found = assign(candidates, preferred=None, now=NOW, choice=first)

    assert found is not None
    assert (found.operator_id, found.considered) == ("anna", tuple(candidates))


def test_nobody_gets_it_when_nobody_can() -> None:
    away = [candidate("anna", standing=Standing.AWAY)]

    assert assign([], preferred="anna", now=NOW, choice=first) is None
    assert assign(away, preferred="anna", now=NOW, choice=first) is None


def test_a_tie_is_broken_by_chance_among_the_least_loaded_only() -> None:
    candidates = [candidate("anna", 1), candidate("oleg", 1), candidate("maria", 2)]
    offered: list[list[str]] = []

    def choice(tied: Sequence[Considered]) -> Considered:
        offered.append([each.id for each in tied])
        return tied[-1]

    found = assign(candidates, preferred=None, now=NOW, choice=choice)

    assert offered == [["anna", "oleg"]]
    assert found is not None
    assert found.operator_id == "oleg"


def test_ties_are_broken_evenly() -> None:
    candidates = [candidate(each) for each in ("anna", "oleg", "maria", "pavel")]
    rng, draws = Random(20260302), 4000  # noqa: S311  # repeatable, not secret

    found = [assign(candidates, preferred=None, now=NOW, choice=rng.choice) for _ in range(draws)]

    times = Counter(each.operator_id for each in found if each)
    expected = draws / len(candidates)
    chi_squared = sum((times[m.id] - expected) ** 2 / expected for m in candidates)
    assert chi_squared < 16.27, times  # p = 0.001 at 3 degrees of freedom


def test_who_had_it_before_gets_it_again_even_with_more_to_do() -> None:
    candidates = [candidate("anna", 4), candidate("oleg", 0)]

    found = assign(candidates, preferred="anna", now=NOW, choice=first)

    assert found is not None
    assert found.operator_id == "anna"


@pytest.mark.parametrize("before", ["anna", "maria"])
def test_who_had_it_before_is_passed_over_when_not_eligible(before: str) -> None:
    candidates = [candidate("oleg", 3), candidate("maria", 0, Standing.FULL)]

    found = assign(candidates, preferred=before, now=NOW, choice=first)

    assert found is not None
    assert found.operator_id == "oleg"


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        ({"presence": Presence.AWAY}, Standing.AWAY),
        ({"presence": Presence.BUSY}, Standing.BUSY),
        ({"open": 5}, Standing.FULL),
        ({"open": 6}, Standing.FULL),
        ({"open": 4}, Standing.ELIGIBLE),
    ],
)
def test_how_an_operator_stands(reason: dict[str, object], expected: Standing) -> None:
    assert standing(member("anna", **reason)) is expected  # type: ignore[arg-type]


def test_supervisors_are_not_even_considered() -> None:
    found = judge(pool(member("elena", routable=False), member("anna")), {"elena": NOW})

    assert [(each.id, each.standing) for each in found] == [("anna", Standing.DISCONNECTED)]


def test_only_members_of_the_inbox_are_eligible_if_it_names_any() -> None:
    assert standing(member("anna"), members={"oleg"}) is Standing.NOT_MEMBER
    assert standing(member("anna"), members={"anna"}) is Standing.ELIGIBLE
    assert standing(member("anna"), members=frozenset()) is Standing.ELIGIBLE


def test_who_missed_it_is_not_eligible() -> None:
    assert standing(member("anna"), excluded={"anna"}) is Standing.MISSED


def test_a_miss_counts_until_its_operator_comes_online_or_connects_again() -> None:
    missed = [Miss(operator_id="anna", at=NOW)]
    for online_since, connected_at, missing in (
        (None, None, True),
        (later(seconds=-1), later(seconds=-1), True),
        (NOW, NOW, True),
        (later(seconds=1), None, False),
        (None, later(seconds=1), False),
    ):
        live = {"anna": connected_at} if connected_at else {}
        found = still_missing(missed, pool(member("anna", online_since=online_since)), live)
        assert found == ({"anna"} if missing else set())


def test_a_panel_is_live_for_75_seconds_after_it_was_heard_of() -> None:
    anna, oleg = operator("anna"), operator("oleg")
    panels = [panel_of(anna, at=NOW), panel_of(oleg, at=later(seconds=1))]

    assert set(connected(panels, later(seconds=75))) == {"anna", "oleg"}
    assert set(connected(panels, later(seconds=75, microseconds=1))) == {"oleg"}


def test_one_live_tab_of_several_is_enough_and_the_newest_tells_since_when() -> None:
    anna = operator("anna")
    tabs = [panel_of(anna, "old", at=NOW), panel_of(anna, "new", at=later(minutes=5))]

    assert connected(tabs, later(minutes=5)) == {"anna": later(minutes=5)}
    assert connected(tabs[::-1], NOW) == {"anna": later(minutes=5)}


def test_whom_a_person_chose_gets_it_whatever_their_load_and_presence() -> None:
    elena = operator("elena", capacity=0)

    found = by_person(elena, Cause.CLAIMED, NOW)

    assert (found.operator_id, found.cause, found.considered) == ("elena", Cause.CLAIMED, ())


loads = st.lists(st.integers(0, 6), min_size=1, max_size=8)


@given(loads, st.randoms(use_true_random=False))
def test_arrivals_alone_never_let_loads_drift_apart_by_more_than_one(
    start: list[int], rng: Random
) -> None:
    level = [min(start)] * len(start)
    carried = {str(number): load for number, load in enumerate(level)}

    for _ in range(3 * len(level)):
        candidates = [candidate(id, open) for id, open in carried.items()]
        found = assign(candidates, preferred=None, now=NOW, choice=rng.choice)
        assert found is not None
        carried[found.operator_id] += 1
        assert max(carried.values()) - min(carried.values()) <= 1


@given(loads, st.randoms(use_true_random=False))
def test_the_chosen_one_never_has_more_than_another_eligible(loads: list[int], rng: Random) -> None:
    members = [member(str(number), open) for number, open in enumerate(loads)]
    considered = judge(pool(*members), {each.operator_id: NOW for each in members})

    found = assign(considered, preferred=None, now=NOW, choice=rng.choice)

    if found is None:
        assert min(loads) >= 5
    else:
        assert loads[int(found.operator_id)] == min(loads) < 5
