"""A conversation's life: what each message does to it, and who may go on."""

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st
from msgspec.structs import replace

from chalicelib.domain.assignment import Assignment, Cause, Miss
from chalicelib.domain.conversation import (
    Assignee,
    Conversation,
    Due,
    Incoming,
    Outgoing,
    Status,
    Timer,
    given,
    incoming,
    may_hand_on,
    may_mark_unread,
    may_resolve,
    may_take_over,
    outgoing,
    reopened,
    resolved,
    started,
    to_be_marked,
    waiting,
    with_incoming,
    with_reply,
)
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.message import Direction
from chalicelib.domain.operator import Role
from chalicelib.errors import AlreadyTaken, Forbidden, NotOpen
from tests.support.people import (
    NOW,
    answers,
    asks,
    contact,
    first_message,
    later,
    operator,
    queued,
)

ANNA = Assignee(id="anna", name="Анна", assigned_at=NOW)
TO_ANNA = Assignment(operator_id="anna", operator_name="Anna", assigned_at=NOW, cause=Cause.ROUTED)
TO_OLEG = replace(TO_ANNA, operator_id="oleg", cause=Cause.TRANSFERRED)
BORIS = Miss(operator_id="boris", at=NOW)
INBOX = Inbox(id="demo", name="Мастерская")


def assigned(**changes: object) -> Conversation:
    return replace(queued(), **{"assignee": ANNA, "queued_at": None} | changes)  # type: ignore[arg-type]


def opened_by_anna(**changes: object) -> Conversation:
    return assigned(assignee=replace(ANNA, opened_at=NOW), **changes)


def test_a_new_conversation_waits_in_the_queue_with_its_first_message_unread() -> None:
    message = first_message(body="Сколько\n\nстоит?", at=later(minutes=1))

    new = started(contact(name="Вера"), "ekb", message)

    assert (new.id, new.status, new.branch_id, new.region) == ("talk", Status.OPEN, "ekb", "RU-SVE")
    assert (new.seq, new.rev, new.in_count, new.unread) == (1, 1, 1, 1)
    assert new.assignee is None
    assert new.queued
    assert {new.created_at, new.activity_at, new.waiting_since, new.queued_at} == {later(minutes=1)}
    assert (new.last_direction, new.last_snippet) == (Direction.IN, "Сколько стоит?")
    assert (new.contact_id, new.contact_name, new.inbox_id) == ("vera", "Вера", "demo")


def test_a_visitors_message_is_one_more_to_read() -> None:
    message = asks("И доставка?", at=later(minutes=2)).numbered("talk", 2)

    after = with_incoming(assigned(), message)

    assert (after.seq, after.rev, after.in_count, after.unread) == (2, 2, 2, 2)
    assert (after.last_direction, after.last_snippet) == (Direction.IN, "И доставка?")
    assert after.activity_at == later(minutes=2)


def test_the_visitor_waits_from_the_first_unanswered_message_on() -> None:
    answered = assigned(waiting_since=None)

    once = with_incoming(answered, asks(at=later(minutes=1)).numbered("talk", 2))
    twice = with_incoming(once, asks(at=later(minutes=9)).numbered("talk", 3))

    assert (once.waiting_since, twice.waiting_since) == (later(minutes=1), later(minutes=1))


def test_a_reply_ends_the_wait_and_counts_everything_before_as_read() -> None:
    asked = with_incoming(assigned(), asks().numbered("talk", 2))

    after = with_reply(asked, answers(at=later(minutes=3)).numbered("talk", 3))

    assert (after.waiting_since, after.unread, after.in_count) == (None, 0, 2)
    assert (after.seq, after.rev, after.last_direction) == (3, 3, Direction.OUT)
    assert after.activity_at == later(minutes=3)


def test_a_message_changes_neither_status_nor_assignee() -> None:
    before = assigned()

    for after in (
        with_incoming(before, asks().numbered("talk", 2)),
        with_reply(before, answers().numbered("talk", 2)),
    ):
        assert (after.status, after.queued_at) == (Status.OPEN, None)
        assert after.assignee is not None
        assert (after.assignee.id, after.assignee.assigned_at) == ("anna", NOW)


def test_a_reply_is_an_opening_and_stops_every_clock() -> None:
    before = assigned(due=Due(timer=Timer.ESCALATION, at=later(minutes=4)), missed=(BORIS,))

    after = with_reply(before, answers(at=later(minutes=1)).numbered("talk", 2))

    assert after.assignee == replace(ANNA, opened_at=later(minutes=1))
    assert (after.due, after.missed, after.alarm) == (None, (), None)


class TestHands:
    def test_who_was_chosen_has_the_inboxs_time_to_open_it(self) -> None:
        talk = given(queued(), TO_ANNA, "msk", INBOX)

        assert talk.assignee == replace(ANNA, name="Anna")
        assert (talk.branch_id, talk.queued, talk.held) == ("msk", False, True)
        assert talk.due == Due(timer=Timer.ESCALATION, at=NOW + INBOX.escalate_after)
        assert talk.unread == 1

    @pytest.mark.parametrize("cause", [Cause.CLAIMED, Cause.TAKEN_OVER])
    def test_who_helped_themselves_has_opened_and_read_it(self, cause: Cause) -> None:
        talk = given(queued(), replace(TO_ANNA, cause=cause), "ekb", INBOX)

        assert talk.assignee is not None
        assert (talk.assignee.opened_at, talk.unread) == (NOW, 0)
        assert talk.due == Due(timer=Timer.ALERT, at=NOW + INBOX.alert_after)

    def test_nobody_is_alerted_of_a_visitor_who_does_not_wait(self) -> None:
        answered = replace(queued(), waiting_since=None)

        assert given(answered, replace(TO_ANNA, cause=Cause.CLAIMED), "ekb", INBOX).due is None

    def test_who_loses_it_has_missed_it_until_somebody_opens_it(self) -> None:
        at = later(minutes=4)
        by_oleg = replace(TO_ANNA, operator_id="oleg", assigned_at=at, cause=Cause.ESCALATED)

        moved = given(assigned(missed=(BORIS,)), by_oleg, "ekb", INBOX)
        back = waiting(moved, "ekb", later(minutes=8))
        taken = given(back, replace(TO_ANNA, cause=Cause.CLAIMED), "ekb", INBOX)

        assert moved.missed == (BORIS, Miss(operator_id="anna", at=at))
        assert [each.operator_id for each in back.missed] == ["boris", "anna", "oleg"]
        assert (moved.handed_over, back.handed_over) == (True, True)
        assert (taken.missed, taken.handed_over) == ((), False)

    def test_it_waits_in_the_queue_behind_those_who_wait_longer_only(self) -> None:
        back = waiting(assigned(waiting_since=NOW), "msk", later(minutes=9))
        answered = waiting(assigned(waiting_since=None), "msk", later(minutes=9))

        assert (back.branch_id, back.assignee, back.queued_at) == ("msk", None, NOW)
        assert answered.queued_at == later(minutes=9)

    def test_resolving_starts_retentions_clock_and_reopening_stops_it(self) -> None:
        ended = resolved(assigned(missed=(BORIS,)), later(hours=1))
        again = reopened(ended, later(hours=2))

        assert (ended.status, ended.held, ended.missed) == (Status.RESOLVED, False, ())
        assert ended.due == Due(timer=Timer.RETENTION, at=later(hours=1))
        assert (again.status, again.queued_at, again.due) == (Status.OPEN, later(hours=2), None)
        assert (again.assignee, again.last_assignee_id, again.missed) == (None, "anna", ())


class TestUnread:
    """Per assignee (item 9), while the read mark that the visitor sees only grows (I9)."""

    def test_the_next_holder_finds_unread_what_the_former_read_and_did_not_answer(self) -> None:
        read = opened_by_anna(in_count=3, read_count=3, answered_count=1)

        handed = given(read, TO_OLEG, "msk", INBOX)

        assert (read.unread, handed.unread, handed.read_count) == (0, 2, 3)

    def test_so_does_who_finds_it_in_the_queue(self) -> None:
        read = opened_by_anna(in_count=3, read_count=3, answered_count=1)

        assert waiting(read, "msk", NOW).unread == 2
        assert reopened(resolved(read, NOW), NOW).unread == 2

    def test_what_the_former_holder_answered_is_nobodys_to_read(self) -> None:
        answered = with_reply(opened_by_anna(in_count=2), answers().numbered("talk", 3))

        assert given(answered, TO_OLEG, "ekb", INBOX).unread == 0

    def test_their_own_first_look_reads_all(self) -> None:
        read = opened_by_anna(in_count=3, read_count=3, answered_count=1)
        handed = given(read, TO_OLEG, "ekb", INBOX)
        assert handed.assignee is not None

        assert replace(handed, assignee=replace(handed.assignee, opened_at=NOW)).unread == 0
        assert given(read, replace(TO_OLEG, cause=Cause.TAKEN_OVER), "ekb", INBOX).unread == 0

    @examples(st.lists(st.sampled_from(["asks", "answers", "opens", "given", "queued"])))
    def test_the_marks_only_grow_and_unread_is_what_the_holder_has_not_seen(
        self, happens: list[str]
    ) -> None:
        talk, unanswered, unseen = queued(), 1, 1

        for what in happens:
            before, number = talk, talk.seq + 1
            if what == "asks":
                talk = with_incoming(talk, asks().numbered("talk", number))
                unanswered, unseen = unanswered + 1, unseen + 1
            elif what == "queued":
                talk, unseen = waiting(talk, "ekb", NOW), unanswered
            elif what == "given":
                talk, unseen = given(talk, TO_ANNA, "ekb", INBOX), unanswered
            elif talk.assignee is not None and what == "answers":
                talk = with_reply(talk, answers().numbered("talk", number))
                unanswered = unseen = 0
            elif talk.assignee is not None:
                opened = replace(talk.assignee, opened_at=NOW)
                talk, unseen = replace(talk, assignee=opened, read_count=talk.in_count), 0
            assert talk.unread == unseen
            assert before.read_count <= talk.read_count <= talk.in_count
            assert before.answered_count <= talk.answered_count <= talk.read_count


class TestMarkedUnread:
    def test_only_its_holder_marks_it_and_only_while_it_is_open(self) -> None:
        talk = opened_by_anna()

        may_mark_unread(talk, "anna")
        for who, which in (("oleg", talk), ("anna", queued())):
            with pytest.raises(Forbidden):
                may_mark_unread(which, who)
        with pytest.raises(NotOpen):
            may_mark_unread(resolved(talk, NOW), "anna")

    def test_their_next_look_is_worth_noting(self) -> None:
        assert not to_be_marked(opened_by_anna(in_count=1, read_count=1), "anna")
        marked = opened_by_anna(in_count=1, read_count=1, marked_unread=True)

        assert to_be_marked(marked, "anna")
        assert not to_be_marked(marked, "oleg")

    def test_it_goes_with_the_answer_and_with_the_holder(self) -> None:
        marked = opened_by_anna(marked_unread=True)

        for after in (
            with_reply(marked, answers().numbered("talk", 2)),
            given(marked, TO_OLEG, "ekb", INBOX),
            waiting(marked, "ekb", NOW),
            resolved(marked, NOW),
        ):
            assert not after.marked_unread
        assert with_incoming(marked, asks().numbered("talk", 2)).marked_unread


class TestHandingOn:
    def test_the_assignee_and_supervisors_hand_it_on(self) -> None:
        for by in (operator("anna"), operator("elena", Role.SUPERVISOR, None)):
            may_hand_on(assigned(), by)

    def test_others_do_not(self) -> None:
        for talk in (assigned(), queued()):
            with pytest.raises(Forbidden):
                may_hand_on(talk, operator("oleg"))

    def test_only_supervisors_take_over(self) -> None:
        may_take_over(assigned(), operator("elena", Role.SUPERVISOR, None))
        with pytest.raises(Forbidden):
            may_take_over(assigned(), operator("oleg"))

    def test_what_has_ended_stays_where_it_is(self) -> None:
        ended, elena = resolved(assigned(), NOW), operator("elena", Role.SUPERVISOR, None)
        for rule in (may_hand_on, may_take_over):
            with pytest.raises(NotOpen):
                rule(ended, elena)


@examples(st.lists(st.booleans(), max_size=30))
def test_seq_and_rev_grow_by_one_and_unread_counts_since_the_last_reply(said: list[bool]) -> None:
    talk, since_reply = assigned(), 1

    for by_visitor in said:
        before, number = talk, talk.seq + 1
        talk = (
            with_incoming(talk, asks().numbered("talk", number))
            if by_visitor
            else with_reply(talk, answers().numbered("talk", number))
        )
        since_reply = since_reply + 1 if by_visitor else 0
        assert (talk.seq, talk.rev) == (before.seq + 1, before.rev + 1)
        assert talk.unread == since_reply
        assert (talk.waiting_since is None) == (since_reply == 0)


@pytest.mark.parametrize(
    ("status", "effect"),
    [
        (Status.OPEN, Incoming.APPEND),
        (Status.RESOLVED, Incoming.REOPEN),
        (Status.CLOSED, Incoming.START),
    ],
)
def test_a_visitors_next_message(status: Status, effect: Incoming) -> None:
    assert incoming(assigned(status=status)) is effect


def test_the_first_reply_to_a_queued_conversation_claims_it() -> None:
    assert outgoing(queued(), "oleg") is Outgoing.CLAIM


def test_the_assignee_goes_on() -> None:
    assert outgoing(assigned(), "anna") is Outgoing.APPEND


def test_another_operator_learns_who_has_it() -> None:
    with pytest.raises(AlreadyTaken, match="Анна"):
        outgoing(assigned(), "oleg")


@pytest.mark.parametrize("status", [Status.RESOLVED, Status.CLOSED])
def test_nobody_replies_to_what_is_not_open(status: Status) -> None:
    for talk in (assigned(status=status), replace(queued(), status=status)):
        with pytest.raises(NotOpen):
            outgoing(talk, "anna")


def test_only_the_assignee_closes_it_and_only_once() -> None:
    may_resolve(assigned(), "anna")

    for talk, by in ((assigned(), "oleg"), (queued(), "anna")):
        with pytest.raises(Forbidden):
            may_resolve(talk, by)
    with pytest.raises(NotOpen):
        may_resolve(assigned(status=Status.RESOLVED), "anna")


def test_the_assignees_look_leaves_a_mark_when_it_is_the_first_or_finds_something_unread() -> None:
    opened = replace(ANNA, opened_at=NOW)
    never_opened = assigned(read_count=1)
    unread = replace(assigned(), assignee=opened)
    nothing_new = replace(unread, read_count=1)

    assert to_be_marked(never_opened, "anna")
    assert to_be_marked(unread, "anna")
    assert not to_be_marked(nothing_new, "anna")


def test_nobody_elses_look_leaves_a_mark() -> None:
    assert not to_be_marked(assigned(), "elena")
    assert not to_be_marked(queued(), "anna")
