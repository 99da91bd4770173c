"""Finds the items whose time to live has passed."""

from collections.abc import Iterator
from typing import Any

from infra.local.emulator import dynamodb

Scope = tuple[str, str]


def expired(now: float) -> Iterator[tuple[Scope, dict[str, Any]]]:
    """The account and region, and the DeleteItem request, of each expired item."""
    for (account, region, name), setting in dynamodb._ttl_settings.all_items():
        table = dynamodb._tables.get_scoped(account, region, name)
        if table and setting["TimeToLiveStatus"] == "ENABLED":
            for key in _expired_keys(table, setting["AttributeName"], now):
                yield (account, region), {"TableName": name, "Key": key}


def _expired_keys(table: dict[str, Any], attribute: str, now: float) -> list[dict[str, Any]]:
    names = [name for name in (table["pk_name"], table["sk_name"]) if name]
    return [
        {name: item[name] for name in names}
        for partition in table["items"].values()
        for item in partition.values()
        if "N" in item.get(attribute, ()) and float(item[attribute]["N"]) <= now
    ]
