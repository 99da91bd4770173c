"""I3, I4 and I9: each assignment goes to an eligible operator who has fewest, nobody who could have
a conversation is without while it waits, and read marks only grow, by nobody but their owner.
"""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from random import choice
from threading import Lock
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from msgspec import json

from chalicelib.actions import conversations as work
from chalicelib.actions import distribution, messages, timers, transfer, visitors
from chalicelib.actions.transfer import Handing
from chalicelib.domain.contact import Place, Visitor
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.operator import Operator, Presence
from chalicelib.errors import (
    AlreadyTaken,
    BranchClosed,
    Forbidden,
    Invalid,
    NotFound,
    NotOpen,
    OperatorOffline,
)
from chalicelib.store import contacts, keys, pools
from tests.invariants.office import BRANCHES, MEMBERS, TEAM, Given, Heads, Office, assigning, held
from tests.support import company, emulators, geoip
from tests.support.company import ADMIN, ELENA
from tests.support.consistency import check
from tests.support.door import Answer
from tests.support.line import LINE, Call, Go
from tests.support.people import YEKATERINBURG, answers, asks, contact, operator
from tests.support.scene import Guest, client_id

REFUSALS = (AlreadyTaken, BranchClosed, Forbidden, Invalid, NotFound, NotOpen, OperatorOffline)
"""What people are told; that the database does not answer is none of it."""

MOSCOW = Place(country="RU", subdivision="RU-MOW")
PLACES = (YEKATERINBURG, MOSCOW)
MOST_TALKS = 12
INSTANT = timedelta(milliseconds=1)
"""No two things happen at the same time."""

people = st.sampled_from(TEAM)
number = st.integers(0, 30)


class Company(RuleBasedStateMachine):
    """People come, go, write, answer and hand on; timers ring twice, late and in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.office = Office.opened()
        self.heads: Heads = {}
        self.actor: str | None = None
        self.visitors = self.said = 0

    @initialize(capacity=st.integers(1, 2))
    def the_day_begins(self, capacity: int) -> None:
        for each in TEAM:
            self.office.set_capacity(each, capacity)
            self.office.chooses(each, Presence.ONLINE)
            self.office.connects(each)
        for where in (YEKATERINBURG, MOSCOW, YEKATERINBURG):
            self._arrives("demo", where)

    @contextmanager
    def step(self, by: str | None = None) -> Iterator[None]:
        """Something happens, by somebody; then what must be true is looked at."""
        office, self.actor = self.office, by
        office.now += INSTANT
        with office.recording(), suppress(*REFUSALS):
            yield
        LINE.settle()
        found = sorted(check(), key=lambda talk: talk.created_at)
        after = {talk.id: talk for talk in found}
        office.post(list(after.values()))
        self._who_was_given_what_was_right()
        self._read_marks_are_their_owners(after)
        self.heads = after
        LINE.frames.clear()

    # ------------------------------------------------------------ what happens

    @rule(seconds=st.sampled_from([20, 76, 100]))
    def time_passes(self, seconds: int) -> None:
        self.office.passes(seconds)

    @rule(
        who=people, how=st.sampled_from(["online", "away", "busy", "connects", "closes", "breaks"])
    )
    def somebody_comes_or_goes(self, who: Operator, how: str) -> None:
        """By choice, or with their panel: closed, or cut off, and nobody hears of it."""
        own = [id for id, each in self.office.panels.items() if each.operator == who]
        with self.step():
            if how in tuple(Presence):
                self.office.chooses(who, Presence(how))
            elif how == "connects":
                self.office.connects(who)
            elif how == "closes" and own:
                self.office.disconnects(own[0])
            elif how == "breaks":
                for id in own:
                    self.office.panels[id].dead = True
        if how in ("online", "connects"):
            self.nobody_waits_in_vain(who.branch_id)

    @rule(
        who=people,
        capacity=st.integers(1, 3),
        place=st.sampled_from([*BRANCHES, *MEMBERS]),
        minutes=st.sampled_from([None, (-1, 2), (-9, 9), (1, 20), "capacity", "capacity"]),
    )
    def an_admin_changes_settings(
        self, who: Operator, capacity: int, place: str, minutes: tuple[int, int] | str | None
    ) -> None:
        """A capacity, or hours: always open, or from so many minutes ago or ahead for so many."""
        now = self.office.now.hour * 60 + self.office.now.minute
        with self.step():
            if minutes is None:
                self.office.set_hours(place, None)
            elif isinstance(minutes, tuple):
                start = now + minutes[0]
                self.office.set_hours(place, (start, start + minutes[1]))
            else:
                self.office.set_capacity(who, capacity)
        if minutes == "capacity":
            self.nobody_waits_in_vain(who.branch_id)

    @precondition(lambda self: len(self.heads) < MOST_TALKS)
    @rule(inbox=st.sampled_from(["demo", "demo", "vip"]), where=st.sampled_from(PLACES))
    def a_visitor_arrives(self, inbox: str, where: Place) -> None:
        self._arrives(inbox, where)

    @precondition(lambda self: len(self.heads) < MOST_TALKS)
    @rule(number=st.integers(1, 2))
    def visitors_arrive_in_yekaterinburg(self, number: int) -> None:
        for _ in range(number):
            self._arrives("demo", YEKATERINBURG)

    def _arrives(self, inbox: str, where: Place) -> None:
        self.visitors += 1
        id = f"visitor-{self.visitors}"
        contacts.add(contact(id, inbox_id=inbox, place=where))
        with self.step():
            self._says(Visitor(contact_id=id, inbox_id=inbox), None)

    @precondition(lambda self: self.heads)
    @rule(which=number, behind=st.sampled_from([0, 0, 0, 1, 2]))
    def a_visitor_writes_on(self, which: int, behind: int) -> None:
        """Into whatever has become of the conversation, perhaps before they have its newest."""
        talk = nth(self.heads.values(), which)
        with self.step(talk.contact_id):
            self._says(visitor_of(talk), talk, behind)

    @precondition(lambda self: self.heads)
    @rule(which=number, other=st.sampled_from([0, 0, 0, 1]), seq=st.integers(0, 9))
    def a_visitor_reads(self, which: int, other: int, seq: int) -> None:
        """Their own conversation, or would mark another's; late, again, more than there is."""
        talk, theirs = (nth(self.heads.values(), each) for each in (which, which + other))
        with self.step(talk.contact_id):
            visitors.mark_read(visitor_of(talk), theirs.id, seq, None)

    def _says(self, who: Visitor, talk: Conversation | None, behind: int = 0) -> None:
        said = asks(by=who.contact_id, at=self.office.now, client_id=self._client_id())
        known = (talk.id, max(talk.seq - behind, 0)) if talk else (None, 0)
        messages.receive(who, said, *known, self.office.choice)

    def _client_id(self) -> str:
        """The same in each run, so that an example can be repeated."""
        self.said += 1
        return f"client-{self.said:06}"

    @precondition(lambda self: self.mine())
    @rule(which=number, what=st.sampled_from(["opens", "opens", "replies", "resolves", "reads"]))
    def the_holder_works(self, which: int, what: str) -> None:
        talk = nth(self.mine(), which)
        assert talk.assignee is not None
        holder = person(talk.assignee.id)
        with self.step(holder.id):
            self._works(holder, talk, what)
        if what == "resolves":
            self.nobody_waits_in_vain(holder.branch_id)

    def _works(self, who: Operator, talk: Conversation, what: str) -> None:
        now, choice = self.office.now, self.office.choice
        if what == "opens":
            work.open_conversation(who, talk.id, now)
        elif what == "replies":
            messages.reply(
                who, talk.id, answers(by=who.id, at=now, client_id=self._client_id()), talk.seq
            )
        elif what == "resolves":
            work.resolve(who, talk.id, now, choice)
        else:
            work.mark_read(who, talk.id, talk.in_count, None)

    @precondition(lambda self: self.heads)
    @rule(which=number, who=people, by_reply=st.booleans())
    def somebody_takes(self, which: int, who: Operator, by_reply: bool) -> None:
        """What waits, or what somebody else has by now."""
        talk = nth(self.heads.values(), which)
        with self.step(who.id):
            if by_reply:
                self._works(who, talk, "replies")
            else:
                work.take(who, talk.id, self.office.now)

    @precondition(lambda self: self.heads)
    @rule(which=number, by_holder=st.booleans(), to=st.sampled_from([*BRANCHES, *TEAM, ELENA]))
    def somebody_hands_on(self, which: int, by_holder: bool, to: str | Operator) -> None:
        talk = nth(self.heads.values(), which)
        by = person(talk.assignee.id) if by_holder and talk.held and talk.assignee else ELENA
        handing = Handing(by=by, note=None, anyway=which % 2 == 0)
        now, choice = self.office.now, self.office.choice
        with self.step():
            if isinstance(to, str):
                transfer.to_branch(handing, talk.id, to, now, choice)
            else:
                transfer.to_operator(handing, talk.id, to.id, now, choice)
        if talk.held and self.heads[talk.id].assignee != talk.assignee:
            self.nobody_waits_in_vain(talk.branch_id)

    @precondition(lambda self: self.heads)
    @rule(which=number, takes_over=st.booleans())
    def a_supervisor_comes(self, which: int, takes_over: bool) -> None:
        """Takes over; or watches, would mark it read, and is refused."""
        talk = nth(self.heads.values(), which)
        with self.step(ELENA.id):
            if takes_over:
                work.take_over(ELENA, talk.id, self.office.now, self.office.choice)
            else:
                work.open_conversation(ELENA, talk.id, self.office.now)
                work.mark_read(ELENA, talk.id, talk.in_count, None)
        if takes_over:
            self.nobody_waits_in_vain(talk.branch_id)
        elif talk.assignee is None or talk.assignee.id != ELENA.id:
            assert self.heads[talk.id] == talk

    @rule(after=st.sampled_from([0, 60, 241, 241, 601]), twice=st.booleans())
    def the_tick_comes(self, after: int, twice: bool) -> None:
        """In time, late, after others that did not come; and now and then again at once."""
        self.office.passes(after)
        for _ in range(1 + twice):
            with self.step():
                self.office.tick()
        for branch_id in BRANCHES:
            self.nobody_waits_in_vain(branch_id)

    @precondition(lambda self: self.office.letters)
    @rule(which=number, in_time=st.booleans())
    def a_timer_rings(self, which: int, in_time: bool) -> None:
        """Any that was ever set: early, in time, late, again, after others that were set later."""
        job = nth(reversed(self.office.letters), which)
        if in_time and job.at > self.office.now:
            self.office.passes((job.at - self.office.now).total_seconds())
        with self.step():
            timers.act(job, self.office.now, self.office.choice)

    # ------------------------------------------------------------ what must be true

    def mine(self) -> list[Conversation]:
        return [talk for talk in self.heads.values() if talk.held]

    def _who_was_given_what_was_right(self) -> None:
        """I3. Whom a person chose or who helped themselves is nobody's to judge."""
        for each in self.office.given:
            if each.cause == "routed":
                self._was_routed_right(each)
            elif each.cause == "escalated":
                self._was_escalated_right(each)
        self.office.given.clear()

    def _was_routed_right(self, given: Given) -> None:
        talk, branch = given.talk, given.talk.branch_id
        could = self.office.eligible(talk, branch, given.before)
        self._had_fewest(given, could, preferred=talk.last_assignee_id)
        for older in given.before.values():
            if older.queued and older.branch_id == branch and place(older) < place(talk):
                left = self.office.eligible(older, branch, given.before)
                assert not left, f"{older.id} waits longer, and could be given to {left}"

    def _was_escalated_right(self, given: Given) -> None:
        talk, branch = given.talk, given.after["branch_id"]
        assert talk.assignee is not None
        assert talk.assignee.opened_at is None
        excluded = {each.operator_id for each in talk.missed} | {talk.assignee.id}
        for earlier in (talk.branch_id, *BRANCHES[talk.branch_id]):
            could = self.office.eligible(talk, earlier, given.before, excluded)
            if earlier == branch:
                break
            assert not could, f"{earlier} was to be asked before {branch}"
        self._had_fewest(given, could, preferred=None)

    def _had_fewest(self, given: Given, could: dict[str, int], preferred: str | None) -> None:
        """By what happened, and by what was stored of it."""
        chosen = given.after["operator_id"]
        told = {each["id"]: each for each in given.after["considered"]}
        eligible = {id: each["open"] for id, each in told.items() if each["standing"] == "eligible"}
        assert eligible == could
        assert {id: each["open"] for id, each in told.items()} == {
            id: held(given.before, id) for id in told
        }
        assert chosen == preferred or could[chosen] == min(could.values())
        assert preferred not in could or chosen == preferred

    def _read_marks_are_their_owners(self, after: Heads) -> None:
        """I9."""
        for id, was in self.heads.items():
            now = after[id]
            assert now.read_count >= was.read_count
            if now.read_count > was.read_count:
                assert now.assignee is not None
                assert now.assignee.id == self.actor
            assert was.visitor_read <= now.visitor_read <= was.seq
            if now.visitor_read > was.visitor_read:
                assert now.contact_id == self.actor

    def nobody_waits_in_vain(self, branch_id: str | None) -> None:
        """I4."""
        for talk in self.heads.values():
            if talk.queued and talk.branch_id == branch_id:
                could = self.office.eligible(talk, talk.branch_id, self.heads)
                assert not could, f"{talk.id} waits, and could be given to {could}"

    def teardown(self) -> None:
        """In the end everybody is there, and all that waits is given out, as far as it goes."""
        for each in TEAM:
            self.office.chooses(each, Presence.ONLINE)
            self.office.connects(each)
        for place in (*BRANCHES, *MEMBERS):
            self.office.set_hours(place, None)
        self.the_tick_comes(after=0, twice=True)


def visitor_of(talk: Conversation) -> Visitor:
    return Visitor(contact_id=talk.contact_id, inbox_id=talk.inbox_id)


def nth(among: Any, which: int) -> Any:
    found = list(among)
    return found[which % len(found)]


def place(talk: Conversation) -> tuple[Any, str]:
    """In the queue."""
    return talk.queued_at, talk.id


def person(id: str) -> Operator:
    return next(each for each in (*TEAM, ELENA) if each.id == id)


Company.TestCase.settings = settings(
    max_examples=8,
    stateful_step_count=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
TestCompany = Company.TestCase


# ---------------------------------------------------------------- 64 at once

ARRIVALS = 64
CREW = tuple(operator(f"op{number}", capacity=100, name=f"Op {number}") for number in range(4))


@pytest.mark.parametrize("backend", emulators.EXACT)
def test_64_visitors_who_arrive_at_once_are_spread_evenly_at_every_moment(backend: str) -> None:
    """I3. Guard: the pool's version in the transaction that assigns, which moves it on, so that
    it tells their order.
    """
    geoip.write()
    with emulators.empty_table(backend):
        company.found(*CREW, ADMIN)
        company.online(*CREW, at=datetime.now(UTC))
        guests = [Guest.arrive() for _ in range(ARRIVALS)]
        order = Order()
        with LINE.through(order.plan), ThreadPoolExecutor(ARRIVALS) as threads:
            answered = list(threads.map(says, guests))
        while pools.load("ekb").queued:
            with LINE.through(order.plan):
                distribution.drain("ekb", datetime.now(UTC), choice)
        talks = check()

    assert {each.status for each in answered} == {201}
    assert len({each.conversation_id for each in guests}) == len(talks) == ARRIVALS
    given = order.given()
    assert len(given) == ARRIVALS
    assert len({talk for talk, _ in given}) == ARRIVALS, "something was given twice"
    loads = Counter({each.id: 0 for each in CREW})
    for _, who in given:
        loads[who] += 1
        assert max(loads.values()) - min(loads.values()) <= 1


def says(guest: Guest) -> Answer:
    """As a widget does: the same again while there is no time for it."""
    said = client_id()
    while (answer := guest.say(client_id=said)).status == 503:
        pass
    return answer


class Order:
    """The assignments that were committed, by the version of the pool that each replaced."""

    def __init__(self) -> None:
        self._by_version: dict[int, tuple[str, str]] = {}
        self._lock = Lock()

    def plan(self, call: Call, go: Go) -> AWSResponse:
        response = go()
        event = assigning(call)
        if event is not None and response.status_code == 200:
            after = json.decode(event["after"]["S"])
            given = event["subject_id"]["S"], after["operator_id"]
            with self._lock:
                assert self._by_version.setdefault(expected_version(call), given) == given
        return response

    def given(self) -> list[tuple[str, str]]:
        """(conversation, operator), in order."""
        return [given for _, given in sorted(self._by_version.items())]


def expected_version(call: Call) -> int:
    """Of the pool, in the condition under which the assignment holds."""
    (pool,) = (
        write["Update"]
        for write in call.request["TransactItems"]
        if write.get("Update", {}).get("Key", {}).get("sk") == {"S": keys.POOL}
    )
    names = {name: held for held, name in pool["ExpressionAttributeNames"].items()}
    found = re.search(rf"{names['version']} = (:\d+)", pool["ConditionExpression"])
    assert found, "nothing holds the version"
    return int(pool["ExpressionAttributeValues"][found[1]]["N"])
