"""Makes the embedded DynamoDB durable: each write is in the journal before its reply leaves.

The emulator handles a request without awaiting, so the event loop runs writes one after another
and the journal holds them in the order in which they were applied.
"""

import json
import logging
import os
import time
from collections.abc import Coroutine, Mapping
from pathlib import Path
from typing import Protocol

from infra.local import snapshots
from infra.local.emulator import dynamodb, get_account_id, get_region, request_scope
from infra.local.frozen import FrozenClock
from infra.local.journal import Journal, Record, read
from infra.local.ttl import expired

Response = tuple[int, dict[str, str], bytes]

_READS = frozenset(
    {
        "BatchGetItem",
        "DescribeContinuousBackups",
        "DescribeEndpoints",
        "DescribeLimits",
        "DescribeTable",
        "DescribeTimeToLive",
        "GetItem",
        "ListTables",
        "ListTagsOfResource",
        "Query",
        "Scan",
        "TransactGetItems",
    }
)
_COMPACT_AT = 8 * 1024 * 1024

logger = logging.getLogger(__name__)


class _Handler(Protocol):
    def __call__(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
        query: Mapping[str, list[str]],
    ) -> Coroutine[None, None, Response]: ...


class DurableDynamo:
    """The emulator's DynamoDB handler with a journal and snapshots in `folder`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        self._handle: _Handler = dynamodb.handle_request
        self._clock = FrozenClock()
        dynamodb.time = self._clock
        dynamodb.new_uuid = self._clock.new_uuid
        dynamodb.now_iso = self._clock.now_iso
        dynamodb.handle_request = self.handle
        self._generation = snapshots.latest(folder)
        self._restore()
        self._journal = Journal(snapshots.journal_path(folder, self._generation))
        if self._journal.size:
            self.snapshot()

    async def handle(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
        query: Mapping[str, list[str]],
    ) -> Response:
        """Answer one request; a write that succeeded is journalled first."""
        target = headers.get("x-amz-target", "")
        self._clock.set(time.time())
        if target.rpartition(".")[2] in _READS:
            return await self._handle(method, path, headers, body, query)
        record = self._record(target, body)
        response = await self._handle(method, path, headers, body, query)
        if response[0] == 200:
            self._append(record)
        return response

    def snapshot(self) -> None:
        """Save the memory and start an empty journal; must run between requests."""
        started = time.monotonic()
        snapshots.save(self._folder, self._generation + 1)
        self._generation += 1
        self._journal.close()
        self._journal = Journal(snapshots.journal_path(self._folder, self._generation))
        snapshots.forget_before(self._folder, self._generation)
        logger.info("snapshot %d: %.0f ms", self._generation, 1e3 * (time.monotonic() - started))

    def close(self) -> None:
        if self._journal.size:
            self.snapshot()
        self._journal.close()

    async def delete_expired(self) -> None:
        """What the TTL does on AWS, here as ordinary deletions with a stream record."""
        for scope, request in expired(time.time()):
            with request_scope(*scope):
                headers = {"x-amz-target": "DynamoDB_20120810.DeleteItem"}
                await self.handle("POST", "/", headers, json.dumps(request).encode(), {})

    def _record(self, target: str, body: bytes) -> Record:
        return Record(
            at=self._clock.now,
            sequence=dynamodb._stream_seq_counter,
            account=get_account_id(),
            region=get_region(),
            target=target,
            body=body,
        )

    def _append(self, record: Record) -> None:
        try:
            self._journal.append(record)
        except OSError:
            # Memory is now ahead of the disk: only a restart from the journal is honest.
            logger.exception("the journal cannot be written")
            os._exit(1)
        if self._journal.size >= _COMPACT_AT:
            self.snapshot()

    def _restore(self) -> None:
        snapshots.load(self._folder, self._generation)
        for record in read(snapshots.journal_path(self._folder, self._generation)):
            self._replay(record)

    def _replay(self, record: Record) -> None:
        self._clock.set(record.at)
        dynamodb._stream_seq_counter = record.sequence
        headers = {"x-amz-target": record.target}
        with request_scope(record.account, record.region):
            _finish(self._handle("POST", "/", headers, record.body, {}))


def _finish(handling: Coroutine[None, None, Response]) -> Response:
    """Run a handler which never awaits, outside of any event loop."""
    try:
        handling.send(None)
    except StopIteration as done:
        response: Response = done.value
        return response
    raise RuntimeError("the emulator awaited while replaying; its writes are no longer atomic")
