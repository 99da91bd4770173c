"""On Lambda seldom used routes are imported when somebody asks; they are the same ones."""

import json
import os
import subprocess
import sys
from typing import Any

from app import app
from chalicelib.api.endpoint import ENDPOINTS
from infra.wire_types import PLACEHOLDERS

CODE = """
import json, sys
from app import app
rare = ("chalicelib.api.settings_company", "chalicelib.api.health", "chalicelib.jobs")
before = [each for each in rare if each in sys.modules]
missing = []
for method, path in json.load(sys.stdin):
    app.open_for(path)
    if method not in app.routes[path]:
        missing.append(path)
print(json.dumps({"before": before, "missing": missing, "after": list(sys.modules)}))
"""


def on_lambda(asked: list[tuple[str, str]]) -> dict[str, Any]:
    """What a fresh process of the function finds when these are asked for."""
    ran = subprocess.run(
        [sys.executable, "-c", CODE],
        input=json.dumps(asked),
        env=os.environ | PLACEHOLDERS | {"AWS_LAMBDA_FUNCTION_NAME": "api"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return found


def test_every_route_of_the_contract_is_found_by_who_asks_for_it() -> None:
    asked = [(each.method, each.path) for each in ENDPOINTS]

    found = on_lambda(asked)

    assert found["before"] == []
    assert found["missing"] == []
    assert "chalicelib.api.settings_company" in found["after"]
    assert "chalicelib.jobs" not in found["after"]


def test_here_all_of_them_are_there_at_once() -> None:
    for each in ENDPOINTS:
        assert each.method in app.routes[each.path]
