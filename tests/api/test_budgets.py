"""What requests cost a warm process: DynamoDB's round trips and units, counted and not timed.

Calls that run at the same time are one round trip. Posting frames to sockets is not DynamoDB's.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import sleep

import pytest
from botocore.awsrequest import AWSResponse
from msgspec.structs import replace

from chalicelib.domain.pacing import WINDOW
from chalicelib.store import connections, settled
from tests.support import company, emulators, line, units
from tests.support.company import ANNA, ELENA
from tests.support.door import at, bearer, get, post
from tests.support.line import LINE, Call, Go, Plan, round_trips
from tests.support.people import panel_of
from tests.support.scene import Guest, act, begun, held_by, online, reply
from tests.support.sockets import socket_of

DELAY = 0.08
"""Seconds that every call waits, far more than threads need to start."""


class Cost:
    """What was asked of DynamoDB."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    @property
    def round_trips(self) -> int:
        return round_trips(self.calls)

    @property
    def commit(self) -> int:
        """Round trips until the last write was acknowledged."""
        last = max(i for i, each in enumerate(self.calls) if each.operation in WRITES)
        return round_trips(self.calls[: last + 1])

    @property
    def operations(self) -> Counter[str]:
        return Counter(each.operation for each in self.calls)

    @property
    def read_units(self) -> float:
        consumed = [each.answer["ConsumedCapacity"] for each in self.calls]
        return sum(float(each["CapacityUnits"]) for each in consumed)


WRITES = {"TransactWriteItems", "UpdateItem", "PutItem", "DeleteItem", "BatchWriteItem"}


@contextmanager
def counted() -> Iterator[Cost]:
    cost = Cost()
    settled.organisation(), settled.inboxes()
    for person in company.EVERYBODY:
        settled.operator(person.id)
    with LINE.watched(delay=DELAY) as calls:
        yield cost
    cost.calls = [each for each in calls if not each.operation.endswith("socket")]


def slow(operation: str) -> Plan:
    """One kind of call reaches DynamoDB later than others that left with it."""

    def plan(call: Call, go: Go) -> AWSResponse:
        if call.operation == operation:
            sleep(DELAY / 2)
        return go()

    return plan


def blind(call: Call, go: Go) -> AWSResponse:
    """A glance that is as old as it may be: of before the messages that came last."""
    if call.operation == "Query" and not call.request.get("ConsistentRead"):
        return line.answer(200, {"Items": [], "Count": 0, "ScannedCount": 0})
    return go()


@contextmanager
def measured() -> Iterator[list[int]]:
    """The write units of what happens inside, indexes included."""
    before = units.snapshot()
    found: list[int] = []
    yield found
    found.append(units.written(before, units.snapshot()))


@pytest.fixture
def guest() -> Guest:
    """A visitor in a conversation of Anna's, whose panel is open."""
    guest = held_by(ANNA)
    socket_of(ANNA)
    return guest


class TestSend:
    @pytest.mark.parametrize("slower", ["TransactWriteItems", "Query"])
    def test_a_message_commits_in_one_round_trip_and_finds_the_sockets_in_one_more(
        self, guest: Guest, slower: str
    ) -> None:
        """Whether the glance at the head comes before the commit or after it."""
        with counted() as cost, LINE.through(slow(slower)):
            guest.say("Ау")

        assert (cost.commit, cost.round_trips) == (1, 2)
        assert cost.operations == {"TransactWriteItems": 1, "Query": 2}
        assert LINE.frames[-1][1]["type"] == "message"

    def test_a_stale_hint_costs_one_more(self, guest: Guest) -> None:
        guest.say("Ау")

        """The glance brings what the writer has not seen: no third to look for a repeat."""
        with counted() as cost, LINE.through(slow("TransactWriteItems")):
            guest.say("Эй", after=0)

        assert (cost.commit, cost.round_trips) == (2, 3)
        assert cost.operations == {"TransactWriteItems": 2, "Query": 3}

    def test_one_more_looks_for_a_repeat_among_what_the_glance_did_not_see(
        self, guest: Guest
    ) -> None:
        with counted() as cost, LINE.through(blind):
            guest.say("Эй", after=0)

        assert (cost.commit, cost.round_trips) == (3, 5)

    def test_a_repeat_costs_one_and_looks_for_no_sockets(self, guest: Guest) -> None:
        guest.say("Ау", client_id="client-1")

        with counted() as cost:
            guest.say("Ау", client_id="client-1", after=1)

        assert cost.round_trips == 1
        assert cost.operations == {"TransactWriteItems": 1, "Query": 1}

    @pytest.mark.parametrize("slower", ["TransactWriteItems", "Query"])
    def test_a_reply_costs_the_same(self, guest: Guest, slower: str) -> None:
        with counted() as cost, LINE.through(slow(slower)):
            reply(ANNA, guest)

        assert (cost.commit, cost.round_trips) == (1, 2)
        assert cost.operations == {"TransactWriteItems": 1, "Query": 3}

    def test_a_claiming_reply_reads_the_stored_head_once_more(self) -> None:
        guest = begun()

        with counted() as cost:
            reply(ANNA, guest)

        assert (cost.commit, cost.round_trips) == (2, 5)

    def test_a_first_message_is_committed_before_it_is_given_out(self) -> None:
        """Contact, and the address is counted; commit; then the queue, the pool beside sockets and
        head, the assignment, the head, its listeners, the empty queue, the head, its listeners.
        """
        online(ANNA)
        guest = Guest.arrive()

        with counted() as cost:
            answer = guest.say()

        assert answer.body["conversation"]["operator"]["id"] == "anna"
        assert round_trips(cost.calls[:3]) == 2
        assert cost.calls[2].operation == "TransactWriteItems"
        assert cost.round_trips <= 10

    @pytest.mark.parametrize("body", ["Да", "ж" * 400], ids=["a word", "almost 1 kB"])
    def test_it_costs_at_most_6_write_units(self, guest: Guest, body: str) -> None:
        """One less in the minute of the message before."""
        with measured() as clock_stops:
            reply(ANNA, guest, body)
        with measured() as visitor:
            guest.say(body)
        with measured() as operator:
            reply(ANNA, guest, body)

        assert clock_stops in ([6], [7])
        assert visitor in ([5], [6])
        assert operator in ([5], [6])

    def test_a_used_up_quota_costs_one_more(self, guest: Guest) -> None:
        """Once in twenty messages that nobody answers."""
        while guest.say().status == 201:
            pass

        with counted() as refused:
            assert guest.say("Ау").status == 429
        with at(datetime.now(UTC) + WINDOW), counted() as cost:
            assert guest.say("Ау").status == 201

        assert refused.operations["TransactWriteItems"] == 1
        assert (cost.commit, cost.round_trips) == (2, 3)

    def test_the_number_of_listeners_changes_no_dynamodb_call(self, guest: Guest) -> None:
        for number in range(20):
            connections.open_with(panel_of(ELENA, f"elena-{number}"), f"ticket-{number}")

        with counted() as cost:
            guest.say("Ау")

        assert cost.operations == {"TransactWriteItems": 1, "Query": 2}


class TestArriving:
    def test_it_is_counted_in_one_write(self) -> None:
        with counted() as new:
            guest = Guest.arrive()
        again = {"inbox": "demo", "refresh_token": guest.refresh_token}
        with counted() as known:
            assert post("/widget/bootstrap", again).status == 200

        assert new.operations == {"UpdateItem": 1, "PutItem": 2}
        assert known.operations == {"GetItem": 2, "UpdateItem": 2}


class TestPoll:
    @pytest.mark.parametrize("backend", emulators.EXACT)
    def test_without_news_it_is_half_a_read_unit(self, backend: str) -> None:
        with emulators.empty_table(backend):
            company.found(ANNA)
            guest = begun()

            with counted() as known:
                guest.poll(1, conversation_id=guest.conversation_id)
            with counted() as unknown:
                guest.poll(1)

        assert (known.operations, known.read_units) == ({"Query": 1}, 0.5)
        assert (unknown.round_trips, unknown.read_units) == (2, 1.0)


class TestPanel:
    def test_opening_reads_everything_in_one_round_trip(self, guest: Guest) -> None:
        act(ANNA, guest, "open")

        with counted() as cost:
            act(ANNA, guest, "open")

        assert (cost.round_trips, cost.operations) == (1, {"GetItem": 2, "Query": 2})

    def test_a_supervisors_look_is_recorded_in_a_second(self, guest: Guest) -> None:
        with counted() as cost:
            act(ELENA, guest, "open")

        assert cost.round_trips == 2
        assert cost.operations == {"GetItem": 2, "Query": 2, "PutItem": 1}

    def test_the_assignees_first_look_is_marked_in_a_second_and_tells_the_others_in_a_third(
        self,
    ) -> None:
        online(ANNA)
        guest = begun()

        with counted() as cost:
            act(ANNA, guest, "open")

        assert (cost.commit, cost.round_trips) == (2, 3)
        assert cost.operations["UpdateItem"] == 1

    def test_lists_do_not_cost_more_with_more_conversations(self) -> None:
        costs = []
        for _ in range(3):
            held_by(ANNA)
            begun()
            for tab in ("mine", "queue", "closed"):
                with counted() as cost:
                    get(f"/panel/conversations?tab={tab}", bearer(ANNA))
                costs.append((tab, cost.round_trips, sum(cost.operations.values())))

        assert len(set(costs)) == 3
        assert max(trips for _, trips, _ in costs) <= 3

    def test_a_supervisors_list_asks_the_branches_at_the_same_time(self) -> None:
        begun()

        with counted() as cost:
            get("/panel/conversations?tab=all", bearer(ELENA))

        assert cost.round_trips == 2
        assert cost.operations == {"BatchGetItem": 1, "Query": 2}

    def test_a_ping_is_at_most_three_round_trips(self, guest: Guest) -> None:
        panel = socket_of(ANNA)

        with counted() as cost:
            panel.ping({str(guest.conversation_id): 1})

        assert cost.round_trips <= 3
        assert cost.operations["UpdateItem"] == 1

    def test_a_warm_process_authorises_without_a_read(self, guest: Guest) -> None:
        with counted() as cost:
            post("/panel/socket_ticket", None, bearer(ANNA))

        assert cost.calls == []


def test_a_head_with_everything_in_it_is_at_most_1_kilobyte() -> None:
    anna = replace(ANNA, name="Александра Константиновна Преображенская-Воскресенская")
    company.found(replace(anna, id="o" * 32, email="long@x.example"))
    guest = held_by(replace(anna, id="o" * 32))
    guest.say("Щ" * 4000)

    (head,) = (each for (_, sk), each in units.snapshot().items() if sk == "~HEAD")

    assert head["assignee_name"]["S"].startswith("Александра")
    assert 600 < units.size(head) <= 1024


def test_no_request_scans() -> None:
    guest = held_by(ANNA)

    with counted() as cost:
        for tab in ("mine", "queue", "all", "closed"):
            get(f"/panel/conversations?tab={tab}", bearer(ELENA))
        get("/panel/directory", bearer(ELENA))
        act(ANNA, guest, "resolve")

    assert cost.operations["Query"] > 5
    assert cost.operations["Scan"] == 0
