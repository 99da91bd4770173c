"""A conversation's life: what each message does to it, and who may go on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.conversation import (
    Assignee,
    Conversation,
    Incoming,
    Outgoing,
    Status,
    incoming,
    may_resolve,
    outgoing,
    started,
    to_be_marked,
    with_incoming,
    with_reply,
)
from chalicelib.domain.message import Direction
from chalicelib.errors import AlreadyTaken, Forbidden, NotOpen
from tests.support.people import NOW, answers, asks, contact, first_message, later, queued

ANNA = Assignee(id="anna", name="Анна", assigned_at=NOW)


def assigned(**changes: object) -> Conversation:
    return replace(queued(), assignee=ANNA, queued_at=None, **changes)  # type: ignore[arg-type]


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
        assert (after.status, after.assignee, after.queued_at) == (Status.OPEN, ANNA, None)


@given(st.lists(st.booleans(), max_size=30))
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
