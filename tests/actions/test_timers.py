"""Each timer reaches its moment: by the queue within seconds, by the tick alone within a minute."""

from datetime import UTC, datetime

import pytest
from chalice.app import Chalice
from msgspec import json

from chalicelib import jobs
from chalicelib.actions import conversations as work
from chalicelib.actions import messages, timers
from chalicelib.actions.timers import Job
from chalicelib.domain.conversation import Conversation, Timer
from chalicelib.store import commits, contacts, conversations, keys
from infra.local.schedules import Schedules
from tests.support import stream, units
from tests.support.company import ANNA, OLEG, first, online
from tests.support.consistency import check
from tests.support.environment import TIMERS
from tests.support.functions import CONTEXT, ON_SCHEDULE
from tests.support.line import LINE, Call, Go, Plan, answer, throttled
from tests.support.people import NOW, asks, contact, later, visitor

DUE = later(seconds=240)


@pytest.fixture(autouse=True)
def _at_work(_company: None) -> None:
    online(ANNA, OLEG, at=later(seconds=230))


def asked(by: str = "vera", at: datetime = NOW) -> str:
    contacts.add(contact(by))
    return messages.receive(visitor(by), asks(by=by, at=at), None, 0, first).conversation.id


def now_of(talk: str) -> Conversation:
    found = conversations.get(talk)
    assert found is not None
    return found


def holder(talk: str) -> str | None:
    assignee = now_of(talk).assignee
    return assignee.id if assignee else None


def queued() -> list[tuple[Job, int]]:
    """What waits in the queue of timers with its delay; the queue is empty then."""
    found = [(json.decode(each.body, type=Job), each.delay) for each in LINE.sent]
    assert all(each.queue == TIMERS for each in LINE.sent)
    LINE.sent.clear()
    return found


def escalation_of(talk: str, at: datetime = DUE) -> Job:
    return Job(conversation_id=talk, timer=Timer.ESCALATION, at=at)


def queue_is_dead(call: Call, go: Go) -> object:
    if call.operation.startswith("SendMessage"):
        return answer(503, {"__type": "ServiceUnavailable"})
    return go()


DEAD_QUEUE: Plan = queue_is_dead  # type: ignore[assignment]  # an answer, as Plan says


class TestTheTick:
    def test_it_queues_what_falls_due_before_the_next_with_its_exact_delay(self) -> None:
        talk = asked()

        timers.queue_due(later(seconds=164), first)
        assert queued() == []
        timers.queue_due(later(seconds=165), first)

        assert queued() == [(escalation_of(talk), 75)]
        assert holder(talk) == "anna"

    def test_a_part_of_a_second_is_a_whole_one(self) -> None:
        """A job that came early would have to be queued again."""
        talk = asked()

        timers.queue_due(later(seconds=200.001), first)

        assert queued() == [(escalation_of(talk), 40)]

    def test_it_does_itself_what_is_overdue(self) -> None:
        talk = asked()

        timers.queue_due(DUE, first)

        assert (holder(talk), queued()) == ("oleg", [])
        check()

    def test_it_does_so_when_the_queue_is_dead(self) -> None:
        late, soon = asked("vera"), asked("boris", at=later(seconds=30))

        with LINE.through(DEAD_QUEUE):
            timers.queue_due(DUE, first)

        assert holder(late) == "oleg"
        assert holder(soon) == "oleg"
        check()

    def test_one_that_cannot_be_done_holds_up_no_other(self) -> None:
        """Guards: each failure by itself."""
        bad, good = asked("vera"), asked("boris")

        def one_is_throttled(call: Call, go: Go) -> object:
            moves = call.operation == "TransactWriteItems" and bad in str(call.request)
            return throttled(call, go) if moves else go()

        with LINE.through(one_is_throttled):  # type: ignore[arg-type]  # an answer, as Plan says
            timers.queue_due(DUE, first)

        assert (holder(bad), holder(good)) == ("anna", "anna")
        timers.queue_due(DUE, first)
        assert holder(bad) == "oleg"

    def test_what_was_opened_has_an_alert_in_its_place(self) -> None:
        talk = asked()
        work.open_conversation(ANNA, talk, later(seconds=30))

        timers.queue_due(later(seconds=600), first)

        job = Job(conversation_id=talk, timer=Timer.ALERT, at=later(seconds=630))
        assert queued() == [(job, 30)]

    def test_it_reads_only_what_is_due(self) -> None:
        """The same requests whether nothing waits or many whose time has not come."""
        with LINE.watched() as alone:
            timers.queue_due(NOW, first)
        for number in range(10):
            asked(f"visitor-{number}")
        with LINE.watched() as among:
            timers.queue_due(NOW, first)

        kinds = [each.operation for each in alone]
        assert kinds == [each.operation for each in among] == ["Query"] * 2 * keys.DUE_SHARDS

    def test_the_function_does_it_with_the_rest_of_its_work(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        talk = asked()
        monkeypatch.setattr(jobs, "_now", lambda: DUE)

        jobs.tick(ON_SCHEDULE, CONTEXT)

        assert holder(talk) == "oleg"

    def test_its_schedule_alone_does_it_within_a_minute(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """No queue, no stream: only a clock, second by second."""
        app, clock = Chalice("messenger", configure_logs=False), [NOW.timestamp()]
        app.register_blueprint(jobs.blueprint)
        schedules = Schedules(app, lambda: clock[0])
        monkeypatch.setattr(jobs, "_now", lambda: datetime.fromtimestamp(clock[0], UTC))
        talk = asked(at=later(seconds=7))

        for _ in range(310):
            clock[0] += 1
            schedules.run_due()

        moved = now_of(talk).assignee
        assert moved is not None
        assert later(seconds=247) <= moved.assigned_at <= later(seconds=307)


class TestTheStream:
    def begun(self, talk: str, seconds: float) -> stream.Record:
        """The record of an assignment whose timer has so long to run."""
        new = head(talk)
        at = keys.due_order(later(seconds=seconds).strftime("%Y-%m-%dT%H:%M:%S.%fZ"), talk)
        old = {name: value for name, value in new.items() if not name.startswith("due_")}
        return stream.record("MODIFY", old=old, new=new | {"due_sk": {"S": at}}, number=7)

    @pytest.mark.parametrize(("seconds", "delays"), [(10, [10]), (135, [135]), (136, [])])
    def test_what_falls_due_soon_is_queued_at_once(self, seconds: int, delays: list[int]) -> None:
        talk = asked()

        assert timers.queue_new([self.begun(talk, seconds)], NOW) is None

        found = queued()
        assert [delay for _, delay in found] == delays
        assert all(job == escalation_of(talk, later(seconds=seconds)) for job, _ in found)

    def test_a_change_that_leaves_the_timer_alone_queues_nothing(self) -> None:
        image = head(asked())
        same = stream.record("MODIFY", old=image, new=image | {"rev": {"N": "9"}})

        timers.queue_new([same], later(seconds=200))

        assert queued() == []

    def test_retention_and_deliveries_are_not_its_business(self) -> None:
        talk = asked()
        old = head(talk)
        work.resolve(ANNA, talk, NOW, first)
        closed = stream.record("MODIFY", old=old, new=head(talk))
        others = [stream.record("INSERT", new=each) for each in units.snapshot().values()]

        timers.queue_new([closed, *others], NOW)

        assert queued() == []

    def test_the_batch_begins_again_where_the_queue_stopped(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        talk = asked()
        monkeypatch.setattr(jobs, "_now", lambda: NOW)
        records = [self.begun(talk, 10)]

        with LINE.through(DEAD_QUEUE):
            again = timers.queue_new(records, NOW)
            told = jobs.fan_out({"Records": records}, CONTEXT)

        assert again == records[0]["dynamodb"]["SequenceNumber"]
        assert {"itemIdentifier": again} in told["batchItemFailures"]

    def test_an_event_and_a_timer_of_one_batch_go_their_own_ways(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        talk = asked()
        monkeypatch.setattr(jobs, "_now", lambda: NOW)

        told = jobs.fan_out({"Records": [*stream.inserted(), self.begun(talk, -5)]}, CONTEXT)

        assert told == {"batchItemFailures": []}
        assert [delay for _, delay in queued()] == [0]


def head(talk: str) -> units.Item:
    return units.snapshot()[keys.conversation(talk), keys.HEAD]


class TestTheFunction:
    def message(self, talk: str, at: datetime = DUE, id: str = "m1") -> dict[str, str]:
        return {"messageId": id, "body": json.encode(escalation_of(talk, at)).decode()}

    def test_it_acts_when_the_moment_has_come(self, monkeypatch: pytest.MonkeyPatch) -> None:
        talk = asked()
        monkeypatch.setattr(jobs, "_now", lambda: later(seconds=240.5))

        assert jobs.escalate({"Records": [self.message(talk)]}, CONTEXT) == NOTHING_AGAIN

        assert holder(talk) == "oleg"

    def test_a_job_that_comes_early_waits_for_the_rest(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        talk = asked()
        monkeypatch.setattr(jobs, "_now", lambda: later(seconds=180))

        assert jobs.escalate({"Records": [self.message(talk)]}, CONTEXT) == NOTHING_AGAIN

        assert queued() == [(escalation_of(talk), 60)]
        assert holder(talk) == "anna"

    def test_the_queue_gives_again_only_what_failed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        bad, good = asked("vera"), asked("boris")
        monkeypatch.setattr(jobs, "_now", lambda: DUE)

        def one_is_throttled(call: Call, go: Go) -> object:
            return throttled(call, go) if bad in str(call.request) else go()

        with LINE.through(one_is_throttled):  # type: ignore[arg-type]  # an answer, as Plan says
            records = [self.message(bad, id="bad"), self.message(good, id="good")]
            told = jobs.escalate({"Records": records}, CONTEXT)

        assert told == {"batchItemFailures": [{"itemIdentifier": "bad"}]}
        assert holder(good) == "anna"


NOTHING_AGAIN: dict[str, list[str]] = {"batchItemFailures": []}


def test_a_timer_whose_index_lags_does_nothing() -> None:
    """The index still has what the table has not."""
    talk = asked()
    known = now_of(talk)
    assert commits.mark_opened(known, "anna", later(seconds=1), None)

    timers.act(escalation_of(talk), DUE, first)

    assert holder(talk) == "anna"
