"""A route: its body parsed into a typed request, its refusals turned into our error shape, its
contract noted. Some may also be called over a socket.
"""

import logging
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial, wraps
from typing import Any, Literal, TypeVar, cast
from urllib.parse import parse_qsl

import msgspec
from chalice.app import Blueprint, CORSConfig, Response
from chalice.app import Request as ChaliceRequest
from msgspec import Struct, field
from msgspec.structs import replace

from chalicelib import present, telemetry, wire
from chalicelib.api import caller
from chalicelib.domain.captcha import CaptchaRequired
from chalicelib.errors import BadJson, Invalid, NotFound, Refusal, TooLarge, TooManyRequests

MAX_BODY = 64 * 1024
"""Bytes of a request body."""

CORS = CORSConfig(
    allow_origin="*",
    allow_headers=["Authorization"],
    expose_headers=["Retry-After"],
    max_age=86400,
)
JSON = {"Content-Type": "application/json", "Cache-Control": "no-store"}

logger = logging.getLogger("messenger")
T = TypeVar("T", bound=msgspec.Struct)
View = Callable[..., msgspec.Struct]
Bearer = Literal["visitor", "operator"]


class Endpoint(Struct, frozen=True, kw_only=True):
    """What the OpenAPI document says of a route; `query` lists the names of optional query
    parameters, `socket` tells whether it may also be called over a socket.
    """

    method: str
    path: str
    summary: str
    request: type[msgspec.Struct] | None
    answer: Any
    status: int
    bearer: Bearer | None
    query: dict[str, Any]
    socket: bool


ENDPOINTS: list[Endpoint] = []
_OVER_SOCKETS: list[tuple[re.Pattern[str], Endpoint, View]] = []
"""With the patterns of their paths."""


class Route:
    """Declares routes on a blueprint.

    A view gets what `call` offers: the typed body, the headers, the time. Who calls, it learns from
    the token only: so it serves a request and a call over whatever socket alike.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self.blueprint = blueprint

    def __call__(
        self,
        method: str,
        path: str,
        answer: Any,
        *,
        request: type[msgspec.Struct] | None = None,
        status: int = 200,
        bearer: Bearer | None = None,
        query: dict[str, Any] | None = None,
        socket: bool = False,
    ) -> Callable[[View], View]:
        def declare(view: View) -> View:
            endpoint = Endpoint(
                method=method,
                path=path,
                summary=(view.__doc__ or "").strip(),
                request=request,
                answer=answer,
                status=status,
                bearer=bearer,
                query=query or {},
                socket=socket,
            )
            ENDPOINTS.append(endpoint)
            if socket:
                pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
                _OVER_SOCKETS.append((pattern, endpoint, view))

            @wraps(view)
            def handle(**names: str) -> Response:
                call = by_request(self.blueprint.current_request)
                return respond(partial(_viewed, view, call, names), status)

            name = f"{method.lower()}_{view.__name__}"
            self.blueprint.route(
                path, methods=[method], name=name, cors=CORS, content_types=["*/*"]
            )(handle)
            return view

        return declare


class Call(Struct, frozen=True, kw_only=True):
    """One request as a view sees it; `socket` is the connection that it came over, if it did."""

    headers: Mapping[str, str]
    query: Mapping[str, str]
    raw: bytes
    source_ip: str
    socket: str | None
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def address(self) -> str:
        """The caller's IP address."""
        return caller.address(self.headers, self.source_ip)

    def body(self, shape: type[T]) -> T:
        """The JSON body. Raises BadJson, TooLarge, or Invalid naming the field."""
        return parse(self.raw or b"{}", shape)

    def number(self, name: str) -> int | None:
        """A query parameter that is a whole number from 0. Raises Invalid."""
        text = self.text(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Invalid(f"`{name}` is not a whole number.", field=name)
        return int(text)

    def text(self, name: str) -> str | None:
        return self.query.get(name) or None


def by_request(request: ChaliceRequest) -> Call:
    raw = request.raw_body or b""
    return Call(
        headers=request.headers,
        query=request.query_params or {},
        raw=raw.encode() if isinstance(raw, str) else raw,
        source_ip=request.context["identity"]["sourceIp"],
        socket=None,
    )


def over_socket(path: str, call: Call) -> Response:
    """The answer of the route with this path, if it may be called so; else it is not found. The
    call's query is what follows the question mark.
    """
    path, _, query = path.partition("?")
    call = replace(call, query=dict(parse_qsl(query)))
    for pattern, endpoint, view in _OVER_SOCKETS:
        names = pattern.fullmatch(path)
        if names:
            telemetry.called(f"{endpoint.method} {endpoint.path}")
            return respond(partial(_viewed, view, call, names.groupdict()), endpoint.status)
    return refuse(NotFound("No such route can be called over a socket."))


def _viewed(view: View, call: Call, names: dict[str, str]) -> msgspec.Struct:
    return view(call, **_ids(names))


def parse(raw: bytes, shape: type[T]) -> T:
    """Bytes as a typed request. Raises BadJson, TooLarge, or Invalid naming the field."""
    if len(raw) > MAX_BODY:
        raise TooLarge
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        words, _, path = str(error).partition(" - at `$")
        raise Invalid(f"{words}.", field=path.strip("`.") or None) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadJson from error


def _ids(names: dict[str, str]) -> dict[str, str]:
    """The names in a path. Raises NotFound for what cannot be an id."""
    try:
        return msgspec.convert(names, dict[str, wire.Id])
    except msgspec.ValidationError as error:
        raise NotFound from error


def respond(act: Callable[[], msgspec.Struct], status: int) -> Response:
    """The answer of `act`, or its refusal in our error shape; what we did not foresee is logged and
    is a 500.
    """
    try:
        return _json(act(), status)
    except Refusal as refusal:
        if refusal.status >= 500:
            logger.warning(refusal.code, exc_info=refusal.__cause__ is not None)
        return refuse(refusal)
    except Exception:  # the outermost door: the client gets our shape, the log gets the trace
        telemetry.unforeseen("unforeseen error")
        detail = wire.ErrorDetail(code="internal", message="Something went wrong on our side.")
        return _json(wire.ErrorAnswer(error=detail), 500)


def refuse(refusal: Refusal) -> Response:
    detail = wire.ErrorDetail(
        code=cast(wire.ErrorCode, refusal.code),
        message=str(refusal),
        field=refusal.field or msgspec.UNSET,
    )
    headers = {}
    if isinstance(refusal, TooManyRequests):
        detail.retry_after = refusal.retry_after
        headers["Retry-After"] = str(refusal.retry_after)
    elif isinstance(refusal, CaptchaRequired):
        detail.challenge = present.challenge(refusal.challenge)
    return _json(wire.ErrorAnswer(error=detail), refusal.status, headers)


def _json(
    answer: msgspec.Struct, status: int, headers: Mapping[str, str] | None = None
) -> Response:
    body = msgspec.json.encode(answer).decode()
    return Response(body, headers={**JSON, **(headers or {})}, status_code=status)
