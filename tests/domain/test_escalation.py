"""When a conversation moves on, to whom, and when supervisors hear of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.domain import escalation
from chalicelib.domain.assignment import (
    Assignment,
    Cause,
    Considered,
    Member,
    Miss,
    Pool,
    Standing,
)
from chalicelib.domain.branch import Branch, Organisation
from chalicelib.domain.conversation import (
    Alarm,
    Assignee,
    Conversation,
    Due,
    Timer,
    given,
    resolved,
    unanswered,
    waiting,
)
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.operator import Presence
from chalicelib.domain.working_hours import Hours
from tests.support.people import NOW, later, queued

INBOX = Inbox(id="demo", name="Мастерская", escalate_after=timedelta(seconds=240))
EKB = Branch(id="ekb", name="Екатеринбург", neighbours=("tmn", "msk"))
MSK = Branch(id="msk", name="Москва")
TMN = Branch(id="tmn", name="Тюмень")
COMPANY = Organisation(branches=(MSK, EKB, TMN), rules=(), default_branch_id="ekb")
NEVER = Hours(time_zone="UTC", week=((),) * 7)


def first(considered: Sequence[Considered]) -> Considered:
    return considered[0]


def member(id: str, open: int = 0, presence: Presence = Presence.ONLINE) -> Member:
    return Member(
        operator_id=id, name=id.title(), presence=presence, open=open, capacity=5, routable=True
    )


def pool(*members: Member) -> Pool:
    return Pool(branch_id="ekb", version=1, queued=0, members=members)


def held_by(id: str, at: datetime = NOW, *missed: str) -> Conversation:
    """Given to somebody, whose clock runs; others let it time out before."""
    routed = Assignment(
        operator_id=id, operator_name=id.title(), assigned_at=at, cause=Cause.ROUTED
    )
    talk = replace(queued(), missed=tuple(Miss(operator_id=each, at=NOW) for each in missed))
    return given(talk, routed, "ekb", INBOX)


def opened(conversation: Conversation, at: datetime) -> Conversation:
    assert conversation.assignee is not None
    return replace(
        conversation,
        assignee=replace(conversation.assignee, opened_at=at),
        due=unanswered(conversation, at, INBOX),
    )


def escalates(at: datetime) -> Due:
    return Due(timer=Timer.ESCALATION, at=at)


def next_of(conversation: Conversation, *members: Member, **changes: object) -> str | None:
    """Who gets it among these, all of whom have a live panel."""
    live: Mapping[str, datetime] = {each.operator_id: NOW for each in members}
    inbox = replace(INBOX, **{k: v for k, v in changes.items() if k != "branch"})  # type: ignore[arg-type]
    branch = changes.get("branch", EKB)
    assert isinstance(branch, Branch)
    found = escalation.choose(
        conversation, branch, inbox, pool(*members), live, later(seconds=240), first
    )
    return found.operator_id if found else None


class TestTheClock:
    def test_an_assignee_has_the_inboxs_time(self) -> None:
        talk = held_by("anna")
        due = escalates(later(seconds=240))

        assert talk.due == due
        assert not escalation.has_run_out(talk, due, later(seconds=239.999))
        assert escalation.has_run_out(talk, due, later(seconds=240))

    def test_it_stops_for_good_when_the_assignee_opens_the_conversation(self) -> None:
        talk = opened(held_by("anna"), later(seconds=239))

        assert not escalation.has_run_out(talk, escalates(later(seconds=240)), later(hours=1))

    def test_nothing_happens_to_what_was_opened_even_if_its_timer_were_left(self) -> None:
        """Guards: the look at `opened_at` beside the one at the timer."""
        left = held_by("anna")
        talk = replace(opened(left, later(seconds=1)), due=left.due)

        assert left.due is not None
        assert not escalation.has_run_out(talk, left.due, later(hours=1))

    @pytest.mark.parametrize("state", ["resolved", "queued", "given anew"])
    def test_the_timer_of_an_earlier_assignment_means_nothing(self, state: str) -> None:
        before = held_by("anna")
        talk = {
            "resolved": resolved(before, later(seconds=9)),
            "queued": waiting(before, "ekb", later(seconds=9)),
            "given anew": held_by("anna", later(seconds=9)),
        }[state]

        assert not escalation.has_run_out(talk, escalates(later(seconds=240)), later(hours=1))

    def test_an_alert_waits_for_what_was_opened_and_not_answered(self) -> None:
        talk = opened(held_by("anna"), later(seconds=10))
        due = Due(timer=Timer.ALERT, at=later(seconds=610))

        assert talk.due == due
        assert not escalation.has_run_out(talk, due, later(seconds=609))
        assert escalation.has_run_out(talk, due, later(seconds=610))


class TestTheNext:
    def test_the_least_loaded_colleague_gets_it(self) -> None:
        talk = held_by("anna")

        assert next_of(talk, member("anna"), member("oleg", 2), member("ira", 1)) == "ira"

    def test_never_somebody_who_missed_it(self) -> None:
        talk = held_by("oleg", NOW, "anna")

        assert next_of(talk, member("anna"), member("oleg"), member("ira", 4)) == "ira"
        assert next_of(talk, member("anna"), member("oleg")) is None

    def test_the_explanation_tells_who_missed_it(self) -> None:
        live = {"anna": NOW, "oleg": NOW}
        both = pool(member("anna"), member("oleg"))

        found = escalation.choose(held_by("anna"), EKB, INBOX, both, live, NOW, first)

        assert found is not None
        assert found.cause is Cause.ESCALATED
        standings = {each.id: each.standing for each in found.considered}
        assert standings == {"anna": Standing.MISSED, "oleg": Standing.ELIGIBLE}

    def test_only_who_is_online_with_a_panel_and_a_place_free(self) -> None:
        talk = held_by("anna")
        away, full = member("oleg", presence=Presence.AWAY), member("ira", 5)

        assert next_of(talk, away, full) is None
        elsewhere = escalation.choose(talk, EKB, INBOX, pool(member("oleg")), {}, NOW, first)
        assert elsewhere is None

    def test_only_members_of_the_inbox(self) -> None:
        talk = held_by("anna")

        found = next_of(talk, member("oleg"), member("ira", 3), members=frozenset({"anna", "ira"}))

        assert found == "ira"

    def test_nobody_while_the_branch_or_the_inbox_is_closed(self) -> None:
        talk = held_by("anna")

        assert next_of(talk, member("oleg"), branch=replace(EKB, hours=NEVER)) is None
        assert next_of(talk, member("oleg"), hours=NEVER) is None

    def test_its_branch_is_asked_first_then_the_neighbours_in_their_order(self) -> None:
        assert escalation.asked(held_by("anna"), COMPANY) == [EKB, TMN, MSK]

    def test_a_neighbour_that_was_deleted_is_passed_over(self) -> None:
        left = replace(COMPANY, branches=(EKB, MSK))

        assert escalation.asked(held_by("anna"), left) == [EKB, MSK]
        assert escalation.asked(held_by("anna"), replace(COMPANY, branches=(MSK,))) == []


class TestWhatBecomesOfIt:
    def test_the_next_one_has_their_own_time_and_the_one_before_is_remembered(self) -> None:
        talk = held_by("anna")
        now = later(seconds=241)
        found = escalation.choose(
            talk, MSK, INBOX, pool(member("maria")), {"maria": NOW}, now, first
        )
        assert found is not None

        after = given(talk, found, MSK.id, INBOX)

        assert after.assignee == Assignee(id="maria", name="Maria", assigned_at=now)
        assert after.branch_id == "msk"
        assert after.due == escalates(later(seconds=481))
        assert after.missed == (Miss(operator_id="anna", at=now),)

    def test_with_nobody_left_it_waits_in_its_branch_and_supervisors_are_alerted(self) -> None:
        after = escalation.nobody_left(held_by("anna"), later(seconds=240))

        assert (after.queued, after.assignee, after.branch_id) == (True, None, "ekb")
        assert (after.alarm, after.due) == (Alarm.NOBODY_LEFT, None)
        assert [each.operator_id for each in after.missed] == ["anna"]

    def test_an_alert_moves_nothing(self) -> None:
        talk = opened(held_by("anna"), later(seconds=10))

        after = escalation.unanswered(talk)

        assert after == replace(talk, alarm=Alarm.UNANSWERED, due=None)
