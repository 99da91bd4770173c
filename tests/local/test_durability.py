"""What the embedded DynamoDB has acknowledged survives any death of its process."""

import threading
import time
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import BotoCoreError, ClientError

from infra.local.settings import REGION
from tests.local.conftest import EmbeddedAws, create_table, eventually

WRITERS = 8


def _write(client: Any, writer: int, acknowledged: list[tuple[int, int]]) -> None:
    """Transactions of a counter and two items until the server is gone."""
    for number in range(10_000):
        update = {
            "TableName": "things",
            "Key": {"pk": {"S": f"w{writer}"}, "sk": {"S": "head"}},
            "UpdateExpression": "SET n = :n",
            "ConditionExpression": "attribute_not_exists(n) OR n = :o",
            "ExpressionAttributeValues": {":n": {"N": str(number)}, ":o": {"N": str(number - 1)}},
        }
        puts = [
            {
                "TableName": "things",
                "Item": {"pk": {"S": f"w{writer}"}, "sk": {"S": f"{kind}{number:06d}"}},
                "ConditionExpression": "attribute_not_exists(pk)",
            }
            for kind in "ab"
        ]
        try:
            client.transact_write_items(
                TransactItems=[{"Update": update}, {"Put": puts[0]}, {"Put": puts[1]}]
            )
        except (BotoCoreError, ClientError):
            return
        acknowledged.append((writer, number))


def _items(client: Any, partition: str) -> dict[str, Any]:
    pages = client.get_paginator("query").paginate(
        TableName="things",
        KeyConditionExpression="pk = :pk",
        ExpressionAttributeValues={":pk": {"S": partition}},
        ConsistentRead=True,
    )
    return {item["sk"]["S"]: item for page in pages for item in page["Items"]}


def _sequences(aws: EmbeddedAws) -> list[tuple[str, str, Any]]:
    client = aws.client("dynamodbstreams")
    arn = client.list_streams(TableName="things")["Streams"][0]["StreamArn"]
    shard = client.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = client.get_shard_iterator(
        StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    records = []
    while page := client.get_records(ShardIterator=iterator):
        if not page["Records"]:
            break
        records += page["Records"]
        iterator = page["NextShardIterator"]
    return [
        (record["eventID"], record["dynamodb"]["SequenceNumber"], record["dynamodb"]["Keys"])
        for record in records
    ]


def test_a_kill_under_load_loses_nothing_acknowledged_and_tears_nothing(aws: EmbeddedAws) -> None:
    create_table(aws.client("dynamodb"))
    acknowledged: list[tuple[int, int]] = []
    client = aws.client("dynamodb")
    threads = [
        threading.Thread(target=_write, args=(client, writer, acknowledged))
        for writer in range(WRITERS)
    ]
    for thread in threads:
        thread.start()
    eventually(lambda: len(acknowledged) > 400, 30)

    aws.kill()
    for thread in threads:
        thread.join()
    aws.start()

    assert {writer for writer, _ in acknowledged} == set(range(WRITERS))
    for writer in range(WRITERS):
        items = _items(client, f"w{writer}")
        last = int(items["head"]["n"]["N"])
        assert last >= max(number for who, number in acknowledged if who == writer)
        expected = {f"{kind}{number:06d}" for kind in "ab" for number in range(last + 1)}
        assert set(items) == expected | {"head"}


def test_replaying_gives_the_same_items_stream_and_tokens(aws: EmbeddedAws, tmp_path: Path) -> None:
    client = aws.client("dynamodb")
    create_table(client)
    once: dict[str, Any] = {
        "TransactItems": [{"Put": {"TableName": "things", "Item": _item("once")}}],
        "ClientRequestToken": "a-token",
    }
    client.transact_write_items(**once)
    for number in range(20):
        client.put_item(TableName="things", Item=_item(f"n{number}"))
    client.delete_item(TableName="things", Key=_key("n3"))
    before = _sequences(aws), _items(client, "p")
    assert len(before[0]) == 22

    for _ in range(2):
        aws.kill()
        aws.start()
        assert (_sequences(aws), _items(aws.client("dynamodb"), "p")) == before

    client = aws.client("dynamodb")
    client.delete_item(TableName="things", Key=_key("once"))
    client.transact_write_items(**once)
    assert "once" not in _items(client, "p")
    assert _sequences(aws)[:-1] == before[0]


def test_a_torn_tail_is_forgotten_and_written_over(aws: EmbeddedAws, tmp_path: Path) -> None:
    client = aws.client("dynamodb")
    create_table(client)
    client.put_item(TableName="things", Item=_item("kept"))
    aws.kill()
    journal = max((tmp_path / "dynamodb").glob("journal.*"))
    journal.write_bytes(journal.read_bytes() + b"\x40\x00\x00\x00torn")

    aws.start()
    aws.client("dynamodb").put_item(TableName="things", Item=_item("after"))
    aws.kill()
    aws.start()

    assert set(_items(aws.client("dynamodb"), "p")) == {"kept", "after"}


def test_a_clean_end_keeps_queues_objects_and_settings(aws: EmbeddedAws) -> None:
    create_table(aws.client("dynamodb"))
    ttl = {"AttributeName": "expires", "Enabled": True}
    aws.client("dynamodb").update_time_to_live(TableName="things", TimeToLiveSpecification=ttl)
    url = aws.client("sqs").create_queue(QueueName="q")["QueueUrl"]
    aws.client("sqs").send_message(QueueUrl=url, MessageBody="hello")
    s3 = aws.client("s3")
    s3.create_bucket(
        Bucket="files", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    s3.put_object(Bucket="files", Key="a/b.txt", Body=b"content")

    aws.stop()
    aws.start()

    received = aws.client("sqs").receive_message(QueueUrl=url)["Messages"]
    assert [message["Body"] for message in received] == ["hello"]
    assert aws.client("s3").get_object(Bucket="files", Key="a/b.txt")["Body"].read() == b"content"
    described = aws.client("dynamodb").describe_time_to_live(TableName="things")
    assert described["TimeToLiveDescription"]["TimeToLiveStatus"] == "ENABLED"


def test_a_queue_is_found_by_its_name_where_the_next_start_listens(
    aws: EmbeddedAws, tmp_path: Path
) -> None:
    asked = aws.client("sqs").create_queue(QueueName="jobs")["QueueUrl"]
    aws.client("sqs").send_message(QueueUrl=asked, MessageBody="later")
    aws.stop()
    again = EmbeddedAws(tmp_path)
    again.start()

    client = again.client("sqs")
    found = client.get_queue_url(QueueName="jobs")["QueueUrl"]
    created = client.create_queue(QueueName="jobs")["QueueUrl"]

    (message,) = client.receive_message(QueueUrl=found)["Messages"]
    again.kill()
    assert (found, message["Body"]) == (created, "later")
    assert found.startswith(f"http://127.0.0.1:{again.port}/")


def test_a_foreign_key_is_refused(aws: EmbeddedAws) -> None:
    create_table(aws.client("dynamodb"))
    client = boto3.client(
        "dynamodb",
        region_name=REGION,
        endpoint_url=f"http://127.0.0.1:{aws.port}",
        aws_access_key_id="AKIASOMEBODYELSE0000",
        aws_secret_access_key="guessed",
    )

    with pytest.raises(ClientError, match=r"UnrecognizedClientException|security token"):
        client.list_tables()


def _key(name: str) -> dict[str, Any]:
    return {"pk": {"S": "p"}, "sk": {"S": name}}


def _item(name: str) -> dict[str, Any]:
    return {**_key(name), "at": {"N": str(time.time())}}
