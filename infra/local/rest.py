"""The REST API: an HTTP request becomes a proxy event, the app's answer an HTTP response."""

import asyncio
import base64
import json
import time
import uuid
from concurrent.futures import Executor
from typing import Any

from aiohttp import web
from chalice.app import Chalice, CORSConfig

from infra.local.caller import source_ip
from infra.local.context import LambdaContext
from infra.local.functions import call
from infra.local.routing import Match, Router

MAX_BODY = 10 * 1024 * 1024
STAGE = "api"
_ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}
_DEFAULT_CORS = CORSConfig(max_age=86400)


def refusal(status: int, code: str, message: str) -> web.Response:
    """What the gateway itself answers, in the app's error shape and open to every origin."""
    return web.json_response(
        {"error": {"code": code, "message": message}}, status=status, headers=_ANY_ORIGIN
    )


class RestApi:
    """Serves the app's routes under `/api`."""

    def __init__(self, app: Chalice, executor: Executor) -> None:
        self._app = app
        self._executor = executor
        self._router = Router(app.routes)
        self._binary = frozenset(app.api.binary_types)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        match = self._router.match(request.rel_url.raw_path.removeprefix(f"/{STAGE}"))
        if match and request.method == "OPTIONS":
            return self._preflight(match)
        if match is None or request.method not in self._app.routes[match.route]:
            return refusal(404, "not_found", "There is no such route.")
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return refusal(413, "too_large", "The body is larger than 10 MB.")
        event = self._event(request, match, body)
        context = LambdaContext(function_name="APIHandler")
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._executor, call, None, event, context)
        return _response(answer, context.aws_request_id)

    def _preflight(self, match: Match) -> web.Response:
        entries = self._app.routes[match.route]
        cors = next((entry.cors for entry in entries.values() if entry.cors), _DEFAULT_CORS)
        headers = cors.get_access_control_headers()
        headers["Access-Control-Allow-Methods"] = ",".join([*entries, "OPTIONS"])
        return web.Response(headers=headers)

    def _event(self, request: web.Request, match: Match, body: bytes) -> dict[str, Any]:
        query = request.query
        multi = {name: query.getall(name) for name in query} or None
        path = request.path.removeprefix(f"/{STAGE}")
        is_binary = request.content_type in self._binary and bool(body)
        return {
            "resource": match.route,
            "path": path,
            "httpMethod": request.method,
            "headers": dict(request.headers),
            "multiValueHeaders": {name: request.headers.getall(name) for name in request.headers},
            "queryStringParameters": {name: values[-1] for name, values in multi.items()}
            if multi
            else None,
            "multiValueQueryStringParameters": multi,
            "pathParameters": match.parameters or None,
            "stageVariables": None,
            "requestContext": _request_context(request, match, path),
            "body": _text(body, is_binary),
            "isBase64Encoded": is_binary,
        }


def _text(body: bytes, is_binary: bool) -> str | None:
    if not body:
        return None
    return base64.b64encode(body).decode() if is_binary else body.decode("utf-8", "replace")


def _request_context(request: web.Request, match: Match, path: str) -> dict[str, Any]:
    now = time.time()
    return {
        "resourceId": "local",
        "resourcePath": match.route,
        "httpMethod": request.method,
        "path": f"/{STAGE}{path}",
        "stage": STAGE,
        "accountId": "000000000000",
        "apiId": "local",
        "domainName": request.host,
        "protocol": "HTTP/1.1",
        "requestId": str(uuid.uuid4()),
        "requestTime": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
        "requestTimeEpoch": int(now * 1000),
        "identity": {
            "sourceIp": source_ip(request),
            "userAgent": request.headers.get("User-Agent"),
        },
    }


def _response(answer: dict[str, Any], request_id: str) -> web.Response:
    body = answer.get("body") or ""
    raw = base64.b64decode(body) if answer.get("isBase64Encoded") else _encode(body)
    response = web.Response(status=answer["statusCode"], body=raw)
    response.headers["Content-Type"] = "application/json"
    response.headers["x-amzn-RequestId"] = request_id
    for name, value in (answer.get("headers") or {}).items():
        response.headers[name] = str(value)
    for name, values in (answer.get("multiValueHeaders") or {}).items():
        response.headers.popall(name, None)
        for value in values:
            response.headers.add(name, str(value))
    return response


def _encode(body: str | dict[str, Any]) -> bytes:
    return (body if isinstance(body, str) else json.dumps(body)).encode()
