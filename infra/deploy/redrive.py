"""`make redrive`: the stream's records that fan-out gave up on, given to it once more.

Harmless when repeated: events have stable ids, and a delivery that was made is not made again.
"""

import json
from typing import Any

from infra.deploy import place as places
from infra.deploy.desk import Desk
from infra.deploy.problem import Problem
from infra.deploy.talk import say

_BUCKET, _FUNCTION = "FailedRecords", "FanOut"


def run(stage: str, desk: Desk) -> None:
    """What succeeds is removed from the bucket, the rest stays in it. Raises Problem then."""
    place = places.enter(stage, desk)
    if place.stack.status() is None:
        raise Problem(f"{stage} is not deployed.")
    ids = {
        each["LogicalResourceId"]: each["PhysicalResourceId"] for each in place.stack.resources()
    }
    s3, functions = place.account.client("s3"), place.account.client("lambda")
    done = kept = 0
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=ids[_BUCKET]):
        for each in page.get("Contents", []):
            content = s3.get_object(Bucket=ids[_BUCKET], Key=each["Key"])["Body"].read()
            if _is_handled(functions, ids[_FUNCTION], content):
                s3.delete_object(Bucket=ids[_BUCKET], Key=each["Key"])
                done += 1
            else:
                say(f"  still failing: {each['Key']}")
                kept += 1
    say(f"{done} batches of records went out.")
    if kept:
        raise Problem(f"{kept} batches failed again and are kept; the function's log says why.")


def _is_handled(functions: Any, name: str, content: bytes) -> bool:
    """Whether the function takes all records of what Lambda wrote when it gave up."""
    answer = functions.invoke(FunctionName=name, Payload=_records(content))
    result = json.loads(answer["Payload"].read() or b"null")
    return "FunctionError" not in answer and not (result or {}).get("batchItemFailures")


def _records(content: bytes) -> bytes:
    """The event that failed: a JSON text within Lambda's JSON."""
    payload = json.loads(content)["payload"]
    return payload.encode() if isinstance(payload, str) else json.dumps(payload).encode()
