"""How long Lambda imports the packaged functions before their first event.

Judged against PynamoDB as pip installs it, in the same minutes, which was imported in 94 ms where
the budgets were set. CPU time, in fresh processes; the functions see nothing but their package.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from infra.package import archive, wheels
from tests.bench.report import Report

REFERENCE, REFERENCE_MS = "pynamodb.models", 94
PROCESSES = 20
BUDGETS = {"app": 150, "chalicelib.jobs": 120}
"""Milliseconds by module: what serves visitors and operators is imported by way of the one (what
only admins ask for comes with the first who does), what runs in the background by way of the other.
"""

ALONE = ("-S",)
"""Without what is installed here."""

CODE = """
import sys
from time import process_time
sys.path[:0] = {path!r}
begin = process_time()
import {module}
print((process_time() - begin) * 1000)
"""
ENVIRONMENT = {
    "AWS_LAMBDA_FUNCTION_NAME": "bench",
    "ATTACHMENTS_BUCKET": "none",
    "AWS_REGION": "eu-central-1",
    "DEAD_DELIVERIES_QUEUE": "none",
    "DELIVERIES_QUEUE": "none",
    "TIMERS_QUEUE": "none",
    "GEOIP_PATH": "none",
    "PHOTOS_BUCKET": "none",
    "SOCKET_ENDPOINT": "none",
    "SOCKET_URL": "none",
    "STAGE": "bench",
    "TABLE_NAME": "none",
}


def measure(report: Report, cache: Path = Path(".local/wheels")) -> None:
    """Interleaved, so that a drifting machine slows all of them."""
    with tempfile.TemporaryDirectory() as folder:
        archive.unpack(wheels.download(cache, wheels.HERE), Path(folder))
        archive.compile_all(Path(folder))
        rounds = [
            {REFERENCE: _milliseconds(REFERENCE)}
            | {module: _milliseconds(module, folder) for module in BUDGETS}
            for _ in range(PROCESSES)
        ]
    for module, budget in BUDGETS.items():
        scaled = median(each[module] / each[REFERENCE] for each in rounds) * REFERENCE_MS
        report.count(f"import_{module}", scaled, "ms", budget)
        report.note(f"  import_{module}_here", median(each[module] for each in rounds), "ms")


def _milliseconds(module: str, package: str | None = None) -> float:
    alone, path = (ALONE, [package]) if package else ((), [])
    made = subprocess.run(
        [sys.executable, "-I", *alone, "-c", CODE.format(path=path, module=module)],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(made.stdout)
