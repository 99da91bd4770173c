"""I6: a webhook's event ends delivered or dead-lettered, is never lost, and can always be verified.

1,000 events go from the stream to receivers that are well, moody and dead, through 80 virtual hours
of queues that give messages twice and out of order, a database and a queue that refuse, and
functions that die at any of their calls.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from msgspec import json

from chalicelib import jobs
from chalicelib.actions import deliveries as sending
from chalicelib.domain.event import EventType
from chalicelib.domain.routing import Reason, Route
from chalicelib.domain.webhook import Outcome
from chalicelib.store import commits, contacts, deliveries, keys
from chalicelib.store.evidence import Found
from chalicelib.store.table import query
from chalicelib.telemetry import JobFailed
from chalicelib.wire_webhooks import Job
from tests.support import stream
from tests.support.environment import DEAD_DELIVERIES, DELIVERIES
from tests.support.functions import CONTEXT, ON_SCHEDULE
from tests.support.line import LINE, Call, Crash, Go, lost, throttled
from tests.support.people import NOW, YEKATERINBURG, contact, first_message, queued
from tests.support.receivers import AWAY, BROKEN, TAKEN, hook, stand

TALKS, PER_TALK = 40, 24
EVENTS = TALKS * (1 + PER_TALK)
MOST_RECEIVES = 8
VISIBLE_AGAIN = timedelta(seconds=180)
TICK = timedelta(minutes=1)


@dataclass(order=True, slots=True)
class Letter:
    """A message in the queue, and how often it was given."""

    visible_at: datetime
    number: int
    body: str = field(compare=False)
    receives: int = field(default=0, compare=False)


@dataclass(slots=True)
class World:
    """The queue as SQS keeps it, the clock, and bad luck."""

    luck: Random
    now: datetime = NOW
    letters: list[Letter] = field(default_factory=list)
    dead: list[str] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)
    crashes: int = 0

    def clock(self) -> datetime:
        return self.now

    def post(self) -> None:
        """What was sent arrives, now and then twice."""
        for sent in LINE.sent:
            if sent.queue == DEAD_DELIVERIES:
                self.dead.append(sent.body)
                continue
            assert sent.queue == DELIVERIES
            for _ in range(2 if self.luck.random() < 0.03 else 1):
                at = self.now + timedelta(seconds=sent.delay)
                self.letters.append(Letter(at, next(self.numbers), sent.body))
        LINE.sent.clear()

    def batch(self) -> list[Letter]:
        """Up to ten visible messages in any order; what was given too often is dead."""
        visible = [each for each in self.letters if each.visible_at <= self.now]
        taken = self.luck.sample(visible, min(10, len(visible)))
        for letter in taken:
            letter.receives += 1
            letter.visible_at = self.now + VISIBLE_AGAIN
        for letter in [each for each in taken if each.receives > MOST_RECEIVES]:
            self.letters.remove(letter)
            self.dead.append(letter.body)
        return [each for each in taken if each.receives <= MOST_RECEIVES]

    @contextmanager
    def misfortune(self) -> Iterator[None]:
        """One call in thirty fares badly; some take the function with them."""

        def plan(call: Call, go: Go) -> AWSResponse:
            fate = self.luck.random()
            if fate < 0.01:
                self.crashes += 1
                if fate < 0.005:
                    go()
                raise LINE.crash()
            if fate < 0.02 and not call.operation.startswith("Send"):
                return throttled(call, go)
            if fate < 0.03:
                return lost(call, go)
            return go()

        with LINE.through(plan):
            yield


def run(handler: Any, event: dict[str, Any]) -> list[str] | None:
    """The ids that a function wants again; None when it died."""
    try:
        answer = handler(event, CONTEXT)
    except (Crash, JobFailed):
        return None
    return [each["itemIdentifier"] for each in answer["batchItemFailures"]] if answer else []


def told(world: World, records: list[stream.Record]) -> None:
    """The stream's function gets every record, in order, as often as it needs."""
    position = 0
    while position < len(records):
        batch = records[position : position + 100]
        with world.misfortune():
            again = run(jobs.fan_out, {"Records": batch})
        world.post()
        if again is None:
            continue
        numbers = [each["dynamodb"]["SequenceNumber"] for each in batch]
        position += numbers.index(again[0]) if again else len(batch)
        if world.luck.random() < 0.1:
            position = max(0, position - 10)  # the checkpoint was lost


def work(world: World) -> None:
    """Deliveries, as long as any message is visible."""
    while letters := world.batch():
        records = [{"messageId": str(each.number), "body": each.body} for each in letters]
        with world.misfortune():
            again = run(jobs.deliver, {"Records": records})
        if again is not None:
            done = [each for each in letters if str(each.number) not in again]
            for letter in done:
                if world.luck.random() > 0.02:  # else: its deletion was lost
                    world.letters.remove(letter)
        world.post()


def pass_time(world: World, patience: timedelta) -> None:
    """Until nothing waits any more: from one moment at which something is due to the next, with the
    ticks that see it.
    """
    ends = world.now + patience
    while (at := _next(world)) and at < ends:
        world.now = max(world.now, at)
        with world.misfortune():
            run(jobs.tick, ON_SCHEDULE)
        world.post()
        work(world)
        world.now += TICK


def _next(world: World) -> datetime | None:
    """When the next message becomes visible, or a tick sees the next timer."""
    moments = [each.visible_at for each in world.letters]
    moments += [at - sending.AHEAD for at in _timers()]
    return max(min(moments), world.now) if moments else None


def _timers() -> list[datetime]:
    """The times in the index of what falls due."""
    shards = [keys.due(deliveries.TIMER, shard) for shard in range(keys.DUE_SHARDS)]
    found = [raw for shard in shards for raw in query(shard, index="due")[0]]
    return [datetime.fromisoformat(raw["due_sk"]["S"].partition("#")[0]) for raw in found]


def talk(number: int) -> None:
    """A conversation with its first message, written as the product writes them."""
    id = f"talk{number}"
    contacts.add(contact(id))
    route = Route(branch_id="ekb", reason=Reason.SUBDIVISION, rule="RU-SVE")
    found = Found(place=YEKATERINBURG, route=route)
    commits.create(queued(id, by=id), first_message(id, by=id), found, contact(id))


def prolonged(records: list[stream.Record]) -> list[stream.Record]:
    """The same with PER_TALK messages in each conversation, all like the first."""
    longer: list[stream.Record] = []
    for each in records:
        image = each["dynamodb"]["NewImage"]
        seqs = range(1, PER_TALK + 1) if image["kind"]["S"] == "message" else [0]
        for seq in seqs:
            again = {"sk": {"S": keys.message(seq)}, "seq": {"N": str(seq)}} if seq else {}
            longer.append(stream.record("INSERT", new=image | again, number=len(longer)))
    return longer


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("seed", [1])
def test_a_thousand_events_end_delivered_or_dead_lettered(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(Random(seed))  # noqa: S311  # repeatable
    receivers = stand(monkeypatch, world.clock)
    monkeypatch.setattr(jobs, "_now", world.clock)
    everything = frozenset(EventType)
    hook("well", events=everything)
    hook("dead", events=frozenset({EventType.CONVERSATION_CREATED}))
    receivers.moods["well"] = lambda: BROKEN if world.luck.random() < 0.15 else TAKEN
    receivers.moods["dead"] = lambda: AWAY
    for number in range(TALKS):
        talk(number)
    records = prolonged(stream.inserted())
    assert len(records) == EVENTS

    told(world, records)
    work(world)
    pass_time(world, timedelta(hours=100))

    wanted = {f"talk{n}-{seq}" for n in range(TALKS) for seq in range(1, PER_TALK + 1)}
    created = {f"talk{n}-created" for n in range(TALKS)}
    letters = [json.decode(each, type=Job) for each in world.dead]
    dead = {(each.webhook_id, each.event_id) for each in letters}
    taken = set(receivers.taken["well"])
    assert taken | {id for hook, id in dead if hook == "well"} == wanted | created
    assert {id for hook, id in dead if hook == "dead"} == created
    assert "dead" not in receivers.taken
    assert all(len(bodies) == 1 for bodies in receivers.bodies.values())
    assert world.letters == []
    assert _timers() == []
    assert world.crashes > 20, "there was hardly any bad luck"
    _records_agree(dead, taken)


def _records_agree(dead: set[tuple[str, str]], taken: set[str]) -> None:
    """What admins see is what happened."""
    for id in ("well", "dead"):
        before: str | None = None
        while page := deliveries.newest(id, 100, before):
            before = page[-1][0]
            for _, each in page:
                assert each.outcome is not Outcome.PENDING
                assert len(each.attempts) <= 10
                if each.outcome is Outcome.DELIVERED:
                    assert (id, each.event_id in taken) == ("well", True)
                else:
                    assert (id, each.event_id) in dead
