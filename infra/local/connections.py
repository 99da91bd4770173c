"""The open WebSocket connections of the gateway, and what may be done to one from outside."""

import asyncio
import secrets
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field

from aiohttp import WSCloseCode, web

_SEND_SECONDS = 10


class GoneError(Exception):
    """The connection is closed, or was never opened."""


@dataclass(slots=True)
class Connection:
    """One socket, from the start of its `$connect` to the end of its `$disconnect`."""

    source_ip: str
    user_agent: str
    socket: web.WebSocketResponse
    id: str = field(default_factory=lambda: secrets.token_urlsafe(11) + "=")
    connected_at: float = field(default_factory=time.time)
    active_at: float = field(default_factory=time.time)
    # Set to whether the app accepted the connection and the upgrade has been sent.
    opened: asyncio.Future[bool] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    async def send(self, frame: bytes) -> None:
        """Deliver a frame. Raises GoneError."""
        if not await self._is_open():
            raise GoneError
        try:
            async with asyncio.timeout(_SEND_SECONDS):
                await self.socket.send_str(frame.decode())
        except UnicodeDecodeError:
            await self.socket.send_bytes(frame)
        except (ConnectionError, RuntimeError, TimeoutError) as error:
            raise GoneError from error
        self.active_at = time.time()

    async def close(self, code: int = WSCloseCode.GOING_AWAY) -> None:
        if await self._is_open():
            await self.socket.close(code=code)

    async def _is_open(self) -> bool:
        """Another request may know the id before `$connect` has returned: let it wait a little.

        On AWS it would get a 410 and forget the connection. One that `$connect` itself awaits
        gets the 410 here too.
        """
        try:
            async with asyncio.timeout(1):
                return await asyncio.shield(self.opened) and not self.socket.closed
        except TimeoutError:
            return False


class Connections:
    """All connections by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, Connection] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def add(self, connection: Connection) -> None:
        self._by_id[connection.id] = connection

    def remove(self, connection: Connection) -> None:
        self._by_id.pop(connection.id, None)

    def find(self, connection_id: str) -> Connection:
        """Raises GoneError."""
        try:
            return self._by_id[connection_id]
        except KeyError:
            raise GoneError from None

    async def finish(self, ending: Coroutine[None, None, None]) -> None:
        """Run what ends a connection to its end, whatever happens to the caller."""
        task = asyncio.create_task(ending)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        await asyncio.shield(task)

    async def all_finished(self) -> None:
        if self._ending:
            await asyncio.wait(self._ending)

    async def close_all(self) -> None:
        await asyncio.gather(*(each.close() for each in list(self._by_id.values())))
