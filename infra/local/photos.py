"""Operators' photos out of their bucket, as the edge shows them."""

import asyncio
import os
from functools import cache
from typing import Any

import boto3
from aiohttp import web

from infra.local.static import PHOTO_HEADERS


async def photo(request: web.Request) -> web.StreamResponse:
    return await asyncio.to_thread(_photo, request.match_info["name"])


def _photo(name: str) -> web.Response:
    try:
        found = _files().get_object(Bucket=os.environ["PHOTOS_BUCKET"], Key=f"photos/{name}")
    except _files().exceptions.NoSuchKey:
        return web.Response(status=404, text="Not found.")
    headers = {
        **PHOTO_HEADERS,
        "Cache-Control": found["CacheControl"],
        "Content-Type": found["ContentType"],
    }
    return web.Response(body=found["Body"].read(), headers=headers)


@cache
def _files() -> Any:
    return boto3.client("s3")
