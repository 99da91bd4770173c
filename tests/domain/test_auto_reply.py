"""The automatic answer to the first message."""

import pytest
from msgspec.structs import replace

from chalicelib.domain import auto_reply
from chalicelib.domain.assignment import Assignment, Cause
from chalicelib.domain.conversation import Conversation, given, resolved, started, with_reply
from chalicelib.domain.inbox import AutoReply
from tests.support.company import INBOX
from tests.support.people import NOW, answers, contact, first_message, later

WORDS = AutoReply(on=True, ru="Сейчас посмотрю.", en="One moment.")


def assigned(cause: Cause = Cause.ROUTED) -> Conversation:
    choice = Assignment(
        operator_id="anna", operator_name="Anna", assigned_at=NOW, cause=cause, considered=()
    )
    return given(started(contact(), "ekb", first_message()), choice, "ekb", INBOX)


def test_it_is_due_as_soon_as_somebody_has_the_conversation() -> None:
    assert not auto_reply.is_due(started(contact(), "ekb", first_message()))
    assert auto_reply.is_due(assigned())
    assert auto_reply.is_due(assigned(Cause.TRANSFERRED))


def test_it_is_not_due_where_anybody_or_anything_has_answered() -> None:
    talk = assigned()
    replied = with_reply(talk, answers().numbered("talk", 2))

    for answered in (
        replied,
        replace(talk, told_closed_at=NOW),
        replace(talk, auto_replied=True),
        resolved(talk, NOW),
    ):
        assert not auto_reply.is_due(answered)


def test_it_changes_nothing_but_the_count_of_messages() -> None:
    talk = assigned()
    message = answers(at=later(seconds=1)).numbered("talk", 2)

    after = auto_reply.with_auto_reply(talk, message)

    assert after == replace(talk, seq=2, rev=talk.rev + 1, auto_replied=True)


@pytest.mark.parametrize(
    ("reply", "ru", "en"),
    [
        (WORDS, WORDS.ru, WORDS.en),
        (replace(WORDS, en=""), WORDS.ru, WORDS.ru),
        (replace(WORDS, ru=""), WORDS.en, WORDS.en),
        (replace(WORDS, on=False), "", ""),
    ],
)
def test_it_speaks_the_visitors_language_where_it_can(reply: AutoReply, ru: str, en: str) -> None:
    assert (auto_reply.words(reply, "ru"), auto_reply.words(reply, "en")) == (ru, en)
