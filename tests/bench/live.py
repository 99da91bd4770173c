"""Latency and throughput of the whole local stack."""

import asyncio
import json
from collections.abc import Awaitable
from statistics import median, quantiles
from time import perf_counter
from typing import TypeVar
from uuid import uuid4

import aiohttp

from infra.local.harness import Stack
from tests.bench.handler import slowness
from tests.bench.people import Panel, Visitor
from tests.bench.report import Report

MESSAGES = 300
CLIENTS, SENDS = 8, 150
ROUNDS = 3
"""Of sends; the middle one counts."""

Figure = TypeVar("Figure")


def measure(report: Report, stack: Stack) -> None:
    asyncio.run(_measure(report, stack.url))


async def _measure(report: Report, url: str) -> None:
    async with aiohttp.ClientSession(url) as http:
        await _rates(http, "anna", 20)  # every worker has met the code once, as a warm Lambda has
        delays, report.slowness = await _with_slowness(_delays(http))
        report.note("machine_slowness", report.slowness, "x")
        report.time("visitor_to_operator_p50", median(delays), "ms", 8)
        report.time("visitor_to_operator_p99", quantiles(delays, n=100)[98], "ms", 30)
        rates = await _rates(http, "oleg", SENDS)
        rate, report.slowness = sorted(rates, key=lambda each: each[0] * each[1])[ROUNDS // 2]
        report.note("machine_slowness", report.slowness, "x")
        report.rate("acknowledged_sends_8_clients", rate, "1/s", 300)


async def _with_slowness(measured: Awaitable[Figure]) -> tuple[Figure, float]:
    """The machine drifts within the minute: its slowness is taken right before and right after."""
    before = slowness()
    figure = await measured
    return figure, (before + slowness()) / 2


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


async def _rates(http: aiohttp.ClientSession, name: str, sends: int) -> list[tuple[float, float]]:
    """For each round: acknowledged sends per second of visitors who wait for their ✓, an operator
    listening; and the machine's slowness.
    """
    operator = await Panel.open(http, name)
    listening = asyncio.create_task(_listen(operator))
    visitors = [await Visitor.arrive(http) for _ in range(CLIENTS)]
    for visitor in visitors:
        await visitor.say("Здравствуйте")

    async def talk(visitor: Visitor) -> None:
        for number in range(sends):
            await visitor.say(f"Сообщение {number}")

    async def rate() -> float:
        begin = perf_counter()
        await asyncio.gather(*(talk(visitor) for visitor in visitors))
        return CLIENTS * sends / (perf_counter() - begin)

    rates = [await _with_slowness(rate()) for _ in range(ROUNDS)]
    sent = ROUNDS * sends
    assert all(visitor.seq == sent + 1 for visitor in visitors), "a message got a wrong number"
    await operator.socket.close()
    assert await listening >= CLIENTS * sent, "not every message reached its assignee"
    return rates


async def _listen(panel: Panel) -> int:
    heard = 0
    async for frame in panel.socket:
        heard += json.loads(frame.data)["type"] == "message"
    return heard
