"""What the deployment tells the code: environment variables, read in this one place."""

import os
from functools import cache
from typing import Literal

from msgspec import Struct

Networks = Literal["public", "any"]


class Config(Struct, frozen=True, kw_only=True):
    """`socket_url` is what clients connect to, `socket_endpoint` where frames are posted.

    The queues are URLs. `webhook_networks` says where webhooks may lead: to public addresses, or
    (on one's own machine) anywhere. `rate_limits`: False on a machine that is to show how much it
    bears. `secrets` is the path of the parameters that hold the secrets;
    None where they stand in the environment (gateways/secrets.py).
    """

    table_name: str
    region: str
    socket_url: str
    socket_endpoint: str
    geoip_path: str
    stage: str
    deliveries_queue: str
    dead_deliveries_queue: str
    timers_queue: str
    photos_bucket: str
    attachments_bucket: str
    close_after_days: int
    webhook_networks: Networks
    rate_limits: bool
    secrets: str | None


@cache
def config() -> Config:
    """The configuration of this process.

    Raises RuntimeError naming a variable that is missing or makes no sense.
    """
    return Config(
        table_name=_required("TABLE_NAME"),
        region=os.environ.get("AWS_REGION") or _required("AWS_DEFAULT_REGION"),
        socket_url=_required("SOCKET_URL"),
        socket_endpoint=_required("SOCKET_ENDPOINT"),
        geoip_path=_required("GEOIP_PATH"),
        stage=os.environ.get("STAGE", "local"),
        deliveries_queue=_required("DELIVERIES_QUEUE"),
        dead_deliveries_queue=_required("DEAD_DELIVERIES_QUEUE"),
        timers_queue=_required("TIMERS_QUEUE"),
        photos_bucket=_required("PHOTOS_BUCKET"),
        attachments_bucket=_required("ATTACHMENTS_BUCKET"),
        close_after_days=_days("CLOSE_AFTER_DAYS", 14),
        webhook_networks=_networks("WEBHOOK_NETWORKS"),
        rate_limits=_switch("RATE_LIMITS"),
        secrets=os.environ.get("SECRETS") or None,
    )


def _required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(f"the environment variable {name} is not set")
    return value


def _days(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise RuntimeError(f"{name} is not a number of days: {value}")
    return int(value)


def _networks(name: str) -> Networks:
    match os.environ.get(name) or "public":
        case "public":
            return "public"
        case "any":
            return "any"
        case other:
            raise RuntimeError(f"{name} is neither public nor any: {other}")


def _switch(name: str) -> bool:
    value = os.environ.get(name) or "on"
    if value not in ("on", "off"):
        raise RuntimeError(f"{name} is neither on nor off: {value}")
    return value == "on"
