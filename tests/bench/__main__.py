"""Runs everything, or what is named: `make bench ARGS="sizes handler"`."""

import sys
import tempfile
from pathlib import Path

from infra.local.harness import start
from tests.bench import live, sizes, startup
from tests.bench.report import Report


def main() -> int:
    """0 when every budget is met."""
    wanted = sys.argv[1:] or ["handler", "counts", "sizes", "live", "startup"]
    report = Report()
    from tests.bench import counts, handler

    handler.measure(report)
    if "counts" in wanted:
        counts.measure(report)
    if "sizes" in wanted:
        sizes.measure(report)
    if "live" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            stack = start(Path(folder))
            try:
                live.measure(report, stack)
            finally:
                stack.stop()
    if "startup" in wanted:
        startup.measure(report)
    if report.missed:
        sys.stdout.write(f"missed: {', '.join(report.missed)}\n")
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
