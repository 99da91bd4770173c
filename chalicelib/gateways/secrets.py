"""The deployment's secrets: SSM's SecureStrings on AWS, the environment where there is no SSM.

Read at first use, once per process; only functions whose policy says so can read them.
"""

import os
from functools import cache

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import sdk
from chalicelib.config import config
from chalicelib.errors import Unavailable

MIN_BYTES = 32


@cache
def secret_key() -> bytes:
    """What tokens and cursors are signed with.

    Raises Unavailable when it cannot be read, RuntimeError when it is missing or weak.
    """
    key = (_parameter("secret-key") or os.environ.get("SECRET_KEY", "")).encode()
    if len(key) < MIN_BYTES:
        raise RuntimeError(f"the secret key is shorter than {MIN_BYTES} bytes")
    return key


@cache
def origin_secret() -> str | None:
    """What CloudFront shows in `x-messenger-origin`; None where no CloudFront stands before us.

    Raises Unavailable when it cannot be read.
    """
    return _parameter("origin-secret") or os.environ.get("ORIGIN_SECRET") or None


def _parameter(name: str) -> str | None:
    """A parameter of the deployment; None where it keeps its secrets in the environment."""
    folder = config().secrets
    if folder is None:
        return None
    client = sdk.client(
        "ssm",
        Config(
            region_name=config().region,
            connect_timeout=1,
            read_timeout=2,
            retries={"total_max_attempts": 3},
        ),
    )
    try:
        answer = client.get_parameter(Name=f"{folder}/{name}", WithDecryption=True)
    except (BotoCoreError, ClientError) as error:
        raise Unavailable("The secrets of this deployment cannot be read.") from error
    return str(answer["Parameter"]["Value"])
