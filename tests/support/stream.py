"""The table's stream, made of what stands in the table."""

from typing import Any

from tests.support import units

Record = dict[str, Any]
_OF_CONVERSATIONS = ({"S": "conversation"}, {"S": "message"})


def inserted() -> list[Record]:
    """One record for each conversation and message, as if each had just been written."""
    images = [item for item in units.snapshot().values() if item.get("kind") in _OF_CONVERSATIONS]
    return [record("INSERT", new=image, number=number) for number, image in enumerate(images)]


def record(name: str, *, new: Any = None, old: Any = None, number: int = 0) -> Record:
    change: dict[str, Any] = {"SequenceNumber": f"{number:021}"}
    if new is not None:
        change["NewImage"] = new
    if old is not None:
        change["OldImage"] = old
    return {"eventName": name, "eventSource": "aws:dynamodb", "dynamodb": change}
