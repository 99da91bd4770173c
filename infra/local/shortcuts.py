"""Makes the emulator's DynamoDB cheap enough for a development machine, without changing answers.

A profile of a 3-item transaction shows deep copies, parsing the same expressions again, routing and
policies above everything else.
"""

import copy
import functools
from types import SimpleNamespace
from typing import Any

from aiohttp import web

from infra.local.emulator import dynamodb, get_account_id, set_request_region, streams
from infra.local.key_conditions import KeyConditions
from infra.local.settings import ACCESS_KEY_ID, ACCOUNT, REGION

_CREDENTIAL = f"Credential={ACCESS_KEY_ID}/"
_SCOPE = f"/{REGION}/dynamodb/aws4_request"


def _copy_item(value: Any) -> Any:
    """A deep copy of what DynamoDB stores: plain dicts and lists of strings."""
    kind = type(value)
    if kind is dict:
        return {key: _copy_item(inner) for key, inner in value.items()}
    if kind is list:
        return [_copy_item(inner) for inner in value]
    if kind is str or value is None or kind is bool:
        return value
    return copy.deepcopy(value)


def install() -> None:
    """Replace the emulator's slow helpers by equal faster ones."""
    tokenize = functools.lru_cache(4096)(dynamodb._tokenize)
    dynamodb._tokenize = lambda expression: list(tokenize(expression))
    dynamodb._condition_syntax_error = functools.lru_cache(4096)(dynamodb._condition_syntax_error)
    dynamodb._evaluate_condition = KeyConditions(dynamodb._evaluate_condition)
    dynamodb.copy = SimpleNamespace(deepcopy=_copy_item, copy=copy.copy)


async def answer(request: web.BaseRequest) -> web.StreamResponse | None:
    """Answer a DynamoDB request signed with the local root key; None for every other request.

    The emulator does not verify that key's signatures and its policies never deny it, so nothing
    is lost by going past both.
    """
    target = request.headers.get("X-Amz-Target", "")
    authorization = request.headers.get("Authorization", "")
    if not target.startswith("DynamoDB") or _CREDENTIAL not in authorization:
        return None
    if _SCOPE not in authorization or get_account_id() != ACCOUNT:
        return None
    set_request_region(REGION)
    handler = streams if target.startswith("DynamoDBStreams") else dynamodb
    body = await request.read()
    status, headers, answer = await handler.handle_request(
        "POST", "/", {"x-amz-target": target}, body, {}
    )
    return web.Response(status=status, headers=headers, body=answer)
