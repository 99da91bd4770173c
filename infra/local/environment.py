"""What the app reads from its environment, in the local stack."""

import os
from pathlib import Path

from infra.local.folder import DataFolder
from infra.local.settings import LOOPBACK, use_local_credentials

TABLE = "messenger"
_GEOIP = Path(__file__).parents[2] / ".local/GeoLite2-City.mmdb"


def app_environment(folder: DataFolder, port: int, aws_port: int) -> dict[str, str]:
    """The environment of the gateway and of the commands beside it."""
    use_local_credentials()
    return {
        "GEOIP_PATH": str(_GEOIP),
        "SECRET_KEY": folder.secret(),
        "STAGE": "local",
        **os.environ,
        "AWS_ENDPOINT_URL": f"http://{LOOPBACK}:{aws_port}",
        "PYTHONUNBUFFERED": "1",
        "SOCKET_ENDPOINT": f"http://{LOOPBACK}:{port}",
        "SOCKET_URL": f"ws://{LOOPBACK}:{port}/ws",
        "TABLE_NAME": TABLE,
    }
