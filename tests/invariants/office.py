"""A company at work under a clock of its own, and what its rules must make of that: who is there,
who may be given what, worked out anew from what happened and not from what the product stored.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from botocore.awsrequest import AWSResponse
from msgspec import json

from chalicelib import wire_frames
from chalicelib.actions import distribution, live, operators, staff, timers
from chalicelib.actions.timers import Job
from chalicelib.domain.branch import Branch
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.operator import Operator, Presence
from chalicelib.domain.working_hours import Hours, Interval
from chalicelib.store import heads, keys, organisation, settled
from tests.support import company, emulators, units
from tests.support.company import ADMIN, ANNA, ELENA, MARIA, OLEG
from tests.support.environment import TIMERS
from tests.support.line import LINE, Call, Go
from tests.support.people import NOW

TEAM = (ANNA, OLEG, MARIA)
PEOPLE = (*TEAM, ELENA, ADMIN)
BRANCHES = {"ekb": ("msk",), "msk": ()}
"""With their neighbours."""

MEMBERS: dict[str, frozenset[str]] = {"demo": frozenset(), "vip": frozenset({"anna", "maria"})}
"""Of each inbox; none: everybody."""

LEASE = timedelta(seconds=75)

Span = tuple[int, int]
"""Open from this minute of the day until before that one."""

Heads = dict[str, Conversation]


@dataclass(slots=True)
class Panel:
    """A socket; one whose line is `dead` says nothing any more, and nobody is told."""

    operator: Operator
    opened_at: datetime
    seen_at: datetime
    dead: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """An assignment as it was committed, and the conversations right before."""

    talk: Conversation
    after: dict[str, Any]
    before: Heads

    @property
    def cause(self) -> str:
        return str(self.after["cause"])


@dataclass(slots=True)
class Office:
    now: datetime = NOW
    luck: Random = field(default_factory=lambda: Random(7))  # noqa: S311  # repeatable
    presence: dict[str, Presence] = field(default_factory=dict)
    online_since: dict[str, datetime] = field(default_factory=dict)
    capacity: dict[str, int] = field(default_factory=dict)
    panels: dict[str, Panel] = field(default_factory=dict)
    hours: dict[str, Span | None] = field(default_factory=dict)
    letters: list[Job] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    # ------------------------------------------------------------ what happens

    @classmethod
    def opened(cls) -> "Office":
        """Everybody has been hired, nobody has come yet."""
        with emulators.empty_table("ministack"):
            company.found(*PEOPLE)
        office = cls()
        for person in PEOPLE:
            office.presence[person.id] = Presence.AWAY
            office.capacity[person.id] = person.capacity
        for place in (*BRANCHES, *MEMBERS):
            office.set_hours(place, None)
        return office

    def passes(self, seconds: float) -> None:
        """Time; panels that live say so, and come back when they are sent away."""
        self.now += timedelta(seconds=seconds)
        for id, panel in list(self.panels.items()):
            if panel.dead:
                continue
            live.ping(id, wire_frames.Ping(), self.now)
            panel.seen_at = self.now
            LINE.settle()
            if id in LINE.closed:
                self.disconnects(id)
                self.connects(panel.operator)

    def connects(self, operator: Operator) -> None:
        current = settled.operator(operator.id)
        assert current is not None
        id = f"{operator.id}-{next(self._numbers)}"
        self.panels[id] = Panel(operator, self.now, self.now)
        live.connect_operator(id, current, f"ticket-{id}", self.now, self.choice)

    def disconnects(self, id: str) -> None:
        del self.panels[id]
        live.disconnect(id)

    def chooses(self, operator: Operator, presence: Presence) -> None:
        self.presence[operator.id] = presence
        if presence is Presence.ONLINE:
            self.online_since[operator.id] = self.now
        else:
            self.online_since.pop(operator.id, None)
        staff.choose_presence(operator, presence, self.now, self.choice)

    def set_capacity(self, operator: Operator, capacity: int) -> None:
        self.capacity[operator.id] = capacity
        operators.change(ADMIN, operator.id, self.now, self.choice, capacity=capacity)

    def set_hours(self, place: str, span: Span | None) -> None:
        """Of a branch or an inbox; None: always open."""
        self.hours[place] = span
        day = (Interval(start=span[0], end=span[1]),) if span else ()
        hours = Hours(time_zone="UTC", week=(day,) * 7) if span else None
        if place in BRANCHES:
            neighbours = BRANCHES[place]
            organisation.save_branch(
                Branch(id=place, name=place, neighbours=neighbours, hours=hours)
            )
        else:
            organisation.save_inbox(
                Inbox(id=place, name=place, members=MEMBERS[place], hours=hours)
            )
        settled.clear()

    def tick(self) -> None:
        timers.queue_due(self.now, self.choice)
        distribution.drain_everything(self.now, self.choice)

    def choice(self, candidates: Any) -> Any:
        return self.luck.choice(candidates)

    def post(self, talks: list[Conversation]) -> None:
        """What the stream's function and the tick queue is in the queue of timers, for ever."""
        for talk in talks:
            if talk.due is not None and talk.due.timer in timers.ACTS:
                self._keep(Job(conversation_id=talk.id, timer=talk.due.timer, at=talk.due.at))
        for sent in LINE.sent:
            assert sent.queue == TIMERS
            self._keep(json.decode(sent.body, type=Job))
        LINE.sent.clear()

    def _keep(self, job: Job) -> None:
        if job not in self.letters:
            self.letters.append(job)

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Every assignment that is committed inside is noted with what was there before it."""

        def plan(call: Call, go: Go) -> AWSResponse:
            event = assigning(call)
            if event is None:
                return go()
            before = talks()
            response = go()
            if response.status_code == 200:
                talk = before[event["subject_id"]["S"]]
                self.given.append(Given(talk, json.decode(event["after"]["S"]), before))
            return response

        with LINE.through(plan):
            yield

    # ------------------------------------------------------------ what must be

    def is_open(self, place: str) -> bool:
        span, minute = self.hours[place], self.now.hour * 60 + self.now.minute
        return span is None or span[0] <= minute < span[1]

    def panel_since(self, operator_id: str) -> datetime | None:
        """When the newest panel that was heard of lately was opened."""
        opened = [
            each.opened_at
            for each in self.panels.values()
            if each.operator.id == operator_id and self.now - each.seen_at <= LEASE
        ]
        return max(opened, default=None)

    def came_back(self, operator_id: str, since: datetime) -> bool:
        moments = (self.online_since.get(operator_id), self.panel_since(operator_id))
        return any(each is not None and each > since for each in moments)

    def able(self, talk: Conversation, branch_id: str, excluded: set[str]) -> dict[str, int]:
        """Those of a branch who could be given the conversation, with how many they have, before
        anybody looks at that.
        """
        if not (self.is_open(branch_id) and self.is_open(talk.inbox_id)):
            return {}
        return {
            each.id: self.capacity[each.id]
            for each in TEAM
            if each.branch_id == branch_id
            and self.presence[each.id] is Presence.ONLINE
            and self.panel_since(each.id) is not None
            and (not MEMBERS[talk.inbox_id] or each.id in MEMBERS[talk.inbox_id])
            and each.id not in excluded
        }

    def eligible(
        self, talk: Conversation, branch_id: str, before: Heads, excluded: set[str] | None = None
    ) -> dict[str, int]:
        """How many conversations each has who may be given this one; who missed it may not, unless
        they came back since.
        """
        if excluded is None:
            excluded = {
                each.operator_id
                for each in talk.missed
                if not self.came_back(each.operator_id, each.at)
            }
        able = self.able(talk, branch_id, excluded)
        return {id: held(before, id) for id, most in able.items() if held(before, id) < most}


def talks() -> Heads:
    """All conversations as they stand."""
    table = units.snapshot()
    found = [heads.from_raw(raw) for (_, sk), raw in table.items() if sk == keys.HEAD]
    return {talk.id: talk for talk in found}


def held(among: Heads, operator_id: str) -> int:
    """How many open conversations somebody has."""
    return sum(
        talk.held and talk.assignee is not None and talk.assignee.id == operator_id
        for talk in among.values()
    )


def assigning(call: Call) -> dict[str, Any] | None:
    """The event of an assignment in a transaction."""
    for write in call.request.get("TransactItems", []):
        item = write.get("Put", {}).get("Item", {})
        if item.get("action", {}).get("S") == "assigned":
            found: dict[str, Any] = item
            return found
    return None
