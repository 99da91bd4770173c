"""What writes cost in DynamoDB's units, by its documented rules.

Computed, because the emulators disagree with AWS: ministack counts a moved index entry once instead
of twice, DynamoDB Local charges a transaction of three items for two.
"""

from collections.abc import Iterable
from functools import cache
from math import ceil
from typing import Any

import boto3

from tests.support.emulators import definition
from tests.support.environment import TABLE

Item = dict[str, dict[str, Any]]
Snapshot = dict[tuple[str, str], Item]
KB = 1024


def snapshot() -> Snapshot:
    """The whole (small) table."""
    pages = _client().get_paginator("scan").paginate(TableName=TABLE)
    return {(each["pk"]["S"], each["sk"]["S"]): each for page in pages for each in page["Items"]}


def restore(items: list[Item]) -> None:
    """Puts items back, as many at once as DynamoDB takes."""
    for first in range(0, len(items), 25):
        some = [{"PutRequest": {"Item": item}} for item in items[first : first + 25]]
        _client().batch_write_item(RequestItems={TABLE: some})


@cache
def _client() -> Any:
    return boto3.client("dynamodb")


def size(item: Item | None) -> int:
    """Bytes: the names of the attributes and their values."""
    return sum(len(name.encode()) + _value(value) for name, value in (item or {}).items())


def _value(value: dict[str, Any]) -> int:
    ((kind, held),) = value.items()
    if kind == "S":
        return len(held.encode())
    if kind == "N":
        return len(held.strip("-0.")) // 2 + 2
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + _value(each) for name, each in held.items())
    if kind == "L":
        return 3 + sum(1 + _value(each) for each in held)
    return 1


def written(before: Snapshot, after: Snapshot) -> int:
    """Write units of one transaction that led from one snapshot to the other, with its indexes."""
    changed = [
        (before.get(key), after.get(key))
        for key in {*before, *after}
        if before.get(key) != after.get(key)
    ]
    return sum(item_written(old, new, 2) for old, new in changed)


def item_written(old: Item | None, new: Item | None, each: int) -> int:
    """Write units of a write to one item, changed or not; `each` is 2 in a transaction, else 1."""
    return each * _units(old, new) + sum(_index_writes(old, new))


def items(keys: list[tuple[str, str]]) -> Snapshot:
    """Those of at most 100 items that exist."""
    wanted = [{"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in keys]
    asked = {TABLE: {"Keys": wanted, "ConsistentRead": True}}
    found = _client().batch_get_item(RequestItems=asked)["Responses"][TABLE]
    return {(each["pk"]["S"], each["sk"]["S"]): each for each in found}


def _units(*images: Item | None) -> int:
    return max(1, ceil(max(size(image) for image in images) / KB))


def _index_writes(old: Item | None, new: Item | None) -> Iterable[int]:
    for index in definition()["GlobalSecondaryIndexes"]:
        keys = [each["AttributeName"] for each in index["KeySchema"]]
        whole = index["Projection"]["ProjectionType"] == "ALL"
        was, now = (_projected(image, keys, whole=whole) for image in (old, new))
        if was == now:
            continue
        if was and now and all(was[key] == now[key] for key in keys):
            yield _units(was, now)
        else:
            yield sum(_units(entry) for entry in (was, now) if entry)


def _projected(item: Item | None, keys: list[str], *, whole: bool) -> Item | None:
    if item is None or any(key not in item for key in keys):
        return None
    return item if whole else {key: item[key] for key in ("pk", "sk", *keys)}
