"""Creates what the template declares and the embedded AWS lacks: table, queues, buckets."""

import argparse
import json
import os
from pathlib import Path
from typing import Any

import boto3

from infra import template
from infra.local.settings import ACCOUNT, REGION, name_of

# Set by calls of their own, or without a meaning here.
_NOT_OF_CREATE_TABLE = (
    "DeletionProtectionEnabled",
    "PointInTimeRecoverySpecification",
    "SSESpecification",
    "Tags",
    "TimeToLiveSpecification",
)
Resource = dict[str, Any]


def provision(resources: dict[str, Resource]) -> bool:
    """Creates the tables, queues and buckets that are absent; whether the table is new."""
    for name, resource in resources.items():
        kind = resource.get("Type")  # additions to Chalice's own resources have none
        if kind == "AWS::SQS::Queue":
            _create_queue(resources, name)
        if kind == "AWS::S3::Bucket":
            _create_bucket(name, resource.get("Properties", {}))
    return _create_table(resources["Table"]["Properties"])


def _create_table(properties: Resource) -> bool:
    client = boto3.client("dynamodb")
    table = os.environ["TABLE_NAME"]
    if table in client.list_tables()["TableNames"]:
        _warn_of_changes(client.describe_table(TableName=table)["Table"], properties)
        return False
    arguments = creatable(properties)
    arguments["TableName"] = table
    if "StreamSpecification" in arguments:
        arguments["StreamSpecification"] = {
            "StreamEnabled": True,
            **arguments["StreamSpecification"],
        }
    client.create_table(**arguments)
    if ttl := properties.get("TimeToLiveSpecification"):
        client.update_time_to_live(TableName=table, TimeToLiveSpecification=ttl)
    return True


def creatable(properties: Resource) -> Resource:
    """What of a table's properties CreateTable takes."""
    return {k: v for k, v in properties.items() if k not in _NOT_OF_CREATE_TABLE}


def _warn_of_changes(table: Any, properties: Resource) -> None:
    have = {index["IndexName"] for index in table.get("GlobalSecondaryIndexes", [])}
    want = {index["IndexName"] for index in properties.get("GlobalSecondaryIndexes", [])}
    if have != want:
        print("messenger: the table is older than its template: delete .local to renew it.")


def _create_queue(resources: dict[str, Resource], logical_id: str) -> None:
    properties = resources[logical_id].get("Properties", {})
    attributes: Any = {}
    for key, value in properties.items():
        if key == "RedrivePolicy":
            dead, _ = value["deadLetterTargetArn"]["Fn::GetAtt"]
            name = _name(dead, resources[dead].get("Properties", {}).get("QueueName"))
            arn = f"arn:aws:sqs:{REGION}:{ACCOUNT}:{name}"
            attributes[key] = json.dumps({**value, "deadLetterTargetArn": arn})
        elif key not in ("QueueName", "SqsManagedSseEnabled", "Tags"):
            attributes[key] = str(value)
    name = _name(logical_id, properties.get("QueueName"))
    boto3.client("sqs").create_queue(QueueName=name, Attributes=attributes)


def _create_bucket(logical_id: str, properties: Resource) -> None:
    client = boto3.client("s3")
    name = _name(logical_id, properties.get("BucketName"))
    if name not in {bucket["Name"] for bucket in client.list_buckets()["Buckets"]}:
        where: Any = {"LocationConstraint": REGION}
        client.create_bucket(Bucket=name, CreateBucketConfiguration=where)
    if "CorsConfiguration" in properties:
        client.put_bucket_cors(Bucket=name, CORSConfiguration=_cors(properties))


def _cors(properties: Resource) -> Any:
    """What pages of other origins may do, by the names that the API has for it."""
    names = {"ExposedHeaders": "ExposeHeaders", "MaxAge": "MaxAgeSeconds"}
    rules = properties["CorsConfiguration"]["CorsRules"]
    return {
        "CORSRules": [{names.get(key, key): value for key, value in rule.items()} for rule in rules]
    }


def _name(logical_id: str, name: object) -> str:
    """A name which the template leaves to CloudFormation is made of the resource's id."""
    return name if isinstance(name, str) else name_of(logical_id)


def _describe_demo(data: Path) -> None:
    """What the welcome and the demo page show, so that neither repeats the demo's data."""
    from infra.local import demo_data

    people = [
        {
            "name": full_name,
            "email": demo_data.email(name),
            "role": str(role),
            "home": home.name if home else "",
        }
        for name, full_name, role, home in demo_data.PEOPLE
    ]
    demo = {"password": demo_data.PASSWORD, "people": people}
    (data / "demo.json").write_text(json.dumps(demo, ensure_ascii=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    is_new = provision(template.load()["Resources"])
    if is_new:
        from infra.local import demo_data

        demo_data.apply()
        _describe_demo(options.data)


if __name__ == "__main__":
    main()
