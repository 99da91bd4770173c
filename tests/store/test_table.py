"""How the table's failures reach the rest of the code."""

from collections.abc import Callable, Iterator

import pytest
from botocore.awsrequest import AWSResponse
from botocore.retries.standard import ExponentialBackoff

from chalicelib.domain.operator import Presence
from chalicelib.errors import Unavailable
from chalicelib.store import (
    commits,
    connections,
    contacts,
    conversations,
    messages,
    pools,
    sessions,
    staff,
)
from chalicelib.store.table import Cancelled, Item, transaction
from tests.support import company, emulators, line
from tests.support.company import ANNA
from tests.support.line import LINE, Call, Go, conflicted, lost, throttled
from tests.support.people import NOW, contact, first_message, panel_of


@pytest.fixture(autouse=True)
def _table(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda *_: 0)
    with emulators.empty_table("ministack"):
        company.found(ANNA)
        yield


def _in_transaction() -> None:
    with transaction() as writes:
        messages.add(writes, first_message())


def refused(call: Call, go: Go) -> AWSResponse:
    return line.refusal("AccessDeniedException", message="no")


READS: list[Callable[[], object]] = [
    lambda: conversations.get("talk"),
    lambda: conversations.since("talk", 0),
    lambda: conversations.get_many(["talk"]),
    lambda: contacts.get("vera"),
    lambda: pools.waiting("ekb", 1),
]
WRITES: list[Callable[[], object]] = [
    lambda: contacts.add(contact()),
    lambda: commits.mark_read("talk", "anna", 1),
    lambda: sessions.end("f1"),
    lambda: staff.end_sessions("anna"),
    lambda: connections.forget(panel_of(ANNA)),
    _in_transaction,
]


@pytest.mark.parametrize("failure", [throttled, lost, refused])
@pytest.mark.parametrize("act", READS + WRITES)
def test_a_database_that_does_not_answer_is_unavailable(
    act: Callable[[], object], failure: line.Plan
) -> None:
    with LINE.through(failure), pytest.raises(Unavailable):
        act()


def test_a_transaction_in_which_no_condition_broke_was_contended() -> None:
    with LINE.through(conflicted), pytest.raises(Cancelled) as cancelled:
        _in_transaction()

    assert (cancelled.value.contended, cancelled.value.items) == (True, [])


def test_a_broken_condition_is_no_contention_and_names_the_item() -> None:
    before = Item("one", "item")
    before.save()

    with pytest.raises(Cancelled) as cancelled, transaction() as writes:
        writes.update(
            before,
            actions=[Item.kind.set("other")],
            condition=Item.kind == "another",
            return_values="ALL_OLD",
        )

    assert not cancelled.value.contended
    assert [each["kind"] for each in cancelled.value.items] == [{"S": "item"}]


def test_a_write_that_meets_a_transaction_on_its_item_tries_again() -> None:
    """DynamoDB refuses an UpdateItem while a transaction is at work on the item; the SDK does not
    retry that by itself. A pool is in a transaction whenever its branch is busy.
    """
    meetings = iter([conflicted, conflicted])

    def busy(call: Call, go: Go) -> AWSResponse:
        plan = next(meetings, line.straight) if call.operation == "UpdateItem" else line.straight
        return plan(call, go)

    with LINE.through(busy):
        pools.choose_presence(ANNA, Presence.ONLINE, NOW)

    anna = pools.load("ekb").member("anna")
    assert anna is not None
    assert anna.presence is Presence.ONLINE


def test_a_change_is_made_once_although_its_answer_is_lost_and_it_is_sent_again() -> None:
    """The SDK gives a transaction one ClientRequestToken for all its tries."""
    losses = iter([lost])

    def once(call: Call, go: Go) -> AWSResponse:
        return next(losses, line.straight)(call, go)

    with LINE.through(once), transaction() as writes:
        pools.shift(writes, queued={"ekb": 1})

    assert pools.load("ekb").queued == 1
