"""The server that the emulator is put behind."""

import asyncio

from infra.local.asgi import Message, Receive, Send, serve
from infra.local.settings import LOOPBACK


async def _echo(scope: Message, receive: Receive, send: Send) -> None:
    body = (await receive())["body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


async def _nothing(request: object) -> None:
    return None


async def _upload() -> tuple[bytes, bytes]:
    """What comes before the body is sent, and after."""
    server = await asyncio.get_running_loop().create_server(serve(_echo, _nothing), LOOPBACK, 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    head = b"PUT / HTTP/1.1\r\nHost: s3\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n"
    writer.write(head)
    before = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
    writer.write(b"text")
    after = await asyncio.wait_for(reader.readuntil(b"text"), 10)
    writer.close()
    server.close()
    return before, after


def test_who_asks_before_sending_a_body_is_told_to_go_on() -> None:
    """As the SDK does when it uploads: it waits a second for an answer that does not come."""
    before, after = asyncio.run(_upload())

    assert before == b"HTTP/1.1 100 Continue\r\n\r\n"
    assert after.startswith(b"HTTP/1.1 200 OK\r\n")
