"""How fast a visitor may write."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from chalicelib.domain.conversation import started, with_incoming, with_reply
from chalicelib.domain.pacing import MOST, WINDOW, quota_after, seconds_to_wait
from tests.support.people import NOW, answers, asks, contact, first_message, later


def test_a_new_conversation_has_a_quota_that_counts_its_first_message() -> None:
    talk = started(contact(), "ekb", first_message())

    assert (talk.in_count, talk.quota, talk.quota_since) == (1, MOST, NOW)


def test_an_answer_gives_another_quota_and_a_question_none() -> None:
    talk = started(contact(), "ekb", first_message())
    asked = with_incoming(talk, asks().numbered("talk", 2))
    answered = with_reply(asked, answers(at=later(minutes=1)).numbered("talk", 3))

    assert (asked.quota, asked.quota_since) == (talk.quota, talk.quota_since)
    assert (answered.quota, answered.quota_since) == (quota_after(2), later(minutes=1))


@pytest.mark.parametrize(
    ("passed", "wait"), [(0, 20), (0.5, 20), (1, 19), (19.2, 1), (20, 0), (9999, 0), (-86400, 20)]
)
def test_who_has_used_it_up_waits_for_the_rest_of_the_window_and_never_longer(
    passed: float, wait: int
) -> None:
    assert timedelta(seconds=20) == WINDOW
    assert seconds_to_wait(NOW, NOW + timedelta(seconds=passed)) == wait


def test_a_look_gives_another_one_from_then_on() -> None:
    talk = replace(started(contact(), "ekb", first_message()), quota_at=later(minutes=2))

    assert talk.quota_since == later(minutes=2)
    assert replace(talk, answered_at=later(minutes=3)).quota_since == later(minutes=3)
