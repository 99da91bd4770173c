"""How deliveries stand: one attempt after another, each recorded once."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.event import EventType
from chalicelib.domain.webhook import Attempt, Delivery, Outcome
from chalicelib.store import deliveries, timers
from tests.support.people import NOW, later

pytestmark = pytest.mark.usefixtures("table")


def tried(times: int, outcome: Outcome = Outcome.PENDING) -> Delivery:
    """After so many failures."""
    attempts = [
        Attempt(number=number, at=NOW, status=500, duration_ms=5, failure=None)
        for number in range(1, times + 1)
    ]
    return Delivery(
        webhook_id="hook",
        inbox_id="demo",
        event_id="talk-1",
        type=EventType.MESSAGE_IN,
        conversation_id="talk",
        seq=1,
        created_at=NOW,
        body="{}",
        outcome=outcome,
        attempts=tuple(attempts),
        next_attempt_at=later(minutes=5),
    )


def record(delivery: Delivery) -> bool:
    """Its newest attempt."""
    return deliveries.record(delivery, len(delivery.attempts) - 1, NOW, later(minutes=5))


def stored() -> int:
    found = deliveries.get("hook", NOW, "talk-1")
    assert found is not None
    return len(found.attempts)


def test_each_attempt_is_recorded_once() -> None:
    assert [record(tried(number)) for number in (1, 1, 2, 2, 1, 3)] == [
        True,
        False,
        True,
        False,
        False,
        True,
    ]
    assert stored() == 3


def test_what_is_settled_stays_so() -> None:
    record(tried(1))
    assert record(tried(2, Outcome.DEAD))

    assert not record(tried(2))
    assert not record(replace(tried(3), outcome=Outcome.DELIVERED))

    assert stored() == 2


def test_only_who_knows_its_newest_attempt_puts_it_off() -> None:
    record(tried(1))
    record(tried(2))

    assert not deliveries.put_off(tried(1), later(hours=2))
    assert timers.due(deliveries.TIMER, later(minutes=6), 10)
    assert deliveries.put_off(tried(2), later(hours=2))

    assert timers.due(deliveries.TIMER, later(minutes=6), 10) == []
