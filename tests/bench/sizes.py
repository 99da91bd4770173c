"""What the browser downloads, compressed as it is served."""

import gzip
import re
from pathlib import Path

from tests.bench.report import Report

WIDGET, PANEL = Path("widget/dist"), Path("panel/dist")


def measure(report: Report) -> None:
    report.count("loader_size", _packed(WIDGET / "loader.js"), "kB", 1)
    first = re.findall(r'["`](widget-\w+\.js)["`]', (WIDGET / "loader.js").read_text())
    assert first, "the loader names no app"
    report.count("widget_size", sum(_packed(WIDGET / name) for name in first), "kB", 20)
    report.count("widget_whole_size", sum(map(_packed, WIDGET.glob("*.js"))), "kB", 60)
    page = (PANEL / "index.html").read_text()
    assets = re.findall(r'(?:src|href)="/panel/([^"]+\.(?:js|css))"', page)
    assert assets, "the panel's page names no scripts"
    report.count("panel_first_load", sum(_packed(PANEL / name) for name in assets), "kB", 280)


def _packed(path: Path) -> float:
    return len(gzip.compress(path.read_bytes(), 9)) / 1000
