"""S3: files that browsers fetch from the edge, or in local stacks from the gateway."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import sdk
from chalicelib.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

IMMUTABLE = "public, max-age=2592000, immutable"
"""For what never changes under its name. Thirty days: what was taken away leaves the caches too."""


@cache
def _client() -> S3Client:
    settings = Config(
        connect_timeout=2,
        read_timeout=5,
        retries={"total_max_attempts": 3, "mode": "standard"},
        request_checksum_calculation="when_required",  # the signature has one of the content
    )
    client: S3Client = sdk.client("s3", settings)
    return client


def put(bucket: str, key: str, content: bytes, content_type: str) -> None:
    """Stores a file that never changes. Raises Unavailable."""
    try:
        _client().put_object(
            Bucket=bucket,
            Key=key,
            Body=content,
            ContentType=content_type,
            CacheControl=IMMUTABLE,
        )
    except (ClientError, BotoCoreError) as error:
        raise Unavailable from error


def remove(bucket: str, key: str) -> None:
    """Takes a file away, if it is there. Raises Unavailable."""
    try:
        _client().delete_object(Bucket=bucket, Key=key)
    except (ClientError, BotoCoreError) as error:
        raise Unavailable from error
