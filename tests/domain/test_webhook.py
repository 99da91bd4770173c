"""Where events go, what proves who sent them, and how long we try."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from standardwebhooks.webhooks import Webhook as Verifier
from standardwebhooks.webhooks import WebhookVerificationError

from chalicelib.domain.event import EventType, closed, created, said
from chalicelib.domain.message import Direction
from chalicelib.domain.webhook import (
    Answer,
    Delivery,
    Failure,
    Networks,
    Outcome,
    Webhook,
    attempted,
    clean_url,
    given_up,
    headers,
    secret_of,
    wanted,
)
from chalicelib.errors import Invalid
from tests.support.people import NOW, answers, asks, later, queued

SECRET = secret_of(bytes(range(32)))
HOOK = Webhook(
    id="hook",
    inbox_id="demo",
    url="https://receiver.example/hook",
    events=frozenset({EventType.MESSAGE_IN}),
    enabled=True,
    secret=SECRET,
    created_at=NOW,
)
DELIVERY = Delivery(
    webhook_id="hook",
    inbox_id="demo",
    event_id="talk-1",
    type=EventType.MESSAGE_IN,
    conversation_id="talk",
    seq=1,
    created_at=NOW,
    body="{}",
)
TAKEN = Answer(status=204, failure=None)
BROKEN = Answer(status=500, failure=Failure.STATUS)


class TestEvents:
    def test_each_has_an_id_of_its_own_without_a_full_stop(self) -> None:
        talk = queued("talk")
        ids = [
            created(talk).id,
            closed(replace(talk, rev=4)).id,
            closed(replace(talk, rev=9)).id,
            *(
                told.id
                for seq in (1, 2)
                if (told := said(asks().numbered("talk", seq), talk)) is not None
            ),
        ]

        assert len(set(ids)) == 5
        assert not any("." in each for each in ids)

    def test_a_message_is_in_or_out(self) -> None:
        talk = queued("talk")
        incoming, outgoing = asks().numbered("talk", 1), answers().numbered("talk", 2)

        told = [said(incoming, talk), said(outgoing, talk)]

        assert [each and each.type for each in told] == [
            EventType.MESSAGE_IN,
            EventType.MESSAGE_OUT,
        ]

    @pytest.mark.parametrize("inner", [Direction.NOTE, Direction.SYSTEM])
    def test_what_is_said_among_ourselves_is_no_event(self, inner: Direction) -> None:
        message = replace(answers(), direction=inner).numbered("talk", 2)

        assert said(message, queued("talk")) is None

    def test_a_webhook_wants_its_inbox_and_its_events_while_it_is_on(self) -> None:
        told = said(asks().numbered("talk", 1), queued("talk"))
        assert told is not None

        assert wanted(HOOK, told)
        assert not wanted(replace(HOOK, enabled=False), told)
        assert not wanted(replace(HOOK, created_at=later(seconds=1)), told)
        assert not wanted(replace(HOOK, inbox_id="other"), told)
        assert not wanted(replace(HOOK, events=frozenset({EventType.MESSAGE_OUT})), told)


class TestSignature:
    def test_the_reference_verifier_accepts_it(self) -> None:
        now = datetime.now(UTC)  # the verifier looks at the clock

        made = headers(SECRET, "talk-1", now, '{"body": "Здравствуйте"}')

        Verifier(SECRET).verify('{"body": "Здравствуйте"}', made)

    @pytest.mark.parametrize("changed", ["webhook-id", "webhook-timestamp"])
    def test_it_binds_the_id_and_the_time(self, changed: str) -> None:
        now = datetime.now(UTC)
        made = headers(SECRET, "talk-1", now, "{}")
        other = headers(SECRET, "talk-2", now + timedelta(seconds=1), "{}")

        with pytest.raises(WebhookVerificationError):
            Verifier(SECRET).verify("{}", made | {changed: other[changed]})

    def test_it_binds_the_body_and_the_secret(self) -> None:
        made = headers(SECRET, "talk-1", datetime.now(UTC), "{}")

        with pytest.raises(WebhookVerificationError):
            Verifier(SECRET).verify('{"more": 1}', made)
        with pytest.raises(WebhookVerificationError):
            Verifier(secret_of(bytes(32))).verify("{}", made)

    def test_the_simple_one_is_of_the_body_under_the_secret_as_text(self) -> None:
        made = headers(SECRET, "talk-1", NOW, "{}")

        expected = hmac.new(SECRET.encode(), b"{}", hashlib.sha256).hexdigest()
        assert made["X-Messenger-Signature"] == f"sha256={expected}"


class TestSchedule:
    def test_ten_attempts_in_three_days_then_the_dead_letters(self) -> None:
        delivery, at, waits = DELIVERY, NOW, []
        while delivery.outcome is Outcome.PENDING:
            delivery = attempted(delivery, BROKEN, at)
            if delivery.next_attempt_at:
                waits.append(delivery.next_attempt_at - at)
                at = delivery.next_attempt_at

        assert delivery.outcome is Outcome.DEAD
        assert [each.number for each in delivery.attempts] == list(range(1, 11))
        assert [wait.total_seconds() for wait in waits] == [
            5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400,
        ]  # fmt: skip

    def test_what_was_taken_is_done(self) -> None:
        done = attempted(attempted(DELIVERY, BROKEN, NOW), TAKEN, later(seconds=5))

        assert (done.outcome, done.next_attempt_at) == (Outcome.DELIVERED, None)
        assert [each.failure for each in done.attempts] == [Failure.STATUS, None]

    @pytest.mark.parametrize(
        ("asked", "waited"),
        [
            (timedelta(seconds=1), timedelta(seconds=5)),
            (timedelta(hours=1), timedelta(hours=1)),
            (timedelta(days=400), timedelta(hours=24)),
        ],
    )
    def test_a_receiver_may_ask_for_more_time(self, asked: timedelta, waited: timedelta) -> None:
        busy = Answer(status=429, failure=Failure.STATUS, retry_after=asked)

        assert attempted(DELIVERY, busy, NOW).next_attempt_at == NOW + waited

    def test_who_is_gone_is_not_asked_again(self) -> None:
        gone = Answer(status=410, failure=Failure.STATUS)

        assert attempted(DELIVERY, gone, NOW).outcome is Outcome.DEAD

    def test_what_is_given_up_waits_for_nothing(self) -> None:
        waiting = attempted(DELIVERY, BROKEN, NOW)

        ended = given_up(waiting)

        assert (ended.outcome, ended.next_attempt_at) == (Outcome.DEAD, None)
        assert ended.attempts == waiting.attempts


class TestUrl:
    @pytest.mark.parametrize(
        "url",
        [
            "https://receiver.example/hook?a=1",
            "https://receiver.example:443/",
            " https://sub.receiver.example ",
        ],
    )
    def test_public_ones_are_taken(self, url: str) -> None:
        assert clean_url(url, Networks.PUBLIC) == url.strip()

    @pytest.mark.parametrize(
        "url",
        [
            "http://receiver.example/",
            "ftp://receiver.example/",
            "//receiver.example/",
            "receiver.example",
            "https://",
            "https:///path",
            "https://localhost/",
            "https://receiver.example:8443/",
            "https://receiver.example:22/",
            "https://receiver.example:99999/",
            "https://me:secret@receiver.example/",
            "https://1.1.1.1@receiver.example/",
            "https://receiver.example\\@127.0.0.1/",
            "https://receiver.example /",
            "https://receiver.example/\r\nX: 1",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0x0.0x0.0x1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://1.1.1.1/",
            "https://1.1.1.1./",
            "https://приёмник.example/",
            "https://receiver.example/" + "a" * 2000,
        ],
    )
    def test_others_are_refused_at_their_field(self, url: str) -> None:
        with pytest.raises(Invalid) as refused:
            clean_url(url, Networks.PUBLIC)

        assert refused.value.field == "url"

    @pytest.mark.parametrize("url", ["http://127.0.0.1:9000/hook", "https://localhost/"])
    def test_on_ones_own_machine_anything_goes_that_http_can(self, url: str) -> None:
        assert clean_url(url, Networks.ANY) == url
        with pytest.raises(Invalid):
            clean_url("gopher://127.0.0.1/", Networks.ANY)
