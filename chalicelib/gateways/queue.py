"""SQS: work for later, and what nobody could deliver."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from msgspec import Struct

from chalicelib import sdk
from chalicelib.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

logger = logging.getLogger("messenger")

AT_ONCE = 10
LONGEST_DELAY = 900
"""Seconds; SQS keeps no message back for longer."""


class Letter(Struct, frozen=True):
    """One message of several, for `delay` seconds from now, at most LONGEST_DELAY."""

    body: str
    delay: int = 0


@cache
def _client() -> SQSClient:
    settings = Config(
        connect_timeout=2,
        read_timeout=5,
        retries={"total_max_attempts": 3, "mode": "standard"},
    )
    client: SQSClient = sdk.client("sqs", settings)
    return client


def send(queue: str, body: str, delay: int = 0) -> None:
    """Queues one message for `delay` seconds from now, at most LONGEST_DELAY.

    Raises Unavailable.
    """
    try:
        _client().send_message(QueueUrl=queue, MessageBody=body, DelaySeconds=delay)
    except (ClientError, BotoCoreError) as error:
        raise Unavailable from error


def send_all(queue: str, letters: Sequence[Letter]) -> int:
    """Queues messages in their order, ten a request; how many of them, from the first on, are
    certainly queued.
    """
    for first in range(0, len(letters), AT_ONCE):
        part = letters[first : first + AT_ONCE]
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(number), "MessageBody": letter.body, "DelaySeconds": letter.delay}
            for number, letter in enumerate(part)
        ]
        try:
            answer = _client().send_message_batch(QueueUrl=queue, Entries=entries)
        except (ClientError, BotoCoreError):
            logger.warning("the queue takes nothing", exc_info=True)
            return first
        failed = [int(each["Id"]) for each in answer.get("Failed", [])]
        if failed:
            return first + min(failed)
    return len(letters)


def depth(queue: str) -> int:
    """About how many messages wait in a queue or are being worked on. Raises Unavailable."""
    try:
        answer = _client().get_queue_attributes(
            QueueUrl=queue,
            AttributeNames=["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"],
        )
    except (ClientError, BotoCoreError) as error:
        raise Unavailable from error
    return sum(int(count) for count in answer["Attributes"].values())
