"""The first message is answered at once, in the name of who has the conversation: once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.actions import auto_reply, distribution, messages
from chalicelib.actions import conversations as work
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.inbox import AutoReply, Inbox, OfflineText
from chalicelib.domain.message import Message
from chalicelib.domain.working_hours import Hours, Interval
from chalicelib.store import contacts, conversations, organisation, settled
from chalicelib.store import messages as stored
from tests.support import company
from tests.support.company import ANNA, INBOX, OLEG, first
from tests.support.line import LINE, throttled
from tests.support.people import answers, asks, contact, visitor
from tests.support.sockets import Socket, socket_of

NOON = datetime(2100, 3, 1, 12, tzinfo=UTC)
WORDS = AutoReply(on=True, ru="Здравствуйте! Уже смотрю.", en="Hello! Looking into it.")
REPLYING = replace(INBOX, auto_reply=WORDS)
NINE_TO_SIX = Hours(time_zone="UTC", week=((Interval(start=540, end=1080),),) * 7)


@pytest.fixture(autouse=True)
def _replying(_company: None) -> Iterator[None]:
    inbox(REPLYING)
    yield
    settled.clear()


def inbox(changed: Inbox) -> None:
    organisation.save_inbox(changed)
    settled.clear()


def at(**passed: float) -> datetime:
    return NOON + timedelta(**passed)


def says(talk: str | None = None, when: datetime = NOON, **visitor_is: str) -> Conversation:
    """The visitor writes; the conversation as they see it then."""
    if talk is None:
        contacts.add(contact(**visitor_is))
    return messages.receive(visitor(), asks(at=when), talk, 0, first).conversation


def given_out() -> Conversation:
    company.online(ANNA, at=NOON)
    return says()


def automatic(talk: Conversation) -> list[Message]:
    return [each for each in stored.newest(talk.id) if each.draft.client_id == auto_reply.CLIENT_ID]


def now(talk: Conversation) -> Conversation:
    found = conversations.get(talk.id)
    assert found is not None
    return found


class TestTheFirstMessage:
    def test_is_answered_in_the_name_of_who_is_given_the_conversation(self) -> None:
        talk = given_out()

        (message,) = automatic(talk)

        assert message.seq == 2
        assert message.draft.body == WORDS.ru
        author = message.draft.author
        assert (author.kind, author.id, author.name) == ("system", "anna", ANNA.name)
        assert (talk.seq, talk.auto_replied) == (2, True)

    def test_is_answered_in_the_visitors_language(self) -> None:
        company.online(ANNA, at=NOON)

        talk = says(language="en")

        assert [each.draft.body for each in automatic(talk)] == [WORDS.en]

    def test_is_answered_when_somebody_is_given_it_later(self) -> None:
        talk = says()
        waiting = automatic(talk)

        company.online(ANNA, at=at(minutes=5))
        distribution.drain("ekb", at(minutes=5), first)

        assert (waiting, len(automatic(talk))) == ([], 1)

    def test_is_answered_when_somebody_takes_it(self) -> None:
        talk = says()

        work.take(OLEG, talk.id, at(minutes=1))

        assert [each.draft.author.id for each in automatic(talk)] == ["oleg"]

    def test_is_not_answered_while_the_setting_is_off(self) -> None:
        inbox(replace(REPLYING, auto_reply=replace(WORDS, on=False)))

        assert automatic(given_out()) == []

    def test_is_not_answered_by_a_machine_after_a_person(self) -> None:
        talk = says()

        messages.reply(ANNA, talk.id, answers(at=at(minutes=1)), 1)
        says(talk.id, at(minutes=2))

        assert automatic(talk) == []


class TestItIsSaidOnce:
    def test_however_often_the_visitor_writes_and_whoever_has_it_next(self) -> None:
        talk = given_out()
        for minute in (1, 2):
            says(talk.id, at(minutes=minute))

        work.resolve(ANNA, talk.id, at(minutes=3), first)
        says(talk.id, at(minutes=4))

        assert len(automatic(talk)) == 1

    def test_by_eight_at_once(self) -> None:
        inbox(INBOX)
        talk = given_out()
        inbox(REPLYING)

        with ThreadPoolExecutor(8) as threads:
            after = list(threads.map(lambda _: auto_reply.answer(now(talk), NOON), range(8)))

        assert len(automatic(talk)) == 1
        assert {each.auto_replied for each in after} == {True}
        assert [each.seq for each in stored.newest(talk.id)] == [1, 2]

    def test_not_where_a_person_answers_at_the_same_moment(self) -> None:
        """Guard: `answered_at` in the condition."""
        inbox(INBOX)
        talk = given_out()
        inbox(REPLYING)
        before = now(talk)
        messages.reply(ANNA, talk.id, answers(at=NOON), 1)

        after = auto_reply.answer(replace(before, seq=2), NOON)

        assert automatic(talk) == []
        assert after.answered_at is not None

    def test_not_in_the_name_of_who_has_just_lost_it(self) -> None:
        """Guard: the assignee in the condition."""
        inbox(INBOX)
        talk = given_out()
        before = now(talk)
        work.resolve(ANNA, talk.id, NOON, first)
        says(talk.id, at(minutes=1))
        inbox(REPLYING)

        assert before.assignee is not None
        oleg = replace(before.assignee, id=OLEG.id, name=OLEG.name)
        auto_reply.answer(replace(now(talk), assignee=oleg), at(minutes=1))

        assert [each.draft.author.id for each in automatic(talk)] == ["anna"]

    def test_not_where_it_was_said_already(self) -> None:
        """Guard: the fact in the condition; and the client id."""
        talk = given_out()

        auto_reply.answer(replace(now(talk), auto_replied=False), at(minutes=1))

        assert len(automatic(talk)) == 1

    def test_not_in_a_conversation_that_has_just_ended(self) -> None:
        """Guard: the status in the condition."""
        inbox(INBOX)
        talk = given_out()
        before = now(talk)
        work.resolve(ANNA, talk.id, NOON, first)
        inbox(REPLYING)

        auto_reply.answer(before, at(minutes=1))

        assert automatic(talk) == []


class TestNobodyHasAnswered:
    def test_the_visitor_waits_and_the_clocks_run_as_before(self) -> None:
        inbox(INBOX)
        talk = given_out()
        before = now(talk)
        inbox(REPLYING)

        auto_reply.answer(before, at(seconds=1))

        after = now(talk)
        assert after == replace(before, seq=2, rev=before.rev + 1, auto_replied=True)
        assert after.waiting_since == NOON
        assert after.due is not None
        assert after.due.timer == "escalation"
        assert after.answered_at is None

    def test_both_sides_see_it_at_once_and_the_list_goes_on_to_show_the_question(self) -> None:
        company.online(ANNA, at=NOON)
        contacts.add(contact())
        panel: Socket = socket_of(ANNA)

        messages.receive(visitor(), asks("Ау", at=NOON), None, 0, first)

        frames = panel.heard()
        shown = [each["message"] for each in frames if each["type"] == "message"]
        assert WORDS.ru in [each["body"] for each in shown]
        rows = [each["conversation"] for each in frames if "conversation" in each]
        assert rows[-1]["last_message"]["body"] == "Ау"
        assert rows[-1]["unread"] == 1

    def test_a_database_that_fails_then_loses_no_message(self) -> None:
        company.online(ANNA, at=NOON)
        contacts.add(contact())
        with LINE.through(
            lambda call, go: throttled(call, go) if "auto-reply" in str(call.request) else go()
        ):
            talk = messages.receive(visitor(), asks(at=NOON), None, 0, first).conversation

        assert (talk.seq, automatic(talk)) == (1, [])
        says(talk.id, at(minutes=1))
        assert len(automatic(talk)) == 1


class TestOutsideTheHours:
    @pytest.fixture(autouse=True)
    def _by_day(self) -> None:
        closed = OfflineText(ru="Мы ответим утром.", en="")
        inbox(replace(REPLYING, hours=NINE_TO_SIX, offline_text=closed))

    def test_the_visitor_is_told_that_it_is_closed_and_nothing_else(self) -> None:
        talk = says(when=at(hours=8))
        company.online(ANNA, at=at(hours=21))
        distribution.drain("ekb", at(hours=21), first)
        work.take(OLEG, talk.id, at(hours=22)) if now(talk).assignee is None else None

        bodies = [each.draft.body for each in stored.newest(talk.id)]

        assert bodies[1:] == ["Мы ответим утром."]

    def test_who_was_answered_is_still_told_that_it_is_closed(self) -> None:
        talk = given_out()

        says(talk.id, at(hours=8))

        bodies = [each.draft.body for each in stored.newest(talk.id)]
        assert bodies.count(WORDS.ru) == bodies.count("Мы ответим утром.") == 1
