"""What the deployment tells the code: environment variables, read in this one place."""

import os
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """`socket_url` is what clients connect to, `socket_endpoint` where frames are posted."""

    table_name: str
    region: str
    secret_key: bytes
    socket_url: str
    socket_endpoint: str
    geoip_path: str
    stage: str


@cache
def config() -> Config:
    """The configuration of this process.

    Raises RuntimeError naming a variable that is missing or weak.
    """
    secret = _required("SECRET_KEY").encode()
    if len(secret) < 32:
        raise RuntimeError("SECRET_KEY is shorter than 32 bytes")
    return Config(
        table_name=_required("TABLE_NAME"),
        region=os.environ.get("AWS_REGION") or _required("AWS_DEFAULT_REGION"),
        secret_key=secret,
        socket_url=_required("SOCKET_URL"),
        socket_endpoint=_required("SOCKET_ENDPOINT"),
        geoip_path=_required("GEOIP_PATH"),
        stage=os.environ.get("STAGE", "local"),
    )


def _required(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(f"the environment variable {name} is not set")
    return value
