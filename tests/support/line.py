"""The line between this process and AWS: it leads to an emulator, counts, and is cut."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from time import monotonic, sleep
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ReadTimeoutError
from botocore.httpsession import URLLib3Session

from tests.support.environment import ATTACHMENTS, PHOTOS, SOCKETS

_send = URLLib3Session.send


class Crash(BaseException):
    """The process is gone; whatever it still does reaches nobody."""


@dataclass(slots=True)
class Call:
    """One HTTP request that left us, in seconds of a monotonic clock."""

    operation: str
    request: dict[str, Any]
    begin: float
    end: float = 0.0
    answer: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that went into a queue, for `delay` seconds from then."""

    queue: str
    body: str
    delay: int


@dataclass(frozen=True, slots=True)
class File:
    """What lies in a bucket."""

    content: bytes
    headers: dict[str, str]


Go = Callable[[], AWSResponse]
Plan = Callable[[Call, Go], AWSResponse]


class _Raw(BytesIO):
    """What came, read at once or bit by bit."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


def answer(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> AWSResponse:
    """An answer that no server gave."""
    received = HTTPHeaders()
    for name, value in (headers or {}).items():
        received[name] = value
    return written(status, json.dumps(body).encode(), received)


def written(status: int, content: bytes, headers: HTTPHeaders | None = None) -> AWSResponse:
    """One as it goes over the wire."""
    return AWSResponse(SOCKETS, status, headers or HTTPHeaders(), _Raw(content))


def refusal(code: str, **extra: Any) -> AWSResponse:
    return answer(400, {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", **extra})


def throttled(call: Call, go: Go) -> AWSResponse:
    """DynamoDB has no time for us; nothing was written."""
    return refusal("ThrottlingException", message="too fast")


def conflicted(call: Call, go: Go) -> AWSResponse:
    """Another transaction is at work on our items; nothing was written."""
    if call.operation != "TransactWriteItems":
        return refusal("TransactionConflictException", message="in a transaction")
    reasons = [{"Code": "TransactionConflict"} for _ in call.request["TransactItems"]]
    return refusal("TransactionCanceledException", message="cancelled", CancellationReasons=reasons)


def lost(call: Call, go: Go) -> AWSResponse:
    """It was done, but its answer did not arrive."""
    go()
    raise ReadTimeoutError(endpoint_url="dynamodb")


def straight(call: Call, go: Go) -> AWSResponse:
    return go()


class Line:
    """`url`: the emulator; None where no call may leave. `plan` stands between a call and it."""

    def __init__(self) -> None:
        self._busy = 0
        self._idle = threading.Condition()
        self._forget()

    def _forget(self) -> None:
        self.url: str | None = None
        self.plan: Plan = straight
        self.delay = 0.0
        self.calls: list[Call] = []
        self.frames: list[tuple[str, dict[str, Any]]] = []
        self.closed: list[str] = []
        self.sent: list[Sent] = []
        self.files: dict[str, File] = {}
        self.gone: set[str] = set()
        self.metered = False
        self._down = False

    def reset(self) -> None:
        """Whole again, and nothing was ever said."""
        self.settle()
        self._forget()

    def settle(self) -> None:
        """Waits for calls that nobody waits for (a glance whose commit failed)."""
        with self._idle:
            self._idle.wait_for(lambda: self._busy == 0, timeout=10)

    @contextmanager
    def watched(self, *, delay: float = 0.0) -> Iterator[list[Call]]:
        """The calls made inside; each waits `delay` seconds, so that overlapping ones are seen to
        overlap.
        """
        self.settle()
        before, self.delay, self.metered = len(self.calls), delay, True
        watched: list[Call] = []
        try:
            yield watched
        finally:
            self.settle()
            self.delay, self.metered = 0.0, False
            watched += self.calls[before:]

    @contextmanager
    def through(self, plan: Plan) -> Iterator[None]:
        """Every call made inside goes through `plan`; what crashed comes back up afterwards."""
        self.plan = plan
        try:
            yield
        finally:
            self.settle()
            self.plan, self._down = straight, False

    def crash(self) -> Crash:
        """From here on nothing reaches AWS. To be raised."""
        self._down = True
        return Crash()

    def send(self, session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        if self._down:
            raise Crash
        with self._idle:
            self._busy += 1
        try:
            return self._carry(session, request)
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def _carry(self, session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
        if str(request.url).startswith(SOCKETS):
            call, go = self._frame(request)
        elif _target(request).startswith("AmazonSQS"):
            call, go = self._message(request)
        elif ".s3." in str(request.url):
            call, go = self._file(request)
        else:
            call, go = self._database(session, request)
        self.calls.append(call)
        if self.delay:
            sleep(self.delay)
        try:
            return self.plan(call, go)
        finally:
            call.end = monotonic()

    def _database(self, session: URLLib3Session, request: AWSPreparedRequest) -> tuple[Call, Go]:
        assert self.url, f"a call leaves for {request.url}, but this test has no database"
        name, body = _target(request), _sent(request)
        call = Call(name.rpartition(".")[2], body, monotonic())
        if self.metered and not name.endswith("Table"):
            request.body = json.dumps(body | {"ReturnConsumedCapacity": "INDEXES"}).encode()
            request.headers["Content-Length"] = str(len(request.body))
        there = urlsplit(self.url)
        path = urlsplit(request.url).path
        request.url = urlunsplit((there.scheme, there.netloc, path, "", ""))

        def go() -> AWSResponse:
            response = _send(session, request)
            call.answer = json.loads(response.content)
            return response

        return call, go

    def _message(self, request: AWSPreparedRequest) -> tuple[Call, Go]:
        """SQS, which keeps what it is given."""
        body = _sent(request)
        call = Call(_target(request).rpartition(".")[2], body, monotonic())

        def go() -> AWSResponse:
            queue = str(body["QueueUrl"])
            if call.operation == "GetQueueAttributes":
                depth = sum(each.queue == queue for each in self.sent)
                return answer(200, {"Attributes": {"ApproximateNumberOfMessages": str(depth)}})
            entries = body.get("Entries", [body])
            self.sent += [
                Sent(queue, each["MessageBody"], int(each.get("DelaySeconds", 0)))
                for each in entries
            ]
            taken = [{"Id": each["Id"], "MessageId": "m"} for each in entries if "Id" in each]
            return answer(200, {"Successful": taken} if taken else {"MessageId": "m"})

        return call, go

    def _file(self, request: AWSPreparedRequest) -> tuple[Call, Go]:
        """S3: the two buckets that the tests' configuration names; no key is in both."""
        where = urlsplit(str(request.url))
        bucket = where.netloc.partition(".s3.")[0]
        assert bucket in (PHOTOS, ATTACHMENTS)
        call = Call(f"{request.method} file", {"key": where.path}, monotonic())
        headers = {name: _text(value) for name, value in request.headers.items()}

        def go() -> AWSResponse:
            content = b""
            if request.method == "DELETE":
                self.files.pop(where.path, None)
            elif source := headers.get("x-amz-copy-source"):
                self.files[where.path] = self.files[unquote(source).removeprefix(bucket)]
                content = b"<CopyObjectResult/>"
            elif request.method == "PUT":
                self.files[where.path] = File(_read(request.body), headers)
            elif where.path not in self.files:
                return self._no_file(request)
            else:
                content = self.files[where.path].content
            return AWSResponse(str(request.url), 200, HTTPHeaders(), _Raw(content))

        return call, go

    def _no_file(self, request: AWSPreparedRequest) -> AWSResponse:
        """What S3 says to who may not list."""
        told = b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"
        return AWSResponse(str(request.url), 403, HTTPHeaders(), _Raw(told))

    def _frame(self, request: AWSPreparedRequest) -> tuple[Call, Go]:
        connection_id = urlsplit(request.url).path.rpartition("/")[2]
        call = Call(f"{request.method} socket", {"id": connection_id}, monotonic())

        def go() -> AWSResponse:
            if connection_id in self.gone:
                return answer(410, {}, {"x-amzn-errortype": "GoneException"})
            if request.method == "DELETE":
                self.closed.append(connection_id)
            else:
                self.frames.append((connection_id, _sent(request)))
            return answer(200, {})

        return call, go


def _target(request: AWSPreparedRequest) -> str:
    target = request.headers.get("X-Amz-Target", "")
    return target.decode() if isinstance(target, bytes) else target


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _read(body: Any) -> bytes:
    """A body that may be a stream."""
    content: bytes = body.read() if hasattr(body, "read") else body
    return content


def _sent(request: AWSPreparedRequest) -> dict[str, Any]:
    assert isinstance(request.body, str | bytes | bytearray)
    body: dict[str, Any] = json.loads(request.body)
    return body


def round_trips(calls: list[Call]) -> int:
    """How many calls had to wait for one another: the longest chain of which none overlap."""
    chain, free = 0, 0.0
    for call in sorted(calls, key=lambda call: call.end):
        if call.begin >= free:
            chain, free = chain + 1, call.end
    return chain


LINE = Line()
"""The one line of this process: the SDK's clients live as long as the process does."""


def _through(session: URLLib3Session, request: AWSPreparedRequest) -> AWSResponse:
    return LINE.send(session, request)


@contextmanager
def laid() -> Iterator[None]:
    """Leads every HTTP request of the SDK through LINE."""
    URLLib3Session.send = _through  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        URLLib3Session.send = _send  # type: ignore[method-assign]
