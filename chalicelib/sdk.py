"""Clients of the AWS SDK, and a short cut through it for calls that go well; whatever does not, the
SDK does itself.

Serialising, signing and HTTP stay the SDK's, and so does its `before-send` event. Left out are the
other events, its retries, its walk over the shapes of an answer, and looking up again for each call
where its service is (DECISIONS.md has the figures).
"""

import json
import socket
from collections.abc import Mapping
from functools import cache
from typing import Any

from botocore import session
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.client import BaseClient
from botocore.config import Config
from botocore.exceptions import BotoCoreError
from botocore.httpsession import URLLib3Session
from botocore.model import OperationModel
from botocore.signers import RequestSigner

Parsed = dict[str, Any]

USER_AGENT = "messenger"
"""For a client's configuration: the SDK builds its own anew for every call."""

CONDITIONS = frozenset({"ConditionalCheckFailedException", "TransactionCanceledException"})
"""Refusals that are answers: repeating the call would not change them."""

GONE = 410
"""What @connections says of a socket that is no more, and that is an answer, too."""


def client(service: str, config: Config, endpoint: str | None = None) -> Any:
    """A client without boto3, whose transfers and resources cost every cold start 12 ms."""
    return _sdk().create_client(service, config=config, endpoint_url=endpoint)


@cache
def _sdk() -> session.Session:
    return session.get_session()


def hasten(client: BaseClient, *, connect_timeout: float, read_timeout: float) -> None:
    """Lets a client of DynamoDB or @connections take the short cut; timeouts in seconds."""
    http = _session(connect_timeout, read_timeout)
    events: Any = client.meta.events  # its stub knows neither of the two methods used here
    service = client.meta.service_model.service_id.hyphenize()

    def call(
        model: OperationModel, params: Mapping[str, Any], request_signer: RequestSigner, **_: Any
    ) -> tuple[AWSResponse, Parsed] | None:
        request = _signed(params, request_signer).prepare()
        asked = events.emit_until_response(f"before-send.{service}.{model.name}", request=request)
        try:
            return _understood(asked[1] or http.send(request))
        except (BotoCoreError, ValueError):
            return None  # the SDK sends it again, with the same idempotency token

    events.register(f"before-call.{service}", call)
    _settle_endpoint(client)


def _settle_endpoint(client: Any) -> None:
    """What the SDK finds for the first call holds for all: none names its table by an ARN, the only
    part of a call on which an endpoint of ours depends.
    """
    resolver = client._ruleset_resolver  # no public name leads to it
    resolve = resolver.construct_endpoint
    found: list[Any] = []

    def settled(**call: Any) -> Any:
        if not found:
            found.append(resolve(**call))
        return found[0]

    resolver.construct_endpoint = settled


def _session(connect_timeout: float, read_timeout: float) -> URLLib3Session:
    """The SDK's HTTP, with the options that the SDK gives it."""
    options: dict[str, Any] = {
        "timeout": (connect_timeout, read_timeout),
        "max_pool_connections": 64,
        "socket_options": [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
    }
    return URLLib3Session(**options)


def _signed(params: Mapping[str, Any], signer: RequestSigner) -> AWSRequest:
    request = AWSRequest(
        params["method"], params["url"], headers=params["headers"], data=params["body"]
    )
    signer.get_auth_instance(signer.signing_name, signer.region_name).add_auth(request)
    return request


def _understood(response: AWSResponse) -> tuple[AWSResponse, Parsed] | None:
    """The answer as the SDK would have parsed it; None for what it should handle itself."""
    if response.status_code not in (200, 400, GONE):
        return None
    parsed: Parsed = json.loads(response.content) if response.content else {}
    parsed["ResponseMetadata"] = {
        "HTTPStatusCode": response.status_code,
        "HTTPHeaders": dict(response.headers),
    }
    if response.status_code == GONE:
        parsed["Error"] = {"Code": "GoneException", "Message": ""}
    elif response.status_code == 400:
        code = str(parsed.get("__type", "")).rpartition("#")[2]
        if code not in CONDITIONS:
            return None
        words = parsed.get("message") or parsed.get("Message") or ""
        parsed["Error"] = {"Code": code, "Message": words}
    return response, parsed
