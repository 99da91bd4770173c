"""Conversations as they stand: one, many, with their news, in lists."""

from chalicelib.domain.conversation import Conversation
from chalicelib.domain.message import Message
from chalicelib.store import heads, keys, messages
from chalicelib.store.heads import HeadItem
from chalicelib.store.table import Item, batch_read, query, read


def get(conversation_id: str, *, consistent: bool = True) -> Conversation | None:
    item = read(HeadItem, keys.conversation(conversation_id), keys.HEAD, consistent=consistent)
    return heads.from_item(item) if item else None


def get_many(conversation_ids: list[str]) -> list[Conversation]:
    """Those that exist among at most 100, in no particular order; half a read unit each."""
    wanted = [(keys.conversation(each), keys.HEAD) for each in conversation_ids]
    return [heads.from_item(item) for item in batch_read(HeadItem, wanted)]


def since(conversation_id: str, after: int) -> tuple[list[Message], Conversation | None]:
    """The messages after a `seq` and the head, in one query: half a read unit when there is no
    news.
    """
    items, more = query(
        keys.conversation(conversation_id),
        where=Item.sk >= keys.message(after + 1),
        limit=messages.FOLLOWING + 1,
    )
    found = [messages.from_raw(raw) for raw in items if raw["sk"]["S"] != keys.HEAD]
    if len(found) < len(items):
        return found, heads.from_raw(items[-1])
    return found[: messages.FOLLOWING], get(conversation_id) if more else None


def view(partition: str, limit: int, before: str | None) -> list[tuple[str, Conversation]]:
    """(place, conversation) of one branch's open or closed ones, those with the newest minute of
    activity first, below a place.
    """
    where = Item.view_sk < before if before else None
    items, _ = query(partition, index="view", where=where, limit=limit, newest_first=True)
    return [(raw["view_sk"]["S"], heads.from_raw(raw)) for raw in items]


def mine(operator_id: str) -> list[str]:
    """The ids of an operator's open conversations; as many as capacity allows."""
    items, _ = query(keys.mine(operator_id), index="mine", limit=100)
    return [raw["pk"]["S"].removeprefix(keys.conversation("")) for raw in items]
