"""Feeds the app's SQS handlers from the embedded SQS, as an event source mapping does."""

import logging
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import Chalice, SQSEventConfig

from infra.local.background import HandlerError, call_handler
from infra.local.settings import REGION

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

logger = logging.getLogger(__name__)


def queue_handlers(app: Chalice) -> list[SQSEventConfig]:
    return [source for source in app.event_sources if isinstance(source, SQSEventConfig)]


def queue_name(source: SQSEventConfig) -> str:
    return source.queue or str(source.queue_arn).rpartition(":")[2]


class QueueRunner:
    """Receives batches of one queue; deletes what its handler did not report as failed."""

    def __init__(self, app: Chalice, source: SQSEventConfig, client: "SQSClient") -> None:
        self._app = app
        self._source = source
        self._client = client
        self._url = ""

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set; an AWS that is away, or has no such queue yet, is asked again."""
        while not stop.is_set():
            try:
                self.poll(wait=1)
            except self._client.exceptions.QueueDoesNotExist:
                stop.wait(0.2)  # a new folder's are made while the gateway starts
            except (BotoCoreError, ClientError) as error:
                logger.warning("queue %s: %s", queue_name(self._source), error)
                stop.wait(1)

    def poll(self, wait: int = 0) -> int:
        """Handle one batch; the number of messages that were settled."""
        url = self._queue_url()
        received = self._client.receive_message(
            QueueUrl=url,
            MaxNumberOfMessages=min(10, self._source.batch_size),
            WaitTimeSeconds=wait,
            AttributeNames=["All"],
            MessageAttributeNames=["All"],
        ).get("Messages", [])
        if not received:
            return 0
        arn = f"arn:aws:sqs:{REGION}:000000000000:{queue_name(self._source)}"
        event = {"Records": [_record(message, arn) for message in received]}
        try:
            answer = call_handler(self._app, self._source.name, event)
        except HandlerError:
            return 0
        failed = failures(answer, "itemIdentifier")
        done = [message for message in received if message["MessageId"] not in failed]
        for message in done:
            self._client.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
        return len(done)

    def _queue_url(self) -> str:
        if not self._url:
            self._url = self._client.get_queue_url(QueueName=queue_name(self._source))["QueueUrl"]
        return self._url


def failures(answer: object, key: str) -> set[str]:
    """The identifiers of a handler's `batchItemFailures`."""
    if not isinstance(answer, Mapping):
        return set()
    return {str(item[key]) for item in answer.get("batchItemFailures") or ()}


def _record(message: "MessageTypeDef", arn: str) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": message.get("MessageAttributes", {}),
        "md5OfBody": message.get("MD5OfBody", ""),
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": REGION,
    }
