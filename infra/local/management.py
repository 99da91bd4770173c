"""`@connections`: how the app pushes to a socket; for its own keys, on this machine, only."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

from aiohttp import web

from infra.local.connections import Connections, GoneError
from infra.local.settings import ACCESS_KEY_ID

MAX_FRAME = 128 * 1024
_LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
Action = Callable[[web.Request], Awaitable[web.Response]]


def _error(status: int, kind: str) -> web.Response:
    return web.json_response({"message": kind}, status=status, headers={"x-amzn-ErrorType": kind})


def _is_trusted(request: web.Request) -> bool:
    """A page in the developer's browser is on this machine too, so the address is not enough."""
    host = urlsplit(f"//{request.host}").hostname
    signed = f"Credential={ACCESS_KEY_ID}/" in request.headers.get("Authorization", "")
    is_near = request.remote is not None and ip_address(request.remote).is_loopback
    return is_near and host in _LOCAL_NAMES and signed and "Origin" not in request.headers


class Management:
    """The handlers of `/@connections/{id}`, answering as boto3 expects."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    async def handle(self, request: web.Request) -> web.Response:
        if not _is_trusted(request):
            return _error(403, "ForbiddenException")
        actions = {"POST": self._post, "GET": self._get, "DELETE": self._delete}
        action = actions.get(request.method)
        if action is None:
            return _error(405, "MethodNotAllowedException")
        try:
            return await action(request)
        except GoneError:
            return _error(410, "GoneException")

    async def _post(self, request: web.Request) -> web.Response:
        frame = await request.read()
        if len(frame) > MAX_FRAME:
            return _error(413, "PayloadTooLargeException")
        await self._connections.find(_id(request)).send(frame)
        return web.Response()

    async def _get(self, request: web.Request) -> web.Response:
        connection = self._connections.find(_id(request))
        return web.json_response(
            {
                "connectedAt": _iso(connection.connected_at),
                "lastActiveAt": _iso(connection.active_at),
                "identity": {
                    "sourceIp": connection.source_ip,
                    "userAgent": connection.user_agent,
                },
            }
        )

    async def _delete(self, request: web.Request) -> web.Response:
        connection = self._connections.find(_id(request))
        await connection.close()
        return web.Response(status=204)


def _id(request: web.Request) -> str:
    return unquote(request.match_info["id"])


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()
