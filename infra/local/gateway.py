"""The gateway: hosts the app as API Gateway and Lambda do, and serves the front ends."""

import argparse
import asyncio
import gc
import importlib
import logging
import os
import signal
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import uvloop
from aiohttp import web
from chalice.app import Chalice

from infra.local.connections import Connections
from infra.local.functions import processes
from infra.local.lifeline import die_with_parent
from infra.local.management import Management
from infra.local.photos import photo
from infra.local.rest import MAX_BODY, RestApi
from infra.local.runners import runners_of
from infra.local.settings import LOOPBACK
from infra.local.socket_api import Limits, SocketApi
from infra.local.static import PANEL_HEADERS, WIDGET_HEADERS, Folder

ROOT = Path(__file__).parents[2]
WORKERS = 8


@dataclass(frozen=True, slots=True)
class Gateway:
    """The web application, and the connections to close before it ends."""

    web: web.Application
    connections: Connections


def build(app: Chalice, data: Path, executor: Executor, limits: Limits | None = None) -> Gateway:
    """A gateway for `app`, which `executor` hosts; `limits` are shorter than AWS's in tests."""
    connections = Connections()
    sockets = SocketApi(app, executor, connections, limits or Limits())
    site = web.Application(client_max_size=MAX_BODY)
    site.router.add_route("*", "/api/{path:.*}", RestApi(app, executor).handle)
    site.router.add_get("/ws", sockets.handle)
    site.router.add_route("*", "/@connections/{id}", Management(connections).handle)
    site.router.add_get("/photos/{name}", photo)
    site.router.add_get("/panel", _to_panel)
    site.router.add_get("/demo.json", partial(_demo, data))
    for prefix, folder in _folders().items():
        site.router.add_get(prefix + "{path:.*}", folder.handle)

    async def close_sockets(_: web.Application) -> None:
        await connections.close_all()

    async def finish_sockets(_: web.Application) -> None:
        await connections.all_finished()

    site.on_shutdown.append(close_sockets)
    site.on_cleanup.append(finish_sockets)
    return Gateway(site, connections)


def _folders() -> dict[str, Folder]:
    return {
        "/widget/": Folder(ROOT / "widget/dist", WIDGET_HEADERS),
        "/panel/": Folder(ROOT / "panel/dist", PANEL_HEADERS),
        "/": Folder(ROOT / "infra/local/demo", {}),
    }


async def _to_panel(_: web.Request) -> web.StreamResponse:
    return web.Response(status=308, headers={"Location": "/panel/"})


async def _demo(data: Path, _: web.Request) -> web.StreamResponse:
    """The demo's sign-ins, for the demo page."""
    demo = data / "demo.json"
    return web.json_response(text=demo.read_text() if demo.exists() else "{}")


async def _serve(app: Chalice, port: int, data: Path, executor: Executor) -> None:
    gateway = build(app, data, executor)
    runner = web.AppRunner(gateway.web, access_log=None, shutdown_timeout=3)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, port, backlog=1024).start()
    background = runners_of(app, data)
    background.start()
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await stopped.wait()
    background.ask_to_stop()
    await runner.cleanup()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--app", default="app", help="the module that holds `app`")
    options = parser.parse_args()
    # Ctrl+C reaches the whole group; the launcher decides who stops when.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.WARNING, format="gateway: %(name)s: %(message)s")
    executor = processes(options.app, WORKERS)
    die_with_parent()
    app = importlib.import_module(options.app).app
    gc.freeze()
    uvloop.run(_serve(app, options.port, options.data, executor))
    # Handlers under way must not hold the exit; their callers are gone.
    os._exit(0)


if __name__ == "__main__":
    main()
