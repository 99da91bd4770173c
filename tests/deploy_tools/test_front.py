"""Widget and panel as a release: what browsers may keep, and what stays for pages that are open."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient

from infra.deploy import front
from infra.deploy.problem import Problem
from tests.deploy_tools.conftest import Cloud, build


@pytest.mark.parametrize("loader", ["load(app)", 'load("widget-0000.js")'])
def test_a_loader_that_does_not_name_the_app_is_refused(tmp_path: Path, loader: str) -> None:
    build(tmp_path)
    (tmp_path / "widget/dist/loader.js").write_text(loader)

    with pytest.raises(Problem, match="does not name"):
        front.build(tmp_path)


@pytest.mark.parametrize("missing", ["widget/dist/loader.js", "panel/dist/index.html"])
def test_what_has_not_been_built_is_named(tmp_path: Path, missing: str) -> None:
    build(tmp_path)
    (tmp_path / missing).unlink()

    with pytest.raises(Problem, match="make build"):
        front.build(tmp_path)


def test_what_the_widget_asks_for_is_named_by_its_content() -> None:
    files = {path: body for path, body in front.build().items() if path.startswith("widget/")}
    loader = files.pop("widget/loader.js")

    assert files
    for path, body in files.items():
        assert hashlib.sha256(body).hexdigest()[:10] in path
        name = path.removeprefix("widget/").encode()
        assert any(name in other for other in (loader, *files.values()))
        assert "immutable" in front.cache_control(path)
    assert "immutable" not in front.cache_control("widget/loader.js")


def test_a_pack_depends_on_the_files_only(tmp_path: Path) -> None:
    build(tmp_path)
    files = front.build(tmp_path)

    assert front.pack(files) == front.pack(dict(reversed(files.items())))
    assert front.unpack(front.pack(files)) == files


def test_files_of_older_releases_stay_while_a_page_may_want_them(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud.deploy()
    old = "panel/assets/index-0000.js"
    bucket = cloud.outputs()["PanelBucket"]
    boto3.client("s3").put_object(Bucket=bucket, Key=old, Body=b"old")
    cloud.package(page="<p>two</p>")
    cloud.deploy()
    assert cloud.file(old)["Body"] == b"old"

    _age(monkeypatch, bucket, timedelta(days=31))
    cloud.package(page="<p>three</p>")
    cloud.deploy()

    listed = boto3.client("s3").list_objects_v2(Bucket=bucket)["Contents"]
    assert old not in {each["Key"] for each in listed}
    assert "panel/index.html" in {each["Key"] for each in listed}


def _age(monkeypatch: pytest.MonkeyPatch, bucket: str, by: timedelta) -> None:
    """S3 says that the bucket's files were uploaded long ago."""
    call = BaseClient._make_api_call

    def answer(client: Any, operation: str, arguments: Any) -> Any:
        found = call(client, operation, arguments)
        if operation == "ListObjectsV2" and arguments["Bucket"] == bucket:
            for each in found["Contents"]:
                each["LastModified"] = datetime.now(UTC) - by
        return found

    monkeypatch.setattr(BaseClient, "_make_api_call", answer)
