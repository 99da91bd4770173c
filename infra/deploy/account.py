"""The AWS account and region that a command works in, checked before anything is done."""

import os
from dataclasses import dataclass
from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from infra.deploy.problem import Problem
from infra.deploy.stage import Stage

_CONFIG = Config(connect_timeout=5, read_timeout=60, retries={"total_max_attempts": 4})
EDGE_REGION = "us-east-1"
"""Where CloudFront takes certificates and web ACLs from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`pace` is the time in seconds between two looks at something that takes its time."""

    id: str
    who: str
    region: str
    session: boto3.Session
    pace: float = 2.0

    def client(self, service: str, region: str | None = None) -> Any:
        """A client of the service, in the stage's region unless another is given."""
        return _client(self.session, service, region or self.region)


@cache
def _client(session: Any, service: str, region: str) -> Any:
    """Kept: making one takes longer than most calls."""
    return session.client(service, region_name=region, config=_CONFIG)


def enter(stage: Stage, pace: float = 2.0) -> Account:
    """The account of the credentials at hand, in the stage's region.

    Raises Problem when the region does not exist or is not the stage's, and what `explained`
    explains.
    """
    session = boto3.Session()
    region = _region(stage, session)
    who = _client(session, "sts", region).get_caller_identity()
    account = Account(id=who["Account"], who=who["Arn"], region=region, session=session, pace=pace)
    _is_at_home(stage, account)
    return account


def artefact_bucket(stage: Stage, account: Account) -> str:
    """The name says the account and region, for bucket names are the whole world's."""
    return f"{_home(stage, account)}{account.region}"


def _home(stage: Stage, account: Account) -> str:
    return f"messenger-{stage.name}-artefacts-{account.id}-"


def _region(stage: Stage, session: boto3.Session) -> str:
    from_environment = os.environ.get("AWS_REGION") or session.region_name
    region = stage.region or from_environment
    if not region:
        raise Problem("No region: say `region` in the stage's settings, or set AWS_REGION.")
    known = (
        session.get_available_regions("cloudformation", partition)
        for partition in session.get_available_partitions()
    )
    if not any(region in regions for regions in known):
        raise Problem(f"There is no AWS region {region}.")
    asked = os.environ.get("AWS_REGION")
    if asked and asked != region:
        raise Problem(
            f"The settings of {stage.name} say {region}, AWS_REGION says {asked}. Unset one."
        )
    return region


def _is_at_home(stage: Stage, account: Account) -> None:
    """A stage stays in its region: a second one elsewhere would begin without its data."""
    home = _home(stage, account)
    buckets = account.client("s3").list_buckets()["Buckets"]
    elsewhere = {
        bucket["Name"].removeprefix(home) for bucket in buckets if bucket["Name"].startswith(home)
    } - {account.region}
    if elsewhere:
        raise Problem(
            f"{stage.name} lives in {', '.join(sorted(elsewhere))}, this is {account.region}. "
            "Set `region` in its settings or AWS_REGION."
        )
