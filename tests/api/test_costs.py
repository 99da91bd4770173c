"""The cost report: what it says follows from what was metered, and what was metered still holds."""

from dataclasses import replace
from random import Random
from statistics import mean

import pytest

from infra.cost import acts, bill, levers, meter, metered, report
from infra.cost.bill import Bill, Case
from infra.cost.metered import Metered
from infra.cost.model import Model
from infra.cost.prices import PRICES

MESSAGES = (
    "first_message",
    "first_message_by_request",
    "message_in",
    "message_in_by_request",
    "message_out",
    "mark_read",
    "visitor_mark",
    "visitor_ping",
    "fan_out",
)
"""The acts that make up most of a million messages."""


@pytest.fixture
def case() -> Case:
    return Case(metered=metered.load(), model=Model(), deployment=bill.deployment())


@pytest.fixture
def made(case: Case) -> Bill:
    return bill.bill(case)


def counts(found: Metered) -> tuple[float, ...]:
    """What is exact on every machine."""
    return (
        found.write_units,
        found.read_units,
        found.queue_requests,
        found.frames_in,
        found.frames_out,
    )


def test_the_document_is_current(case: Case) -> None:
    assert report.FILE.read_text() == report.markdown(case), "run `make cost`"


@pytest.mark.parametrize("name", MESSAGES)
def test_what_was_metered_still_holds(name: str) -> None:
    again = meter.count(name)

    assert counts(again) == counts(metered.load()[name]), "run `make cost`"


def test_every_act_was_metered() -> None:
    assert list(metered.load()) == list(acts.ACTS)


def test_each_act_runs_in_a_function_of_the_template(case: Case) -> None:
    functions = {each.function for each in case.metered.values()}

    assert len(functions) == 9
    assert functions == set(case.deployment.memory)


def test_headings_and_meters_add_up_to_the_same(made: Bill) -> None:
    headings = [*made.said.values(), *made.talk.values(), *made.standing.values()]

    assert made.month == pytest.approx(sum(made.dollars(each) for each in headings))
    assert made.month == pytest.approx(sum(month for _, month in made.lines.values()))
    assert made.million == pytest.approx(sum(million for million, _ in made.lines.values()))
    assert 0 < made.million < made.million_with_all


def test_a_message_costs_what_its_parts_cost_by_the_list(case: Case) -> None:
    """By hand: one frame and its answer, one short function, units and pushes as metered."""
    said = case.metered["message_in"]
    apart = replace(case.model, polling=0, chat_minutes=1e6)  # no two in one minute
    alone = replace(apart, conversations=1, messages_in=2, messages_out=0, marked_read=0)
    more = replace(alone, messages_in=3)

    one = bill.bill(replace(case, model=more)).said["messages: sent, stored, shown"]
    without = bill.bill(replace(case, model=alone)).said["messages: sent, stored, shown"]

    added = {name: one[name] - without[name] for name in one}
    assert (added["rest_requests"], added["invocations"]) == (0, 1)
    assert added["write_units"] == pytest.approx(said.write_units) == 6
    assert added["frames"] == 1 + said.frames_out == 4
    assert 0.005 < added["gb_seconds"] < 0.05


def test_who_polls_sends_by_requests(case: Case) -> None:
    all_poll = bill.with_model(case, polling=1, marked_read=0, messages_out=0, chat_minutes=1e6)

    usage = bill.bill(all_poll).said["messages: sent, stored, shown"]

    sent = case.model.conversations * case.model.messages_in
    assert usage["rest_requests"] == usage["edge_requests"] == sent


def test_a_mark_is_saved_by_what_says_the_same(case: Case) -> None:
    """Who sees everything and never answers marks each reply; who answers at once, few of them."""
    silent = replace(case.model, looking=1, messages_in=0, chat_minutes=1e6)
    lively = replace(silent, messages_in=50, messages_out=50, chat_minutes=2)

    assert silent.visitor_marks == pytest.approx(silent.messages_out, rel=1e-3)
    assert lively.visitor_marks < 0.1 * lively.messages_out
    assert 0.5 < case.model.visitor_marks / case.model.messages_out < 1
    assert case.model.operator_marks < case.model.messages_in * case.model.marked_read


def test_frames_put_a_visitors_ping_off(case: Case) -> None:
    """Talking at random moments, silence of 90 s is rare; alone it is the interval."""
    talks = case.model
    silent = replace(talks, messages_in=0, messages_out=1, chat_minutes=1e6)

    assert 0.2 < talks.visitor_pings < 1
    assert silent.visitor_pings == pytest.approx(silent.chat_minutes * 60 / 90, rel=1e-3)


def test_messages_of_one_minute_leave_the_views_entry_in_its_place(case: Case) -> None:
    talks = case.model
    counted = mean(_in_a_minute_before(Random(seed), talks) for seed in range(2000))  # noqa: S311

    assert talks.same_minute == pytest.approx(counted, abs=0.01)


def _in_a_minute_before(chance: Random, talks: Model) -> float:
    """Share of a conversation's messages whose minute had one before."""
    moments = [chance.uniform(0, talks.chat_minutes) for _ in range(talks.messages)]
    return 1 - len(set(map(int, moments))) / talks.messages


def test_every_price_is_used(case: Case, made: Bill) -> None:
    used = {*made.lines, *made.fixed, *case.deployment.waf, "waf_requests"}
    unused = set(PRICES) - used

    # Attachments do not exist yet; what the browser downloads is served from the edge.
    assert unused == {"bucket_reads", "bucket_writes"}


def test_a_lever_saves_what_it_says(case: Case) -> None:
    now = bill.bill(case)
    for lever, million, month in levers.ranked(case):
        then = bill.bill(lever.change(case))
        assert now.million - then.million == pytest.approx(million)
        assert now.month - then.month == pytest.approx(month)
        assert month > 0


def test_twice_the_conversations_cost_twice_but_for_what_stands(case: Case, made: Bill) -> None:
    twice = bill.bill(bill.with_model(case, conversations=20_000))

    standing = made.dollars(*made.standing.values())
    assert twice.million == pytest.approx(made.million)
    assert twice.month - standing == pytest.approx(2 * (made.month - standing))
