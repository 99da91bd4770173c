"""The conditions in requests to DynamoDB: which there are, which broke, a request without one."""

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

Request = dict[str, Any]

ALONE = ("PutItem", "UpdateItem", "DeleteItem")


@dataclass(frozen=True, slots=True, order=True)
class Guard:
    """A condition on one kind of item in one operation, with its values left out."""

    item: str
    operation: str
    condition: str

    def __str__(self) -> str:
        return f"{self.item} {self.operation}: {self.condition}"


def guards(operation: str, request: Request) -> list[Guard | None]:
    """The guard of each write in a request, in their order; None where a write has none."""
    return [_guard(name, write) for name, write in _writes(operation, request)]


def broken(operation: str, request: Request, answer: dict[str, Any]) -> Iterator[Guard]:
    """The guards that an answer says did not hold."""
    own = guards(operation, request)
    if "ConditionalCheckFailed" in str(answer.get("__type")):
        codes = ["ConditionalCheckFailed"]
    else:
        codes = [reason.get("Code") for reason in answer.get("CancellationReasons", [])]
    for guard, code in zip(own, codes, strict=False):
        if guard is not None and code == "ConditionalCheckFailed":
            yield guard


def without(operation: str, request: Request, guard: Guard) -> Request:
    """The request with every condition of this kind taken out."""
    changed = deepcopy(request)
    if operation in ALONE:
        if _guard(operation, changed) == guard:
            _strip(changed)
    elif operation == "TransactWriteItems":
        for each in changed["TransactItems"]:
            ((name, write),) = each.items()
            if _guard(_named(name), write) == guard:
                _strip(write)
        changed["TransactItems"] = [
            each
            for each in changed["TransactItems"]
            if "ConditionCheck" not in each or "ConditionExpression" in each["ConditionCheck"]
        ]
    return changed


def _writes(operation: str, request: Request) -> list[tuple[str, Request]]:
    if operation in ALONE:
        return [(operation, request)]
    if operation != "TransactWriteItems":
        return []
    return [
        (_named(name), write) for each in request["TransactItems"] for name, write in each.items()
    ]


def _named(name: str) -> str:
    return f"{name} in a transaction"


def _guard(operation: str, write: Request) -> Guard | None:
    expression = write.get("ConditionExpression")
    if expression is None:
        return None
    return Guard(_kind(write.get("Key") or write["Item"]), operation, _plain(expression, write))


def _kind(key: dict[str, dict[str, str]]) -> str:
    """The keys as far as all items of the kind have the same."""
    pk, sk = (key[name]["S"].partition("#")[0] for name in ("pk", "sk"))
    return f"{pk}/{sk}" if re.fullmatch("~?[A-Z]+", sk) else f"{pk}/*"


def _plain(expression: str, write: Request) -> str:
    """With names instead of their placeholders; one operator's path is like another's."""
    names = write.get("ExpressionAttributeNames", {})
    named = re.sub(r"#\w+", lambda found: str(names[found[0]]), expression)
    return re.sub(r"members\.[^. ()]+", "members.*", re.sub(r":\w+", "?", named))


def _strip(write: Request) -> None:
    """Takes the condition out, and the names and values that only it used: DynamoDB wants none that
    are not used.
    """
    del write["ConditionExpression"]
    write.pop("ReturnValuesOnConditionCheckFailure", None)
    left = json.dumps([held for name, held in write.items() if name.endswith("Expression")])
    for among in ("ExpressionAttributeNames", "ExpressionAttributeValues"):
        used = {k: v for k, v in write.pop(among, {}).items() if re.search(rf"{k}\b", left)}
        if used:
            write[among] = used
