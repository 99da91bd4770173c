"""The one door to ministack's internals: imported once its environment is set."""

import threading
from unittest.mock import patch

_start = threading.Thread.start


def _start_all_but_the_reaper(thread: threading.Thread) -> None:
    """Its TTL thread deletes behind the journal's back; `infra.local.ttl` replaces it."""
    if thread.name != "dynamodb-ttl-reaper":
        _start(thread)


with patch.object(threading.Thread, "start", _start_all_but_the_reaper):
    from ministack import app as server
    from ministack.core.persistence import load_state, save_state
    from ministack.core.responses import (
        get_account_id,
        get_region,
        request_scope,
        set_request_region,
    )
    from ministack.services import dynamodb
    from ministack.services import dynamodb_streams as streams

__all__ = [
    "dynamodb",
    "get_account_id",
    "get_region",
    "request_scope",
    "server",
    "set_request_region",
    "streams",
]


# S3 keeps its objects on disk by itself; these need a file for the rest of their state.
_SAVED_SERVICES = ("s3", "sqs")


def save_services() -> None:
    """Save what the emulator itself can of the services besides DynamoDB."""
    for name in _SAVED_SERVICES:
        save_state(name, server._get_module(name).get_state())


def restore_services() -> None:
    for name in _SAVED_SERVICES:
        state = load_state(name)
        if state:
            server._get_module(name).load_persisted_state(state)
    _bring_queues_here()


def _bring_queues_here() -> None:
    """A queue's URL names the port of its time: who asked for it by name would be sent there."""
    sqs = server._get_module("sqs")
    for (account, region, url), queue in sqs._queues.all_items():
        queue["url"] = sqs._queue_url_for_account(account, queue["name"])
        sqs._queues.pop_scoped(account, region, url)
        sqs._queues.set_scoped(account, region, queue["url"], queue)
    sqs._queue_name_to_url.clear()
    sqs._rebuild_queue_name_index()
