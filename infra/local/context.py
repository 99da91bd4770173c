"""The Lambda context which handlers get, and the app made safe for threads."""

import threading
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from chalice.app import Chalice
from chalice.local import CustomLocalChalice

_TIMEOUT_MS = 29_000


@dataclass(slots=True)
class LambdaContext:
    """What code may read of Lambda's context object."""

    function_name: str
    function_version: str = "$LATEST"
    invoked_function_arn: str = "arn:aws:lambda:local:000000000000:function:local"
    memory_limit_in_mb: int = 1024
    log_group_name: str = ""
    log_stream_name: str = ""
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    _deadline: float = field(default_factory=lambda: 1e3 * time.monotonic() + _TIMEOUT_MS)

    def get_remaining_time_in_millis(self) -> int:
        return max(0, int(self._deadline - 1e3 * time.monotonic()))


class ThreadedChalice(CustomLocalChalice):
    """Chalice keeps the request on the app object, as a Lambda serves one at a time; here many."""

    _per_thread = threading.local()

    @property
    def lambda_context(self) -> Any:
        return self._per_thread.lambda_context

    @lambda_context.setter
    def lambda_context(self, value: Any) -> None:
        self._per_thread.lambda_context = value


def make_threaded(app: Chalice) -> Chalice:
    """Let several threads call `app` at once. Changes the object's class in place."""
    app.__class__ = ThreadedChalice
    return app
