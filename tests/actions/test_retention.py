"""Resolved long enough is closed, a bounded number at a time."""

from datetime import timedelta

import pytest

from chalicelib.actions import conversations as work
from chalicelib.actions import messages, retention
from chalicelib.config import config
from chalicelib.domain.conversation import Conversation, Status
from chalicelib.errors import Unavailable
from chalicelib.jobs import retain
from chalicelib.store import contacts, conversations
from tests.support.company import ANNA, first, online
from tests.support.consistency import check
from tests.support.functions import CONTEXT, ON_SCHEDULE
from tests.support.line import LINE, Call, Crash, Go, throttled
from tests.support.people import NOW, asks, contact, later, visitor

DAYS = timedelta(days=config().close_after_days)


def resolved(id: str, *, hours: int = 0) -> Conversation:
    """A conversation that Anna has closed some hours after NOW."""
    contacts.add(contact(id))
    talk = messages.receive(visitor(id), asks(by=id), None, 0, first).conversation
    return work.resolve(ANNA, talk.id, later(hours=hours), first)


def statuses() -> dict[str, Status]:
    return {each.contact_id: each.status for each in check()}


@pytest.fixture(autouse=True)
def _anna(_company: None) -> None:
    online(ANNA)


def test_what_was_resolved_long_enough_is_closed() -> None:
    resolved("old")
    resolved("newer", hours=1)

    assert retention.close_resolved(NOW + DAYS) == 1

    assert statuses() == {"old": Status.CLOSED, "newer": Status.RESOLVED}
    assert retention.close_resolved(NOW + DAYS) == 0


def test_nobody_is_told() -> None:
    resolved("old")
    LINE.frames.clear()

    retention.close_resolved(NOW + DAYS)

    assert (LINE.frames, LINE.sent) == ([], [])


def test_who_writes_then_begins_anew() -> None:
    talk = resolved("old")
    retention.close_resolved(NOW + DAYS)

    said = messages.receive(visitor("old"), asks(by="old"), talk.id, 1, first)

    assert said.conversation.id != talk.id
    assert sorted((each.id == talk.id, each.status) for each in check()) == [
        (False, Status.OPEN),
        (True, Status.CLOSED),
    ]


def test_who_came_back_in_time_is_left_alone() -> None:
    talk = resolved("old")
    messages.receive(visitor("old"), asks(by="old", at=later(hours=2)), talk.id, 1, first)

    assert retention.close_resolved(NOW + DAYS) == 0
    work.take(ANNA, talk.id, later(hours=2))
    work.resolve(ANNA, talk.id, later(hours=3), first)
    assert retention.close_resolved(NOW + DAYS) == 0
    assert retention.close_resolved(later(hours=3) + DAYS) == 1


def test_a_run_is_bounded_and_the_next_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    monkeypatch.setattr(retention, "PER_RUN", 4)
    for number in range(7):
        resolved(str(number))

    runs = [retention.close_resolved(NOW + DAYS) for _ in range(4)]

    assert runs == [4, 3, 0, 0]


def test_a_run_that_broke_off_is_gone_on_with() -> None:
    for number in range(5):
        resolved(str(number))
    closings: list[Call] = []

    def crash_at_third(call: Call, go: Go) -> object:
        if call.operation == "UpdateItem":
            closings.append(call)
            if len(closings) == 3:
                raise LINE.crash()
        return go()

    with LINE.through(crash_at_third), pytest.raises(Crash):  # type: ignore[arg-type]
        retention.close_resolved(NOW + DAYS)
    before = sum(each is Status.CLOSED for each in statuses().values())

    assert 0 < before < 5
    assert retention.close_resolved(NOW + DAYS) == 5 - before


def test_a_database_that_is_away_is_said() -> None:
    resolved("old")

    with LINE.through(throttled), pytest.raises(Unavailable):
        retention.close_resolved(NOW + DAYS)


def test_the_daily_schedule_runs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    talk = resolved("old")
    monkeypatch.setattr("chalicelib.jobs._now", lambda: NOW + DAYS)

    retain(ON_SCHEDULE, CONTEXT)

    after = conversations.get(talk.id)
    assert after is not None
    assert after.status is Status.CLOSED
