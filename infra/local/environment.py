"""What the app reads from its environment, in the local stack."""

import os
from pathlib import Path

from infra.local.folder import DataFolder
from infra.local.settings import ACCOUNT, CREDENTIALS, LOOPBACK, name_of, use_local_credentials

TABLE = "messenger"
_GEOIP = Path(__file__).parents[2] / ".local/GeoLite2-City.mmdb"


def app_environment(folder: DataFolder, port: int, aws_port: int) -> dict[str, str]:
    """The environment of the gateway and of the commands beside it."""
    use_local_credentials()
    aws = f"http://{LOOPBACK}:{aws_port}"
    ours = {
        "ATTACHMENTS_BUCKET": name_of("Attachments"),
        "AWS_ENDPOINT_URL": aws,
        "DEAD_DELIVERIES_QUEUE": f"{aws}/{ACCOUNT}/{name_of('DeadDeliveries')}",
        "DELIVERIES_QUEUE": f"{aws}/{ACCOUNT}/{name_of('Deliveries')}",
        "GEOIP_PATH": os.environ.get("GEOIP_PATH", str(_GEOIP)),
        "PHOTOS_BUCKET": name_of("Photos"),
        "PYTHONUNBUFFERED": "1",
        "SECRET_KEY": folder.secret(),
        "SOCKET_ENDPOINT": f"http://{LOOPBACK}:{port}",
        "SOCKET_URL": f"ws://{LOOPBACK}:{port}/ws",
        "STAGE": "local",
        "TABLE_NAME": TABLE,
        "TIMERS_QUEUE": f"{aws}/{ACCOUNT}/{name_of('Timers')}",
        "WEBHOOK_NETWORKS": "any",
    }
    folder.note_environment(ours | CREDENTIALS)
    return {**os.environ, **ours}
