"""What does not grow with the company's open conversations: requests and units, counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from chalicelib.actions import distribution, messages, timers, transfer
from chalicelib.actions.escalation import escalate
from chalicelib.actions.transfer import Handing
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.operator import Operator
from chalicelib.store import contacts
from tests.api.test_budgets import Cost, counted, measured
from tests.support import company, crowd, emulators
from tests.support.company import ANNA, ELENA, MARIA, OLEG, first
from tests.support.door import bearer, get
from tests.support.line import LINE
from tests.support.people import NOW, asks, contact, later, visitor

FEW, MANY = 10, 1000

Act = Callable[[], object]


def company_with(open: int) -> None:
    with emulators.empty_table("ministack"):
        company.found()
    crowd.held(open)


def arrives() -> Conversation:
    contacts.add(contact())
    return messages.receive(visitor(), asks(), None, 0, first).conversation


def assigning() -> Act:
    """What waits is given out."""
    arrives()
    company.online(ANNA, OLEG)
    return lambda: distribution.drain("ekb", NOW, first)


def escalating() -> Act:
    """A colleague gets what Anna did not open."""
    due = later(seconds=240)
    company.online(ANNA, OLEG, at=due)
    talk = arrives()
    return lambda: escalate(talk.id, due, due, first)


def transferring(to: Operator | str) -> Callable[[], Act]:
    def stage() -> Act:
        company.online(ANNA, MARIA)
        talk = arrives()
        handing = Handing(by=ANNA, note=None, anyway=True)
        if isinstance(to, str):
            return lambda: transfer.to_branch(handing, talk.id, to, NOW, first)
        return lambda: transfer.to_operator(handing, talk.id, to.id, NOW, first)

    return stage


@dataclass(frozen=True, slots=True)
class Asked:
    """What an act asked of DynamoDB, and the write units that it came to."""

    operations: dict[str, int]
    round_trips: int
    read_units: float
    write_units: int


def asked(stage: Callable[[], Act], open: int) -> Asked:
    company_with(open)
    act = stage()
    with measured() as written, counted() as cost:
        act()
    return Asked(dict(cost.operations), cost.round_trips, read_units(cost), written[0])


def read_units(cost: Cost) -> float:
    """Of a batch there is a list, a table each."""
    consumed = [each.answer.get("ConsumedCapacity", []) for each in cost.calls]
    tables = [each for some in consumed for each in (some if isinstance(some, list) else [some])]
    return sum(float(each["CapacityUnits"]) for each in tables)


@pytest.mark.parametrize(
    "stage",
    [assigning, escalating, transferring("msk"), transferring(OLEG)],
    ids=["assigning", "escalating", "to a branch", "to a colleague"],
)
def test_changes_of_hands_cost_the_same_among_few_and_many_conversations(
    stage: Callable[[], Act],
) -> None:
    few, many = asked(stage, FEW), asked(stage, MANY)

    assert few == many
    assert few.operations["TransactWriteItems"] >= 1
    assert few.write_units > 4


def look(now_due: int, open: int) -> Cost:
    """What the tick's look at the timers costs, when all conversations have one."""
    with emulators.empty_table("ministack"):
        company.found()
    crowd.held(open, crowd.timed(timedelta(hours=1), now_due))
    with counted() as cost:
        timers.queue_due(NOW - timedelta(seconds=30), first)
    return cost


def test_the_tick_reads_only_what_is_due() -> None:
    idle, busy = look(0, MANY), look(20, MANY)

    assert idle.operations == {"Query": 16}
    assert idle.round_trips == 1
    assert sum(each.answer["Count"] for each in idle.calls) == 0
    assert sum(each.answer["Count"] for each in busy.calls if "Count" in each.answer) == 20
    assert busy.operations == {"Query": 16, "SendMessageBatch": 2}


def test_without_a_queue_the_tick_reads_the_pools_at_once() -> None:
    company_with(MANY)

    with counted() as cost:
        distribution.drain_everything(NOW, first)

    assert cost.operations == {"BatchGetItem": 1}


@pytest.mark.parametrize(("who", "tab", "branches"), [(ELENA, "all", 2), (ANNA, "queue", 1)])
def test_a_list_is_paged_by_one_query_for_each_branch(
    who: Operator, tab: str, branches: int
) -> None:
    fill = crowd.held if tab == "all" else crowd.waiting
    path, pages = f"/panel/conversations?tab={tab}", []
    for open in (FEW, MANY):
        with emulators.empty_table("ministack"):
            company.found()
        fill(open)
        with counted() as cost:
            answer = get(path, bearer(who))
        pages.append((len(answer.body["items"]), cost.operations["Query"], cost.round_trips))
    with counted() as cost:
        following = get(f"{path}&next={answer.body['next']}", bearer(who))

    assert pages[0][0] == FEW
    assert 45 <= pages[1][0] <= 50
    assert pages[0][1:] == pages[1][1:]
    assert pages[0][1] == cost.operations["Query"] == branches
    seen = {each["id"] for each in answer.body["items"]}
    assert 45 <= len(following.body["items"]) <= 50
    assert not seen & {each["id"] for each in following.body["items"]}
    assert LINE.frames == []
