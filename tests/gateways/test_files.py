"""Files in S3, on the embedded AWS."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from chalicelib.errors import Unavailable
from chalicelib.gateways import files
from infra.local.settings import CREDENTIALS, REGION
from tests.support import emulators

BUCKET = "files-of-tests"


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    for name, value in (CREDENTIALS | {"AWS_ENDPOINT_URL": emulators.ministack()}).items():
        monkeypatch.setenv(name, value)
    files._client.cache_clear()
    client = boto3.client("s3")
    where: Any = {"LocationConstraint": REGION}
    client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration=where)
    yield client
    for each in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=each["Key"])
    client.delete_bucket(Bucket=BUCKET)
    files._client.cache_clear()


def test_a_file_is_kept_with_what_browsers_must_know_of_it(s3: Any) -> None:
    files.put(BUCKET, "photos/a.png", b"a picture", "image/png")

    found = s3.get_object(Bucket=BUCKET, Key="photos/a.png")
    assert found["Body"].read() == b"a picture"
    assert found["ContentType"] == "image/png"
    assert found["CacheControl"] == "public, max-age=2592000, immutable"


def test_what_is_taken_away_is_gone_also_the_second_time(s3: Any) -> None:
    files.put(BUCKET, "photos/a.png", b"a picture", "image/png")

    files.remove(BUCKET, "photos/a.png")
    files.remove(BUCKET, "photos/a.png")

    with pytest.raises(ClientError, match="NoSuchKey"):
        s3.get_object(Bucket=BUCKET, Key="photos/a.png")


def test_where_there_is_no_bucket_the_request_may_be_repeated(s3: Any) -> None:
    with pytest.raises(Unavailable):
        files.put("nowhere-to-be-found", "photos/a.png", b"a picture", "image/png")
    with pytest.raises(Unavailable):
        files.remove("nowhere-to-be-found", "photos/a.png")
