"""Frames out: API Gateway's @connections."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib import sdk
from chalicelib.config import config

if TYPE_CHECKING:
    from mypy_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient


@cache
def _client() -> ApiGatewayManagementApiClient:
    settings = Config(
        connect_timeout=1,
        read_timeout=2,
        retries={"total_max_attempts": 2, "mode": "standard"},
        parameter_validation=False,
        user_agent=sdk.USER_AGENT,
    )
    client: ApiGatewayManagementApiClient = sdk.client(
        "apigatewaymanagementapi", settings, config().socket_endpoint
    )
    sdk.hasten(client, connect_timeout=1, read_timeout=2)
    return client


def post(connection_id: str, frame: bytes) -> bool:
    """Sends a frame; False when the socket is gone. A frame that fails otherwise is found by the
    client's next ping.
    """
    try:
        _client().post_to_connection(ConnectionId=connection_id, Data=frame)
    except ClientError as error:
        return error.response["Error"]["Code"] != "GoneException"
    except BotoCoreError:
        return True
    return True


def close(connection_id: str) -> None:
    """Ends a socket; one that is gone already is fine."""
    try:
        _client().delete_connection(ConnectionId=connection_id)
    except (ClientError, BotoCoreError):
        return
