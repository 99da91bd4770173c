"""What nobody opens in time moves on, once; what nobody answers is told to supervisors."""

from collections.abc import Callable
from datetime import datetime

import pytest

from chalicelib.actions import conversations as work
from chalicelib.actions import messages
from chalicelib.actions.distribution import drain
from chalicelib.actions.escalation import alert, escalate
from chalicelib.domain.activity import Action
from chalicelib.domain.branch import Branch
from chalicelib.domain.conversation import Alarm, Conversation
from chalicelib.domain.operator import Operator, Presence
from chalicelib.domain.working_hours import Hours
from chalicelib.errors import Unavailable
from chalicelib.store import (
    activity,
    connections,
    contacts,
    conversations,
    organisation,
    pools,
    settled,
)
from tests.support import company, units
from tests.support.company import ANNA, ELENA, MARIA, OLEG, first, load
from tests.support.consistency import check
from tests.support.line import LINE, Call, Go, lost, throttled
from tests.support.people import (
    NOW,
    answers,
    asks,
    contact,
    later,
    operator,
    panel_of,
    visitor,
    widget_of,
)

pytestmark = pytest.mark.usefixtures("_company")

DUE = later(seconds=240)
READY = later(seconds=230)


def at_work(*people: Operator, at: datetime = READY) -> None:
    """Online, with a panel that is alive when the time of what comes now has run out."""
    company.online(*people, at=at)


def asked(by: str = "vera") -> str:
    """A visitor's new conversation."""
    contacts.add(contact(by))
    return messages.receive(visitor(by), asks(by=by), None, 0, first).conversation.id


def now_of(talk: str) -> Conversation:
    found = conversations.get(talk)
    assert found is not None
    return found


def holder(talk: str) -> str | None:
    assignee = now_of(talk).assignee
    return assignee.id if assignee else None


def neighbours_of_ekb(*ids: str) -> None:
    organisation.save_branch(Branch(id="ekb", name="Екатеринбург", neighbours=ids))
    settled.clear()


def told(socket: str) -> list[str]:
    """The kinds of frames that a socket got since the last look."""
    found = [frame["type"] for id, frame in LINE.frames if id == socket]
    LINE.frames = [each for each in LINE.frames if each[0] != socket]
    return found


class TestMovingOn:
    def test_a_colleague_gets_what_was_not_opened_in_time(self) -> None:
        at_work(ANNA, OLEG)
        talk = asked()
        assert holder(talk) == "anna"

        escalate(talk, DUE, later(seconds=241), first)

        after = now_of(talk)
        assert (holder(talk), after.handed_over) == ("oleg", True)
        assert after.due is not None
        assert after.due.at == later(seconds=481)
        assert (load(ANNA), load(OLEG)) == (0, 1)
        check()

    def test_not_before_its_time(self) -> None:
        at_work(ANNA, OLEG)
        talk = asked()

        escalate(talk, DUE, later(seconds=239), first)

        assert holder(talk) == "anna"

    def test_a_job_that_comes_again_does_nothing(self) -> None:
        at_work(ANNA, OLEG)
        talk = asked()
        escalate(talk, DUE, DUE, first)
        before = now_of(talk)

        for at in (DUE, later(hours=2)):
            escalate(talk, DUE, at, first)

        assert now_of(talk) == before

    @pytest.mark.parametrize("what", ["opens", "replies", "resolves"])
    def test_never_after_the_assignee_has_seen_it(self, what: str) -> None:
        """Guards: the timer in the condition of the move, and in the decision."""
        at_work(ANNA, OLEG)
        talk = asked()
        acts: dict[str, Callable[[], object]] = {
            "opens": lambda: work.open_conversation(ANNA, talk, later(seconds=239)),
            "replies": lambda: messages.reply(ANNA, talk, answers(), 1),
            "resolves": lambda: work.resolve(ANNA, talk, later(seconds=239), first),
        }
        acts[what]()

        escalate(talk, DUE, DUE, first)

        assert holder(talk) == "anna"
        check()

    @pytest.mark.parametrize("people", [(ANNA, OLEG), (ANNA,)], ids=["a colleague", "nobody left"])
    def test_an_opening_between_the_look_and_the_move_wins(
        self, people: tuple[Operator, ...]
    ) -> None:
        """Guards: `timed` in the condition of the transaction."""
        at_work(*people)
        talk = asked()
        opened = []

        def opening_first(call: Call, go: Go) -> object:
            if call.operation == "TransactWriteItems" and not opened:
                opened.append(talk)
                work.open_conversation(ANNA, talk, later(seconds=239))
            return go()

        with LINE.through(opening_first):  # type: ignore[arg-type]  # an answer, as Plan says
            escalate(talk, DUE, DUE, first)

        assert opened
        assert holder(talk) == "anna"
        check()

    def test_the_neighbours_are_asked_when_the_branch_has_nobody_left(self) -> None:
        neighbours_of_ekb("msk")
        at_work(ANNA, MARIA)
        talk = asked()

        escalate(talk, DUE, DUE, first)

        assert (holder(talk), now_of(talk).branch_id) == ("maria", "msk")
        assert (load(ANNA), load(MARIA)) == (0, 1)
        check()

    def test_a_closed_neighbour_is_not_asked(self) -> None:
        neighbours_of_ekb("msk")
        closed = Hours(time_zone="UTC", week=((),) * 7)
        organisation.save_branch(Branch(id="msk", name="Москва", hours=closed))
        settled.clear()
        at_work(ANNA, MARIA)
        talk = asked()

        escalate(talk, DUE, DUE, first)

        assert now_of(talk).queued

    def test_the_place_that_became_free_goes_to_who_waits(self) -> None:
        busy = operator("busy", capacity=1)
        company.found(busy)
        at_work(busy)
        first_talk, second_talk = asked("vera"), asked("boris")
        assert (holder(first_talk), holder(second_talk)) == ("busy", None)

        escalate(first_talk, DUE, DUE, first)

        assert (holder(first_talk), holder(second_talk)) == (None, "busy")
        check()

    def test_the_history_tells_who_missed_it_and_why_it_went_where_it_went(self) -> None:
        at_work(ANNA, OLEG)
        talk = asked()
        escalate(talk, DUE, DUE, first)
        escalate(talk, later(seconds=480), later(seconds=480), first)

        events = activity.of_conversation(talk)

        told = [(each.action, (each.after or {}).get("cause")) for each in events]
        assert sorted(told) == [
            (Action.ASSIGNED, "escalated"),
            (Action.ASSIGNED, "routed"),
            (Action.QUEUED, "nobody_left"),
        ]
        (moved,) = (each for each in events if (each.after or {}).get("cause") == "escalated")
        assert moved.before is not None
        assert moved.before["operator_id"] == "anna"
        assert moved.after is not None
        standings = {each["id"]: each["standing"] for each in moved.after["considered"]}
        assert standings["anna"] == "missed"


class TestNobodyLeft:
    @pytest.fixture(autouse=True)
    def _anna_alone(self, _company: None) -> None:
        at_work(ANNA)

    def test_it_waits_in_the_queue_with_an_alert(self) -> None:
        talk = asked()

        escalate(talk, DUE, DUE, first)

        after = now_of(talk)
        assert (after.queued, after.alarm, after.due) == (True, Alarm.NOBODY_LEFT, None)
        assert load(ANNA) == 0
        check()

    def test_who_missed_it_does_not_get_it_again_by_draining(self) -> None:
        talk = asked()
        escalate(talk, DUE, DUE, first)

        drain("ekb", DUE, first)

        assert now_of(talk).queued

    def test_unless_they_came_online_again(self) -> None:
        talk = asked()
        escalate(talk, DUE, DUE, first)
        pools.choose_presence(ANNA, Presence.AWAY, later(seconds=250))
        pools.choose_presence(ANNA, Presence.ONLINE, later(seconds=260))
        reconnected = panel_of(ANNA, "another", at=later(seconds=260))
        assert connections.open_with(reconnected, "another-ticket")

        drain("ekb", later(seconds=261), first)

        assert (holder(talk), now_of(talk).alarm) == ("anna", None)

    def test_somebody_else_who_comes_gets_it_at_once(self) -> None:
        talk = asked()
        escalate(talk, DUE, DUE, first)
        at_work(OLEG, at=DUE)

        drain("ekb", DUE, first)

        assert holder(talk) == "oleg"
        check()


class TestWhoHears:
    def test_visitor_both_colleagues_and_supervisors(self) -> None:
        neighbours_of_ekb("msk")
        at_work(ANNA, MARIA, ELENA)
        talk = asked()
        assert connections.open_with(widget_of(), "ticket")
        LINE.frames.clear()

        escalate(talk, DUE, DUE, first)

        assert told("panel-of-anna") == ["list"]
        assert told("panel-of-maria") == ["conversation"]
        assert told("panel-of-elena") == ["conversation"]
        assert told("widget-of-vera") == ["conversation"]

    def test_the_visitor_hears_that_a_colleague_is_taking_over(self) -> None:
        at_work(ANNA, OLEG)
        talk = asked()
        assert connections.open_with(widget_of(), "ticket")
        LINE.frames.clear()

        escalate(talk, DUE, DUE, first)

        (frame,) = (frame for id, frame in LINE.frames if id == "widget-of-vera")
        assert frame["conversation"]["handed_over"] is True

    def test_supervisors_see_the_alert(self) -> None:
        at_work(ANNA, ELENA)
        talk = asked()
        LINE.frames.clear()

        escalate(talk, DUE, DUE, first)

        (frame,) = (frame for id, frame in LINE.frames if id == "panel-of-elena")
        assert frame["conversation"]["alarm"] == "nobody_left"
        assert frame["conversation"]["id"] == talk


class TestAnAlert:
    OPENED = later(seconds=30)
    DUE = later(seconds=630)

    @pytest.fixture
    def talk(self) -> str:
        """Anna has opened it and says nothing."""
        at_work(ANNA, OLEG, ELENA)
        talk = asked()
        work.open_conversation(ANNA, talk, self.OPENED)
        LINE.frames.clear()
        return talk

    def test_supervisors_hear_of_what_was_opened_and_not_answered(self, talk: str) -> None:
        alert(talk, self.DUE, self.DUE, first)

        after = now_of(talk)
        assert (after.alarm, after.due, holder(talk)) == (Alarm.UNANSWERED, None, "anna")
        (frame,) = (frame for id, frame in LINE.frames if id == "panel-of-elena")
        assert frame["conversation"]["alarm"] == "unanswered"
        check()

    def test_once(self, talk: str) -> None:
        alert(talk, self.DUE, self.DUE, first)
        before = now_of(talk)

        alert(talk, self.DUE, later(hours=1), first)

        assert now_of(talk) == before
        kinds = [each.action for each in activity.of_conversation(talk)]
        assert kinds.count(Action.ALERTED) == 1

    def test_not_before_its_time_nor_after_an_answer(self, talk: str) -> None:
        alert(talk, self.DUE, later(seconds=629), first)
        assert now_of(talk).alarm is None

        messages.reply(ANNA, talk, answers(at=later(seconds=629)), 1)
        alert(talk, self.DUE, self.DUE, first)

        assert now_of(talk).alarm is None

    def test_an_answer_between_the_look_and_the_alert_wins(self, talk: str) -> None:
        """Guards: `timed` in the condition of the transaction."""
        answered = []

        def answer_first(call: Call, go: Go) -> object:
            if call.operation == "TransactWriteItems" and not answered:
                answered.append(talk)
                messages.reply(ANNA, talk, answers(at=later(seconds=629)), 1)
            return go()

        with LINE.through(answer_first):  # type: ignore[arg-type]  # an answer, as Plan says
            alert(talk, self.DUE, self.DUE, first)

        assert answered
        assert now_of(talk).alarm is None

    def test_an_answer_ends_it(self, talk: str) -> None:
        alert(talk, self.DUE, self.DUE, first)

        messages.reply(ANNA, talk, answers(at=later(seconds=640)), 1)

        assert now_of(talk).alarm is None


class TestFaults:
    def test_a_move_whose_answer_was_lost_happened_once(self) -> None:
        at_work(ANNA, OLEG)
        talk = asked()

        def commit_is_lost(call: Call, go: Go) -> object:
            return lost(call, go) if call.operation == "TransactWriteItems" else go()

        with LINE.through(commit_is_lost), pytest.raises(Unavailable):  # type: ignore[arg-type]  # an answer
            escalate(talk, DUE, DUE, first)
        assert holder(talk) == "oleg"
        before = now_of(talk)
        escalate(talk, DUE, later(seconds=330), first)

        assert now_of(talk) == before
        check()

    def test_a_dead_database_leaves_it_to_the_next(self) -> None:
        at_work(ANNA, OLEG)
        talk = asked()

        with LINE.through(throttled), pytest.raises(Unavailable):
            escalate(talk, DUE, DUE, first)

        escalate(talk, DUE, DUE, first)
        assert holder(talk) == "oleg"

    def test_a_conversation_that_is_gone_concerns_nobody(self) -> None:
        escalate("nothing", DUE, DUE, first)
        alert("nothing", DUE, DUE, first)


class TestCosts:
    def test_moving_on_costs_the_same_however_much_there_is(self) -> None:
        """Requests and write units, among 2 and among 42 open conversations."""
        many = tuple(operator(each, capacity=100) for each in ("one", "two"))
        company.found(*many)
        at_work(*many)

        def cost(by: str, at: datetime) -> tuple[list[str], int]:
            contacts.add(contact(by))
            said = asks(by=by, at=at)
            talk = messages.receive(visitor(by), said, None, 0, first).conversation
            assert talk.due is not None
            before = units.snapshot()
            with LINE.watched() as calls:
                escalate(talk.id, talk.due.at, talk.due.at, first)
            known = [each.operation for each in calls if each.operation != "Scan"]
            return sorted(known), units.written(before, units.snapshot())

        cost("warm", NOW)
        few = cost("few", NOW)
        for number in range(40):
            asked(f"visitor-{number}")
        lots = cost("lots", NOW)

        assert few == lots
        operations, written = few
        assert len(operations) <= 12, operations
        assert written <= 22, written
