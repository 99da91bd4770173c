"""Runs everything, or what is named: `make bench ARGS="sizes live"`."""

import os
import sys
import tempfile
from pathlib import Path

from infra.local.harness import start
from tests.bench.report import Report
from tests.support import environment

EVERYTHING = (
    "handler",
    "counts",
    "distribution",
    "sizes",
    "imports",
    "live",
    "long_list",
    "lighthouse",
    "startup",
)


def main() -> int:
    """0 when every budget is met."""
    wanted = sys.argv[1:] or EVERYTHING
    environment.apply()
    from tests.bench import (
        counts,
        distribution,
        handler,
        imports,
        lighthouse,
        live,
        long_list,
        sizes,
        startup,
    )  # they read the environment
    from tests.support import emulators

    report = Report()
    handler.measure(report)
    if "counts" in wanted:
        counts.measure(report)
    if "distribution" in wanted:
        distribution.measure(report)
    emulators.stop_all()  # not in between: the SDK's clients keep their address
    if "sizes" in wanted:
        sizes.measure(report)
    if "imports" in wanted:
        imports.measure(report)
    if "live" in wanted:
        os.environ["RATE_LIMITS"] = "off"  # how much it bears, and not how much one may ask
        with tempfile.TemporaryDirectory() as folder, start(Path(folder)) as stack:
            live.measure(report, stack)
    if "long_list" in wanted:
        long_list.measure(report)
    if "lighthouse" in wanted:
        lighthouse.measure(report)
    if "startup" in wanted:
        startup.measure(report)
    if report.missed:
        sys.stdout.write(f"missed: {', '.join(report.missed)}\n")
    return 1 if report.missed else 0


if __name__ == "__main__":
    sys.exit(main())
