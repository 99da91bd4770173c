"""A route: its body parsed into a typed request, its refusals turned into our error shape, its
contract noted.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Literal, TypeVar, cast

import msgspec
from chalice.app import Blueprint, CORSConfig, Response
from chalice.app import Request as ChaliceRequest

from chalicelib import telemetry, wire
from chalicelib.api import caller
from chalicelib.errors import BadJson, Invalid, NotFound, Refusal, TooLarge

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """What the OpenAPI document says of a route; `query` lists the names of optional query
    parameters.
    """

    method: str
    path: str
    summary: str
    request: type[msgspec.Struct] | None
    answer: Any
    status: int
    bearer: Bearer | None
    query: dict[str, Any]


ENDPOINTS: list[Endpoint] = []


class Route:
    """Declares routes on a blueprint.

    A view gets what `call` offers: the typed body, the headers, the time.
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
    ) -> Callable[[View], View]:
        def declare(view: View) -> View:
            ENDPOINTS.append(
                Endpoint(
                    method=method,
                    path=path,
                    summary=(view.__doc__ or "").strip(),
                    request=request,
                    answer=answer,
                    status=status,
                    bearer=bearer,
                    query=query or {},
                )
            )

            @wraps(view)
            def handle(**names: str) -> Response:
                return respond(
                    lambda: view(Call(self.blueprint.current_request), **_ids(names)), status
                )

            name = f"{method.lower()}_{view.__name__}"
            self.blueprint.route(
                path, methods=[method], name=name, cors=CORS, content_types=["*/*"]
            )(handle)
            return view

        return declare


class Call:
    """One request as a view sees it."""

    def __init__(self, request: ChaliceRequest) -> None:
        self._request = request
        self.headers = request.headers
        self.now = datetime.now(UTC)

    @property
    def address(self) -> str:
        """The caller's IP address."""
        return caller.address(self.headers, self._request.context["identity"]["sourceIp"])

    def body(self, shape: type[T]) -> T:
        """The JSON body. Raises BadJson, TooLarge, or Invalid naming the field."""
        raw = self._request.raw_body or b"{}"
        return parse(raw.encode() if isinstance(raw, str) else raw, shape)

    def number(self, name: str) -> int | None:
        """A query parameter that is a whole number from 0. Raises Invalid."""
        text = self.text(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 10):
            raise Invalid(f"`{name}` is not a whole number.", field=name)
        return int(text)

    def text(self, name: str) -> str | None:
        given: Mapping[str, str] = self._request.query_params or {}
        return given.get(name) or None


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
        detail = wire.ErrorDetail(
            code=cast(wire.ErrorCode, refusal.code),
            message=str(refusal),
            field=refusal.field or msgspec.UNSET,
        )
        return _json(wire.ErrorAnswer(error=detail), refusal.status)
    except Exception:  # the outermost door: the client gets our shape, the log gets the trace
        telemetry.unforeseen("unforeseen error")
        detail = wire.ErrorDetail(code="internal", message="Something went wrong on our side.")
        return _json(wire.ErrorAnswer(error=detail), 500)


def _json(answer: msgspec.Struct, status: int) -> Response:
    return Response(msgspec.json.encode(answer).decode(), headers=dict(JSON), status_code=status)
