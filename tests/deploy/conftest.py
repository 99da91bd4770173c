"""A deployment for each file: packaged, deployed, and a company founded in it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.local.settings import CREDENTIALS
from infra.package import template, wheels
from infra.package.__main__ import function
from tests.deploy.cloud import Cloud, Tree, running
from tests.deploy.receiver import Receiver, listening

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def sam() -> Tree:
    """The template as `make package` writes it."""
    return template.build()


@pytest.fixture(scope="module")
def cloud(sam: Tree, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cloud]:
    folder = tmp_path_factory.mktemp("cloud")
    code = folder / "function.zip"
    function(code, ROOT / ".local/wheels", wheels.HERE)
    with running(folder) as aws:
        aws.deploy(code, sam)
        _found_company(aws)
        yield aws


@pytest.fixture(scope="session")
def receiver() -> Iterator[Receiver]:
    with listening() as somebody:
        yield somebody


def _found_company(cloud: Cloud) -> None:
    variables = {
        "AWS_ENDPOINT_URL": cloud.url,
        "DEAD_DELIVERIES_QUEUE": "none",
        "DELIVERIES_QUEUE": "none",
        "GEOIP_PATH": "none",
        "ATTACHMENTS_BUCKET": "none",
        "PHOTOS_BUCKET": "none",
        "SOCKET_ENDPOINT": "http://none",
        "SOCKET_URL": "ws://none",
        "TABLE_NAME": cloud.table,
        "TIMERS_QUEUE": "none",
    }
    subprocess.run(
        [sys.executable, "-m", "tests.deploy.seed"],
        cwd=ROOT,
        env=os.environ | CREDENTIALS | variables,
        check=True,
    )
