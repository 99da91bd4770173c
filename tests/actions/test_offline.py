"""Outside the hours the visitor is told so: once in each closed period."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.actions import conversations as work
from chalicelib.actions import messages
from chalicelib.domain.contact import Language
from chalicelib.domain.inbox import OfflineText
from chalicelib.domain.working_hours import Hours, Interval
from chalicelib.store import contacts, organisation, settled
from chalicelib.store import messages as stored
from tests.support.company import ANNA, INBOX, first
from tests.support.line import LINE, throttled
from tests.support.people import answers, asks, contact, visitor
from tests.support.sockets import socket_of

MONDAY = datetime(2100, 3, 1, tzinfo=UTC)
NINE_TO_SIX = Hours(time_zone="UTC", week=((Interval(start=540, end=1080),),) * 7)
TEXT = OfflineText(ru="Мы ответим утром.", en="We answer in the morning.")


@pytest.fixture(autouse=True)
def _by_day(_company: None) -> None:
    organisation.save_inbox(replace(INBOX, hours=NINE_TO_SIX, offline_text=TEXT))
    settled.clear()


def says(at: datetime, talk: str | None = None, language: Language = "ru") -> str:
    """The visitor writes; their conversation."""
    if talk is None:
        contacts.add(contact(language=language))
    return messages.receive(visitor(), asks(at=at), talk, 0, first).conversation.id


def told(talk: str) -> list[str]:
    return [each.draft.body for each in stored.newest(talk) if each.draft.author.kind == "system"]


def at(hour: float, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour)


@pytest.mark.parametrize(("language", "words"), [("ru", TEXT.ru), ("en", TEXT.en)])
def test_the_visitor_is_told_in_their_language_once(language: Language, words: str) -> None:
    talk = says(at(20), language=language)
    for hour in (20.1, 23, 24, 30):
        says(at(hour), talk)

    assert told(talk) == [words]
    assert [each.seq for each in stored.newest(talk)] == [1, 2, 3, 4, 5, 6]


def test_the_next_night_is_another_period() -> None:
    talk = says(at(20))
    says(at(12, day=1), talk)
    says(at(19, day=1), talk)

    assert told(talk) == [TEXT.ru] * 2


def test_nobody_is_told_while_it_is_open() -> None:
    assert told(says(at(12))) == []


def test_not_while_somebody_is_just_talking_with_them() -> None:
    talk = says(at(17.9))
    work.take(ANNA, talk, at(17.95))
    messages.reply(ANNA, talk, answers(at=at(17.99)), 1)

    says(at(18.01), talk)
    in_talk = told(talk)
    says(at(18.2), talk)

    assert (in_talk, told(talk)) == ([], [TEXT.ru])


def test_an_inbox_without_words_says_nothing() -> None:
    organisation.save_inbox(replace(INBOX, hours=NINE_TO_SIX))
    settled.clear()

    assert told(says(at(20))) == []


def test_the_notice_is_pushed_and_leaves_the_visitor_waiting() -> None:
    contacts.add(contact())
    elena = socket_of(ANNA)

    talk = messages.receive(visitor(), asks("Ау", at=at(20)), None, 0, first).conversation

    rows = [each["conversation"] for each in elena.heard() if each["type"] != "list"]
    assert rows[-1]["last_message"]["body"] == "Ау"
    assert rows[-1]["waiting_since"] is not None
    assert (rows[-1]["seq"], rows[-1]["unread"]) == (2, 1)
    assert told(talk.id) == [TEXT.ru]


def test_a_database_that_fails_then_loses_no_message() -> None:
    contacts.add(contact())
    with LINE.through(
        lambda call, go: throttled(call, go) if "hours" in str(call.request) else go()
    ):
        talk = messages.receive(visitor(), asks(at=at(20)), None, 0, first).conversation

    assert (talk.seq, told(talk.id)) == (1, [])
    says(at(20.5), talk.id)
    assert told(talk.id) == [TEXT.ru]
