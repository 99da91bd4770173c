"""The gateway's REST API: what the app gets, and what the gateway answers itself."""

import asyncio
import io
from typing import Any

from aiohttp.test_utils import TestClient

from tests.local.conftest import async_test, gateway
from tests.local.toy import make_app


async def _event(client: TestClient[Any, Any], path: str, **options: Any) -> dict[str, Any]:
    response = await client.get(f"/api/echo/{path}", **options)
    assert response.status == 200
    answer: dict[str, Any] = (await response.json())["event"]
    return answer


@async_test
async def test_a_route_gets_its_parameters_query_headers_and_body() -> None:
    async with gateway(make_app()) as client:
        response = await client.post(
            "/api/echo/%D0%B8%D0%BC%D1%8F?a=1&a=2&b=", data='{"ё": 1}', headers={"X-Own": "v"}
        )

        answer = await response.json()
        event = answer["event"]
        assert answer["name"] == "имя"
        assert answer["body"] == '{"ё": 1}'
        assert event["query_params"] == {"a": "2", "b": ""}
        assert event["headers"]["x-own"] == "v"
        assert event["context"]["httpMethod"] == "POST"
        assert event["context"]["resourcePath"] == "/echo/{name}"
        assert event["context"]["path"] == "/api/echo/имя"
        assert event["context"]["stage"] == "api"
        assert event["context"]["requestId"]
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert response.headers["Content-Type"].startswith("application/json")


@async_test
async def test_no_query_is_none_as_on_aws() -> None:
    async with gateway(make_app()) as client:
        assert (await _event(client, "x"))["query_params"] is None


@async_test
async def test_an_unknown_route_and_method_are_our_404_open_to_every_origin() -> None:
    async with gateway(make_app()) as client:
        for response in (await client.get("/api/none"), await client.delete("/api/echo/x")):
            assert response.status == 404
            assert (await response.json())["error"]["code"] == "not_found"
            assert response.headers["Access-Control-Allow-Origin"] == "*"


@async_test
async def test_a_preflight_is_answered_for_every_route() -> None:
    async with gateway(make_app()) as client:
        for path, methods in (("/echo/x", {"GET", "POST", "OPTIONS"}), ("/health", {"GET"})):
            response = await client.options(f"/api{path}", headers={"Origin": "https://a.example"})

            assert response.status == 200
            assert response.headers["Access-Control-Allow-Origin"] == "*"
            allowed = response.headers["Access-Control-Allow-Headers"].split(",")
            assert {"Authorization", "Content-Type"} <= set(allowed)
            assert methods <= set(response.headers["Access-Control-Allow-Methods"].split(","))
            assert response.headers["Access-Control-Max-Age"] == "86400"


@async_test
async def test_a_body_over_ten_megabytes_is_413() -> None:
    async with gateway(make_app()) as client:
        response = await client.post("/api/echo/x", data=io.BytesIO(b"x" * (10 * 1024 * 1024 + 1)))

        assert response.status == 413
        assert (await response.json())["error"]["code"] == "too_large"
        assert response.headers["Access-Control-Allow-Origin"] == "*"


@async_test
async def test_a_binary_answer_arrives_as_bytes() -> None:
    async with gateway(make_app()) as client:
        response = await client.get("/api/teapot", headers={"Accept": "image/png"})

        assert response.status == 418
        assert await response.read() == b"\x00\x01"
        assert response.headers["Content-Type"] == "image/png"


@async_test
async def test_the_first_forwarded_address_is_believed_here() -> None:
    async with gateway(make_app()) as client:
        forwarded = {"X-Forwarded-For": "95.167.0.1, 10.0.0.1"}
        nonsense = {"X-Forwarded-For": "somewhere"}

        for headers, expected in ((forwarded, "95.167.0.1"), (nonsense, "127.0.0.1")):
            event = await _event(client, "x", headers=headers)
            assert event["context"]["identity"]["sourceIp"] == expected


@async_test
async def test_requests_in_parallel_threads_do_not_mix() -> None:
    async with gateway(make_app()) as client:

        async def ask(number: int) -> bool:
            response = await client.get(f"/api/slow/{number}", headers={"X-Number": str(number)})
            answer = await response.json()
            return set(answer.values()) == {str(number)}

        async def worker(first: int) -> list[bool]:
            return [await ask(first * 1000 + number) for number in range(50)]

        results = await asyncio.gather(*(worker(first) for first in range(8)))

    assert [all(each) for each in results] == [True] * 8
    assert sum(map(len, results)) == 400
