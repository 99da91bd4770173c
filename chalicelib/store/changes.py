"""The table's stream read as what happened: each change as its event, without a second look where
the record tells enough; and the timers that begin with a change.
"""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from chalicelib.domain import event
from chalicelib.domain.conversation import Conversation, Due, Status
from chalicelib.domain.event import Event
from chalicelib.domain.message import Message
from chalicelib.store import conversations, heads, messages

Record = dict[str, Any]


class Change(Struct, frozen=True, kw_only=True):
    """One stream record that is an event; `number` is the record's place in the stream."""

    number: str
    conversation: Conversation | None = None
    message: Message | None = None
    created: bool = False


def read(records: Sequence[Record]) -> list[Change]:
    """The records that tell of a new conversation, a closed one or a message, in their order; all
    else (the mapping's filter leaves most of it out) is passed over.
    """
    found = (_change(record) for record in records)
    return [change for change in found if change is not None]


def events(changes: Sequence[Change]) -> list[tuple[str, Event]]:
    """(number, event) of each change; a message's conversation is read as it stands now.

    A message whose conversation has been erased meanwhile concerns nobody any more. 0.5 read units
    a conversation; a page that lags behind the stream is asked again, consistently.
    """
    wanted = {each.message.conversation_id for each in changes if each.message}
    known = {each.id: each for each in _in_hundreds(sorted(wanted))}
    made: list[tuple[str, Event]] = []
    for change in changes:
        told = _event(change, known.get)
        if told is not None:
            made.append((change.number, told))
    return made


def timers(records: Sequence[Record]) -> list[tuple[str, str, Due]]:
    """(number, conversation id, when) of the timers that the records set, in their order."""
    found = ((record, heads.from_raw(record["dynamodb"]["NewImage"])) for record in _timed(records))
    return [(_number(record), each.id, each.due) for record, each in found if each.due]


def _timed(records: Sequence[Record]) -> list[Record]:
    """Those of conversations whose timer is another than before."""
    return [
        record
        for record in records
        if (image := _image(record, "NewImage")).get("kind") == {"S": "conversation"}
        and _timer(image) != _timer(_image(record, "OldImage"))
    ]


def _in_hundreds(ids: list[str]) -> list[Conversation]:
    parts = [ids[first : first + 100] for first in range(0, len(ids), 100)]
    return [each for part in parts for each in conversations.get_many(part)]


def _event(change: Change, find: Callable[[str], Conversation | None]) -> Event | None:
    if change.message is not None:
        about = change.message.conversation_id
        conversation = find(about) or conversations.get(about)
        return event.said(change.message, conversation) if conversation else None
    if change.conversation is None:
        return None
    tell = event.created if change.created else event.closed
    return tell(change.conversation)


def _change(record: Record) -> Change | None:
    image = _image(record, "NewImage")
    kind = image.get("kind", {}).get("S")
    number = _number(record)
    if record["eventName"] == "INSERT" and kind == "message":
        return Change(number=number, message=messages.from_raw(image))
    if record["eventName"] == "INSERT" and kind == "conversation":
        return Change(number=number, conversation=heads.from_raw(image), created=True)
    if record["eventName"] == "MODIFY" and kind == "conversation":
        before = _image(record, "OldImage").get("status", {}).get("S")
        if before == Status.OPEN and image["status"]["S"] == Status.RESOLVED:
            return Change(number=number, conversation=heads.from_raw(image))
    return None


def _image(record: Record, which: str) -> Any:
    return record["dynamodb"].get(which) or {}


def _timer(image: Any) -> tuple[Any, Any]:
    return image.get("due_pk"), image.get("due_sk")


def _number(record: Record) -> str:
    return str(record["dynamodb"]["SequenceNumber"])
