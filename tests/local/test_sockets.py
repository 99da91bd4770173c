"""The gateway's WebSocket API and `@connections`."""

import asyncio
import json
from functools import partial
from typing import Any

import boto3
import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from aiohttp.test_utils import TestClient
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.local.settings import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY
from infra.local.socket_api import Limits
from tests.local.conftest import async_test, gateway, soon
from tests.local.toy import make_app

Client = TestClient[Any, Any]


class Pusher:
    """boto3's client of `@connections`, called in threads as the app does."""

    def __init__(self, client: Client) -> None:
        self._client = boto3.client(
            "apigatewaymanagementapi",
            region_name=REGION,
            endpoint_url=f"http://127.0.0.1:{client.port}",
            aws_access_key_id=ACCESS_KEY_ID,
            aws_secret_access_key=SECRET_ACCESS_KEY,
            config=Config(retries={"total_max_attempts": 1}),
        )

    async def __call__(self, action: str, connection_id: str, **arguments: Any) -> Any:
        method = getattr(self._client, action)
        return await asyncio.to_thread(method, ConnectionId=connection_id, **arguments)


def _has(events: list[dict[str, Any]], count: int) -> bool:
    return len(events) == count


def _context(event: dict[str, Any]) -> dict[str, Any]:
    context: dict[str, Any] = event["requestContext"]
    return context


@async_test
async def test_connect_sees_the_query_the_headers_and_the_address() -> None:
    app = make_app()
    async with gateway(app) as client:
        headers = {"Origin": "https://shop.example", "X-Forwarded-For": "31.173.80.1"}
        socket = await client.ws_connect("/ws?ticket=good", headers=headers)

        [event] = app.log_of["connect"]
        assert event["queryStringParameters"] == {"ticket": "good"}
        assert event["headers"]["Origin"] == "https://shop.example"
        assert _context(event)["identity"]["sourceIp"] == "31.173.80.1"
        assert _context(event)["eventType"] == "CONNECT"
        await socket.close()


@pytest.mark.parametrize(("ticket", "status"), [("bad", 403), ("raise", 500)])
def test_a_refused_connect_is_an_http_status_and_no_socket(ticket: str, status: int) -> None:
    @async_test
    async def scenario() -> None:
        app = make_app()
        async with gateway(app) as client:
            with pytest.raises(WSServerHandshakeError) as refused:
                await client.ws_connect(f"/ws?ticket={ticket}")
            [event] = app.log_of["connect"]

            assert refused.value.status == status
            with pytest.raises(ClientError, match="GoneException"):
                await Pusher(client)(
                    "post_to_connection", _context(event)["connectionId"], Data=b"x"
                )
            assert app.log_of["disconnect"] == []

    scenario()


@async_test
async def test_a_push_right_after_connect_is_not_lost() -> None:
    app = make_app()
    async with gateway(app) as client:
        push = Pusher(client)
        for number in range(10):
            opening = asyncio.create_task(client.ws_connect("/ws"))
            events = app.log_of["connect"]
            await soon(partial(_has, events, number + 1))
            frame = json.dumps({"n": number})
            await push(
                "post_to_connection", _context(events[-1])["connectionId"], Data=frame.encode()
            )

            socket = await opening
            assert await socket.receive_str(timeout=5) == frame
            await socket.close()


@async_test
async def test_messages_reach_the_handler_and_a_failing_one_says_so() -> None:
    app = make_app()
    async with gateway(app) as client:
        socket = await client.ws_connect("/ws")
        await socket.send_str('{"action": "ping"}')
        await soon(lambda: app.log_of["message"])
        await socket.send_str("raise")

        answer = await socket.receive_json(timeout=5)
        assert app.log_of["message"][0]["body"] == '{"action": "ping"}'
        assert answer["message"] == "Internal server error"
        assert answer["connectionId"] == _context(app.log_of["connect"][0])["connectionId"]


@async_test
async def test_an_open_connection_is_described_and_can_be_closed() -> None:
    app = make_app()
    async with gateway(app) as client:
        push, socket = Pusher(client), await client.ws_connect("/ws")
        connection_id = _context(app.log_of["connect"][0])["connectionId"]

        described = await push("get_connection", connection_id)
        assert described["Identity"]["SourceIp"] == "127.0.0.1"
        assert described["ConnectedAt"] <= described["LastActiveAt"]
        closing = asyncio.create_task(push("delete_connection", connection_id))
        assert (await socket.receive(timeout=5)).type is WSMsgType.CLOSE
        await closing

        await soon(lambda: app.log_of["disconnect"])
        for action, arguments in (("post_to_connection", {"Data": b"x"}), ("get_connection", {})):
            with pytest.raises(ClientError, match="GoneException"):
                await push(action, connection_id, **arguments)


@async_test
async def test_disconnect_runs_when_the_client_vanishes() -> None:
    app = make_app()
    async with gateway(app) as client:
        socket = await client.ws_connect("/ws")

        socket._response.connection.transport.abort()

        [event] = await soon(lambda: app.log_of["disconnect"])
        assert _context(event)["eventType"] == "DISCONNECT"
        assert _context(event)["connectionId"] == _context(app.log_of["connect"][0])["connectionId"]


@async_test
async def test_disconnect_runs_when_the_gateway_ends() -> None:
    app = make_app()
    async with gateway(app) as client:
        await client.ws_connect("/ws")
        assert app.log_of["disconnect"] == []

    assert len(app.log_of["disconnect"]) == 1


@async_test
async def test_frames_have_awss_limits() -> None:
    app = make_app()
    async with gateway(app) as client:
        push, socket = Pusher(client), await client.ws_connect("/ws")
        connection_id = _context(app.log_of["connect"][0])["connectionId"]

        await push("post_to_connection", connection_id, Data=b"x" * 128 * 1024)
        assert len(await socket.receive_str(timeout=5)) == 128 * 1024
        with pytest.raises(ClientError, match=r"PayloadTooLarge|413"):
            await push("post_to_connection", connection_id, Data=b"x" * (128 * 1024 + 1))
        await socket.send_str("x" * (32 * 1024))
        await soon(lambda: app.log_of["message"])
        await socket.send_str("x" * (32 * 1024 + 1))

        assert (await socket.receive(timeout=5)).data == 1009


@pytest.mark.parametrize("limits", [Limits(idle=0.1), Limits(life=0.1)])
def test_an_idle_and_an_old_connection_are_closed(limits: Limits) -> None:
    @async_test
    async def scenario() -> None:
        app = make_app()
        async with gateway(app, limits) as client:
            socket = await client.ws_connect("/ws")

            message = await socket.receive(timeout=5)
            assert message.type is WSMsgType.CLOSE
            assert message.data == 1001
            await soon(lambda: app.log_of["disconnect"])

    scenario()


@async_test
async def test_only_the_app_itself_may_push() -> None:
    app = make_app()
    async with gateway(app) as client:
        await client.ws_connect("/ws")
        path = f"/@connections/{_context(app.log_of['connect'][0])['connectionId']}"
        signed = {"Authorization": f"AWS4-HMAC-SHA256 Credential={ACCESS_KEY_ID}/x"}

        allowed = await client.post(path, data="x", headers=signed)
        refused = [
            await client.post(path, data="x"),
            await client.post(path, data="x", headers={**signed, "Host": "evil.example"}),
            await client.post(path, data="x", headers={**signed, "Origin": "https://evil.example"}),
        ]

        assert allowed.status == 200
        assert [response.status for response in refused] == [403] * 3


@async_test
async def test_a_plain_request_is_told_to_upgrade() -> None:
    async with gateway(make_app()) as client:
        assert (await client.get("/ws")).status == 426
