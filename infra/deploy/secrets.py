"""The stage's secrets in SSM: made here when absent, never changed, never shown."""

from secrets import token_urlsafe
from typing import Any

from infra.deploy.account import Account
from infra.deploy.stage import Stage
from infra.deploy.talk import say

NAMES = ("secret-key", "origin-secret")
BYTES = 48


def ensure(stage: Stage, account: Account) -> str:
    """Creates what is absent; the origin secret, which the distribution is told as well."""
    ssm = account.client("ssm")
    for name in NAMES:
        _create(ssm, f"{stage.secrets}/{name}")
    found = ssm.get_parameter(Name=f"{stage.secrets}/origin-secret", WithDecryption=True)
    secret: str = found["Parameter"]["Value"]
    return secret


def delete(stage: Stage, account: Account) -> None:
    account.client("ssm").delete_parameters(Names=[f"{stage.secrets}/{name}" for name in NAMES])


def _create(client: Any, name: str) -> None:
    try:
        client.put_parameter(Name=name, Value=token_urlsafe(BYTES), Type="SecureString")
    except client.exceptions.ParameterAlreadyExists:
        return
    say(f"Created the secret {name}.")
