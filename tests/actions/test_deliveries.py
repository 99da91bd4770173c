"""One attempt a job, until the receiver has it or the dead-letter queue does."""

from datetime import datetime, timedelta

import pytest
from msgspec import json
from msgspec.structs import replace

from chalicelib.actions import deliveries
from chalicelib.domain.event import EventType
from chalicelib.domain.webhook import PAUSES, Delivery, Outcome
from chalicelib.errors import Unavailable
from chalicelib.jobs import deliver, tick
from chalicelib.store import deliveries as stored
from chalicelib.store import settled, timers, webhooks
from chalicelib.wire_webhooks import Job
from tests.support.environment import DEAD_DELIVERIES, DELIVERIES
from tests.support.functions import CONTEXT, ON_SCHEDULE
from tests.support.line import LINE, Call, Go, answer, lost, throttled
from tests.support.people import NOW, later
from tests.support.receivers import AWAY, BROKEN, Receivers, hook, stand

pytestmark = pytest.mark.usefixtures("_company")

EVENT = (
    '{"type":"message.in","id":"talk-1","timestamp":"2100-03-01T09:00:00Z","seq":1,"data":'
    '{"conversation":{"id":"talk","inbox_id":"demo","channel":"widget","status":"open",'
    '"branch_id":"ekb","region":null,"contact":{"id":"vera","name":null},"assignee":null,'
    '"created_at":"2100-03-01T09:00:00Z"},"message":{"id":"talk.1","conversation_id":"talk",'
    '"seq":1,"direction":"in","author":{"kind":"visitor","id":"vera","name":""},"body":"Да",'
    '"client_id":"client-1","created_at":"2100-03-01T09:00:00Z"}}}'
)
FIRST = Job(
    webhook_id="hook",
    inbox_id="demo",
    event_id="talk-1",
    type="message.in",
    conversation_id="talk",
    seq=1,
    created_at=NOW,
    attempt=1,
    body=EVENT,
)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def receivers(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Receivers:
    return stand(monkeypatch, clock)


def on_record() -> Delivery:
    found = stored.get("hook", NOW, "talk-1")
    assert found is not None
    return found


def queued() -> list[Job]:
    """What waits in the queue of deliveries, which is then empty."""
    found = [json.decode(each.body, type=Job) for each in LINE.sent if each.queue == DELIVERIES]
    LINE.sent = [each for each in LINE.sent if each.queue != DELIVERIES]
    return found


def dead() -> list[Job]:
    return [json.decode(each.body, type=Job) for each in LINE.sent if each.queue == DEAD_DELIVERIES]


def due(until: datetime) -> int:
    return len(timers.due(stored.TIMER, until, 10))


class TestAttempts:
    def test_what_is_taken_is_recorded_without_its_body(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        hook()

        deliveries.deliver(FIRST, clock)

        assert receivers.taken == {"hook": ["talk-1"]}
        known = on_record()
        assert (known.outcome, known.body, len(known.attempts)) == (Outcome.DELIVERED, "", 1)
        assert LINE.sent == []
        assert due(later(days=9)) == 0

    def test_a_job_that_comes_twice_is_posted_once(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        """Guards: the look at what is on record before a post."""
        hook()

        deliveries.deliver(FIRST, clock)
        deliveries.deliver(FIRST, clock)

        assert receivers.taken == {"hook": ["talk-1"]}

    def test_a_failed_one_is_queued_for_five_seconds_later(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        hook()
        receivers.moods["hook"] = lambda: BROKEN

        deliveries.deliver(FIRST, clock)

        assert [(each.queue, each.delay) for each in LINE.sent] == [(DELIVERIES, 5)]
        (again,) = queued()
        assert (again.attempt, again.body) == (2, "")
        assert on_record().next_attempt_at == later(seconds=5)

    def test_a_repeated_failure_makes_one_chain_of_attempts(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        """Guards: the condition on the number of attempts when one is recorded."""
        hook()
        receivers.moods["hook"] = lambda: AWAY
        deliveries.deliver(FIRST, clock)
        first = on_record()
        deliveries.deliver(FIRST, clock)

        assert on_record() == first
        assert not stored.record(replace(first, next_attempt_at=NOW), 0, NOW, NOW)
        assert len(queued()) == 1

    def test_every_attempt_posts_the_same_bytes_until_it_is_dead(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        hook()
        receivers.moods["hook"] = lambda: BROKEN
        job, waits = FIRST, []
        for _ in PAUSES:
            deliveries.deliver(job, clock)
            at = on_record().next_attempt_at
            assert at is not None
            waits.append(at - clock.now)
            clock.now = at - timedelta(seconds=70)
            deliveries.queue_due(clock.now)
            clock.now = at
            job = queued()[-1]
        deliveries.deliver(job, clock)

        assert waits == list(PAUSES)
        assert receivers.bodies == {("hook", "talk-1"): {EVENT.encode()}}
        assert (on_record().outcome, len(on_record().attempts)) == (Outcome.DEAD, 10)
        (letter,) = dead()
        assert (letter.event_id, letter.body) == ("talk-1", EVENT)
        assert due(later(days=9)) == 0

    def test_the_job_of_an_unforeseen_kind_is_given_again_by_the_queue(self) -> None:
        hook()
        message = {"messageId": "m1", "body": json.encode(FIRST).decode()}

        with LINE.through(throttled):
            told = deliver({"Records": [message]}, CONTEXT)

        assert told == {"batchItemFailures": [{"itemIdentifier": "m1"}]}

    def test_one_bad_job_does_not_hold_up_the_others(
        self, monkeypatch: pytest.MonkeyPatch, receivers: Receivers, clock: Clock
    ) -> None:
        hook()
        monkeypatch.setattr("chalicelib.jobs._now", clock)
        jobs = [nth_job(n) for n in range(3)]
        records = [{"messageId": job.event_id, "body": json.encode(job).decode()} for job in jobs]

        def one_is_throttled(call: Call, go: Go) -> object:
            return throttled(call, go) if "talk-2" in str(call.request) else go()

        with LINE.through(one_is_throttled):  # type: ignore[arg-type]  # an answer, as Plan says
            told = deliver({"Records": records}, CONTEXT)

        assert told == {"batchItemFailures": [{"itemIdentifier": "talk-2"}]}
        assert sorted(receivers.taken["hook"]) == ["talk-1", "talk-3"]


def nth_job(number: int) -> Job:
    id = f"talk-{number + 1}"
    return Job(
        webhook_id="hook",
        inbox_id="demo",
        event_id=id,
        type="message.in",
        conversation_id="talk",
        seq=number + 1,
        created_at=NOW,
        attempt=1,
        body=EVENT.replace("talk-1", id),
    )


class TestFaults:
    def test_a_record_whose_answer_was_lost_is_not_repeated(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        hook()

        def put_is_lost(call: Call, go: Go) -> object:
            return lost(call, go) if call.operation == "PutItem" else go()

        with LINE.through(put_is_lost), pytest.raises(Unavailable):  # type: ignore[arg-type]
            deliveries.deliver(FIRST, clock)
        deliveries.deliver(FIRST, clock)

        assert receivers.taken == {"hook": ["talk-1"]}

    def test_a_retry_that_sqs_lost_is_queued_by_the_tick(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        """Guards: the timer behind a job that is queued at once."""
        hook()
        receivers.moods["hook"] = lambda: AWAY
        deliveries.deliver(FIRST, clock)
        assert len(queued()) == 1  # and is never seen again

        deliveries.queue_due(later(seconds=60))
        assert queued() == []
        deliveries.queue_due(later(seconds=5) + deliveries.LEASE - deliveries.AHEAD)

        assert [job.attempt for job in queued()] == [2]

    def test_a_dead_queue_loses_no_retry(self, receivers: Receivers, clock: Clock) -> None:
        hook()
        receivers.moods["hook"] = lambda: AWAY

        def no_queue(call: Call, go: Go) -> object:
            if call.operation.startswith("Send"):
                return answer(400, {"__type": "com.amazonaws.sqs#QueueDoesNotExist"})
            return go()

        with LINE.through(no_queue), pytest.raises(Unavailable):  # type: ignore[arg-type]
            deliveries.deliver(FIRST, clock)

        deliveries.queue_due(later(minutes=3))
        assert [job.attempt for job in queued()] == [2]

    def test_the_tick_queues_an_attempt_once_with_its_exact_delay(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        """Guards: the timer that the tick puts off."""
        hook()
        receivers.moods["hook"] = lambda: AWAY
        due_at = later(minutes=30)
        deliveries.deliver(FIRST, clock)
        waiting = replace(on_record(), next_attempt_at=due_at)
        assert stored.record(replace(waiting, attempts=waiting.attempts * 2), 1, NOW, due_at)
        queued()

        deliveries.queue_due(due_at - timedelta(seconds=76))
        assert LINE.sent == []
        deliveries.queue_due(due_at - timedelta(seconds=42))
        assert [each.delay for each in LINE.sent] == [42]
        deliveries.queue_due(due_at)
        assert len(LINE.sent) == 1

    def test_the_minute_tick_queues_what_is_due(
        self, monkeypatch: pytest.MonkeyPatch, receivers: Receivers, clock: Clock
    ) -> None:
        hook()
        receivers.moods["hook"] = lambda: AWAY
        deliveries.deliver(FIRST, clock)
        queued()
        clock.now = later(minutes=3)
        monkeypatch.setattr("chalicelib.jobs._now", clock)

        tick(ON_SCHEDULE, CONTEXT)

        assert [job.attempt for job in queued()] == [2]


class TestChangedWebhooks:
    def test_one_that_was_switched_off_leads_to_the_dead_letters(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        hook(enabled=False)

        deliveries.deliver(FIRST, clock)

        assert receivers.taken == {}
        assert (on_record().outcome, on_record().attempts) == (Outcome.DEAD, ())
        assert [job.body for job in dead()] == [EVENT]

    def test_one_that_was_deleted_while_an_event_waited_too(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        made = hook()
        receivers.moods["hook"] = lambda: AWAY
        deliveries.deliver(FIRST, clock)
        (again,) = queued()
        webhooks.remove(made)
        settled.clear()

        deliveries.deliver(again, clock)

        assert (on_record().outcome, len(on_record().attempts)) == (Outcome.DEAD, 1)
        assert [job.body for job in dead()] == [EVENT]

    def test_one_that_this_process_has_not_heard_of_yet_is_looked_up(
        self, receivers: Receivers, clock: Clock
    ) -> None:
        """Guards: the read of a webhook that is newer than what this process knows."""
        assert settled.webhooks() == []
        made = hook()
        settled.clear()
        webhooks.remove(made)
        assert settled.webhooks() == []
        webhooks.save(made)
        receivers.known["https://hook.example/"] = made

        deliveries.deliver(FIRST, clock)

        assert receivers.taken == {"hook": ["talk-1"]}


def test_a_receiver_that_takes_it_costs_two_calls(receivers: Receivers, clock: Clock) -> None:
    receivers.known["https://hook.example/"] = hook()
    settled.webhooks()

    with LINE.watched() as calls:
        deliveries.deliver(FIRST, clock)

    assert [call.operation for call in calls] == ["GetItem", "PutItem"]


def test_events_are_listed_newest_first(receivers: Receivers, clock: Clock) -> None:
    hook()
    for minute in range(3):
        job = nth_job(minute)
        job.created_at = later(minutes=minute)
        deliveries.deliver(job, clock)

    page = stored.newest("hook", 2, None)
    rest = stored.newest("hook", 2, page[-1][0])

    assert [each.event_id for _, each in page] == ["talk-3", "talk-2"]
    assert [each.event_id for _, each in rest] == ["talk-1"]
    assert page[0][1].type is EventType.MESSAGE_IN
