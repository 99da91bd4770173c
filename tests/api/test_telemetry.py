"""What is written to the log and to the metrics, and what never is."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any, get_args

import msgspec
import pytest
from botocore.awsrequest import AWSResponse
from msgspec.structs import replace

from chalicelib import telemetry
from chalicelib.actions.deliveries import METRICS
from chalicelib.api.endpoint import ENDPOINTS, Endpoint
from chalicelib.config import config
from chalicelib.domain.webhook import Outcome
from chalicelib.jobs import deliver, tick
from chalicelib.wire_webhooks import Job
from infra.template import load
from tests.api.test_errors import GOOD
from tests.support.company import ADMIN, ANNA, OLEG, PASSWORD, may_use
from tests.support.door import CONTEXT, bearer, get, path_of, request
from tests.support.functions import ON_SCHEDULE
from tests.support.line import LINE, Call, Go, Plan, lost, refusal, throttled
from tests.support.scene import Guest, held_by, reply
from tests.support.sockets import new_socket, socket_of, ticket_of

TEXT = "канарейка-canary"
EMAIL = "canary@birds.example"
ADDRESS = "203.0.113.77"
KEEPER = "Птицелов-catcher"

Record = dict[str, Any]


class Log:
    """What the deployment wrote, to the log and as metrics."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self.text = ""

    def read(self) -> list[Record]:
        """Everything so far; each line is one JSON object."""
        captured = self._capsys.readouterr()
        assert captured.err == ""
        self.text += captured.out
        return [json.loads(line) for line in self.text.splitlines()]

    def records(self) -> list[Record]:
        return [each for each in self.read() if "_aws" not in each]

    def metrics(self) -> list[tuple[str, list[float]]]:
        found = []
        for each in self.read():
            for described in each.get("_aws", {}).get("CloudWatchMetrics", []):
                assert described["Namespace"] == "Messenger"
                assert described["Dimensions"] == [["stage"]]
                assert each["stage"] == "prod"
                found += [(metric["Name"], each[metric["Name"]]) for metric in described["Metrics"]]
        return found


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Log]:
    """A deployment's log: ours, as Lambda would have it after the first invocation."""
    monkeypatch.setattr(telemetry, "config", lambda: replace(config(), stage="prod"))
    monkeypatch.setattr(telemetry, "_cold", [True])
    monkeypatch.setenv("POWERTOOLS_SERVICE_NAME", "messenger")
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    telemetry._set_up.cache_clear()
    yield Log(capsys)
    root.handlers, _ = handlers, root.setLevel(level)
    logging.getLogger("messenger").setLevel(logging.NOTSET)


def breaking(error: Exception) -> Plan:
    """Nobody foresaw that a call to AWS fails like this."""

    def plan(call: Call, go: Go) -> AWSResponse:
        raise error

    return plan


def denied(call: Call, go: Go) -> AWSResponse:
    """We may not do this: the SDK does not try again."""
    return refusal("AccessDeniedException", message="no")


def call_every_route(guest: Guest) -> list[int]:
    """Each with what must not be told in its address, tokens, query and body; the statuses."""
    headers = {"X-Forwarded-For": ADDRESS, "User-Agent": TEXT, "Cookie": f"session={TEXT}"}
    statuses = []
    for endpoint in sorted(ENDPOINTS, key=lambda each: each.path == "/panel/sign_out"):
        path = path_of(endpoint, guest.conversation_id)
        for token in (token_for(endpoint, guest), TEXT.encode().hex()):
            for body in bodies(endpoint):
                answer = request(
                    endpoint.method, path, body, token, address=ADDRESS, headers=headers
                )
                statuses.append(answer.status)
    return statuses


def token_for(endpoint: Endpoint, guest: Guest) -> str | None:
    who = may_use(endpoint.path)
    return {"visitor": guest.token, "operator": bearer(who), None: None}[endpoint.bearer]


def bodies(endpoint: Endpoint) -> Iterator[object]:
    good = GOOD.get(endpoint.path, {})
    yield good
    yield good | {
        name: EMAIL if name == "email" else TEXT
        for name, value in good.items()
        if isinstance(value, str)
    }
    yield f"{{{TEXT}".encode()


def use_sockets(guest: Guest) -> list[int]:
    """What sockets can be told, with an open ticket and with a wrong one."""
    call = {
        "type": "call",
        "id": "1",
        "path": "/widget/send",
        "token": guest.token,
        "body": {"client_id": "over-a-socket", "body": TEXT},
    }
    asked = ({"type": "ping", "revs": {}}, {"type": TEXT}, call, call | {"path": f"/{TEXT}"})
    frames = [TEXT, *map(json.dumps, asked)]
    statuses = [new_socket(guest).connect(TEXT)]
    for who in (guest, OLEG):
        opened = socket_of(who)
        with LINE.through(breaking(RuntimeError(TEXT))):
            statuses += [opened.say(each) for each in frames]
        statuses += [opened.say(each) for each in frames]
        opened.close()
    return statuses


@pytest.mark.usefixtures("impatient")
def test_nothing_personal_is_logged_whatever_goes_well_or_wrong(log: Log) -> None:
    guest = held_by(ANNA, address=ADDRESS)
    guest.say(TEXT)
    reply(ANNA, guest, TEXT)
    request("POST", "/panel/sign_in", {"email": ANNA.email, "password": PASSWORD})
    secrets = [guest.token, guest.refresh_token, bearer(ANNA), ticket_of(guest)]
    statuses = []
    for plan in (
        lambda call, go: refusal("ValidationException", message=f"bad {TEXT} {EMAIL}"),
        breaking(RuntimeError(f"{TEXT} {EMAIL} {ADDRESS} {KEEPER}")),
    ):
        with LINE.through(plan):
            statuses += call_every_route(guest)
    for plan in (throttled, lost):
        with LINE.through(plan):
            statuses.append(guest.say(TEXT).status)
    statuses += call_every_route(guest)
    statuses += use_sockets(guest)
    logging.getLogger("urllib3.connectionpool").warning("Retrying %s", TEXT)
    logging.getLogger("some.library").error(f"broken by {TEXT}")

    records = log.records()

    assert {200, 201, 400, 401, 404, 500, 503} <= set(statuses)
    assert {"unforeseen error", "unavailable"} <= {each["message"] for each in records}
    told = json.loads(f'"{log.text.translate({34: 39, 92: 39, 10: 32})}"')
    for each in (TEXT, EMAIL, ADDRESS, KEEPER, ANNA.email, PASSWORD, *secrets):
        for form in (each, json.dumps(each).strip('"'), each.encode().hex()):
            assert form not in told and form not in log.text, form


def test_every_record_says_in_which_invocation_of_what_it_came_about(log: Log) -> None:
    guest = held_by(ANNA)

    with LINE.through(denied):
        guest.poll(1)
        guest.poll(1)

    records = log.records()
    assert {each["route"] for each in records} == {"POST /widget/poll"}
    assert [each["cold_start"] for each in records] == [False] * len(records)
    for each in records:
        assert each["level"] == "WARNING"
        assert each["service"] == "messenger"
        assert each["function"] and each["request_id"] and each["timestamp"]


def test_the_first_invocation_of_a_process_is_a_cold_start(log: Log) -> None:
    with LINE.through(denied):
        get("/health")
        get("/health")

    cold = [each["cold_start"] for each in log.records() if each["message"] == "unavailable"]
    assert cold == [True, False]


def test_a_failure_of_the_database_is_told_by_its_code_and_place(log: Log) -> None:
    guest = held_by(ANNA)

    with LINE.through(denied):
        guest.poll(1)

    (record,) = [each for each in log.records() if each["message"] == "unavailable"]
    assert record["exception_name"] == "Unavailable"
    causes = record["exception"]
    assert causes[0]["type"] == "chalicelib.errors.Unavailable"
    assert "AccessDeniedException" in [each.get("code") for each in causes]
    assert any("store/table.py" in place for each in causes for place in each["at"])


def test_what_nobody_foresaw_is_counted_once(log: Log) -> None:
    guest = held_by(ANNA)

    with LINE.through(breaking(ZeroDivisionError())):
        assert guest.poll(1).status == 500
    assert guest.poll(1).status == 200

    assert log.metrics() == [("Unforeseen", [1.0])]


class TestJob:
    EVENT = SimpleNamespace(
        context=SimpleNamespace(function_name="messenger-prod-Tick", aws_request_id="request-1")
    )

    def test_its_answer_is_passed_on_and_its_metrics_are_written_once_at_its_end(
        self, log: Log
    ) -> None:
        @telemetry.job
        def deliver(event: Any) -> dict[str, Any]:
            telemetry.measure("Delivered")
            telemetry.measure("Retried")
            telemetry.measure("Delivered")
            telemetry.measure("TickLag", 2.5)
            return {"batchItemFailures": []}

        answer = deliver(self.EVENT)

        assert answer == {"batchItemFailures": []}
        assert log.metrics() == [("Delivered", [1, 1]), ("Retried", [1]), ("TickLag", [2.5])]
        assert len(log.text.splitlines()) == 1

    def test_its_failure_is_logged_counted_and_raised_without_words(self, log: Log) -> None:
        @telemetry.job
        def tick(event: Any) -> None:
            raise ValueError(TEXT)

        with pytest.raises(telemetry.JobFailed, match=r"^ValueError$") as raised:
            tick(self.EVENT)

        (record,) = log.records()
        assert raised.value.__suppress_context__
        assert (record["message"], record["route"]) == ("job failed", "tick")
        assert (record["function"], record["request_id"]) == ("messenger-prod-Tick", "request-1")
        assert record["exception"][0]["type"] == "builtins.ValueError"
        assert log.metrics() == [("Unforeseen", [1])]
        assert TEXT not in log.text

    def test_locally_nothing_is_written_but_by_python_itself(
        self, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        @telemetry.job
        def tick(event: Any) -> None:
            telemetry.measure("TickLag", 1)
            raise ValueError(TEXT)

        with pytest.raises(telemetry.JobFailed):
            tick(self.EVENT)

        assert capsys.readouterr() == ("", "")
        assert TEXT in caplog.text


def test_an_admin_is_no_part_of_the_log(log: Log) -> None:
    """An operator's name may stand in a refusal's words; those are for the client only."""
    with LINE.through(breaking(RuntimeError(ADMIN.name))):
        get("/panel/directory", bearer(ADMIN))

    assert log.records()
    assert ADMIN.name not in log.text


class TestBackground:
    def test_the_tick_tells_how_late_it_was(self, log: Log) -> None:
        due = datetime.now(UTC) - timedelta(seconds=90)

        tick(ON_SCHEDULE | {"time": due.strftime("%Y-%m-%dT%H:%M:%SZ")}, CONTEXT)

        ((name, (lag,)),) = log.metrics()
        assert name == "TickLag"
        assert 90 <= lag < 120

    def test_a_delivery_that_was_given_up_is_counted(self, log: Log) -> None:
        job = Job(
            webhook_id="gone",
            inbox_id="demo",
            event_id="talk-1",
            type="message.in",
            conversation_id="talk",
            seq=1,
            created_at=datetime.now(UTC),
            attempt=1,
            body=TEXT,
        )
        message = {"messageId": "1", "body": msgspec.json.encode(job).decode()}

        deliver({"Records": [message]}, CONTEXT)

        assert log.metrics() == [("Dead", [1])]
        (record,) = log.records()
        assert (record["message"], record["outcome"]) == ("webhook attempt", "dead")
        assert TEXT not in log.text

    def test_every_outcome_of_an_attempt_has_its_metric(self) -> None:
        assert set(METRICS) == set(Outcome)
        assert len(set(METRICS.values())) == len(Outcome)


def test_every_metric_is_watched_by_an_alarm_or_shown_on_the_dashboard() -> None:
    """None is paid for and looked at by nobody; and none is watched that nobody writes."""
    resources = load()["Resources"].values()
    alarms = [
        each["Properties"] for each in resources if each.get("Type") == "AWS::CloudWatch::Alarm"
    ]
    watched = {each["MetricName"] for each in alarms if each.get("Namespace") == "Messenger"}
    (dashboard,) = [each for each in resources if each.get("Type") == "AWS::CloudWatch::Dashboard"]
    body = dashboard["Properties"]["DashboardBody"]["Fn::Sub"]

    shown = {name for name in get_args(telemetry.Metric) if f'"{name}", ' in body}

    assert {"Unforeseen", "TickLag"} <= watched
    assert watched | shown == set(get_args(telemetry.Metric))
