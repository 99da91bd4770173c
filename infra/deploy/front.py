"""Widget and panel: packed for a release, and uploaded so that browsers keep what never changes."""

import io
import mimetypes
import re
import time
import zipfile
from collections.abc import Container, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from infra.deploy.account import Account
from infra.deploy.problem import Problem

ROOT = Path(__file__).parents[2]
_EPOCH = (1980, 1, 1, 0, 0, 0)
_FOREVER = "public, max-age=31536000, immutable"
_SHORT = "public, max-age=300"
_NEVER = "no-cache"
# A page may stay open over several releases.
_KEEP = timedelta(days=30)
# What the loader asks for: like the app's parts it is named by its content (widget/build.mjs).
_LOADED = re.compile(rb'["`](widget-\w+\.js)["`]')
Files = dict[str, bytes]


def build(root: Path = ROOT) -> Files:
    """The built files by their path on the domain. Raises Problem when something is not built."""
    widget = {f"widget/{path}": body for path, body in _files(root / "widget/dist")}
    panel = {f"panel/{path}": body for path, body in _files(root / "panel/dist")}
    for needed, files in (("widget/loader.js", widget), ("panel/index.html", panel)):
        if needed not in files:
            raise Problem(f"{needed} has not been built. Run `make build`.")
    loaded = _LOADED.search(widget["widget/loader.js"])
    if loaded is None or f"widget/{loaded[1].decode()}" not in widget:
        raise Problem("The widget's loader does not name its app. Run `make build`.")
    return widget | panel


def pack(files: Mapping[str, bytes]) -> bytes:
    """A zip that depends on the files only."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(files):
            archive.writestr(
                zipfile.ZipInfo(path, _EPOCH), files[path], compress_type=zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()


def unpack(packed: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def cache_control(path: str) -> str:
    """Fingerprinted files for ever, the loader for five minutes, pages never without asking."""
    if path == "widget/loader.js":
        return _SHORT
    return _FOREVER if path.startswith(("panel/assets/", "widget/")) else _NEVER


def publish(
    account: Account, outputs: Mapping[str, str], files: Files, before: Container[str]
) -> None:
    """Uploads the files, those first that others name, and has the edge forget what it kept.

    `before` are the paths of the release that open pages may still run: they stay.
    """
    s3 = account.client("s3")
    for path in sorted(files, key=lambda each: (cache_control(each) != _FOREVER, each)):
        s3.put_object(
            Bucket=_bucket(path, outputs),
            Key=path,
            Body=files[path],
            ContentType=_content_type(path),
            CacheControl=cache_control(path),
        )
    _forget(account, outputs["DistributionId"])
    for folder in ("widget/", "panel/"):
        _sweep(s3, _bucket(folder, outputs), files, before)


def empty(s3: Any, bucket: str) -> None:
    """Removes every object of a bucket, all versions of them."""
    pages = s3.get_paginator("list_object_versions").paginate(Bucket=bucket)
    for page in pages:
        named = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        objects = [{"Key": each["Key"], "VersionId": each["VersionId"]} for each in named]
        if objects:
            s3.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        # `.built` is the stamp of infra/local/build.sh.
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(folder).as_posix(), path.read_bytes()


def _bucket(path: str, outputs: Mapping[str, str]) -> str:
    return outputs["WidgetBucket" if path.startswith("widget/") else "PanelBucket"]


def _content_type(path: str) -> str:
    kind = {".woff2": "font/woff2", ".js": "text/javascript"}.get(Path(path).suffix)
    kind = kind or mimetypes.guess_type(path)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind == "application/json"
    return f"{kind}; charset=utf-8" if is_text else kind


def _forget(account: Account, distribution: str) -> None:
    """What is not fingerprinted; `/*` counts as one path, of which 1,000 a month are free."""
    account.client("cloudfront").create_invalidation(
        DistributionId=distribution,
        InvalidationBatch={
            "Paths": {"Quantity": 1, "Items": ["/*"]},
            "CallerReference": str(time.time_ns()),
        },
    )


def _sweep(s3: Any, bucket: str, files: Files, before: Container[str]) -> None:
    """Removes what no open page can still want."""
    old = datetime.now(UTC) - _KEEP
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for each in page.get("Contents", []):
            is_wanted = each["Key"] in files or each["Key"] in before
            if not is_wanted and each["LastModified"] < old:
                s3.delete_object(Bucket=bucket, Key=each["Key"])
