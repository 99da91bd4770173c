"""Widget and panel as a release: what browsers may keep, and what stays for pages that are open."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.client import BaseClient

from infra.deploy import front
from infra.deploy.problem import Problem
from tests.deploy_tools.conftest import Cloud, build


def test_the_loader_names_the_app_by_its_content(tmp_path: Path) -> None:
    build(tmp_path)
    one = front.build(tmp_path)
    (tmp_path / "widget/dist/widget.js").write_text("app(2)")
    two = front.build(tmp_path)

    apps = [next(name for name in each if "widget-" in name) for each in (one, two)]
    assert apps[0] != apps[1]
    for files, app in zip((one, two), apps, strict=True):
        assert app.removeprefix("widget/").encode() in files["widget/loader.js"]
        assert "widget/widget.js" not in files


def test_a_loader_that_does_not_name_the_app_is_refused(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / "widget/dist/loader.js").write_text("load(app)")

    with pytest.raises(Problem, match="does not name"):
        front.build(tmp_path)


@pytest.mark.parametrize("missing", ["widget/dist/loader.js", "panel/dist/index.html"])
def test_what_has_not_been_built_is_named(tmp_path: Path, missing: str) -> None:
    build(tmp_path)
    (tmp_path / missing).unlink()

    with pytest.raises(Problem, match="make build"):
        front.build(tmp_path)


def test_the_real_loader_can_be_fingerprinted() -> None:
    files = front.build()

    assert sum(name.startswith("widget/widget-") for name in files) == 1


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
