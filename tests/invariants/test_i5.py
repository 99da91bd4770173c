"""I5: a conversation moves on exactly once per assignment, and never after the opening: whatever is
duplicated, late, lost or out of order, with clocks that disagree by a minute.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from threading import Barrier
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from msgspec import json

from chalicelib import jobs
from chalicelib.actions import conversations as work
from chalicelib.actions import messages, timers
from chalicelib.actions.escalation import escalate
from chalicelib.domain import escalation
from chalicelib.domain.activity import Action
from chalicelib.domain.conversation import Conversation, Due, Timer, given
from chalicelib.domain.operator import Operator, Presence
from chalicelib.errors import Unavailable
from chalicelib.store import activity, connections, contacts, conversations, keys, pools, settled
from chalicelib.telemetry import JobFailed
from tests.domain.test_escalation import EKB, INBOX, held_by, member, opened, pool
from tests.invariants.test_i1 import sweep
from tests.support import company, emulators, stream, units
from tests.support.company import ANNA, OLEG, first
from tests.support.consistency import check
from tests.support.environment import TIMERS
from tests.support.functions import CONTEXT, ON_SCHEDULE
from tests.support.line import LINE, Call, Crash, Go, lost, throttled
from tests.support.people import NOW, asks, contact, later, operator, panel_of, visitor

DUE = later(seconds=240)
SKEW = timedelta(seconds=60)
TEAM = tuple(operator(f"op{number}", capacity=50) for number in range(4))


# ---------------------------------------------------------------- the rules alone


def test_a_hundred_thousand_chats_move_on_once_per_assignment_and_never_after_the_opening() -> None:
    """Guards: the timer and `opened_at` in `has_run_out`; who missed it, in `choose`."""
    luck = Random(4)  # noqa: S311  # repeatable
    team = [f"op{number}" for number in range(3)]
    everybody, live = pool(*map(member, team)), dict.fromkeys(team, NOW)
    begun = [held_by(each) for each in team]
    moved = nobody = seen = 0
    for number in range(100_000):
        talk = begun[number % 3]
        holders = [team[number % 3]]
        opens_at = NOW + timedelta(seconds=900 * luck.random())
        rings = _rings(talk, luck)
        while rings:
            at, due = rings.pop(luck.randrange(len(rings)))
            if opens_at <= at and _unopened(talk):
                talk = opened(talk, opens_at)
                seen += 1
            if not escalation.has_run_out(talk, due, at):
                continue
            assert _unopened(talk)
            assert talk.due == due
            found = escalation.choose(talk, EKB, INBOX, everybody, live, at, luck.choice)
            if found is None:
                talk = escalation.nobody_left(talk, at)
                nobody += 1
            else:
                talk = given(talk, found, EKB.id, INBOX)
                holders.append(found.operator_id)
                moved += 1
                rings += _rings(talk, luck)
        assert len(set(holders)) == len(holders)
        assert talk.queued == (len(holders) == 3 and not _seen(talk))
        assert talk.queued or _seen(talk)

    assert nobody + seen == 100_000
    assert min(moved, nobody, seen) > 5_000


def _rings(talk: Conversation, luck: Random) -> list[tuple[datetime, Due]]:
    """When the jobs of a conversation's timer come: one of them late enough."""
    due = talk.due
    assert due is not None
    late = [(due.at + timedelta(seconds=60 * luck.random()), due)]
    return late + [
        (due.at + timedelta(seconds=150 * luck.random() - 60), due)
        for _ in range(luck.randrange(3))
    ]


def _unopened(talk: Conversation) -> bool:
    return talk.assignee is not None and talk.assignee.opened_at is None


def _seen(talk: Conversation) -> bool:
    return talk.assignee is not None and talk.assignee.opened_at is not None


# ---------------------------------------------------------------- queue, stream and tick


@dataclass(slots=True)
class World:
    """The clock, the queue of timers as SQS keeps it, and bad luck."""

    luck: Random
    now: datetime = NOW
    letters: list[tuple[datetime, str]] = field(default_factory=list)
    crashes: int = 0

    def clock(self) -> datetime:
        """Of one of many machines."""
        return self.now + SKEW * self.luck.uniform(-1, 1)

    def post(self) -> None:
        """What was sent arrives: mostly; now and then twice, or much later."""
        for sent in LINE.sent:
            assert sent.queue == TIMERS
            for _ in range(self.luck.choice((0, 1, 1, 1, 1, 2))):
                late = self.luck.choice((0, 0, 1, 200))
                at = self.now + timedelta(seconds=sent.delay + late)
                self.letters.append((at, sent.body))
        LINE.sent.clear()

    def batch(self) -> list[dict[str, str]]:
        """Up to ten messages that are due, in any order; some stay in the queue all the same."""
        due = [each for each in self.letters if each[0] <= self.now]
        taken = self.luck.sample(due, min(10, len(due)))
        for each in taken:
            if self.luck.random() < 0.9:
                self.letters.remove(each)
        return [{"messageId": str(n), "body": body} for n, (_, body) in enumerate(taken)]

    @contextmanager
    def misfortune(self) -> Iterator[None]:
        """One call in 25 fares badly; some take the function with them."""

        def plan(call: Call, go: Go) -> AWSResponse:
            fate = self.luck.random()
            if fate < 0.02:
                self.crashes += 1
                if fate < 0.01:
                    go()
                raise LINE.crash()
            if fate < 0.03:
                return throttled(call, go) if not call.operation.startswith("Send") else go()
            return lost(call, go) if fate < 0.04 else go()

        with LINE.through(plan):
            yield

    def run(self, handler: Any, event: dict[str, Any]) -> None:
        """A function, which may die."""
        with self.misfortune(), suppress(Crash, JobFailed):
            handler(event, CONTEXT)
        self.post()


class Watch:
    """What becomes of conversations, looked at after each step."""

    def __init__(self, talks: list[str]) -> None:
        self.seen: dict[str, Conversation] = {each: _now_of(each) for each in talks}
        self.given: dict[str, list[str]] = {each: [_holder(_now_of(each))] for each in talks}
        self.openings: dict[str, datetime] = {}
        self.changes: list[tuple[Any, Any]] = []

    def look(self, now: datetime) -> None:
        for talk, before in list(self.seen.items()):
            after = _now_of(talk)
            self.seen[talk] = after
            if after.rev == before.rev:
                continue
            self.changes.append((units.items([head_of(talk)])[head_of(talk)], before))
            if _moved(before, after):
                assert talk not in self.openings, "it moved after the opening"
                assert before.due is not None
                assert now + SKEW >= before.due.at, "it moved before its time"
                self.given[talk].append(_holder(after))


def head_of(talk: str) -> tuple[str, str]:
    return keys.conversation(talk), keys.HEAD


def _moved(before: Conversation, after: Conversation) -> bool:
    was, now = before.assignee, after.assignee
    return (was and (was.id, was.assigned_at)) != (now and (now.id, now.assigned_at))


def _holder(talk: Conversation) -> str:
    return talk.assignee.id if talk.assignee else ""


def _now_of(talk: str) -> Conversation:
    found = conversations.get(talk)
    assert found is not None
    return found


def _at_work(*people: Operator) -> None:
    """Online and connected from the beginning on, for hours."""
    for person in people:
        pools.choose_presence(person, Presence.ONLINE, NOW)
        panel = panel_of(person, seen_at=later(hours=5))
        assert connections.open_with(panel, f"ticket-of-{person.id}")


def _asked(by: str, at: datetime = NOW) -> str:
    contacts.add(contact(by))
    return messages.receive(visitor(by), asks(by=by, at=at), None, 0, first).conversation.id


@pytest.mark.parametrize("backend", emulators.EXACT)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_assignment_ends_once_among_misfortunes_of_every_kind(
    backend: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards: `timed` in the condition of the move; the look at `due`; the tick's own acts."""
    world = World(Random(seed))  # noqa: S311  # repeatable
    monkeypatch.setattr(jobs, "_now", world.clock)
    with emulators.empty_table(backend):
        company.found(*TEAM)
        _at_work(*TEAM)
        talks = [_asked(f"visitor-{number}") for number in range(10)]
        watch = Watch(talks)
        people = {each.id: each for each in TEAM}
        will_open = {
            talk: NOW + timedelta(seconds=world.luck.choice((100, 239, 400, 620, 9_999, 9_999)))
            for talk in talks
        }
        while world.now < NOW + timedelta(minutes=32):
            world.now += timedelta(seconds=20)
            for talk, at in will_open.items():
                known = watch.seen[talk]
                if at <= world.now and talk not in watch.openings and known.assignee:
                    work.open_conversation(people[known.assignee.id], talk, world.clock())
                    after = _now_of(talk)
                    if _seen(after):
                        watch.openings[talk] = world.now
                        watch.seen[talk] = after
            if world.now.second == 0 and world.luck.random() < 0.7:  # others are missed
                world.run(jobs.tick, ON_SCHEDULE)
            if batch := world.batch():
                world.run(jobs.escalate, {"Records": batch})
            watch.look(world.now)
            if watch.changes:
                records = [
                    stream.record("MODIFY", old={}, new=new, number=number)
                    for number, (new, _) in enumerate(watch.changes)
                ]
                world.run(jobs.fan_out, {"Records": records})
                watch.changes.clear()
        timers.queue_due(world.now + SKEW, first)
        watch.look(world.now + SKEW)

        check()
        for talk in talks:
            _ended_well(watch, talk)
    assert world.crashes
    assert sum(len(each) for each in watch.given.values()) > 1.5 * len(talks)


def _ended_well(watch: Watch, talk: str) -> None:
    """Everybody had it once; it is before somebody's eyes, or in the queue with all having missed
    it; and its history tells the same.
    """
    after, holders = _now_of(talk), watch.given[talk]
    had_it = [each for each in holders if each]
    assert len(set(had_it)) == len(had_it), holders
    assert _seen(after) == (talk in watch.openings)
    if not _seen(after):
        assert after.queued
        assert {each.operator_id for each in after.missed} == {each.id for each in TEAM}
    events = [
        each
        for each in activity.of_conversation(talk)
        if each.action in (Action.ASSIGNED, Action.QUEUED)
    ]
    told = sorted(str((each.after or {}).get("operator_id") or "") for each in events)
    assert told == sorted(holders)


# ---------------------------------------------------------------- races


def _at_once(*acts: Callable[[], object]) -> None:
    """All of them, who begin at the same moment."""
    ready = Barrier(len(acts))

    def act(each: Callable[[], object]) -> None:
        ready.wait()
        each()

    with ThreadPoolExecutor(len(acts)) as threads:
        list(threads.map(act, acts))


@pytest.mark.usefixtures("exact_table")
def test_an_opening_and_the_tick_at_the_same_moment_have_one_winner() -> None:
    """Guards: the timer and the holder in the conditions of both."""
    _at_work(ANNA, OLEG)
    winners = set()
    for number in range(12):
        talk = _asked(f"visitor-{number}", at=later(hours=1))
        before = _now_of(talk)
        assert before.assignee is not None
        assert before.due is not None
        due = before.due.at
        holder = {"anna": ANNA, "oleg": OLEG}[before.assignee.id]

        def opens(holder: Operator = holder, talk: str = talk, at: datetime = due) -> None:
            work.open_conversation(holder, talk, at)

        def moves(talk: str = talk, at: datetime = due) -> None:
            escalate(talk, at, at, first)

        _at_once(opens, moves, moves)

        after = _now_of(talk)
        assert after.assignee is not None
        assert (after.assignee.id == holder.id) == (after.assignee.opened_at is not None)
        winners.add(after.assignee.id == holder.id)
        events = [each.action for each in activity.of_conversation(talk)]
        assert events.count(Action.ASSIGNED) == 1 + (after.assignee.id != holder.id)
        work.resolve(OLEG if after.assignee.id == "oleg" else ANNA, talk, due, first)
        check()
    assert winners


@pytest.mark.usefixtures("exact_table")
def test_two_ticks_and_a_job_that_came_twice_move_it_on_once() -> None:
    """Guards: the assignment in the condition of the move."""
    _at_work(ANNA, OLEG)
    talks = [_asked(f"visitor-{number}") for number in range(4)]
    jobs_of = [timers.Job(conversation_id=each, timer=Timer.ESCALATION, at=DUE) for each in talks]

    def ring() -> None:
        for job in jobs_of:
            timers.act(job, DUE, first)

    def tick() -> None:
        timers.queue_due(DUE, first)

    _at_once(tick, ring, tick, ring)

    for talk in talks:
        events = [each.action for each in activity.of_conversation(talk)]
        assert events.count(Action.ASSIGNED) == 2
        assert Action.QUEUED not in events
    check()


# ---------------------------------------------------------------- the sweep of crash points


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("colleagues", [(ANNA, OLEG), (ANNA,)], ids=["a colleague", "nobody left"])
def test_wherever_a_move_is_cut_it_happens_once(colleagues: tuple[Operator, ...]) -> None:
    """Guards: everything that a move changes is in one transaction."""
    company.found(ANNA, OLEG)
    _at_work(*colleagues)
    talk = _asked("vera")
    items = list(units.snapshot().values())

    def again() -> None:
        with emulators.empty_table("ministack"):
            for start in range(0, len(items), 25):
                units.restore(items[start : start + 25])
        settled.clear()

    again()
    with LINE.watched() as calls:
        escalate(talk, DUE, DUE, first)
    faults = dict(sweep(calls))
    assert len(faults) >= 8

    for where, plan in faults.items():
        again()
        with LINE.through(plan):
            _attempt(talk)
        check()
        timers.queue_due(later(seconds=300), first)

        (after,) = check()
        assert (_holder(after) or "queue") == ("oleg" if OLEG in colleagues else "queue"), where
        events = [each.action for each in activity.of_conversation(talk)]
        assert len(events) == 2, where


def _attempt(talk: str) -> None:
    try:
        escalate(talk, DUE, DUE, first)
    except (Crash, Unavailable):
        return


# ---------------------------------------------------------------- clocks


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("skew", [-60, -1, 0, 1, 60])
def test_a_worker_whose_clock_is_wrong_acts_by_it_and_once(skew: int) -> None:
    """Behind, it waits for the rest; before, it acts a minute early at most; the others then do
    nothing.
    """
    _at_work(ANNA, OLEG)
    talk = _asked("vera")
    job = timers.Job(conversation_id=talk, timer=Timer.ESCALATION, at=DUE)

    timers.act(job, DUE + timedelta(seconds=skew), first)

    if skew < 0:
        (sent,) = LINE.sent
        assert (json.decode(sent.body, type=timers.Job), sent.delay) == (job, -skew)
        timers.act(job, DUE, first)
    before = _now_of(talk)
    assert _holder(before) == "oleg"
    for wrong in (-60, 0, 60):
        timers.act(job, DUE + timedelta(seconds=wrong), first)
    assert _now_of(talk) == before
    check()
