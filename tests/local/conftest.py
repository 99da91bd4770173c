"""What the stack's tests share: a gateway in this process, an embedded AWS in its own."""

import asyncio
import contextlib
import functools
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import pytest
from aiohttp.test_utils import TestClient, TestServer
from botocore.config import Config
from chalice.app import Chalice

from infra.local.functions import host
from infra.local.gateway import build
from infra.local.ports import free
from infra.local.processes import ROOT
from infra.local.settings import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY
from infra.local.socket_api import Limits


def eventually(holds: Callable[[], Any], seconds: float = 10) -> Any:
    """The first true value of `holds`; fails when there is none in time."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        value = holds()
        if value:
            return value
        time.sleep(0.01)
    raise AssertionError(f"not within {seconds} s")


async def soon(holds: Callable[[], Any], seconds: float = 10) -> Any:
    """`eventually` for coroutines."""
    async with asyncio.timeout(seconds):
        while not (value := holds()):
            await asyncio.sleep(0.01)
    return value


def async_test(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Run a coroutine function as a test."""

    @functools.wraps(test)
    def run(*args: Any, **kwargs: Any) -> None:
        asyncio.run(asyncio.wait_for(test(*args, **kwargs), 30))

    return run


@contextlib.asynccontextmanager
async def gateway(app: Chalice, limits: Limits | None = None) -> AsyncIterator[TestClient]:
    """A gateway of `app` on a free port, and a client of it."""
    host(app)
    with ThreadPoolExecutor(32) as executor:
        built = build(app, Path("/nowhere"), executor, limits)
        async with TestClient(TestServer(built.web)) as client:
            yield client


class EmbeddedAws:
    """The embedded AWS as a process that can be killed and started again with the same data."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._process: subprocess.Popen[bytes] | None = None
        self.port = free()

    def start(self) -> None:
        command = [sys.executable, "-m", "infra.local.aws", "--data", str(self._data)]
        self._process = subprocess.Popen([*command, "--port", str(self.port)], cwd=ROOT)
        eventually(self._answers, 20)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    @functools.cache  # noqa: B019 (lives as long as its test; making a client takes half a second)
    def client(self, service: str) -> Any:
        return boto3.client(
            service,
            region_name=REGION,
            endpoint_url=f"http://127.0.0.1:{self.port}",
            aws_access_key_id=ACCESS_KEY_ID,
            aws_secret_access_key=SECRET_ACCESS_KEY,
            config=Config(retries={"total_max_attempts": 1}, max_pool_connections=16),
        )

    def _end(self, how: signal.Signals) -> None:
        if self._process and self._process.poll() is None:
            os.kill(self._process.pid, how)
            self._process.wait(15)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            connection.request("GET", "/_ministack/health")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()


@pytest.fixture
def aws(tmp_path: Path) -> Iterator[EmbeddedAws]:
    server = EmbeddedAws(tmp_path)
    server.start()
    yield server
    server.kill()


def create_table(client: Any, name: str = "things") -> None:
    client.create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "S"},
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )
