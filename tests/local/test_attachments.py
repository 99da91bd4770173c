"""What the form of an upload allows, on a bucket that enforces it."""

import json
import re
import urllib.request
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config

from infra.local.harness import Stack, start
from infra.local.settings import ACCESS_KEY_ID, REGION, SECRET_ACCESS_KEY, name_of
from tests.support.forms import fetched, post_form
from tests.support.pictures import png
from tests.support.stacks import new_folder


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    with start(new_folder(tmp_path_factory)) as running:
        yield running


class Visitor:
    def __init__(self, stack: Stack) -> None:
        self.url, self.token = stack.url, ""
        self.token = self.asks("bootstrap", {"inbox": "demo"})["visitor_token"]

    def asks(self, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self.token}"}
        sent = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(f"{self.url}/api/widget/{path}", sent, headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())

    def begins(self, content: bytes) -> Any:
        wish = {"name": "a.png", "size": len(content), "type": "image/png"}
        return self.asks("attachment", wish)


def test_a_file_goes_up_is_sent_and_comes_down(stack: Stack) -> None:
    visitor = Visitor(stack)
    begun = visitor.begins(png())
    assert post_form(begun["upload"]["url"], begun["upload"]["fields"], png()) == 204
    id = begun["attachment_id"]
    visitor.asks(f"attachment/{id}/complete", {})
    visitor.asks("send", {"client_id": "client-0001", "body": "", "attachments": [id]})

    link = visitor.asks(f"attachment/{id}")["url"]
    status, content, headers = fetched(link)
    assert (status, content) == (200, png())
    assert headers["Content-Type"] == "image/png"
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["Cache-Control"].startswith("private")


def test_a_form_takes_nothing_but_what_it_is_for(stack: Stack) -> None:
    begun = Visitor(stack).begins(png())
    url, fields = begun["upload"]["url"], begun["upload"]["fields"]
    wider = json.loads(b64decode(fields["policy"]))
    wider["conditions"] = [["starts-with", "$key", ""]]
    tricks: dict[str, tuple[dict[str, str], bytes]] = {
        "a byte more": (fields, png() + b"\0"),
        "a byte less": (fields, png()[:-1]),
        "another type": (fields | {"Content-Type": "text/html"}, png()),
        "another key": (fields | {"key": "files/vera/f1"}, png()),
        "the checked one": (fields | {"key": f"{fields['key']}.checked"}, png()),
        "a public one": (fields | {"acl": "public-read"}, png()),
        "another policy": (
            fields | {"policy": b64encode(json.dumps(wider).encode()).decode()},
            png(),
        ),
        "no signature": ({k: v for k, v in fields.items() if k != "x-amz-signature"}, png()),
    }
    for trick, (sent, content) in tricks.items():
        assert 400 <= post_form(url, sent, content) < 500, trick

    assert post_form(url, fields, png()) == 204


def test_a_form_and_a_link_run_out(stack: Stack) -> None:
    """The deployment's own, as they were a minute later."""
    client = boto3.client(
        "s3",
        endpoint_url=stack.aws_url,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY_ID,
        aws_secret_access_key=SECRET_ACCESS_KEY,
        config=Config(signature_version="s3v4"),
    )
    bucket = name_of("Attachments")
    for life, put, got in ((60, 204, 200), (-1, 403, 403)):
        form = client.generate_presigned_post(bucket, "quarantine/vera/f", ExpiresIn=life)
        assert post_form(form["url"], form["fields"], png()) == put
        with _long_ago(seconds=0 if life > 0 else 61):
            params = {"Bucket": bucket, "Key": "quarantine/vera/f"}
            link = client.generate_presigned_url("get_object", Params=params, ExpiresIn=60)
        assert fetched(link)[0] == got


@contextmanager
def _long_ago(seconds: int) -> Iterator[None]:
    """The SDK signs by a clock that is behind."""
    then = datetime.now(UTC).replace(tzinfo=None) - timedelta(seconds=seconds)
    with patch("botocore.auth.get_current_datetime", return_value=then):
        yield


def test_nothing_is_fetched_without_a_link(stack: Stack) -> None:
    visitor = Visitor(stack)
    begun = visitor.begins(png())
    url, fields = begun["upload"]["url"], begun["upload"]["fields"]
    assert post_form(url, fields, png()) == 204

    for path in (f"/{fields['key']}", "", "?list-type=2"):
        assert fetched(f"{url}{path}")[0] == 403, path


def test_a_link_is_for_one_file(stack: Stack) -> None:
    visitor = Visitor(stack)
    ids = []
    for number in (1, 2):
        begun = visitor.begins(png())
        post_form(begun["upload"]["url"], begun["upload"]["fields"], png())
        ids.append(begun["attachment_id"])
        visitor.asks(f"attachment/{ids[-1]}/complete", {})
        visitor.asks(
            "send", {"client_id": f"client-000{number}", "body": "", "attachments": ids[-1:]}
        )

    link = visitor.asks(f"attachment/{ids[0]}")["url"]
    other = re.sub(ids[0], ids[1], link)
    assert urlsplit(other).path != urlsplit(link).path

    assert fetched(link)[0] == 200
    assert fetched(other)[0] == 403
