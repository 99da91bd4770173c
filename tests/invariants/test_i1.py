"""I1: an acknowledged message is stored exactly once, gapless, under the seq that was acknowledged.

Each test names the guard that it proves: without it the test fails.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import TypeVar

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.actions import conversations as work
from chalicelib.actions import distribution, messages
from chalicelib.actions.messages import Said
from chalicelib.domain.message import Draft
from chalicelib.errors import AlreadyTaken, Unavailable
from chalicelib.store import contacts, conversations, pools, settled
from tests.support import company, emulators, line, units
from tests.support.company import ANNA, ELENA, OLEG, first, online
from tests.support.consistency import check, history
from tests.support.line import LINE, Call, Crash, Go, Plan
from tests.support.people import NOW, answers, asks, contact, later, visitor

THREADS, SENDS = 8, 8

T = TypeVar("T")
Send = Callable[[Draft], Said]


def sends(by: str = "vera", talk: str | None = None, after: int = 0) -> Send:
    """A visitor's way to say something, with what their widget knows."""
    return lambda draft: messages.receive(visitor(by), draft, talk, after, first)


def replies(talk: str, after: int = 0) -> Send:
    return lambda draft: messages.reply(ANNA, talk, draft, after)


def until_acknowledged(send: Send, draft: Draft) -> Said:
    """What a client does: the same again until it is answered."""
    for _ in range(200):
        try:
            return send(draft)
        except (Unavailable, Crash):
            LINE.settle()
    raise AssertionError("never acknowledged")


def is_stored_once(said: Said, draft: Draft) -> bool:
    stored = history(said.message.conversation_id)
    own = [(seq, body) for seq, client_id, body in stored if client_id == draft.client_id]
    return own == [(said.message.seq, draft.body)]


# ---------------------------------------------------------------- threads


@pytest.mark.usefixtures("exact_table")
def test_eight_threads_in_one_conversation_lose_nothing_and_leave_no_gap() -> None:
    """Guards: the head's `seq` in the condition of `receive` and `reply` (a gap or an overwritten
    message), the look at what stands behind `after` (a repeat is stored twice).
    """
    contacts.add(contact())
    online(ANNA)
    talk = sends()(asks()).message.conversation_id

    def client(number: int) -> list[tuple[Draft, Said]]:
        rng, acknowledged, seen = Random(number), [], 1  # noqa: S311  # repeatable
        for turn in range(SENDS):
            text = f"{number}.{turn}"
            draft = answers(text) if number % 4 == 3 else asks(text)
            had = rng.choice((seen, seen, 0, rng.randint(0, seen)))
            for _ in range(rng.choice((1, 1, 2, 3))):  # a client that repeats, not knowing better
                after = rng.choice((had, had, 0))
                send = replies(talk, after) if number % 4 == 3 else sends("vera", talk, after)
                said = until_acknowledged(send, draft)
                acknowledged.append((draft, said))
            seen = max(seen, said.conversation.seq)
        return acknowledged

    acknowledged = at_once(client)

    stored = {client_id: (seq, body) for seq, client_id, body in history(talk)}
    assert len(acknowledged) > THREADS * SENDS
    for draft, said in acknowledged:
        assert stored[draft.client_id] == (said.message.seq, draft.body)
    assert len(history(talk)) == THREADS * SENDS + 1
    check()


@pytest.mark.usefixtures("exact_table")
def test_eight_tabs_that_speak_first_start_one_conversation() -> None:
    """Guard: the contact's pointer in the transaction of `create`."""
    contacts.add(contact())

    said = at_once(lambda number: [until_acknowledged(sends(), asks(str(number)))])

    assert {each.message.seq for each in said} == set(range(1, THREADS + 1))
    assert len(check()) == 1


@pytest.mark.usefixtures("exact_table")
def test_the_same_first_message_sent_eight_times_at_once_is_one_message() -> None:
    """Guards: the contact's pointer, and the look at what stands behind `after`."""
    contacts.add(contact())
    draft = asks()

    said = at_once(lambda _: [until_acknowledged(sends(), draft)])

    assert {each.message.id for each in said} == {said[0].message.id}
    (talk,) = check()
    assert talk.seq == 1


@pytest.mark.usefixtures("exact_table")
def test_eight_who_bring_back_one_resolved_conversation_bring_it_back_once() -> None:
    """Guards: the status and the `seq` in the condition of `reopen`, and the condition on the
    message, each of which is enough here (without all three it is queued and counted twice).
    """
    contacts.add(contact())
    talk = sends()(asks()).message.conversation_id
    work.take(ANNA, talk, NOW)
    work.resolve(ANNA, talk, NOW, first)

    said = at_once(lambda n: [until_acknowledged(sends("vera", talk, 1), asks(str(n)))])

    assert {each.message.seq for each in said} == set(range(2, THREADS + 2))
    (after,) = check()
    assert (after.queued, pools.load("ekb").queued) == (True, 1)


@pytest.mark.usefixtures("exact_table")
def test_three_who_reply_first_leave_one_holder_and_one_reply() -> None:
    """Guards: `queued_at` and the `seq` in the condition of `claim`, and the condition on the queue
    entry, each of which is enough here (without all three loads are counted twice).
    """
    contacts.add(contact())
    talk = sends()(asks()).message.conversation_id

    def claim(number: int) -> list[Said]:
        who = (ANNA, OLEG, ELENA)[number % 3]
        draft = answers(str(number), by=who.id)
        try:
            return [messages.reply(who, talk, draft, 1)]
        except AlreadyTaken:
            return []

    said = at_once(claim)

    (after,) = check()
    assert after.assignee is not None
    assert {each.message.draft.author.id for each in said} == {after.assignee.id}
    assert after.seq == 1 + len(said)


def at_once(client: Callable[[int], list[T]]) -> list[T]:
    """What all clients got, who worked at the same time."""
    with ThreadPoolExecutor(THREADS) as threads:
        return [each for found in threads.map(client, range(THREADS)) for each in found]


# ---------------------------------------------------------------- random faults


def sometimes(rng: Random, share: float) -> Plan:
    """Throttles, conflicts and lost answers, at random."""

    def plan(call: Call, go: Go) -> AWSResponse:
        if rng.random() > share:
            return go()
        faults: list[Plan] = [line.throttled, line.lost]
        if call.operation in ("TransactWriteItems", "UpdateItem"):
            faults.append(line.conflicted)
        return rng.choice(faults)(call, go)

    return plan


@pytest.mark.usefixtures("exact_table")
@pytest.mark.parametrize("seed", [1, 2])
def test_four_clients_among_faults_of_every_kind_lose_nothing(seed: int) -> None:
    """Guards: the look at what stands behind `after` (a lost answer is repeated), and that nothing
    is acknowledged before it is committed.
    """
    contacts.add(contact())
    online(ANNA)
    talk = sends()(asks()).message.conversation_id
    rng = Random(seed)  # noqa: S311  # repeatable

    def client(number: int) -> list[tuple[Draft, Said]]:
        return [
            (draft, until_acknowledged(sends("vera", talk, turn), draft))
            for turn in range(6)
            for draft in [asks(f"{number}.{turn}")]
        ]

    with LINE.through(sometimes(rng, 0.25)), ThreadPoolExecutor(4) as threads:
        acknowledged = [each for found in threads.map(client, range(4)) for each in found]

    for draft, said in acknowledged:
        assert is_stored_once(said, draft)
    assert len(history(talk)) == 25
    check()


@pytest.mark.usefixtures("exact_table")
def test_every_message_whose_answer_is_lost_is_stored_once() -> None:
    """Guard: the look at what stands behind `after`; the SDK's token guards its own retries."""
    contacts.add(contact())
    talk = sends()(asks()).message.conversation_id

    for turn in range(1, 4):
        draft = asks(str(turn))
        with LINE.through(only("TransactWriteItems", line.lost)), pytest.raises(Unavailable):
            sends("vera", talk, turn)(draft)
        assert is_stored_once(sends("vera", talk, turn)(draft), draft)

    (after,) = check()
    assert after.seq == 4


def test_what_was_not_stored_is_not_acknowledged(table: None) -> None:
    """Guard: a failed transaction leaves `receive` as Unavailable."""
    contacts.add(contact())
    talk = sends()(asks()).message.conversation_id

    for fault in (line.throttled, line.conflicted):
        with LINE.through(only("TransactWriteItems", fault)), pytest.raises(Unavailable):
            sends("vera", talk, 1)(asks())

    assert len(history(talk)) == 1


def only(operation: str, fault: Plan) -> Plan:
    return lambda call, go: fault(call, go) if call.operation == operation else go()


# ---------------------------------------------------------------- the sweep of crash points


@dataclass(frozen=True)
class Handler:
    """A way to send, from the situation that `stage` makes; `talk` names its conversation. `after`
    is what the client has of it.
    """

    stage: Callable[[], str | None]
    send: Callable[[str | None, int], Send]
    after: int
    draft: Callable[[], Draft]


def nothing() -> None:
    contacts.add(contact())


def begun() -> str:
    nothing()
    return sends()(asks("раз", at=NOW)).message.conversation_id


def held() -> str:
    talk = begun()
    work.take(ANNA, talk, NOW)
    return talk


def resolved() -> str:
    talk = held()
    work.resolve(ANNA, talk, NOW, first)
    return talk


def by_visitor() -> Draft:
    return asks("Ау", at=later(minutes=1))


def by_anna() -> Draft:
    return answers("Да", at=later(minutes=1))


def says(talk: str | None, after: int) -> Send:
    return sends("vera", talk, after)


def says_somewhere(talk: str | None, after: int) -> Send:
    return sends()


def answers_in(talk: str | None, after: int) -> Send:
    return replies(str(talk), after)


HANDLERS = {
    "first message": Handler(nothing, says_somewhere, 0, by_visitor),
    "later message": Handler(held, says, 1, by_visitor),
    "message with a stale hint": Handler(held, says, 0, by_visitor),
    "message without a conversation": Handler(held, says_somewhere, 0, by_visitor),
    "reply": Handler(held, answers_in, 1, by_anna),
    "claiming reply": Handler(begun, answers_in, 1, by_anna),
    "reopening message": Handler(resolved, says, 1, by_visitor),
}


WRITES = {"TransactWriteItems", "UpdateItem", "PutItem", "BatchWriteItem"}


def fails(at: int, of: Callable[[Call], bool], fault: Plan) -> Plan:
    """Call number `at` of a kind meets a fault, and so does whatever the SDK sends again for it."""
    numbers, victims = count(), set[str]()

    def plan(call: Call, go: Go) -> AWSResponse:
        token = str(call.request.get("ClientRequestToken", id(call)))
        if of(call) and next(numbers) == at:
            victims.add(token)
        return fault(call, go) if token in victims else go()

    return plan


def crash_before(call: Call, go: Go) -> AWSResponse:
    raise LINE.crash()


def crash_after(call: Call, go: Go) -> AWSResponse:
    go()
    raise LINE.crash()


def any_call(call: Call) -> bool:
    return True


def is_write(call: Call) -> bool:
    return call.operation in WRITES


def sweep(calls: list[Call]) -> Iterator[tuple[str, Plan]]:
    """Every place to fail at; after a read is before the next call."""
    writes = sum(map(is_write, calls))
    for at in range(len(calls)):
        yield f"crash before call {at}", fails(at, any_call, crash_before)
    for at in range(writes):
        yield f"crash after write {at}", fails(at, is_write, crash_after)
        yield f"lost answer to write {at}", fails(at, is_write, line.lost)


class Stage:
    """A handler's situation, made once and put back for every run."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        company.found(ANNA, OLEG, ELENA)
        self.talk = handler.stage()
        online(ANNA)
        self.items = list(units.snapshot().values())

    def again(self) -> tuple[Send, Draft]:
        """What is to be said now, and how."""
        with emulators.empty_table("ministack"):
            units.restore(self.items)
        settled.clear()
        return self.handler.send(self.talk, self.handler.after), self.handler.draft()

    def blind(self) -> Send:
        """The same by a client that has forgotten what it had."""
        return self.handler.send(self.talk, 0)

    def calls(self) -> list[Call]:
        """What the handler asks for when nothing goes wrong."""
        send, draft = self.again()
        with LINE.watched() as calls:
            send(draft)
        return calls


@pytest.mark.usefixtures("empty")
@pytest.mark.parametrize("name", HANDLERS)
def test_wherever_a_send_is_cut_the_repeat_stores_the_message_once(name: str) -> None:
    """Guards: everything that a send changes is in one transaction; the look at what stands behind
    `after`; the tick, which gives out what a crash left in the queue.
    """
    stage = Stage(HANDLERS[name])
    faults = dict(sweep(stage.calls()))
    assert len(faults) >= 5

    for where, plan in faults.items():
        send, draft = stage.again()
        with LINE.through(plan):
            attempt(send, draft)
        check()  # even before the repeat nothing is half done
        said = until_acknowledged(send, draft)
        others = [until_acknowledged(each, draft) for each in (stage.blind(), send)]

        assert is_stored_once(said, draft), where
        assert {each.message for each in others} == {said.message}, where
        distribution.drain_everything(later(seconds=30), first)
        (talk,) = check()
        assert talk.assignee is not None, where
        assert talk.assignee.id == "anna"


def attempt(send: Send, draft: Draft) -> None:
    try:
        send(draft)
    except (Crash, Unavailable):
        return


def test_a_crash_between_the_commit_and_the_routing_is_repaired_by_the_tick(table: None) -> None:
    """Guard: `drain_everything`; without it the conversation waits until somebody comes online."""
    nothing()
    online(ANNA)
    commits = count()

    def after_the_commit(call: Call, go: Go) -> AWSResponse:
        response = go()
        if call.operation == "TransactWriteItems" and next(commits) == 0:
            raise LINE.crash()
        return response

    with LINE.through(after_the_commit), pytest.raises(Crash):
        sends()(asks())
    (waiting,) = check()
    assert waiting.queued

    distribution.drain_everything(later(seconds=60), first)

    (given,) = check()
    assert given.assignee is not None
    assert conversations.mine("anna") == [given.id]
