"""Writes the wire types of the front ends from the contract (`make wire`)."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

_NOISE = re.compile(
    r"/\*\*\n \* This interface was [^/]*\*/\n|( \*\n)? \* This interface was .*\n \* via .*\n"
)
TARGET = Path("widget/shared/wire.ts")
COMMAND = ("node_modules/.bin/json2ts", "--unreachableDefinitions", "--no-additionalProperties")
HEADER = "/* Generated from the OpenAPI document by `make wire`. Do not edit. */"
PLACEHOLDERS = {
    "TABLE_NAME": "none",
    "AWS_DEFAULT_REGION": "none",
    "SOCKET_URL": "ws://none",
    "SOCKET_ENDPOINT": "http://none",
    "GEOIP_PATH": "none",
    "DELIVERIES_QUEUE": "none",
    "DEAD_DELIVERIES_QUEUE": "none",
    "TIMERS_QUEUE": "none",
    "ATTACHMENTS_BUCKET": "none",
    "PHOTOS_BUCKET": "none",
}
"""The contract needs no deployment, but the code that declares it reads the configuration."""


def generate() -> str:
    """The TypeScript of every shape and of the socket frames."""
    from chalicelib.api.openapi import contract  # after the environment is set

    shapes = json.dumps(contract()["components"]["schemas"])
    schema = {
        "title": "Wire",
        "type": "object",
        "$defs": json.loads(shapes.replace("#/components/schemas/", "#/$defs/")),
    }
    made = subprocess.run(  # noqa: S603  # our own command line
        [*COMMAND, "--maxItems=-1", "--bannerComment", HEADER],
        input=json.dumps(schema),
        capture_output=True,
        text=True,
        check=True,
    )
    return _NOISE.sub("", made.stdout).replace("export interface Wire {}\n", "")


if __name__ == "__main__":
    os.environ.update(PLACEHOLDERS)
    TARGET.write_text(generate())
    sys.stdout.write(f"{TARGET}\n")
