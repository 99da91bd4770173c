"""Conversations in other hands: transfer, take over, and what is left by who leaves."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from chalicelib.actions import conversations as work
from chalicelib.actions import distribution, messages, release, transfer
from chalicelib.actions.transfer import Handing
from chalicelib.domain.activity import Action, ActivityEvent
from chalicelib.domain.branch import Branch
from chalicelib.domain.contact import Visitor
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.operator import Operator
from chalicelib.domain.working_hours import Hours
from chalicelib.errors import BranchClosed, Forbidden, Invalid, NotFound, NotOpen, OperatorOffline
from chalicelib.store import activity, contacts, conversations, organisation, pools, settled
from tests.support.company import ANNA, ELENA, INBOX, MARIA, OLEG, first, load, online
from tests.support.consistency import check
from tests.support.line import LINE
from tests.support.people import NOW, answers, asks, contact, later, visitor
from tests.support.sockets import socket_of

pytestmark = pytest.mark.usefixtures("_company")

NEVER = Hours(time_zone="UTC", week=((),) * 7)


def arrives(id: str = "vera") -> Conversation:
    contacts.add(contact(id))
    return messages.receive(visitor(id), asks(by=id), None, 0, first).conversation


def held_by(operator: Operator, id: str = "vera") -> Conversation:
    return work.take(operator, arrives(id).id, NOW)


def handing(by: Operator = ANNA, note: str | None = None, *, anyway: bool = False) -> Handing:
    return Handing(by=by, note=note, anyway=anyway)


def newest(talk: Conversation) -> ActivityEvent:
    return activity.of_conversation(talk.id)[0]


def holder(talk: Conversation) -> str | None:
    found = conversations.get(talk.id)
    assert found is not None
    return found.assignee.id if found.assignee else None


def test_the_next_holder_has_unread_what_the_former_read_and_did_not_answer() -> None:
    talk = held_by(ANNA)
    messages.reply(ANNA, talk.id, answers(at=later(seconds=1)), 1)
    messages.receive(visitor(), asks("А доставка?", at=later(seconds=2)), talk.id, 2, first)
    work.mark_read(ANNA, talk.id, 2, None)

    moved = transfer.to_operator(handing(anyway=True), talk.id, "maria", later(seconds=3), first)
    opened = work.open_conversation(MARIA, talk.id, later(seconds=4)).conversation

    assert (moved.unread, opened.unread) == (1, 0)
    assert (moved.read_count, opened.read_count) == (2, 2), "the visitor's tick stays (I9)"
    check()


class TestToABranch:
    def test_the_first_who_is_free_there_gets_it(self) -> None:
        online(MARIA)
        talk = held_by(ANNA)

        moved = transfer.to_branch(handing(), talk.id, "msk", NOW, first)

        assert moved.assignee is not None
        assert (moved.assignee.id, moved.branch_id, moved.handed_over) == ("maria", "msk", True)
        assert (load(ANNA), load(MARIA), pools.load("msk").queued) == (0, 1, 0)
        check()

    def test_nobody_is_free_and_it_waits_there_with_its_note(self) -> None:
        talk = held_by(ANNA)

        moved = transfer.to_branch(handing(note="Скидка 5 %"), talk.id, "msk", NOW, first)

        assert (moved.queued, moved.branch_id, pools.load("msk").queued) == (True, "msk", 1)
        told = newest(talk)
        assert (told.action, told.actor.id) == (Action.QUEUED, "anna")
        assert told.after == {"branch_id": "msk", "cause": "transferred", "note": "Скидка 5 %"}
        assert (told.before or {})["operator_id"] == "anna"
        check()

    def test_who_had_it_hears_of_which_branch_it_is_and_others_do_not(self) -> None:
        former, colleague = socket_of(ANNA), socket_of(OLEG)
        talk = held_by(ANNA)
        for each in (former, colleague):
            each.heard()

        transfer.to_branch(handing(ELENA), talk.id, "msk", NOW, first)

        (told,) = former.heard()
        assert (told["moved"]["operator"], told["moved"]["branch_id"]) == (None, "msk")
        assert colleague.heard() == [{"type": "list", "moved": None}]

    def test_who_hands_it_on_within_the_branch_does_not_get_it_back(self) -> None:
        online(ANNA)
        talk = held_by(ANNA)

        transfer.to_branch(handing(), talk.id, "ekb", later(seconds=1), first)
        online(OLEG)
        waits = holder(talk)
        messages.receive(visitor(), asks(at=later(seconds=2)), talk.id, 1, first)
        work.take(OLEG, talk.id, later(seconds=3))

        assert (waits, holder(talk)) == (None, "oleg")

    def test_a_place_that_becomes_free_goes_to_who_waits(self) -> None:
        held = [held_by(ANNA, f"held-{number}") for number in range(ANNA.capacity)]
        online(ANNA)
        waiting = arrives("boris")

        transfer.to_branch(handing(), held[0].id, "msk", NOW, first)

        assert holder(waiting) == "anna"

    def test_what_waits_there_already_keeps_its_place(self) -> None:
        talk = arrives()

        moved = transfer.to_branch(handing(ELENA, "VIP"), talk.id, "ekb", later(seconds=9), first)

        assert (moved.queued_at, pools.load("ekb").queued) == (talk.queued_at, 1)
        assert (newest(talk).after or {})["note"] == "VIP"
        check()

    def test_a_closed_branch_is_told_before(self) -> None:
        organisation.save_branch(Branch(id="msk", name="Москва", hours=NEVER))
        settled.clear()
        online(MARIA)
        talk = held_by(ANNA)

        with pytest.raises(BranchClosed, match="Москва"):
            transfer.to_branch(handing(), talk.id, "msk", NOW, first)
        assert holder(talk) == "anna"
        moved = transfer.to_branch(handing(anyway=True), talk.id, "msk", NOW, first)

        assert (moved.queued, moved.branch_id) == (True, "msk")

    def test_what_there_is_not_and_who_may_not(self) -> None:
        talk, ended = held_by(ANNA), held_by(ANNA, "boris")
        work.resolve(ANNA, ended.id, NOW, first)
        for by, about, branch_id, refusal in (
            (ANNA, talk, "nowhere", Invalid),
            (OLEG, talk, "msk", NotFound),
            (OLEG, arrives("zoya"), "msk", Forbidden),
            (ANNA, ended, "msk", NotOpen),
        ):
            with pytest.raises(refusal):
                transfer.to_branch(handing(by), about.id, branch_id, NOW, first)
        check()


class TestToAColleague:
    def test_the_branch_follows_the_operator_and_the_clock_starts(self) -> None:
        online(MARIA)
        talk = held_by(ANNA)

        moved = transfer.to_operator(handing(note="VIP"), talk.id, "maria", NOW, first)

        assert moved.assignee is not None
        assert (moved.assignee.id, moved.assignee.opened_at) == ("maria", None)
        assert (moved.branch_id, moved.due is not None) == ("msk", True)
        assert (load(ANNA), load(MARIA)) == (0, 1)
        told = newest(talk)
        assert (told.action, told.actor.id) == (Action.ASSIGNED, "anna")
        assert (told.after or {})["cause"] == "transferred"
        assert (told.after or {})["note"] == "VIP"
        check()

    def test_somebody_who_is_not_there_gets_it_only_anyway(self) -> None:
        talk = held_by(ANNA)

        with pytest.raises(OperatorOffline, match="Мария"):
            transfer.to_operator(handing(), talk.id, "maria", NOW, first)
        assert holder(talk) == "anna"
        transfer.to_operator(handing(anyway=True), talk.id, "maria", NOW, first)

        assert holder(talk) == "maria"

    def test_a_supervisor_who_is_there_is_there(self) -> None:
        talk = held_by(ANNA)
        with pytest.raises(OperatorOffline):
            transfer.to_operator(handing(), talk.id, "elena", NOW, first)

        online(ELENA)
        moved = transfer.to_operator(handing(), talk.id, "elena", NOW, first)

        assert (holder(talk), moved.branch_id, load(ELENA)) == ("elena", "ekb", 1)

    def test_however_much_they_have_to_do(self) -> None:
        online(MARIA)
        for number in range(MARIA.capacity):
            transfer.to_operator(handing(), held_by(ANNA, f"one-{number}").id, "maria", NOW, first)
        talk = held_by(ANNA)

        transfer.to_operator(handing(), talk.id, "maria", NOW, first)

        assert load(MARIA) == MARIA.capacity + 1

    @pytest.mark.parametrize("to", [OLEG, MARIA, ELENA], ids=lambda each: each.id)
    def test_the_place_that_becomes_free_goes_to_who_waits(self, to: Operator) -> None:
        held = [held_by(ANNA, f"held-{number}") for number in range(ANNA.capacity)]
        online(ANNA)
        waiting = arrives("boris")

        transfer.to_operator(handing(anyway=True), held[0].id, to.id, NOW, first)

        assert (holder(held[0]), holder(waiting)) == (to.id, "anna")

    def test_supervisors_assign_anybodys_and_what_waits(self) -> None:
        online(MARIA)
        for talk in (held_by(ANNA), arrives("boris")):
            transfer.to_operator(handing(ELENA), talk.id, "maria", NOW, first)
            assert holder(talk) == "maria"
        check()

    def test_nobody_and_who_has_it_already(self) -> None:
        online(ANNA)
        talk = held_by(ANNA)
        for operator_id in ("nobody", "anna"):
            with pytest.raises(Invalid) as refused:
                transfer.to_operator(handing(), talk.id, operator_id, NOW, first)
            assert refused.value.field == "operator_id"

    def test_both_branches_hear_of_it_and_who_had_it_where_it_went(self) -> None:
        former, colleague, receiver = socket_of(ANNA), socket_of(OLEG), socket_of(MARIA)
        talk = held_by(ANNA)
        for each in (former, colleague, receiver):
            each.heard()

        transfer.to_operator(
            handing(anyway=True), talk.id, "maria", datetime.now(NOW.tzinfo), first
        )

        assert colleague.heard() == [{"type": "list", "moved": None}]
        (told,) = former.heard()
        assert told["moved"]["conversation_id"] == talk.id
        assert told["moved"]["operator"] == {"id": "maria", "name": MARIA.name}
        (frame,) = receiver.heard()
        assert told["moved"]["rev"] == frame["conversation"]["rev"]
        assert (frame["type"], frame["conversation"]["branch_id"]) == ("conversation", "msk")


class TestTakingOver:
    def test_the_supervisor_carries_it_and_has_opened_it(self) -> None:
        talk = held_by(ANNA)

        taken = work.take_over(ELENA, talk.id, later(minutes=1), first)

        assert taken.assignee is not None
        assert (taken.assignee.id, taken.assignee.opened_at) == ("elena", later(minutes=1))
        assert (load(ANNA), load(ELENA), taken.branch_id) == (0, 1, "ekb")
        assert (newest(talk).after or {})["cause"] == "taken_over"
        check()

    def test_twice_is_once(self) -> None:
        talk = held_by(ANNA)

        for _ in range(2):
            work.take_over(ELENA, talk.id, NOW, first)

        assert (load(ELENA), holder(talk)) == (1, "elena")

    def test_operators_do_not(self) -> None:
        talk = arrives()
        with pytest.raises(Forbidden):
            work.take_over(ANNA, talk.id, NOW, first)

    def test_each_look_before_it_is_recorded_and_marks_nothing(self) -> None:
        talk = held_by(ANNA)
        messages.receive(visitor(), asks(at=later(seconds=1)), talk.id, 1, first)

        for second in (2, 3):
            opened = work.open_conversation(ELENA, talk.id, later(seconds=second))
            assert opened.conversation.unread == 1

        looks = [each for each in activity.of_conversation(talk.id) if each.action == "looked"]
        assert [each.actor.id for each in looks] == ["elena", "elena"]
        work.take_over(ELENA, talk.id, later(seconds=4), first)
        work.open_conversation(ELENA, talk.id, later(seconds=5))
        after = [each for each in activity.of_conversation(talk.id) if each.action == "looked"]
        assert len(after) == 2


class TestRelease:
    def test_everything_goes_to_colleagues_or_waits(self) -> None:
        talks = [held_by(ANNA, f"visitor-{number}") for number in range(OLEG.capacity + 1)]
        online(OLEG)

        release.everything_of(ANNA, NOW, first)

        assert (load(ANNA), load(OLEG), pools.load("ekb").queued) == (0, OLEG.capacity, 1)
        for talk in talks:
            told = [each.after or {} for each in activity.of_conversation(talk.id)]
            assert "released" in {each.get("cause") for each in told}
        check()

    def test_repeated_it_does_nothing(self) -> None:
        talk = held_by(ANNA)
        release.everything_of(ANNA, NOW, first)

        with LINE.watched() as calls:
            release.everything_of(ANNA, NOW, first)

        assert holder(talk) is None
        assert {each.operation for each in calls} == {"Query"}


def test_a_closed_branch_is_given_nothing_until_it_opens() -> None:
    organisation.save_branch(Branch(id="ekb", name="Екатеринбург", hours=NEVER))
    settled.clear()
    online(ANNA)

    talk = arrives()
    distribution.drain_everything(NOW, first)
    waited = holder(talk)
    organisation.save_branch(Branch(id="ekb", name="Екатеринбург"))
    settled.clear()
    distribution.drain_everything(NOW, first)

    assert (waited, holder(talk)) == (None, "anna")


def test_an_inbox_that_nobody_may_serve_holds_nobody_else_up() -> None:
    for inbox in (
        replace(INBOX, members=frozenset({"oleg"})),
        replace(INBOX, id="night", hours=NEVER),
        replace(INBOX, id="other"),
    ):
        organisation.save_inbox(inbox)
    settled.clear()
    waiting = {}
    for inbox_id in ("demo", "night", "other"):
        contacts.add(contact(inbox_id, inbox_id=inbox_id))
        who = Visitor(contact_id=inbox_id, inbox_id=inbox_id)
        waiting[inbox_id] = messages.receive(who, asks(by=inbox_id), None, 0, first).conversation
    online(ANNA)

    distribution.drain("ekb", NOW, first)

    assert [holder(waiting[each]) for each in ("demo", "night", "other")] == [None, None, "anna"]
