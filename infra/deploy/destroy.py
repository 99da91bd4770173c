"""`make destroy`: takes a stage away, and its data only when told so."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from infra.deploy import front, layer, secrets, web_acl
from infra.deploy import place as places
from infra.deploy.desk import Desk
from infra.deploy.place import Place
from infra.deploy.problem import Problem
from infra.deploy.talk import repeat, say

_TABLE, _BUCKET = "AWS::DynamoDB::Table", "AWS::S3::Bucket"
# Their buckets hold no data.
_FRONT = {"PanelFiles", "WidgetFiles"}
Resource = dict[str, Any]


def run(stage: str, desk: Desk, *, with_data: bool) -> None:
    """Raises Problem when there is nothing to remove, or the name is not typed back."""
    place = places.enter(stage, desk)
    status = place.stack.status()
    if status is None:
        # It goes after the distribution, which uses it; an earlier try may have ended between.
        web_acl.remove(place.stage, place.account)
        raise Problem(f"{stage} is not deployed in {place.account.region}.")
    if status.endswith("_IN_PROGRESS") and status != "REVIEW_IN_PROGRESS":
        raise Problem(f"{place.stack.name} is {status}. Wait for the end and repeat.")
    resources = place.stack.resources()
    data = [each for each in resources if _is_data(each)]
    say(_announced(data, with_data=with_data))
    repeat(stage, f"This removes the stage {stage}.")
    if with_data:
        _remove_data(place, data)
    _empty_front(place, resources)
    # The stack goes after its data: while it is there, the command can be repeated.
    place.stack.delete()
    web_acl.remove(place.stage, place.account)
    say(f"{stage} is gone." if with_data else f"{stage} is gone; its data is kept.")


def _is_data(resource: Resource) -> bool:
    is_kind = resource["ResourceType"] in {_TABLE, _BUCKET}
    return (
        is_kind and resource["LogicalResourceId"] not in _FRONT and "PhysicalResourceId" in resource
    )


def _announced(data: Sequence[Resource], *, with_data: bool) -> str:
    names = "".join(
        f"\n  {each['LogicalResourceId']}: {each['PhysicalResourceId']}" for each in data
    )
    if with_data:
        return f"ALL DATA OF THE STAGE WILL BE DELETED, with its secrets and kept releases:{names}"
    return f"These are kept, and with them the stage's secrets and releases:{names}"


def _empty_front(place: Place, resources: Sequence[Resource]) -> None:
    """A bucket goes only when nothing is in it."""
    s3 = place.account.client("s3")
    for each in resources:
        is_there = each["ResourceStatus"] != "DELETE_COMPLETE" and each.get("PhysicalResourceId")
        if each["LogicalResourceId"] in _FRONT and is_there:
            front.empty(s3, each["PhysicalResourceId"])


def _remove_data(place: Place, data: Sequence[Resource]) -> None:
    """Passes over what an earlier try has removed."""
    for each in data:
        remove = _remove_table if each["ResourceType"] == _TABLE else _remove_bucket
        remove(place, each["PhysicalResourceId"])
    secrets.delete(place.stage, place.account)
    layer.delete(place.stage, place.account)
    _remove_bucket(place, place.artefacts.bucket)


def _remove_table(place: Place, name: str) -> None:
    tables = place.account.client("dynamodb")
    with suppress(tables.exceptions.ResourceNotFoundException):
        if tables.describe_table(TableName=name)["Table"].get("DeletionProtectionEnabled"):
            tables.update_table(TableName=name, DeletionProtectionEnabled=False)
            tables.get_waiter("table_exists").wait(TableName=name)
        tables.delete_table(TableName=name)


def _remove_bucket(place: Place, name: str) -> None:
    s3 = place.account.client("s3")
    with suppress(s3.exceptions.NoSuchBucket):
        front.empty(s3, name)
        s3.delete_bucket(Bucket=name)
