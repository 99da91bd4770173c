"""What runs in the background: the minute tick, the daily retention, the table's stream, the queues
of deliveries and of timers. These functions deploy without app.py.
"""

import random
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
from chalice.app import Blueprint, CloudWatchEvent, DynamoDBEvent, Rate, SQSEvent

from chalicelib import telemetry
from chalicelib.actions import deliveries, distribution, outbox, retention, timers
from chalicelib.errors import Unavailable
from chalicelib.parallel import together
from chalicelib.wire_webhooks import Job

blueprint = Blueprint(__name__)

Failures = dict[str, list[dict[str, str]]]
"""What an event source gives again: the partial batch response of Lambda."""


@blueprint.schedule(Rate(1, unit=Rate.MINUTES))
@telemetry.job
def tick(event: CloudWatchEvent) -> None:
    now = _now()
    timers.queue_due(now, random.choice)
    distribution.drain_everything(now, random.choice)
    deliveries.queue_due(now)
    due = datetime.fromisoformat(event.time)
    telemetry.measure("TickLag", (_now() - due).total_seconds())


@blueprint.schedule(Rate(1, unit=Rate.DAYS))
@telemetry.job
def retain(event: CloudWatchEvent) -> None:
    retention.close_resolved(_now())


@blueprint.on_dynamodb_record(
    stream_arn="Stream",  # the template puts the table's in its place
    batch_size=100,
    starting_position="TRIM_HORIZON",
)
@telemetry.job
def fan_out(event: DynamoDBEvent) -> Failures:
    records = event.to_dict()["Records"]
    return _again([timers.queue_new(records, _now()), outbox.fan_out(records)])


@blueprint.on_sqs_message(
    queue_arn="arn:aws:sqs:::messenger-deliveries",  # the template puts the queue's in its place
    batch_size=10,
)
@telemetry.job
def deliver(event: SQSEvent) -> Failures:
    def act(body: str) -> None:
        deliveries.deliver(msgspec.json.decode(body, type=Job), _now)

    return _again(together([partial(_settled, each, act) for each in event.to_dict()["Records"]]))


@blueprint.on_sqs_message(
    queue_arn="arn:aws:sqs:::messenger-timers",  # as above
    batch_size=10,
)
@telemetry.job
def escalate(event: SQSEvent) -> Failures:
    def act(body: str) -> None:
        timers.act(msgspec.json.decode(body, type=timers.Job), _now(), random.choice)

    # One after the other: those of one branch change the same pool.
    return _again([_settled(each, act) for each in event.to_dict()["Records"]])


def _settled(message: dict[str, Any], act: Callable[[str], None]) -> str | None:
    """The id of a message that the queue shall give again."""
    try:
        act(message["body"])
    except Unavailable:
        return str(message["messageId"])
    return None


def _again(ids: list[str | None]) -> Failures:
    return {"batchItemFailures": [{"itemIdentifier": each} for each in ids if each is not None]}


def _now() -> datetime:
    return datetime.now(UTC)
