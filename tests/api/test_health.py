"""Whether the deployment works: for everybody in a word, for admins part by part."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.actions import health
from chalicelib.config import config
from chalicelib.gateways import geoip, queue
from chalicelib.store import conversations
from tests.support import environment
from tests.support.company import ADMIN, ANNA, ELENA, online
from tests.support.door import bearer, get
from tests.support.line import LINE, Call, Go, refusal
from tests.support.scene import begun

PARTS = ["database", "geoip", "deliveries", "dead_deliveries", "timers", "secrets"]


def report() -> dict[str, Any]:
    answer = get("/panel/health", bearer(ADMIN))
    assert answer.status == 200, answer
    return answer.body


def part(name: str) -> dict[str, Any]:
    (found,) = [each for each in report()["parts"] if each["name"] == name]
    return dict(found)


@contextmanager
def down(service: str) -> Iterator[None]:
    """Calls to DynamoDB, or to SQS, are refused."""

    def plan(call: Call, go: Go) -> AWSResponse:
        is_queue = "Queue" in call.operation
        return refusal("AccessDeniedException") if is_queue == (service == "SQS") else go()

    with LINE.through(plan):
        yield


@pytest.fixture
def no_geoip(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The database of places is not where it should be."""
    geoip._reader.cache_clear()
    hidden = environment.GEOIP.with_suffix(".hidden")
    environment.GEOIP.rename(hidden)
    yield
    hidden.rename(environment.GEOIP)
    geoip._reader.cache_clear()


def words() -> str:
    answer = get("/health")
    assert (answer.status, answer.error) == (503, "unavailable")
    said: str = answer.body["error"]["message"]
    return said


def test_it_is_ok_while_every_part_answers() -> None:
    assert get("/health").body == {"status": "ok"}
    assert report()["status"] == "ok"
    assert [each["name"] for each in report()["parts"]] == PARTS
    assert all(each["ok"] for each in report()["parts"])


def test_a_dead_database_is_named() -> None:
    with down("DynamoDB"):
        assert words() == "Not working: database."


def test_a_dead_queue_is_named_and_the_rest_is_reported() -> None:
    with down("SQS"):
        assert words() == "Not working: queue."
        found = report()

    assert found["status"] == "failing"
    failing = {each["name"]: each["detail"] for each in found["parts"] if not each["ok"]}
    assert failing == {"deliveries": {}, "dead_deliveries": {}, "timers": {}}


@pytest.mark.usefixtures("no_geoip")
def test_a_missing_database_of_places_is_named() -> None:
    assert words() == "Not working: geoip."
    assert part("geoip") == {"name": "geoip", "ok": False, "detail": {}}


def test_the_database_tells_how_long_it_took() -> None:
    assert 0 < part("database")["detail"]["round_trip_ms"] < 5000


def test_the_database_of_places_tells_its_age_and_is_stale_after_60_days() -> None:
    fresh = part("geoip")
    built = datetime.fromisoformat(fresh["detail"]["built_at"])
    now = datetime.now(UTC)

    aged = [
        {each.name: each for each in health.report(now + timedelta(days=days))}["geoip"]
        for days in (60, 61)
    ]

    assert now - timedelta(days=1) < built <= now
    assert (fresh["detail"]["age_days"], fresh["detail"]["stale"]) == (0, False)
    assert [each.detail["stale"] for each in aged] == [False, True]
    assert all(each.ok for each in aged)


def test_deliveries_that_wait_are_counted_and_those_given_up_are_a_fault() -> None:
    queue.send(config().deliveries_queue, "one")
    queue.send(config().deliveries_queue, "two")
    assert part("deliveries") == {"name": "deliveries", "ok": True, "detail": {"waiting": 2}}
    assert report()["status"] == "ok"

    queue.send(config().dead_deliveries_queue, "three")

    dead = {"name": "dead_deliveries", "ok": False, "detail": {"waiting": 1}}
    assert part("dead_deliveries") == dead
    assert report()["status"] == "failing"
    assert get("/health").status == 200


def test_timers_that_wait_are_counted_and_those_that_nothing_did_are_a_fault() -> None:
    queue.send(config().timers_queue, "one")
    online(ANNA, at=datetime.now(UTC))
    begun()
    (held,) = conversations.get_many(conversations.mine(ANNA.id))
    assert held.due is not None

    found = [
        next(each for each in health.report(held.due.at + after) if each.name == "timers")
        for after in (timedelta(minutes=2, seconds=-1), timedelta(minutes=2))
    ]

    assert [(each.ok, each.detail["overdue"]) for each in found] == [(True, 0), (False, 1)]
    assert found[0].detail["waiting"] == 1


@pytest.mark.parametrize("who", [ANNA, ELENA], ids=["operator", "supervisor"])
def test_the_report_is_for_admins(who: Any) -> None:
    answer = get("/panel/health", bearer(who))

    assert (answer.status, answer.error) == (403, "forbidden")


def test_the_report_is_not_for_visitors_or_strangers() -> None:
    for token in (None, begun().token):
        assert get("/panel/health", token).status == 401
