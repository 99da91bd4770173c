"""Latency and throughput of the whole local stack."""

import asyncio
import json
from statistics import median, quantiles
from time import perf_counter
from uuid import uuid4

import aiohttp

from infra.local.harness import Stack
from tests.bench.handler import slowness
from tests.bench.people import Panel, Visitor
from tests.bench.report import Report

MESSAGES = 300
CLIENTS, SENDS = 8, 150


def measure(report: Report, stack: Stack) -> None:
    """The machine drifts, so its slowness is taken right before."""
    report.slowness = slowness()
    report.note("machine_slowness", report.slowness, "x")
    asyncio.run(_measure(report, stack.url))


async def _measure(report: Report, url: str) -> None:
    async with aiohttp.ClientSession(url) as http:
        await _rate(http, "anna", 20)  # every worker has met the code once, as a warm Lambda has
        delays = await _delays(http)
        report.time("visitor_to_operator_p50", median(delays), "ms", 8)
        report.time("visitor_to_operator_p99", quantiles(delays, n=100)[98], "ms", 30)
        report.rate("acknowledged_sends_8_clients", await _rate(http, "oleg", SENDS), "1/s", 300)


async def _delays(http: aiohttp.ClientSession) -> list[float]:
    """From the moment a visitor sends to the moment the assignee's socket has it, in ms."""
    anna = await Panel.open(http, "anna")
    visitor = await Visitor.arrive(http)
    await visitor.say("Здравствуйте")
    delays = []
    for number in range(MESSAGES):
        client_id = str(uuid4())
        hearing = asyncio.create_task(anna.hear(client_id))
        begin = perf_counter()
        sending = asyncio.create_task(visitor.say(f"Сообщение {number}", client_id))
        await hearing
        delays.append((perf_counter() - begin) * 1000)
        await sending
    await anna.socket.close()
    return delays


async def _rate(http: aiohttp.ClientSession, name: str, sends: int) -> float:
    """Acknowledged sends per second of visitors who wait for their ✓, an operator listening."""
    operator = await Panel.open(http, name)
    listening = asyncio.create_task(_listen(operator))
    visitors = [await Visitor.arrive(http) for _ in range(CLIENTS)]
    for visitor in visitors:
        await visitor.say("Здравствуйте")

    async def talk(visitor: Visitor) -> None:
        for number in range(sends):
            await visitor.say(f"Сообщение {number}")

    begin = perf_counter()
    await asyncio.gather(*(talk(visitor) for visitor in visitors))
    took = perf_counter() - begin
    assert all(visitor.seq == sends + 1 for visitor in visitors), "a message got a wrong number"
    await operator.socket.close()
    assert await listening >= CLIENTS * sends, "not every message reached its assignee"
    return CLIENTS * sends / took


async def _listen(panel: Panel) -> int:
    heard = 0
    async for frame in panel.socket:
        heard += json.loads(frame.data)["type"] == "message"
    return heard
