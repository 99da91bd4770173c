"""The WebSocket API: `$connect` before the upgrade, a task per message, `$disconnect` always."""

import asyncio
import base64
import logging
import time
import uuid
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web
from chalice.app import Chalice

from infra.local.caller import source_ip
from infra.local.connections import Connection, Connections
from infra.local.context import LambdaContext
from infra.local.functions import call

Event = dict[str, Any]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """API Gateway's quotas of a WebSocket: bytes of a client's frame, seconds."""

    frame: int = 32 * 1024
    idle: float = 10 * 60
    life: float = 2 * 60 * 60


class SocketApi:
    """Serves the app's three socket handlers at `/ws`."""

    def __init__(
        self, app: Chalice, executor: Executor, connections: Connections, limits: Limits
    ) -> None:
        self._handlers = {route: config.name for route, config in app.websocket_handlers.items()}
        self._executor = executor
        self._connections = connections
        self._limits = limits

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return web.Response(status=426, headers={"Upgrade": "websocket"})
        connection = Connection(
            source_ip=source_ip(request),
            user_agent=request.headers.get("User-Agent", ""),
            # aiohttp refuses a message of the very size it is told.
            socket=web.WebSocketResponse(
                max_msg_size=self._limits.frame + 1, compress=False, timeout=2
            ),
        )
        self._connections.add(connection)
        try:
            status = await self._connect(connection, request)
            if not 200 <= status < 300:
                return web.Response(status=status)
            try:
                await connection.socket.prepare(request)
                connection.opened.set_result(True)
                await self._converse(connection)
            finally:
                self._connections.remove(connection)
                # Even when the gateway is stopping, which cancels this request.
                await self._connections.finish(self._disconnect(connection))
            return connection.socket
        finally:
            self._connections.remove(connection)
            if not connection.opened.done():
                connection.opened.set_result(False)

    async def _connect(self, connection: Connection, request: web.Request) -> int:
        event = _event(connection, "$connect", "CONNECT") | _opening(request)
        answer = await self._call("$connect", event)
        if answer is None:
            return 500
        status: int = answer.get("statusCode", 200)
        return status

    async def _disconnect(self, connection: Connection) -> None:
        event = _event(connection, "$disconnect", "DISCONNECT")
        event["requestContext"]["disconnectStatusCode"] = connection.socket.close_code or 1006
        event["requestContext"]["disconnectReason"] = ""
        await self._call("$disconnect", event)

    async def _converse(self, connection: Connection) -> None:
        watch = asyncio.create_task(self._watch(connection))
        tasks: set[asyncio.Task[None]] = set()
        try:
            async for message in connection.socket:
                connection.active_at = time.time()
                task = asyncio.create_task(self._receive(connection, message))
                tasks.add(task)
                task.add_done_callback(tasks.discard)
        finally:
            watch.cancel()
            if tasks:
                await asyncio.wait(tasks)

    async def _receive(self, connection: Connection, message: WSMessage) -> None:
        event = _event(connection, "$default", "MESSAGE") | _body(message)
        event["requestContext"]["messageId"] = event["requestContext"]["requestId"]
        if await self._call("$default", event) is None:
            failure = {
                "message": "Internal server error",
                "connectionId": connection.id,
                "requestId": event["requestContext"]["requestId"],
            }
            if not connection.socket.closed:
                await connection.socket.send_json(failure)

    async def _watch(self, connection: Connection) -> None:
        """Close a connection that is idle or has lived as long as AWS allows."""
        while True:
            ends = min(
                connection.active_at + self._limits.idle,
                connection.connected_at + self._limits.life,
            )
            left = ends - time.time()
            if left <= 0:
                await connection.socket.close(code=WSCloseCode.GOING_AWAY)
                return
            await asyncio.sleep(left)

    async def _call(self, route: str, event: Event) -> Mapping[str, Any] | None:
        """The handler's answer; None when it failed. A route nobody handles is accepted."""
        handler = self._handlers.get(route)
        if handler is None:
            return {"statusCode": 200}
        context = LambdaContext(function_name=route)
        loop = asyncio.get_running_loop()
        try:
            answer: Mapping[str, Any] = await loop.run_in_executor(
                self._executor, call, handler, event, context
            )
        except Exception:  # what Lambda does with an error of a handler: log it, answer 500
            logger.exception("%s failed", route)
            return None
        return answer or {"statusCode": 200}


def _event(connection: Connection, route: str, kind: str) -> Event:
    now = time.time()
    request_id = str(uuid.uuid4())
    return {
        "requestContext": {
            "routeKey": route,
            "eventType": kind,
            "messageDirection": "IN",
            "connectionId": connection.id,
            "connectedAt": int(connection.connected_at * 1000),
            "requestId": request_id,
            "extendedRequestId": request_id,
            "requestTime": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(now)),
            "requestTimeEpoch": int(now * 1000),
            "stage": "ws",
            "domainName": "localhost",
            "apiId": "local",
            "identity": {
                "sourceIp": connection.source_ip,
                "userAgent": connection.user_agent,
            },
        },
        "isBase64Encoded": False,
    }


def _opening(request: web.Request) -> Event:
    headers, query = request.headers, request.query
    event: Event = {
        "headers": dict(headers),
        "multiValueHeaders": {name: headers.getall(name) for name in headers},
    }
    if query:
        event["queryStringParameters"] = dict(query)
        event["multiValueQueryStringParameters"] = {name: query.getall(name) for name in query}
    return event


def _body(message: WSMessage) -> Event:
    if message.type is WSMsgType.BINARY:
        return {"body": base64.b64encode(message.data).decode(), "isBase64Encoded": True}
    return {"body": message.data}
