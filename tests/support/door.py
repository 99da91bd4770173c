"""The application as API Gateway calls it; every answer is held against the contract."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from unittest.mock import Mock, patch

import msgspec
from chalice.local import LambdaContext, LambdaEventConverter, RouteMatcher

from app import app
from chalicelib import wire
from chalicelib.api import endpoint as endpoint_module
from chalicelib.api import tokens
from chalicelib.api.endpoint import ENDPOINTS, Endpoint
from chalicelib.domain.contact import Visitor
from chalicelib.domain.operator import Operator

HOME = "10.0.0.1"
"""An address without a region."""

CONTEXT = LambdaContext("messenger", 256)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def error(self) -> str:
        """The code of the refusal."""
        code: str = self.body["error"]["code"]
        return code


def request(
    method: str,
    path: str,
    body: object = None,
    token: str | None = None,
    *,
    address: str = HOME,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Calls a route. `body`: bytes and strings go as they are, anything else as JSON."""
    sent = {"Content-Type": "application/json", **(headers or {})}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    answer = app(event(method, path, body, sent, address), CONTEXT)
    headers = {key.lower(): value for key, value in answer["headers"].items()}
    found = Answer(answer["statusCode"], dict(headers), json.loads(answer["body"]))
    _hold_to_contract(method, path.partition("?")[0], found)
    return found


def event(
    method: str, path: str, body: object, headers: Mapping[str, str], address: str = HOME
) -> dict[str, Any]:
    """What API Gateway hands to the application."""
    made: dict[str, Any] = _converter().create_lambda_event(
        method=method, path=path, headers=dict(headers), body=_raw(body)
    )
    made["requestContext"]["identity"]["sourceIp"] = address
    made["path"] = path
    return made


def post(path: str, body: object = None, token: str | None = None, **more: Any) -> Answer:
    return request("POST", path, {} if body is None else body, token, **more)


def get(path: str, token: str | None = None, **more: Any) -> Answer:
    return request("GET", path, None, token, **more)


def _raw(body: object) -> Any:
    if body is None or isinstance(body, bytes | str):
        return body or b""
    return json.dumps(body).encode()


@cache
def _converter() -> LambdaEventConverter:
    return LambdaEventConverter(RouteMatcher(list(app.routes)))


def endpoint_of(method: str, path: str) -> Endpoint:
    """The declared route that a path belongs to."""
    return next(
        each
        for each in ENDPOINTS
        if each.method == method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", each.path), path)
    )


def path_of(endpoint: Endpoint, conversation_id: object = "talk", inbox_id: str = "demo") -> str:
    """A path of this route."""
    return endpoint.path.format(
        conversation_id=conversation_id,
        inbox_id=inbox_id,
        branch_id="ekb",
        place="RU-SVE",
        scope="subdivision",
        operator_id="oleg",
        webhook_id="hook",
        attachment_id="file",
    )


def _hold_to_contract(method: str, path: str, found: Answer) -> None:
    assert found.headers["access-control-allow-origin"] == "*", found
    assert found.headers["content-type"] == "application/json", found
    assert found.headers["cache-control"] == "no-store", found
    if path == "/openapi.json":
        return
    endpoint = endpoint_of(method, path)
    declared = found.status == endpoint.status
    shaped_like(endpoint.answer if declared else wire.ErrorAnswer, found.body)
    assert declared or found.status >= 400, found


def shaped_like(shape: Any, body: object) -> None:
    """Has exactly the declared fields, with values of the declared types."""
    again = msgspec.json.encode(msgspec.json.decode(msgspec.json.encode(body), type=shape))
    assert json.loads(again) == body


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Requests, and calls over sockets, come at this moment."""
    clock = Mock(wraps=datetime, now=lambda _: moment)
    with patch.object(endpoint_module, "datetime", clock):
        yield


def bearer(who: Operator | Visitor) -> str:
    """A fresh access token."""
    now = datetime.now(UTC)
    return (
        tokens.for_operator(who, now) if isinstance(who, Operator) else tokens.for_visitor(who, now)
    )
