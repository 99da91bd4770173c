"""Serves an ASGI application over aiohttp's C parser: cheaper than the emulator's own server."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from aiohttp import web

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
Shortcut = Callable[[web.BaseRequest], Awaitable[web.StreamResponse | None]]
_OWN_HEADERS = frozenset({b"content-length", b"transfer-encoding", b"connection"})


class _Exchange:
    """One request and the response under way to it."""

    def __init__(self, request: web.BaseRequest) -> None:
        self._request = request
        self._head: Message = {}
        self._stream: web.StreamResponse | None = None
        self._read = False
        self.response: web.StreamResponse = web.Response(status=500)

    def scope(self) -> Message:
        request = self._request
        return {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "http",
            "path": request.rel_url.path,
            "raw_path": request.rel_url.raw_path.encode(),
            "query_string": request.rel_url.raw_query_string.encode(),
            "headers": [(name.lower(), value) for name, value in request.raw_headers],
            "client": (request.remote or "127.0.0.1", 0),
        }

    async def receive(self) -> Message:
        if self._read:
            await asyncio.Event().wait()
        self._read = True
        if self._request.headers.get("Expect", "").lower() == "100-continue":
            await self._request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return {"type": "http.request", "body": await self._request.read(), "more_body": False}

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._head = message
        elif message.get("more_body") or self._stream is not None:
            await self._send_part(message)
        else:
            self._finish(message.get("body", b""))

    def _finish(self, body: bytes) -> None:
        self.response = web.Response(status=self._head["status"], body=body)
        self._put_headers(self.response)
        if self._request.method == "HEAD":
            length = dict(self._head["headers"]).get(b"content-length", b"0")
            self.response.headers["Content-Length"] = length.decode()

    async def _send_part(self, message: Message) -> None:
        if self._stream is None:
            self._stream = self.response = web.StreamResponse(status=self._head["status"])
            self._put_headers(self._stream)
            await self._stream.prepare(self._request)
        await self._stream.write(message.get("body", b""))
        if not message.get("more_body"):
            await self._stream.write_eof()

    def _put_headers(self, response: web.StreamResponse) -> None:
        response.headers.popall("Content-Type", None)
        for name, value in self._head.get("headers", ()):
            if name.lower() not in _OWN_HEADERS:
                response.headers.add(name.decode("latin-1"), value.decode("latin-1"))


def serve(application: Application, shortcut: Shortcut) -> web.Server:
    """An aiohttp server for `application`; `shortcut` may answer a request before it.

    The application's lifespan is the caller's business.
    """

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        response = await shortcut(request)
        if response is not None:
            return response
        exchange = _Exchange(request)
        await application(exchange.scope(), exchange.receive, exchange.send)
        return exchange.response

    return web.Server(answer, access_log=None)
