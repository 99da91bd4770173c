"""Messages, and which of them a client's id stands for."""

from msgspec.structs import asdict
from pynamodb.attributes import (
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.transactions import TransactWrite

from chalicelib.domain.attachment import Attachment
from chalicelib.domain.message import Author, AuthorKind, Direction, Draft, Message
from chalicelib.store import keys, uploads
from chalicelib.store.table import Item, Raw, query, read

NEWEST = 50
FOLLOWING = 100


class MessageItem(Item):
    seq = NumberAttribute()
    direction = UnicodeAttribute()
    author_kind = UnicodeAttribute()
    author_id = UnicodeAttribute()
    author_name = UnicodeAttribute()
    body = UnicodeAttribute()
    client_id = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    attachments: JSONAttribute = JSONAttribute(null=True)


def add(writes: TransactWrite, message: Message) -> None:
    """The message, which may not be there yet, and its files, which may be no other's."""
    draft = message.draft
    writes.save(
        MessageItem(
            keys.conversation(message.conversation_id),
            keys.message(message.seq),
            kind="message",
            seq=message.seq,
            direction=draft.direction.value,
            author_kind=draft.author.kind.value,
            author_id=draft.author.id,
            author_name=draft.author.name,
            body=draft.body,
            client_id=draft.client_id,
            created_at=draft.at,
            attachments=[asdict(each) for each in draft.attachments] or None,
        ),
        condition=MessageItem.pk.does_not_exist(),
    )
    for each in draft.attachments:
        uploads.claim(writes, each.id, message.conversation_id, draft.client_id)


def get(conversation_id: str, seq: int) -> Message | None:
    item = read(MessageItem, keys.conversation(conversation_id), keys.message(seq))
    return from_item(item) if item else None


def newest(conversation_id: str, *, before: int | None = None) -> list[Message]:
    """The last messages (before a `seq`), oldest first, at most NEWEST."""
    end = before if before is not None else 10**keys.SEQ_DIGITS
    last = keys.message(max(end - 1, 0))  # DynamoDB refuses a range that ends before it begins
    items, _ = query(
        keys.conversation(conversation_id),
        where=MessageItem.sk.between(keys.message(0), last),
        limit=NEWEST,
        newest_first=True,
        consistent=True,
    )
    return [from_raw(raw) for raw in reversed(items)]


def following(conversation_id: str, after: int) -> list[Message]:
    """The messages after a `seq`, oldest first, at most FOLLOWING."""
    items, _ = query(
        keys.conversation(conversation_id),
        where=MessageItem.sk.between(keys.message(after + 1), keys.message(after + FOLLOWING)),
        consistent=True,
    )
    return [from_raw(raw) for raw in items]


def said(draft: Draft, conversation_id: str, after: int, until: int) -> Message | None:
    """What this author has stored under this client id among the messages after one `seq` up to
    another; reads what stands before it, 1 MB in a request.
    """
    page: Raw | None = None
    while after < until:
        found, page = query(
            keys.conversation(conversation_id),
            where=MessageItem.sk.between(keys.message(after + 1), keys.message(until)),
            only=(MessageItem.client_id == draft.client_id)
            & (MessageItem.author_id == draft.author.id),
            start=page,
            consistent=True,
        )
        if found:
            return from_raw(found[0])
        if page is None:
            break
    return None


def from_raw(raw: Raw) -> Message:
    return from_item(MessageItem.from_raw_data(raw))


def from_item(item: MessageItem) -> Message:
    return Message(
        conversation_id=item.pk.removeprefix(keys.conversation("")),
        seq=int(item.seq),
        draft=Draft(
            client_id=item.client_id,
            author=Author(
                kind=AuthorKind(item.author_kind), id=item.author_id, name=item.author_name
            ),
            direction=Direction(item.direction),
            body=item.body,
            at=item.created_at,
            attachments=tuple(Attachment(**each) for each in item.attachments or []),
        ),
    )
