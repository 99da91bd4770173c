"""The embedded AWS: ministack hosted in this process, loopback only, with a durable DynamoDB."""

import argparse
import asyncio
import gc
import logging
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import uvloop

from infra.local.asgi import serve
from infra.local.lifeline import die_with_parent
from infra.local.settings import ACCOUNT, LOOPBACK, REGION, use_local_credentials

if TYPE_CHECKING:
    from infra.local.durable import DurableDynamo


def _configure(data: Path, port: int) -> None:
    """The emulator reads its settings from the environment when it is imported."""
    use_local_credentials()
    os.environ.update(
        AUTH="true",
        GATEWAY_PORT=str(port),
        IOT_MTLS_ENABLED="0",
        LOG_LEVEL="WARNING",
        MINISTACK_ACCOUNT_ID=ACCOUNT,
        MINISTACK_HOST=LOOPBACK,
        MINISTACK_REGION=REGION,
        PERSIST_STATE="1",
        S3_DATA_DIR=str(data / "s3"),
        S3_PERSIST="1",
        SFTP_ENABLED="0",
        STATE_DIR=str(data / "state"),
    )


async def _expire_items(dynamo: "DurableDynamo") -> None:
    while True:
        await asyncio.sleep(60)
        await dynamo.delete_expired()


async def _serve(data: Path, port: int) -> None:
    from infra.local import shortcuts
    from infra.local.durable import DurableDynamo
    from infra.local.emulator import restore_services, save_services, server

    shortcuts.install()
    dynamo = DurableDynamo(data / "dynamodb")
    restore_services()
    # What was restored lives on: without this each full collection would walk all of it.
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stopped.set)
    expiry = loop.create_task(_expire_items(dynamo))
    http = serve(server.app, shortcuts.answer)
    listener = await loop.create_server(http, LOOPBACK, port, backlog=1024)
    await stopped.wait()
    listener.close()
    expiry.cancel()
    dynamo.close()
    save_services()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    options = parser.parse_args()
    die_with_parent()
    # Ctrl+C reaches the whole group; the launcher decides who stops when.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.WARNING, format="aws: %(message)s")
    _configure(options.data.resolve(), options.port)
    uvloop.run(_serve(options.data.resolve(), options.port))
    # The emulator leaves threads behind which would hold the process for seconds.
    os._exit(0)


if __name__ == "__main__":
    main()
