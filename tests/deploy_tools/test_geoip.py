"""`make geoip`: MaxMind's database into a layer, and the layer onto a stage."""

import gzip
import hashlib
import io
import json
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import boto3
import pytest
from mmdb_writer import MMDBWriter
from netaddr import IPSet

from infra.deploy import geoip
from infra.deploy.problem import Problem
from tests.deploy_tools.conftest import Cloud

KEY = "a-licence-key"


def database(folder: Path, kind: str = "GeoLite2-City") -> bytes:
    path = folder / f"{kind}.mmdb"
    writer = MMDBWriter(ip_version=6, ipv4_compatible=True, database_type=kind)
    names = {"en": "Russia", "ru": "Россия"}
    russia = {"country": {"iso_code": "RU", "names": names}}
    writer.insert_network(IPSet(["203.0.113.0/24"]), russia)
    writer.to_db_file(str(path))
    return path.read_bytes()


def archive(content: bytes, name: str = "GeoLite2-City_20261120/GeoLite2-City.mmdb") -> bytes:
    """As MaxMind packs it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for each, body in (("GeoLite2-City_20261120/LICENSE.txt", b"licence"), (name, content)):
            entry = tarfile.TarInfo(each)
            entry.size = len(body)
            tar.addfile(entry, io.BytesIO(body))
    return packed.getvalue()


@contextmanager
def maxmind(content: bytes, digest: str | None = None, status: int = 200) -> Iterator[str]:
    """MaxMind's download service; its address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            right = f"license_key={KEY}" in self.path and "edition_id=GeoLite2-City" in self.path
            self.send_response(status if right else 401)
            self.end_headers()
            if right and status == 200:
                checksum = f"{digest or hashlib.sha256(content).hexdigest()}  GeoLite2-City.tar.gz"
                self.wfile.write(checksum.encode() if self.path.endswith("sha256") else content)

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/geoip_download"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def packed(layer: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(layer) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_the_database_is_fetched_with_the_companys_own_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, layer = database(tmp_path), tmp_path / "dist/layer.zip"

    with maxmind(archive(content)) as source:
        geoip.run(KEY, "", layer, source)

    assert packed(layer)["GeoLite2-City.mmdb"] == content
    said = capsys.readouterr().out
    assert "GeoLite2-City of 20" in said
    assert KEY not in said


@pytest.mark.parametrize("pack", [bytes, gzip.compress, archive])
def test_a_file_is_taken_as_it_is_or_packed(tmp_path: Path, pack: object) -> None:
    content, file = database(tmp_path), tmp_path / "file"
    file.write_bytes(pack(content))  # type: ignore[operator]

    geoip.run("", str(file), tmp_path / "layer.zip")

    found = packed(tmp_path / "layer.zip")
    assert found["GeoLite2-City.mmdb"] == content
    assert json.loads(found["places.json"])["countries"] == [["RU", "", "Россия", "Russia"]]


def test_the_same_database_gives_the_same_layer(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(database(tmp_path))

    for name in ("one.zip", "two.zip"):
        geoip.run("", str(tmp_path / "file"), tmp_path / name)

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a MaxMind database"),
        (b"<html>not found</html>", "not a MaxMind database"),
        (gzip.compress(b"x" * 10_000)[:40], "broken"),
        (archive(b"x", "folder/readme.md"), "no .mmdb file"),
        (archive(b"x" * 5000), "not a MaxMind database"),
    ],
    ids=["nothing", "a page", "broken off", "without a database", "something else"],
)
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "file").write_bytes(content)

    with pytest.raises(Problem, match=words):
        geoip.run("", str(tmp_path / "file"), tmp_path / "layer.zip")

    assert not (tmp_path / "layer.zip").exists()


def test_a_database_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(database(tmp_path, "GeoLite2-ASN"))

    with pytest.raises(Problem, match="GeoLite2-ASN, not a City"):
        geoip.run("", str(tmp_path / "file"), tmp_path / "layer.zip")


def test_a_wrong_key_a_broken_download_and_a_dead_network_are_told_without_the_key(
    tmp_path: Path,
) -> None:
    layer, content = tmp_path / "layer.zip", archive(database(tmp_path))

    with maxmind(content) as source, pytest.raises(Problem, match="does not accept") as wrong:
        geoip.run("another-key", "", layer, source)
    with maxmind(content, "0" * 64) as source, pytest.raises(Problem, match="checksum"):
        geoip.run(KEY, "", layer, source)
    with maxmind(content, status=429) as source, pytest.raises(Problem, match="today"):
        geoip.run(KEY, "", layer, source)
    with pytest.raises(Problem, match="does not answer") as dead:
        geoip.run(KEY, "", layer, source)

    assert "another-key" not in str(wrong.value)
    assert KEY not in str(dead.value)


def test_without_a_key_or_a_file_the_command_says_what_it_needs(cloud: Cloud) -> None:
    from infra.deploy.__main__ import main

    assert main(["geoip"], cloud.desk) == 1
    assert "KEY=" in cloud.heard()
    assert main(["geoip", "--file", "/nowhere"], cloud.desk) == 1
    assert "/nowhere cannot be read" in cloud.heard()


def test_a_layer_is_published_once_and_found_again_without_the_file(cloud: Cloud) -> None:
    (cloud.desk.root / "file").write_bytes(database(cloud.desk.root))
    geoip.run("", str(cloud.desk.root / "file"), cloud.desk.geoip_layer)

    first, again = cloud.deploy(), cloud.deploy()
    cloud.desk.geoip_layer.unlink()
    elsewhere = cloud.deploy()

    found = boto3.client("lambda").list_layer_versions(LayerName=f"{cloud.stack}-geoip")
    arn = found["LayerVersions"][0]["LayerVersionArn"]
    assert len(found["LayerVersions"]) == 1
    assert "Published the GeoIP database" in first
    assert "Published" not in again + elsewhere
    assert _parameters(cloud)["GeoIpLayerArn"] == arn


def test_without_any_database_the_deployment_says_what_that_means(cloud: Cloud) -> None:
    assert "nobody's region is known" in cloud.deploy()
    assert _parameters(cloud)["GeoIpLayerArn"] == ""


def _parameters(cloud: Cloud) -> dict[str, str]:
    s3 = boto3.client("s3")
    bucket = f"messenger-{cloud.stage}-artefacts-000000000000-eu-central-1"
    running = s3.get_object(Bucket=bucket, Key="releases/current")["Body"].read().decode()
    release = s3.get_object(Bucket=bucket, Key=f"releases/{running}.json")["Body"].read()
    parameters: dict[str, str] = json.loads(release)["parameters"]
    return parameters
