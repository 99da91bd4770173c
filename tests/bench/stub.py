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
def answering(answers: dict[str, Any], items: dict[str, Any] | None = None) -> Iterator[list[str]]:
    """Every AWS call answers from `answers` by operation, a query with its partition's one item
    in `items`; yields the operations as called.
    """
    bodies = {name: json.dumps(answer).encode() for name, answer in answers.items()}
    found = {
        pk: json.dumps({"Items": [item], "Count": 1}).encode() for pk, item in (items or {}).items()
    }
    nothing = json.dumps({"Items": [], "Count": 0}).encode()
    called: list[str] = []

    def send(_: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        target = request.headers.get("X-Amz-Target", b"")
        name = (target.decode() if isinstance(target, bytes) else target).rpartition(".")[2]
        called.append(name)
        if name == "Query":
            assert isinstance(request.body, bytes)
            values = json.loads(request.body)["ExpressionAttributeValues"]
            asked = [each.get("S") for each in values.values()]
            body = next((found[each] for each in asked if each in found), nothing)
            return AWSResponse(str(request.url), 200, HTTPHeaders(), _Body(body))
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
