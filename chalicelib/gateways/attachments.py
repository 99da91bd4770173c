"""S3, where what people attach lies: uploaded and fetched by browsers, checked and published by us.
Browsers get forms and links that are good for a minute; the bucket is nobody else's.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from msgspec import Struct

from chalicelib import sdk
from chalicelib.config import config
from chalicelib.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

PRIVATE = "private, max-age=31536000, immutable"
"""A link runs out, what its browser has of it does not change."""

_ABSENT = frozenset({"NoSuchKey", "404", "AccessDenied", "403"})
"""S3 says 403 of what is not there to who may not list, and we may not."""


class Form(Struct, frozen=True, kw_only=True):
    """What a browser posts a file with: `fields` first, then the file as `file`."""

    url: str
    fields: dict[str, str]


class Look(Struct, frozen=True, kw_only=True):
    """How browsers take a file."""

    content_type: str
    disposition: str


def form(key: str, content_type: str, size: int, life: timedelta) -> Form:
    """Lets somebody put exactly this many bytes of this type under this key."""
    made = _client().generate_presigned_post(
        config().attachments_bucket,
        key,
        Fields={"Content-Type": content_type},
        Conditions=[{"Content-Type": content_type}, ["content-length-range", size, size]],
        ExpiresIn=int(life.total_seconds()),
    )
    return Form(url=made["url"], fields=made["fields"])


def link(key: str, life: timedelta) -> str:
    """Lets somebody fetch the file."""
    url: str = _client().generate_presigned_url(
        "get_object",
        Params={"Bucket": config().attachments_bucket, "Key": key},
        ExpiresIn=int(life.total_seconds()),
    )
    return url


def read(key: str) -> bytes | None:
    """The whole file; None when there is none. Raises Unavailable."""
    try:
        found = _client().get_object(Bucket=config().attachments_bucket, Key=key)
        return found["Body"].read()
    except ClientError as error:
        if error.response["Error"]["Code"] in _ABSENT:
            return None
        raise Unavailable from error
    except BotoCoreError as error:
        raise Unavailable from error


def keep(key: str, content: bytes, look: Look) -> None:
    """Stores a file as browsers shall get it. Raises Unavailable."""
    try:
        _client().put_object(
            Bucket=config().attachments_bucket,
            Key=key,
            Body=content,
            ContentType=look.content_type,
            ContentDisposition=look.disposition,
            CacheControl=PRIVATE,
        )
    except (ClientError, BotoCoreError) as error:
        raise Unavailable from error


def publish(source: str, target: str) -> None:
    """A copy of the file under another key, with all that browsers know of it.

    Raises Unavailable.
    """
    bucket = config().attachments_bucket
    came_from: Any = {"Bucket": bucket, "Key": source}
    try:
        _client().copy_object(Bucket=bucket, Key=target, CopySource=came_from)
    except (ClientError, BotoCoreError) as error:
        raise Unavailable from error


@cache
def _client() -> S3Client:
    settings = Config(
        connect_timeout=2,
        read_timeout=10,
        retries={"total_max_attempts": 3, "mode": "standard"},
        request_checksum_calculation="when_required",  # the signature has one of the content
        signature_version="s3v4",
        # Browsers are led to the region's own name: from the global one a new bucket redirects.
        s3={"addressing_style": "virtual"},
        max_pool_connections=32,
    )
    client: S3Client = sdk.client("s3", settings)
    return client
