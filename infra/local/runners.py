"""Puts together everything the app wants to be called for in the background."""

import os
from functools import partial
from pathlib import Path

import boto3
from botocore.config import Config
from chalice.app import Chalice

from infra.local.background import Background, Runner
from infra.local.queues import QueueRunner, queue_handlers
from infra.local.schedules import Schedules
from infra.local.streams import StreamRunner, stream_handlers


def runners_of(app: Chalice, data: Path) -> Background:
    """The app's schedules, queues and stream handlers; positions are kept in `data`."""
    runners: list[Runner] = [Schedules(app).run]
    client = partial(
        boto3.client, config=Config(read_timeout=10, retries={"total_max_attempts": 1})
    )
    runners += [QueueRunner(app, queue, client("sqs")).run for queue in queue_handlers(app)]
    runners += [
        StreamRunner(app, stream, client("dynamodbstreams"), os.environ["TABLE_NAME"], data).run
        for stream in stream_handlers(app)
    ]
    return Background(runners)
