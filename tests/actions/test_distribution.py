"""The branch's queue is given out: oldest first, to the least loaded, by one mechanism for all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from chalicelib.actions import conversations as work
from chalicelib.actions import distribution, messages
from chalicelib.domain.conversation import Conversation
from chalicelib.jobs import tick
from chalicelib.store import contacts, conversations, pools
from tests.support.company import ANNA, MARIA, OLEG, first, load, online
from tests.support.consistency import check
from tests.support.functions import CONTEXT, ON_SCHEDULE
from tests.support.line import LINE, throttled
from tests.support.people import NOW, asks, contact, later, visitor


def arrives(id: str, *, minutes: int = 0) -> Conversation:
    """A new visitor of Yekaterinburg says something."""
    contacts.add(contact(id))
    draft = asks(by=id, at=later(minutes=minutes))
    return messages.receive(visitor(id), draft, None, 0, first).conversation


def holders() -> dict[str, str | None]:
    """Who has each visitor's conversation."""
    return {each.contact_id: each.assignee.id if each.assignee else None for each in check()}


@pytest.mark.usefixtures("_company")
class TestDrain:
    def test_the_longest_wait_ends_first(self) -> None:
        waits = {name: arrives(name, minutes=-wait) for wait, name in enumerate("abcdefg")}
        assert len(waits) == ANNA.capacity + 2
        online(ANNA)

        distribution.drain("ekb", NOW, first)

        assert {name for name, who in holders().items() if who is None} == {"a", "b"}

    def test_loads_stay_even(self) -> None:
        online(ANNA, OLEG)

        for number in range(6):
            arrives(str(number))

        assert (load(ANNA), load(OLEG)) == (3, 3)

    def test_nobody_is_given_more_than_their_capacity(self) -> None:
        online(ANNA)

        for number in range(ANNA.capacity + 2):
            arrives(str(number))

        assert (load(ANNA), pools.load("ekb").queued) == (ANNA.capacity, 2)
        check()

    def test_another_branch_is_given_nothing(self) -> None:
        online(MARIA)

        arrives("vera")

        assert (holders(), load(MARIA)) == ({"vera": None}, 0)

    def test_who_had_it_is_given_it_back(self) -> None:
        online(ANNA, OLEG)
        talk = arrives("vera")
        assert talk.assignee is not None
        holder = next(each for each in (ANNA, OLEG) if each.id == talk.assignee.id)
        for number in range(4):
            arrives(str(number))
        work.resolve(holder, talk.id, NOW, first)
        arrives("one more")

        said = messages.receive(visitor(), asks(at=later(seconds=9)), talk.id, 1, first)

        assert said.conversation.assignee is not None
        assert said.conversation.assignee.id == holder.id

    def test_a_database_that_fails_in_between_puts_it_off_and_the_message_is_kept(self) -> None:
        online(ANNA)
        contacts.add(contact())

        with LINE.through(
            lambda call, go: (
                throttled(call, go)
                if call.operation == "Query" and "Q#ekb" in str(call.request)
                else go()
            )
        ):
            said = messages.receive(visitor(), asks(), None, 0, first)

        assert said.conversation.queued
        assert pools.load("ekb").queued == 1


@pytest.mark.usefixtures("_company")
class TestTick:
    def test_it_gives_out_what_was_left_in_every_branch(self) -> None:
        arrives("vera")
        online(ANNA, at=datetime.now(UTC))

        tick(ON_SCHEDULE, CONTEXT)

        assert holders() == {"vera": "anna"}

    def test_without_a_queue_it_only_reads_the_pools(self) -> None:
        with LINE.watched() as calls:
            distribution.drain_everything(NOW, first)

        assert {each.operation for each in calls} <= {"Query", "BatchGetItem"}
        assert len(calls) <= 2


@pytest.mark.usefixtures("exact_company")
def test_visitors_who_arrive_at_once_are_spread_evenly() -> None:
    """I3. Guard: the pool's version in the transaction that assigns."""
    online(ANNA, OLEG)
    names = [f"visitor-{number}" for number in range(6)]

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(arrives, names))
    distribution.drain("ekb", NOW, first)

    assert (load(ANNA), load(OLEG)) == (3, 3)
    assert None not in holders().values()


@pytest.mark.usefixtures("exact_company")
def test_closing_and_arriving_at_once_loses_nobody() -> None:
    """I4. Guard: `queued` and the loads change in the transactions that change the conversation."""
    online(ANNA)
    held = [arrives(f"held-{number}", minutes=-9) for number in range(ANNA.capacity)]
    waiting = [arrives(f"waiting-{number}", minutes=-5) for number in range(3)]

    with ThreadPoolExecutor(6) as threads:
        threads.map(lambda talk: work.resolve(ANNA, talk.id, NOW, first), held[:3])
        threads.map(arrives, [f"new-{number}" for number in range(3)])
    distribution.drain("ekb", NOW, first)

    assert (load(ANNA), pools.load("ekb").queued) == (ANNA.capacity, 3)
    for talk in waiting:
        found = conversations.get(talk.id)
        assert found is not None
        assert not found.queued
    check()
