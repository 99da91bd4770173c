"""Who of a branch gets a conversation."""

from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.assignment import (
    Candidate,
    Cause,
    Member,
    Pool,
    assign,
    claim,
    connected,
    eligible,
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


def first(members: Sequence[Member]) -> Member:
    return members[0]


def test_the_least_loaded_operator_gets_it() -> None:
    candidates = [member("anna", 3), member("oleg", 1), member("maria", 2)]

    found = assign(candidates, preferred=None, now=NOW, choice=first)

    assert found is not None
    assert (found.operator_id, found.assigned_at, found.cause) == ("oleg", NOW, Cause.ROUTED)


def test_the_explanation_names_all_who_could_have_had_it_with_their_loads() -> None:
    candidates = [member("anna", 3), member("oleg", 1)]

    found = assign(candidates, preferred=None, now=NOW, choice=first)

    assert found is not None
    assert found.eligible == (
        Candidate(id="anna", name="Anna", open=3),
        Candidate(id="oleg", name="Oleg", open=1),
    )


def test_nobody_gets_it_when_nobody_can() -> None:
    assert assign([], preferred="anna", now=NOW, choice=first) is None


def test_a_tie_is_broken_by_chance_among_the_least_loaded_only() -> None:
    candidates = [member("anna", 1), member("oleg", 1), member("maria", 2)]
    offered: list[list[str]] = []

    def choice(tied: Sequence[Member]) -> Member:
        offered.append([each.operator_id for each in tied])
        return tied[-1]

    found = assign(candidates, preferred=None, now=NOW, choice=choice)

    assert offered == [["anna", "oleg"]]
    assert found is not None
    assert found.operator_id == "oleg"


def test_ties_are_broken_evenly() -> None:
    candidates = [member(each) for each in ("anna", "oleg", "maria", "pavel")]
    rng, draws = Random(20260302), 4000  # noqa: S311  # repeatable, not secret

    found = [assign(candidates, preferred=None, now=NOW, choice=rng.choice) for _ in range(draws)]

    times = Counter(each.operator_id for each in found if each)
    expected = draws / len(candidates)
    chi_squared = sum((times[m.operator_id] - expected) ** 2 / expected for m in candidates)
    assert chi_squared < 16.27, times  # p = 0.001 at 3 degrees of freedom


def test_who_had_it_before_gets_it_again_even_with_more_to_do() -> None:
    candidates = [member("anna", 4), member("oleg", 0)]

    found = assign(candidates, preferred="anna", now=NOW, choice=first)

    assert found is not None
    assert found.operator_id == "anna"


def test_who_had_it_before_is_passed_over_when_not_eligible() -> None:
    found = assign([member("oleg", 3)], preferred="anna", now=NOW, choice=first)

    assert found is not None
    assert found.operator_id == "oleg"


@pytest.mark.parametrize(
    "reason",
    [
        {"presence": Presence.AWAY},
        {"presence": Presence.BUSY},
        {"open": 5},
        {"open": 6},
        {"routable": False},
    ],
    ids=["away", "busy", "at capacity", "over capacity", "supervisor"],
)
def test_is_not_eligible(reason: dict[str, object]) -> None:
    ready, unfit = member("oleg"), member("anna", **reason)  # type: ignore[arg-type]

    found = eligible(pool(unfit, ready), live={"anna", "oleg"})

    assert found == [ready]


def test_one_below_capacity_is_eligible() -> None:
    almost = member("anna", 4)

    assert eligible(pool(almost), live={"anna"}) == [almost]


def test_who_has_no_live_panel_is_not_eligible() -> None:
    assert eligible(pool(member("anna")), live=set()) == []


def test_a_panel_is_live_for_75_seconds_after_it_was_heard_of() -> None:
    anna, oleg = operator("anna"), operator("oleg")
    panels = [panel_of(anna, at=NOW), panel_of(oleg, at=later(seconds=1))]

    assert connected(panels, later(seconds=75)) == {"anna", "oleg"}
    assert connected(panels, later(seconds=75, microseconds=1)) == {"oleg"}


def test_one_live_tab_of_several_is_enough() -> None:
    anna = operator("anna")
    tabs = [panel_of(anna, "old", at=NOW), panel_of(anna, "new", at=later(minutes=5))]

    assert connected(tabs, later(minutes=5)) == {"anna"}


def test_whoever_claims_gets_it_whatever_their_load_and_presence() -> None:
    elena = operator("elena", capacity=0)

    found = claim(elena, NOW)

    assert (found.operator_id, found.cause, found.eligible) == ("elena", Cause.CLAIMED, ())


loads = st.lists(st.integers(0, 6), min_size=1, max_size=8)


@given(loads, st.randoms(use_true_random=False))
def test_arrivals_alone_never_let_loads_drift_apart_by_more_than_one(
    start: list[int], rng: Random
) -> None:
    level = [min(start)] * len(start)
    carried = {str(number): load for number, load in enumerate(level)}

    for _ in range(3 * len(level)):
        candidates = [member(id, open, capacity=99) for id, open in carried.items()]
        found = assign(candidates, preferred=None, now=NOW, choice=rng.choice)
        assert found is not None
        carried[found.operator_id] += 1
        assert max(carried.values()) - min(carried.values()) <= 1


@given(loads, st.randoms(use_true_random=False))
def test_the_chosen_one_never_has_more_than_another_eligible(loads: list[int], rng: Random) -> None:
    members = [member(str(number), open) for number, open in enumerate(loads)]
    candidates = eligible(pool(*members), {each.operator_id for each in members})

    found = assign(candidates, preferred=None, now=NOW, choice=rng.choice)

    if found is None:
        assert min(loads) >= 5
    else:
        assert loads[int(found.operator_id)] == min(loads) < 5
