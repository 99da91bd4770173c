"""`make redrive`: records that fan-out gave up on are given to it again, and lost by nobody."""

import json
from typing import Any

import boto3

from tests.deploy_tools.conftest import Cloud

FAN_OUT = """
def app(event, context):
    names = [record["eventID"] for record in event["Records"]]
    if "broken" in names:
        raise ValueError("broken")
    return {"batchItemFailures": [{"itemIdentifier": name} for name in names if name == "again"]}
"""


def _with_fan_out(template: dict[str, Any]) -> None:
    template["Resources"]["FanOut"] = template["Resources"]["APIHandler"]


def _bucket(cloud: Cloud) -> str:
    found = boto3.client("cloudformation").describe_stack_resource(
        StackName=cloud.stack, LogicalResourceId="FailedRecords"
    )
    return str(found["StackResourceDetail"]["PhysicalResourceId"])


def _give_up(cloud: Cloud, name: str) -> None:
    """As Lambda does after the last try."""
    payload = json.dumps({"Records": [{"eventID": name, "dynamodb": {}}]})
    record = {"requestContext": {"condition": "RetryAttemptsExhausted"}, "payload": payload}
    boto3.client("s3").put_object(
        Bucket=_bucket(cloud), Key=f"aws/lambda/{name}", Body=json.dumps(record).encode()
    )


def _kept(cloud: Cloud) -> set[str]:
    listed = boto3.client("s3").list_objects_v2(Bucket=_bucket(cloud))
    return {each["Key"].rpartition("/")[2] for each in listed.get("Contents", [])}


def test_what_succeeds_is_removed_and_what_fails_again_is_kept(cloud: Cloud) -> None:
    cloud.package(FAN_OUT, change=_with_fan_out)
    cloud.deploy()
    for name in ("one", "two", "again", "broken"):
        _give_up(cloud, name)

    assert cloud.run("redrive") == 1

    heard = cloud.heard()
    assert _kept(cloud) == {"again", "broken"}
    assert "2 batches of records went out" in heard
    assert "still failing: aws/lambda/broken" in heard


def test_where_nothing_failed_there_is_nothing_to_do(cloud: Cloud) -> None:
    assert cloud.run("redrive") == 1
    assert "not deployed" in cloud.heard()
    cloud.package(FAN_OUT, change=_with_fan_out)
    cloud.deploy()

    assert cloud.run("redrive") == 0

    assert "0 batches" in cloud.heard()
