"""Conversations in the table: each write leaves what the domain says, and all that goes with it."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from chalicelib.domain import history
from chalicelib.domain.assignment import Assignment, Cause, Considered, Standing
from chalicelib.domain.conversation import (
    Conversation,
    Due,
    Priority,
    Status,
    Timer,
    given,
    reopened,
    resolved,
    with_incoming,
    with_reply,
)
from chalicelib.domain.message import Message
from chalicelib.domain.routing import Reason, Route
from chalicelib.store import (
    activity,
    commits,
    contacts,
    conversations,
    evidence,
    keys,
    messages,
    pools,
    timers,
)
from chalicelib.store.commits import Stale
from chalicelib.store.evidence import Found
from chalicelib.store.table import Item, transaction
from tests.support import moves, units
from tests.support.company import ANNA, ELENA, INBOX, OLEG, load
from tests.support.people import (
    NOW,
    YEKATERINBURG,
    answers,
    asks,
    contact,
    first_message,
    later,
    queued,
)

pytestmark = pytest.mark.usefixtures("exact_table")

FOUND = Found(
    place=YEKATERINBURG,
    route=Route(branch_id="ekb", reason=Reason.SUBDIVISION, rule="RU-SVE"),
)
TO_ANNA = Assignment(
    operator_id="anna",
    operator_name="Анна Уралова",
    assigned_at=later(seconds=1),
    cause=Cause.ROUTED,
    considered=(
        Considered(id="anna", name="Анна Уралова", open=0, standing=Standing.ELIGIBLE),
        Considered(id="oleg", name="Олег Исетский", open=0, standing=Standing.AWAY),
    ),
)


DUE = Due(timer=Timer.ALERT, at=later(minutes=10))


def stored(conversation_id: str = "talk") -> Conversation:
    found = conversations.get(conversation_id)
    assert found is not None
    return found


def begun(id: str = "talk", by: str = "vera") -> tuple[Conversation, Message]:
    """A queued conversation of a known contact."""
    contacts.add(contact(by))
    message = first_message(id, by=by)
    new = queued(id, by=by)
    commits.create(new, message, FOUND, contact(by))
    return new, message


def held_by_anna(id: str = "talk", by: str = "vera") -> Conversation:
    new, _ = begun(id, by)
    moves.assign(new, TO_ANNA)
    return stored(id)


def waiting(branch_id: str = "ekb") -> list[str]:
    return [each.conversation_id for each in pools.waiting(branch_id, 50)]


def listed(partition: str) -> list[str]:
    return [each.id for _, each in conversations.view(partition, 50, None)]


def write_messages(first: int, last: int) -> None:
    """Many at once, past the head, for whoever reads them."""
    for begin in range(first, last + 1, 50):
        with transaction() as writes:
            for seq in range(begin, min(begin + 50, last + 1)):
                messages.add(writes, asks().numbered("talk", seq))


class TestCreate:
    def test_the_head_is_the_domains_conversation(self) -> None:
        new, message = begun()

        assert stored() == new
        assert messages.newest("talk") == [message]

    def test_it_waits_in_the_queue_and_the_pool_counts_it(self) -> None:
        before = pools.load("ekb")

        begun()

        after = pools.load("ekb")
        assert waiting() == ["talk"]
        assert (after.queued, after.version) == (before.queued + 1, before.version + 1)

    def test_its_contact_points_to_it_and_its_evidence_tells_why(self) -> None:
        begun()

        known = contacts.get("vera")
        assert known is not None
        assert known.conversation_id == "talk"
        assert evidence.get("talk") == FOUND

    def test_the_second_of_two_tabs_starts_nothing(self) -> None:
        begun()
        version = pools.load("ekb").version

        with pytest.raises(Stale):
            commits.create(queued("other"), first_message("other"), FOUND, contact())

        assert conversations.get("other") is None
        assert messages.newest("other") == []
        assert (waiting(), pools.load("ekb").version) == (["talk"], version)

    def test_one_whose_messages_were_erased_does_not_start_anew(self) -> None:
        """An outbox repeats the first."""
        new, message = begun()
        Item(keys.conversation("talk"), keys.message(1)).delete()

        with pytest.raises(Stale):
            commits.create(replace(new, rev=7), message, FOUND, contact(conversation_id="talk"))

        assert (stored(), waiting()) == (new, ["talk"])

    def test_an_unknown_contact_starts_nothing(self) -> None:
        with pytest.raises(Stale):
            commits.create(queued(), first_message(), FOUND, contact())

        assert conversations.get("talk") is None


class TestTellingThatItIsClosed:
    def test_it_is_said_next_and_only_while_it_is_open(self) -> None:
        talk = held_by_anna()
        late, next = (answers(at=later(minutes=1)).numbered("talk", seq) for seq in (1, 2))

        with pytest.raises(Stale):
            commits.tell_closed(replace(late, seq=3), NOW)
        commits.tell_closed(next, NOW)
        moves.resolve(stored(), later(minutes=2))
        with pytest.raises(Stale) as stale:
            commits.tell_closed(answers(at=later(minutes=3)).numbered("talk", 3), later(minutes=3))

        assert stale.value.current == stored()
        assert (stored().seq, stored().told_closed_at) == (2, later(minutes=1))
        assert stored().in_count == talk.in_count

    def test_it_is_said_once_in_a_closed_period(self) -> None:
        held_by_anna()
        commits.tell_closed(answers(at=later(minutes=1)).numbered("talk", 2), NOW)

        again = answers(at=later(minutes=2)).numbered("talk", 3)
        with pytest.raises(Stale):
            commits.tell_closed(again, NOW)
        with pytest.raises(Stale):
            commits.tell_closed(again, later(minutes=1))
        commits.tell_closed(again, later(minutes=1, seconds=1))

        assert (stored().seq, stored().told_closed_at) == (3, later(minutes=2))


class TestReceive:
    def test_the_head_is_what_the_domain_computes(self) -> None:
        before = held_by_anna()
        message = asks("И доставка?", at=later(minutes=1)).numbered("talk", 2)

        commits.receive(message, "vera", 0)

        assert stored() == with_incoming(before, message)
        assert messages.newest("talk")[1:] == [message]

    def test_the_wait_begins_with_the_first_unanswered_message(self) -> None:
        talk = held_by_anna()
        said = [
            answers(at=later(minutes=1)).numbered("talk", 2),
            asks(at=later(minutes=2)).numbered("talk", 3),
            asks(at=later(minutes=3)).numbered("talk", 4),
        ]

        commits.reply(said[0], "anna")
        for message in said[1:]:
            commits.receive(message, "vera", 0)

        expected = with_incoming(with_incoming(with_reply(talk, said[0]), said[1]), said[2])
        assert stored() == expected
        assert stored().waiting_since == later(minutes=2)

    def test_a_stale_hint_tells_how_the_conversation_stands(self) -> None:
        before = held_by_anna()

        for seq in (1, 3, 99):
            with pytest.raises(Stale) as stale:
                commits.receive(asks().numbered("talk", seq), "vera", 0)
            assert stale.value.current == before

        assert stored() == before

    def test_another_quota_is_for_the_conversation_as_it_was_read(self) -> None:
        read = held_by_anna()
        commits.receive(asks(at=later(minutes=1)).numbered("talk", 2), "vera", 0)
        before = stored()

        with pytest.raises(Stale) as stale:
            commits.receive(asks(at=later(minutes=2)).numbered("talk", 2), "vera", 0, read)

        assert stale.value.current == stored() == before

    def test_who_wrote_below_all_that_there_is_has_read_it(self) -> None:
        held_by_anna()
        commits.reply(answers(at=later(minutes=1)).numbered("talk", 2), "anna")
        commits.receive(asks().numbered("talk", 3), "vera", 2)
        known = stored().visitor_read
        commits.reply(answers(at=later(minutes=2)).numbered("talk", 4), "anna")
        before = stored()
        blind = asks().numbered("talk", 5)

        commits.receive(blind, "vera", 3)

        assert stored() == with_incoming(before, blind, 3)
        assert (known, stored().visitor_read) == (2, 2)

    def test_a_foreign_contact_writes_nothing(self) -> None:
        before = held_by_anna()

        with pytest.raises(Stale) as stale:
            commits.receive(asks(by="boris").numbered("talk", 2), "boris", 0)

        assert (stale.value.current, stored()) == (before, before)
        assert len(messages.newest("talk")) == 1

    def test_an_unknown_conversation_stays_unknown(self) -> None:
        with pytest.raises(Stale) as stale:
            commits.receive(asks().numbered("nowhere", 1), "vera", 0)

        assert (stale.value.current, stale.value.contended) == (None, False)
        assert messages.newest("nowhere") == []


class TestReply:
    def test_the_head_is_what_the_domain_computes(self) -> None:
        before = held_by_anna()
        message = answers("Да", at=later(minutes=1)).numbered("talk", 2)

        commits.reply(message, "anna")

        assert stored() == with_reply(before, message)

    def test_only_the_assignee_writes(self) -> None:
        before = held_by_anna()

        with pytest.raises(Stale) as stale:
            commits.reply(answers(by="oleg").numbered("talk", 2), "oleg")

        assert (stale.value.current, stored()) == (before, before)

    def test_nobody_writes_into_what_is_resolved(self) -> None:
        talk = held_by_anna()
        moves.resolve(talk, NOW)
        before = stored()

        with pytest.raises(Stale) as reply:
            commits.reply(answers().numbered("talk", 2), "anna")
        with pytest.raises(Stale) as message:
            commits.receive(asks().numbered("talk", 2), "vera", 1)

        assert reply.value.current == message.value.current == before

        assert stored() == before


class TestAssign:
    def test_it_leaves_the_queue_and_loads_the_operator(self) -> None:
        new, _ = begun()

        moves.assign(new, TO_ANNA, expected=pools.load("ekb"))

        talk = stored()
        assert talk.assignee is not None
        assert (talk.assignee.id, talk.assignee.opened_at) == ("anna", None)
        assert talk.assignee.assigned_at == later(seconds=1)
        assert (talk.queued, talk.rev, talk.unread) == (False, 2, 1)
        assert (waiting(), pools.load("ekb").queued, load(ANNA)) == ([], 0, 1)
        assert conversations.mine("anna") == ["talk"]

    def test_the_explanation_is_kept(self) -> None:
        new, _ = begun()

        moves.assign(new, TO_ANNA)

        events = activity.of_conversation("talk")
        assert history.assignment_of(events) == TO_ANNA
        assert [each.subject_id for each in activity.given("ekb", NOW)[0]] == ["talk"]

    def test_a_pool_that_moved_on_refuses(self) -> None:
        new, _ = begun()
        seen = pools.load("ekb")
        begun("second", "boris")

        with pytest.raises(Stale):
            moves.assign(new, TO_ANNA, expected=seen)

        assert (stored().queued, load(ANNA), waiting()) == (True, 0, ["second", "talk"])

    def test_nobody_is_given_it_twice(self) -> None:
        new, _ = begun()
        moves.assign(new, TO_ANNA)
        before = stored()

        with pytest.raises(Stale) as stale:
            moves.assign(new, replace(TO_ANNA, operator_id="oleg"))

        assert (stale.value.current, stored()) == (before, before)
        assert (load(ANNA), load(OLEG), pools.load("ekb").queued) == (1, 0, 0)

    def test_taking_counts_as_opened_and_read(self) -> None:
        new, _ = begun()

        moves.take(new, OLEG, NOW)

        talk = stored()
        assert talk.assignee is not None
        assert (talk.assignee.opened_at, talk.unread) == (NOW, 0)

    def test_a_supervisors_load_is_counted_in_the_pool_of_the_whole_company(self) -> None:
        new, _ = begun()

        moves.take(new, ELENA, NOW)

        assert (load(ELENA), pools.load("ekb").queued) == (1, 0)


class TestClaim:
    def test_the_first_reply_makes_it_its_authors(self) -> None:
        new, _ = begun()
        message = answers(by="oleg", at=later(minutes=1)).numbered("talk", 2)

        moves.claim(new, OLEG, message)

        talk = stored()
        assert talk.assignee is not None
        assert (talk.assignee.id, talk.assignee.opened_at) == ("oleg", later(minutes=1))
        assert (talk.seq, talk.unread, talk.waiting_since, talk.queued) == (2, 0, None, False)
        assert (waiting(), pools.load("ekb").queued, load(OLEG)) == ([], 0, 1)

    def test_the_slower_of_two_stores_nothing(self) -> None:
        new, _ = begun()
        moves.claim(new, OLEG, answers(by="oleg").numbered("talk", 2))
        before = stored()

        with pytest.raises(Stale) as stale:
            moves.claim(new, ANNA, answers().numbered("talk", 2))

        assert (stale.value.current, stored()) == (before, before)
        assert (load(ANNA), load(OLEG)) == (0, 1)

    def test_a_message_in_between_refuses(self) -> None:
        new, _ = begun()
        commits.receive(asks().numbered("talk", 2), "vera", 0)

        with pytest.raises(Stale):
            moves.claim(new, ANNA, answers().numbered("talk", 2))

        assert (stored().assignee, stored().seq, load(ANNA)) == (None, 2, 0)


class TestAnsweringARequest:
    def test_who_no_longer_has_it_answers_nothing(self) -> None:
        known = held_by_anna()
        homes = {"anna": "ekb", "oleg": "ekb"}
        to_oleg = replace(TO_ANNA, operator_id="oleg", assigned_at=later(seconds=2))
        given_on = given(known, to_oleg, "ekb", INBOX)
        commits.move(known, given_on, history.assigned(known, given_on, to_oleg), homes)
        message = answers().numbered("talk", 2)
        told = history.answered(known, ANNA, NOW)

        with pytest.raises(Stale) as stale:
            commits.move(known, with_reply(known, message), told, homes, message=message)

        assert stale.value.current == stored()
        assert stored().assignee != known.assignee
        assert messages.newest("talk")[-1].seq == 1


class TestPriority:
    def test_what_was_brought_back_meanwhile_is_not_resolved_by_it(self) -> None:
        moves.resolve(held_by_anna(), NOW)
        ended = stored()
        moves.reopen(ended, asks().numbered("talk", 2))
        urgent = replace(ended, priority=Priority.URGENT)
        told = history.prioritised(ended, urgent, ANNA, NOW)

        with pytest.raises(Stale):
            commits.move(ended, urgent, told, {"anna": "ekb"})

        assert (stored().status, stored().priority) == (Status.OPEN, Priority.NORMAL)


class TestResolveAndReopen:
    def test_resolving_frees_the_assignee_who_stays_on_record(self) -> None:
        talk = held_by_anna()

        moves.resolve(talk, NOW)

        after = stored()
        assert (after.status, after.waiting_since, after.rev) == (Status.RESOLVED, None, 3)
        assert after.assignee == talk.assignee
        assert (load(ANNA), conversations.mine("anna")) == (0, [])
        assert (listed(keys.view_open("ekb")), listed(keys.view_closed("ekb"))) == ([], ["talk"])

    def test_what_was_resolved_long_enough_is_closed_once(self) -> None:
        moves.resolve(held_by_anna(), NOW)
        (key,) = timers.due(Timer.RETENTION.value, NOW, 10)

        assert timers.due(Timer.RETENTION.value, later(seconds=-1), 10) == []
        assert not commits.close(key, later(seconds=-1))
        assert commits.close(key, NOW)
        assert not commits.close(key, NOW)

        assert (stored().status, stored().rev) == (Status.CLOSED, 4)
        assert timers.due(Timer.RETENTION.value, NOW, 10) == []
        assert listed(keys.view_closed("ekb")) == ["talk"]

    def test_what_was_brought_back_is_not_closed(self) -> None:
        moves.resolve(held_by_anna(), NOW)
        (key,) = timers.due(Timer.RETENTION.value, NOW, 10)
        moves.reopen(stored(), asks().numbered("talk", 2))

        assert not commits.close(key, NOW)

        assert stored().status is Status.OPEN
        assert timers.due(Timer.RETENTION.value, NOW, 10) == []

    def test_resolving_twice_frees_once(self) -> None:
        held_by_anna("other", "boris")
        talk = held_by_anna()
        moves.resolve(talk, NOW)

        with pytest.raises(Stale):
            moves.resolve(talk, NOW)

        assert load(ANNA) == 1

    def test_the_visitors_message_brings_it_back_to_the_queue(self) -> None:
        moves.resolve(held_by_anna(), NOW)
        ended = stored()
        message = asks("Ещё вопрос", at=later(hours=1)).numbered("talk", 2)

        moves.reopen(ended, message)

        after = stored()
        assert after == with_incoming(reopened(ended, later(hours=1)), message)
        assert (after.last_assignee_id, after.assignee, after.due) == ("anna", None, None)
        assert (waiting(), pools.load("ekb").queued) == (["talk"], 1)
        assert (listed(keys.view_open("ekb")), listed(keys.view_closed("ekb"))) == (["talk"], [])
        assert history.assignment_of(activity.of_conversation("talk")) is None

    def test_it_is_brought_back_once(self) -> None:
        moves.resolve(held_by_anna(), NOW)
        ended, draft = stored(), asks()
        moves.reopen(ended, draft.numbered("talk", 2))

        with pytest.raises(Stale) as stale:
            moves.reopen(ended, draft.numbered("talk", 2))

        assert stale.value.current == stored()
        assert (len(waiting()), pools.load("ekb").queued) == (1, 1)

    def test_what_is_open_is_not_brought_back(self) -> None:
        before = held_by_anna()

        with pytest.raises(Stale) as stale:
            moves.reopen(resolved(before, NOW), asks().numbered("talk", 2))

        assert (stale.value.current, stored()) == (before, before)

    def test_a_look_at_an_earlier_end_brings_nothing_back(self) -> None:
        moves.resolve(held_by_anna(), NOW)
        earlier = stored()
        moves.reopen(earlier, asks().numbered("talk", 2))
        moves.assign(stored(), TO_ANNA)
        moves.resolve(stored(), NOW)
        before = stored()

        with pytest.raises(Stale) as stale:
            moves.reopen(earlier, asks().numbered("talk", 2))

        assert (stale.value.current, stored()) == (before, before)


class TestMarks:
    def test_the_first_look_stops_the_clock_and_reads_everything(self) -> None:
        before = held_by_anna()
        due = Due(timer=Timer.ALERT, at=later(minutes=11))

        marked = commits.mark_opened(before, "anna", later(minutes=1), due)

        assert marked is not None
        assert marked.assignee is not None
        assert (marked.assignee.opened_at, marked.unread) == (later(minutes=1), 0)
        assert marked == stored()
        assert (marked.rev, marked.due) == (before.rev + 1, due)

    def test_a_later_look_does_not_move_the_clock(self) -> None:
        before = held_by_anna()
        commits.mark_opened(before, "anna", later(minutes=1), None)

        for read in (before, stored()):
            again = commits.mark_opened(read, "anna", later(minutes=9), DUE)
            assert again is not None
            assert again.assignee is not None
            assert (again.assignee.opened_at, again.due) == (later(minutes=1), None)

    def test_others_leave_no_mark(self) -> None:
        before = held_by_anna()

        assert commits.mark_opened(before, "oleg", NOW, DUE) is None
        assert commits.mark_read("talk", "oleg", 1) is None
        assert commits.mark_unread("talk", "oleg") is None
        assert commits.mark_opened(queued("nowhere"), "oleg", NOW, DUE) is None
        assert stored() == before
        assert conversations.get("nowhere") is None

    def test_a_reply_is_an_opening(self) -> None:
        held_by_anna()

        commits.reply(answers(at=later(minutes=1)).numbered("talk", 2), "anna")

        talk = stored()
        assert talk.assignee is not None
        assert (talk.assignee.opened_at, talk.due) == (later(minutes=1), None)

    def test_the_read_mark_only_grows_and_never_beyond_what_there_is(self) -> None:
        held_by_anna()
        for seq in (2, 3):
            commits.receive(asks().numbered("talk", seq), "vera", 0)

        marked = [commits.mark_read("talk", "anna", count) for count in (2, 1, 2, 4)]

        assert [each and each.read_count for each in marked] == [2, None, None, None]
        assert stored().read_count == 2

    def test_the_visitors_mark_only_grows_and_is_theirs(self) -> None:
        begun()
        for seq in (2, 3, 4):
            commits.receive(asks().numbered("talk", seq), "vera", 0)
        before = stored()

        assert commits.mark_seen("talk", "boris", 2) is None
        assert commits.mark_seen("nowhere", "vera", 0) is None
        assert (stored(), conversations.get("nowhere")) == (before, None)

        marked = [commits.mark_seen("talk", "vera", seq) for seq in (2, 1, 2, 3, 5)]

        assert [each and each.visitor_read for each in marked] == [2, None, None, 3, None]
        assert stored() == replace(before, visitor_read=3, rev=before.rev + 2)

    def test_the_holders_note_goes_with_their_next_look(self) -> None:
        held_by_anna()
        commits.receive(asks().numbered("talk", 2), "vera", 0)
        looks: list[Callable[[], object]] = [
            lambda: commits.mark_read("talk", "anna", 1),
            lambda: commits.mark_opened(stored(), "anna", NOW, None),
            lambda: commits.mark_opened(stored(), "anna", NOW, None),
            lambda: commits.reply(answers().numbered("talk", 3), "anna"),
        ]
        for look in looks:
            commits.mark_unread("talk", "anna")
            assert stored().marked_unread

            look()

            assert not stored().marked_unread

    def test_it_goes_with_its_holder(self) -> None:
        held_by_anna()
        commits.mark_unread("talk", "anna")

        moves.resolve(stored(), NOW)

        assert not stored().marked_unread
        assert commits.mark_unread("talk", "anna") is None
        assert not stored().marked_unread

    def test_it_changes_nothing_that_the_visitor_sees(self) -> None:
        held_by_anna()
        before = commits.mark_opened(stored(), "anna", NOW, None)
        assert before is not None

        marked = commits.mark_unread("talk", "anna")

        assert marked == replace(before, marked_unread=True, rev=before.rev + 1)


class TestReads:
    def test_news_are_the_messages_after_a_seq_and_the_head(self) -> None:
        held_by_anna()
        for seq in (2, 3, 4):
            commits.receive(asks(str(seq)).numbered("talk", seq), "vera", 0)

        for after, expected in ((0, [1, 2, 3, 4]), (2, [3, 4]), (4, []), (9, [])):
            new, head = conversations.since("talk", after)
            assert [each.seq for each in new] == expected
            assert head == stored()

    def test_more_news_than_a_page_come_without_a_gap(self) -> None:
        held_by_anna()
        write_messages(2, 102)

        page, head = conversations.since("talk", 0)
        rest, _ = conversations.since("talk", page[-1].seq)
        whole, _ = conversations.since("talk", 2)

        assert [each.seq for each in page] == list(range(1, 101))
        assert [each.seq for each in rest] == [101, 102]
        assert [each.seq for each in whole] == list(range(3, 103))
        assert head == stored()

    def test_what_does_not_exist_has_no_news(self) -> None:
        assert conversations.since("nowhere", 0) == ([], None)

    def test_the_view_has_the_newest_activity_first(self) -> None:
        for number, id in enumerate(("a", "b", "c")):
            begun(id, by=f"visitor-{id}")
            message = asks(by=f"visitor-{id}", at=later(minutes=10 - number)).numbered(id, 2)
            commits.receive(message, f"visitor-{id}", 0)

        first = conversations.view(keys.view_open("ekb"), 2, None)
        rest = conversations.view(keys.view_open("ekb"), 2, first[-1][0])

        assert [[each.id for _, each in page] for page in (first, rest)] == [["a", "b"], ["c"]]
        assert listed(keys.view_open("msk")) == []
        assert first[0][1] == stored("a")

    def test_within_a_minute_a_message_leaves_it_in_its_place_and_costs_a_unit_less(self) -> None:
        begun()
        units_of = []
        for seq, at in enumerate((later(minutes=7), later(minutes=7, seconds=59)), 2):
            before = units.snapshot()
            commits.receive(asks(at=at).numbered("talk", seq), "vera", 0)
            units_of.append(units.written(before, units.snapshot()))

        assert units_of == [6, 5]

    def test_several_heads_at_once(self) -> None:
        begun("a", "one")
        begun("b", "two")

        found = conversations.get_many(["a", "b", "nowhere"])

        assert sorted(each.id for each in found) == ["a", "b"]
        assert conversations.get_many([]) == []


def test_history_goes_back_page_by_page() -> None:
    held_by_anna()
    write_messages(2, 53)

    newest = messages.newest("talk")
    before = messages.newest("talk", before=newest[0].seq)

    assert [each.seq for each in newest] == list(range(4, 54))
    assert [each.seq for each in before] == [1, 2, 3]
    assert messages.newest("talk", before=1) == []
    assert messages.newest("talk", before=0) == []


def test_messages_after_a_seq_come_oldest_first() -> None:
    held_by_anna()
    commits.receive(asks().numbered("talk", 2), "vera", 0)

    assert [each.seq for each in messages.following("talk", 0)] == [1, 2]
    assert [each.seq for each in messages.following("talk", 1)] == [2]
    assert messages.following("talk", 2) == []


def test_a_refused_reopening_of_nothing_is_no_crash() -> None:
    with pytest.raises(Stale) as stale:
        moves.reopen(
            resolved(replace(queued("nowhere"), queued_at=None), NOW), first_message("nowhere")
        )

    assert stale.value.current is None
