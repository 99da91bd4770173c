"""What the browser downloads, compressed as it is served."""

import gzip
import re
from pathlib import Path

from tests.bench.report import Report

WIDGET, PANEL = Path("widget/dist"), Path("panel/dist")


def measure(report: Report) -> None:
    report.count("loader_size", _packed(WIDGET / "loader.js"), "kB", 1)
    report.count("widget_size", _packed(WIDGET / "widget.js"), "kB", 20)
    page = (PANEL / "index.html").read_text()
    first = re.findall(r'(?:src|href)="/panel/([^"]+\.(?:js|css))"', page)
    assert first, "the panel's page names no scripts"
    report.count("panel_first_load", sum(_packed(PANEL / name) for name in first), "kB", 280)


def _packed(path: Path) -> float:
    return len(gzip.compress(path.read_bytes(), 9)) / 1000
