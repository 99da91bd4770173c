"""What runs in the background: the minute tick, the daily retention, the table's stream and the
queue of deliveries. These functions deploy without app.py.
"""

import random
from datetime import UTC, datetime
from functools import partial
from typing import Any

import msgspec
from chalice.app import Blueprint, CloudWatchEvent, DynamoDBEvent, Rate, SQSEvent

from chalicelib import telemetry
from chalicelib.actions import deliveries, distribution, outbox, retention
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
    return _again([outbox.fan_out(event.to_dict()["Records"])])


@blueprint.on_sqs_message(
    queue_arn="arn:aws:sqs:::messenger-deliveries",  # the template puts the queue's in its place
    batch_size=10,
)
@telemetry.job
def deliver(event: SQSEvent) -> Failures:
    return _again(together([partial(_delivered, each) for each in event.to_dict()["Records"]]))


def _delivered(message: dict[str, Any]) -> str | None:
    """The id of a message that the queue shall give again."""
    try:
        deliveries.deliver(msgspec.json.decode(message["body"], type=Job), _now)
    except Unavailable:
        return str(message["messageId"])
    return None


def _again(ids: list[str | None]) -> Failures:
    return {"batchItemFailures": [{"itemIdentifier": each} for each in ids if each is not None]}


def _now() -> datetime:
    return datetime.now(UTC)
