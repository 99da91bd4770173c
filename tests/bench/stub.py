"""The AWS SDK with its HTTP layer replaced: what remains is our CPU time and the SDK's."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.httpsession import URLLib3Session


class _Body:
    def __init__(self, content: bytes) -> None:
        self._content = content

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self._content


@contextmanager
def answering(answers: dict[str, Any]) -> Iterator[list[str]]:
    """Every AWS call answers from `answers` by operation; yields the operations as called."""
    bodies = {name: json.dumps(answer).encode() for name, answer in answers.items()}
    called: list[str] = []

    def send(_: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        target = request.headers.get("X-Amz-Target", b"")
        name = (target.decode() if isinstance(target, bytes) else target).rpartition(".")[2]
        called.append(name)
        return AWSResponse(str(request.url), 200, HTTPHeaders(), _Body(bodies.get(name, b"")))

    real = URLLib3Session.send
    URLLib3Session.send = send  # type: ignore[assignment, method-assign]
    try:
        yield called
    finally:
        URLLib3Session.send = real  # type: ignore[method-assign]


def milliseconds(act: Callable[[], object], times: int) -> float:
    """CPU time of one call, all threads of this process included."""
    act()
    begin = process_time()
    for _ in range(times):
        act()
    return (process_time() - begin) / times * 1000
