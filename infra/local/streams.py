"""Feeds the app's stream handlers from the table's stream, from where they stopped last time."""

import base64
import logging
import threading
import time
from collections import deque
from pathlib import Path
from typing import Any, Protocol

from botocore.exceptions import BotoCoreError, ClientError
from chalice.app import Chalice, DynamoDBEventConfig

from infra.local.background import HandlerError, call_handler
from infra.local.queues import failures

Record = dict[str, Any]
logger = logging.getLogger(__name__)


class StreamsClient(Protocol):
    """What is used of boto3's `dynamodbstreams` client."""

    def list_streams(self, *, TableName: str) -> dict[str, Any]: ...  # noqa: N803  # the name is AWS's
    def describe_stream(self, *, StreamArn: str) -> dict[str, Any]: ...  # noqa: N803  # the name is AWS's
    def get_shard_iterator(self, **request: str) -> dict[str, Any]: ...
    def get_records(self, *, ShardIterator: str, Limit: int) -> dict[str, Any]: ...  # noqa: N803  # the name is AWS's


def stream_handlers(app: Chalice) -> list[DynamoDBEventConfig]:
    return [source for source in app.event_sources if isinstance(source, DynamoDBEventConfig)]


REREAD = 120.0
"""Seconds. What a handler queued is lost when the embedded SQS is killed: a new start gives the
records of the last two minutes again.
"""


class StreamRunner:
    """One handler's position in the stream, kept in `folder`; every record is given at least once,
    those of the last `reread` seconds again after a new start.

    As the mapping on AWS will: a handler that raises gets smaller batches, one that reports
    failures gets those again, and a record that fails `retries` times is logged and left behind.
    """

    def __init__(
        self,
        app: Chalice,
        source: DynamoDBEventConfig,
        client: StreamsClient,
        table: str,
        folder: Path,
        *,
        retries: int = 10,
        pause: float = 0.2,
        reread: float = REREAD,
    ) -> None:
        self._app = app
        self._source = source
        self._client = client
        self._table = table
        self._checkpoint = folder / f"stream.{source.name}"
        self._retries = retries
        self._pause = pause
        self._reread = reread
        self._settled: deque[tuple[float, str]] = deque()
        self._iterator = ""
        self._arn = ""

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set; an AWS that is away is asked again."""
        while not stop.is_set():
            try:
                if not self.poll(stop):
                    stop.wait(self._pause)
            except (BotoCoreError, ClientError) as error:
                logger.warning("stream of %s: %s", self._table, error)
                self._iterator = ""
                stop.wait(1)

    def poll(self, stop: threading.Event) -> int:
        """Handle one batch; the number of records read."""
        self._iterator = self._iterator or self._open()
        if not self._iterator:
            return 0
        self._note()
        page = self._client.get_records(ShardIterator=self._iterator, Limit=self._source.batch_size)
        records = [_as_lambda_gets(record, self._arn) for record in page["Records"]]
        self._handle(records, stop)
        if stop.is_set():
            return 0
        self._iterator = page.get("NextShardIterator", "")
        return len(records)

    def _handle(self, records: list[Record], stop: threading.Event) -> None:
        attempt = 0
        while records and not stop.is_set():
            try:
                done = self._call(records)
            except HandlerError:
                if len(records) > 1:
                    half = len(records) // 2
                    self._handle(records[:half], stop)
                    records = records[half:]
                    continue
                done = 0
            if not done:
                attempt += 1
                if attempt <= self._retries:
                    stop.wait(self._pause * attempt)
                    continue
                logger.error("left behind after %d tries: %s", attempt, _sequence(records[0]))
                done = 1
            attempt = 0
            self._settled.append((time.monotonic(), _sequence(records[done - 1])))
            self._note()
            records = records[done:]

    def _note(self) -> None:
        """Keeps the newest position that is old enough."""
        reached = ""
        while self._settled and time.monotonic() - self._settled[0][0] >= self._reread:
            reached = self._settled.popleft()[1]
        if reached:
            self._checkpoint.write_text(reached)

    def _call(self, records: list[Record]) -> int:
        """How many records from the first on were settled. Raises HandlerError."""
        answer = call_handler(self._app, self._source.name, {"Records": records})
        failed = failures(answer, "itemIdentifier")
        settled = (index for index, record in enumerate(records) if _sequence(record) in failed)
        return next(settled, len(records))

    def _open(self) -> str:
        """An iterator after the checkpoint, or from the oldest record; empty without a stream."""
        streams = self._client.list_streams(TableName=self._table)["Streams"]
        if not streams:
            return ""
        arn = self._arn = streams[0]["StreamArn"]
        shards = self._client.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"]
        where = {"StreamArn": arn, "ShardId": shards[0]["ShardId"]}
        seen = self._checkpoint.read_text() if self._checkpoint.exists() else ""
        if seen:
            after = {"ShardIteratorType": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": seen}
            try:
                return str(self._client.get_shard_iterator(**where, **after)["ShardIterator"])
            except ClientError as error:
                # The stream keeps a day, and a new table has a new stream.
                if error.response["Error"]["Code"] != "TrimmedDataAccessException":
                    raise
        oldest = {"ShardIteratorType": "TRIM_HORIZON"}
        return str(self._client.get_shard_iterator(**where, **oldest)["ShardIterator"])


def _as_lambda_gets(record: Record, arn: str) -> Record:
    """Lambda's record is JSON: a number for the time, base64 for bytes."""
    change = _without_bytes(record["dynamodb"])
    change["ApproximateCreationDateTime"] = int(change["ApproximateCreationDateTime"].timestamp())
    return {**record, "dynamodb": change, "eventSourceARN": arn}


def _without_bytes(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, dict):
        return {key: _without_bytes(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_bytes(inner) for inner in value]
    return value


def _sequence(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])
