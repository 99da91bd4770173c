"""What Lighthouse thinks of the demo page without the widget, with it, and with all of it loaded at
once, as `data-load-after` does.

Lighthouse is fetched when it is first asked for. It plays a slow phone on a slow network.
"""

import asyncio
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from aiohttp import web
from msgspec import json

from infra.local.ports import free
from infra.local.settings import LOOPBACK
from infra.local.static import WIDGET_HEADERS, Folder
from tests.bench.report import Report

VERSION = "12.8.2"
HOME = Path(".local/lighthouse")
RUNS = 3
DEMO, WIDGET = Path("infra/local/demo"), Path("widget/dist")
TAG = '<script src="/widget/loader.js" data-inbox="demo" data-api="/api" async></script>'
PAGES = {
    "without": "",
    "with": TAG,
    "loaded": TAG.replace(" async", ' data-load-after="0.01" async'),
}
LEAST = {"lost": 1.0, "blocking": 10.0}
"""Less is nobody's to see."""
NPM = ("npm", "install", "--no-audit", "--no-fund", "--silent")


@dataclass(frozen=True, slots=True)
class Look:
    """`lost` in points of 100, times in ms; `files` are those of the widget that the page asked
    for.
    """

    lost: float
    blocking: float
    largest_paint: float
    shift: float
    files: tuple[str, ...]


def measure(report: Report) -> None:
    """Every page RUNS times, by turns. The widget must not cost more than the page without it
    differs from itself.
    """
    looks = asyncio.run(_looks(_installed()))
    for page, found in looks.items():
        _prove(page, found)
        report.note(f"lighthouse_{page}", 100 - _median(found, "lost"), "points")
        for what in ("blocking", "largest_paint"):
            report.note(f"  {page}_{what}", _median(found, what), "ms")
        report.count(f"  {page}_shift", max(each.shift for each in found), "CLS", 0)
    _compare(report, looks, "with", "lost")
    _compare(report, looks, "with", "blocking")
    _compare(report, looks, "loaded", "lost")


def _compare(report: Report, looks: dict[str, list[Look]], page: str, what: str) -> None:
    """What the widget costs this page, of points or of time."""
    costs = _median(looks[page], what) - _median(looks["without"], what)
    alone = [getattr(each, what) for each in looks["without"]]
    budget = max(LEAST[what], max(alone) - min(alone))
    unit = "points" if what == "lost" else "ms"
    report.count(f"lighthouse_{page}_{what}_more", costs, unit, budget)


def _median(looks: list[Look], what: str) -> float:
    return median(getattr(each, what) for each in looks)


def _prove(page: str, found: list[Look]) -> None:
    """That it was this page."""
    for each in found:
        loader, app = ("loader" in each.files, "widget" in each.files)
        assert (loader, app) == (page != "without", page == "loaded"), (page, each.files)


async def _looks(lighthouse: Path) -> dict[str, list[Look]]:
    looks: dict[str, list[Look]] = {page: [] for page in PAGES}
    with tempfile.TemporaryDirectory() as folder:
        site = web.Application()
        site.router.add_get("/widget/{path:.*}", Folder(WIDGET, WIDGET_HEADERS).handle)
        site.router.add_get("/{path:.*}", Folder(_written(Path(folder)), {}).handle)
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        port = free()
        await web.TCPSite(runner, LOOPBACK, port).start()
        for _ in range(RUNS):
            for page, found in looks.items():
                url = f"http://{LOOPBACK}:{port}/{page}/index.html?lang=en"
                found.append(await _look(lighthouse, url, Path(folder, "report.json")))
        await runner.cleanup()
    return looks


def _written(folder: Path) -> Path:
    """The demo page, once for each of PAGES."""
    for page, tag in PAGES.items():
        shutil.copytree(DEMO, folder / page)
        file = folder / page / "index.html"
        html = file.read_text()
        assert html.count(TAG) == 1, "the demo page embeds the widget otherwise"
        file.write_text(html.replace(TAG, tag))
    (folder / "demo.json").write_text("{}")
    return folder


async def _look(lighthouse: Path, url: str, output: Path) -> Look:
    asked = await asyncio.create_subprocess_exec(
        lighthouse,
        url,
        "--quiet",
        # Slowed down in fact: the default computes, as if to paint had to wait for every script.
        "--throttling-method=devtools",
        "--only-categories=performance",
        "--chrome-flags=--headless --no-sandbox --disable-gpu",
        "--output=json",
        f"--output-path={output}",
        env=os.environ | {"CHROME_PATH": os.environ["CHROMIUM_PATH"]},
    )
    assert await asked.wait() == 0, f"Lighthouse failed on {url}"
    seen: dict[str, Any] = json.decode(output.read_bytes())
    audits = seen["audits"]
    asked_for = [each["url"] for each in audits["network-requests"]["details"]["items"]]
    ours = (each.partition("/widget/")[2] for each in asked_for if "/widget/" in each)
    return Look(
        lost=100 - seen["categories"]["performance"]["score"] * 100,
        blocking=audits["total-blocking-time"]["numericValue"],
        largest_paint=audits["largest-contentful-paint"]["numericValue"],
        shift=audits["cumulative-layout-shift"]["numericValue"],
        files=tuple(name.partition(".")[0].partition("-")[0] for name in ours),
    )


def _installed() -> Path:
    """Its command. No part of `make setup`: only this needs it."""
    found = HOME / VERSION / "node_modules/.bin/lighthouse"
    if not found.exists():
        subprocess.run(
            [*NPM, "--prefix", HOME / VERSION, f"lighthouse@{VERSION}"],
            check=True,
        )
    return found.resolve()
