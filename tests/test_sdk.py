"""The short cut through the SDK: what it answers itself, and what it leaves to the SDK."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import ClientError

from chalicelib import sdk

ENDPOINT = "http://127.0.0.1:1"


class Wire:
    """Answers a client's requests before they are sent, in order, the last one for ever."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.answers: list[tuple[int, bytes]] = [(200, b"{}")]
        self.requests: list[Any] = []
        client.meta.events.register("before-send", self._answer)

    def _answer(self, request: Any, **_: Any) -> AWSResponse:
        self.requests.append(request)
        status, body = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        response = AWSResponse(request.url, status, {}, None)
        response._content = body
        return response


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    retries = {"total_max_attempts": 2, "mode": "standard"}
    config = Config(region_name="eu-central-1", retries=retries, parameter_validation=False)
    client = sdk.client("dynamodb", config, ENDPOINT)
    sdk.hasten(client, connect_timeout=1, read_timeout=1)
    yield Wire(client)
    client.close()


def _get(wire: Wire) -> Any:
    return wire.client.get_item(TableName="messenger", Key={"pk": {"S": "a"}})


def test_an_item_is_the_answer_as_it_came(wire: Wire) -> None:
    wire.answers = [(200, b'{"Item": {"pk": {"S": "a"}}}')]

    assert _get(wire)["Item"] == {"pk": {"S": "a"}}
    assert wire.requests[0].headers["Authorization"].startswith("AWS4-HMAC-SHA256")


def test_the_endpoint_is_looked_up_once(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up = []
    provider = wire.client._ruleset_resolver._provider
    resolve = provider.resolve_endpoint
    monkeypatch.setattr(
        provider, "resolve_endpoint", lambda **call: looked_up.append(call) or resolve(**call)
    )

    for _ in range(3):
        _get(wire)
    wire.client.delete_item(TableName="other", Key={"pk": {"S": "a"}})

    assert len(looked_up) == 1
    assert [request.url for request in wire.requests] == [f"{ENDPOINT}/"] * 4
    targets = [request.headers["X-Amz-Target"] for request in wire.requests]
    assert [str(target) for target in targets[2:]] == [
        "DynamoDB_20120810.GetItem",
        "DynamoDB_20120810.DeleteItem",
    ]


def test_a_broken_condition_is_not_tried_again(wire: Wire) -> None:
    wire.answers = [(400, b'{"__type": "x#ConditionalCheckFailedException", "message": "no"}')]

    with pytest.raises(ClientError, match="ConditionalCheckFailedException"):
        _get(wire)
    assert len(wire.requests) == 1


@pytest.mark.parametrize(
    "fault",
    [(500, b"{}"), (400, b'{"__type": "x#ThrottlingException"}'), (200, b"<html>")],
    ids=["broken", "throttled", "not JSON"],
)
def test_what_went_wrong_is_repeated_by_the_sdk(wire: Wire, fault: tuple[int, bytes]) -> None:
    wire.answers = [fault, (200, b'{"Item": {"pk": {"S": "a"}}}')]

    assert _get(wire)["Item"] == {"pk": {"S": "a"}}
    assert len(wire.requests) == 2
