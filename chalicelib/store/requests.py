"""Each branch's offline requests that nobody has answered yet: a partition read as a list."""

from pynamodb.attributes import UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.domain.conversation import Conversation
from chalicelib.store import keys
from chalicelib.store.table import Item, query, stamp


class RequestItem(Item):
    conversation_id = UnicodeAttribute()


def shift(writes: TransactWrite, was: Conversation, now: Conversation) -> None:
    """Takes a conversation out of the list, into it, or from one branch's to another's; the
    transaction fails when somebody else has taken it out meanwhile.
    """
    if _place(was) == _place(now):
        return
    if was.requested_at is not None:
        writes.delete(_item(was), condition=RequestItem.pk.exists())
    if now.requested_at is not None:
        add(writes, now)


def add(writes: TransactWrite, conversation: Conversation) -> None:
    item = _item(conversation)
    item.conversation_id = conversation.id
    writes.save(item)


def waiting(branch_id: str, limit: int, after: str | None = None) -> list[tuple[str, str]]:
    """(place, conversation id) of a branch's requests, the oldest first, behind a place."""
    where = RequestItem.sk > after if after else None
    items, _ = query(keys.requests(branch_id), where=where, limit=limit)
    return [(raw["sk"]["S"], raw["conversation_id"]["S"]) for raw in items]


def _place(conversation: Conversation) -> tuple[str, str] | None:
    if conversation.requested_at is None:
        return None
    place = keys.waiting(stamp(conversation.requested_at), conversation.id)
    return keys.requests(conversation.branch_id), place


def _item(conversation: Conversation) -> RequestItem:
    place = _place(conversation)
    if place is None:
        raise ValueError("it is no offline request")
    return RequestItem(*place, kind="request")
