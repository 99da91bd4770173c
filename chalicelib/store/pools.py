"""Each branch's pool (presence and load of its operators) and queue: what distribution
decides on.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct
from pynamodb.attributes import MapAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.domain.assignment import Member, Pool
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.operator import Operator, Presence
from chalicelib.store import keys
from chalicelib.store.table import ABSENT, Item, batch_read, put, query, read, stamp, update

NO_BRANCH = "-"


class PoolItem(Item):
    version = NumberAttribute()
    queued = NumberAttribute()
    members: MapAttribute[str, Any] = MapAttribute()


class WaitingItem(Item):
    conversation_id = UnicodeAttribute()
    inbox_id = UnicodeAttribute()


class Waiting(Struct, frozen=True, kw_only=True, order=True):
    """Who waits, in order of their `place` in the queue."""

    place: str
    conversation_id: str
    inbox_id: str


def home(operator: Operator) -> str:
    """The id of the pool an operator belongs to; those of the whole company share one of
    their own.
    """
    return operator.branch_id or NO_BRANCH


def create(branch_id: str) -> None:
    """An empty pool, unless there is one."""
    put(_empty(branch_id), ABSENT)


def add(writes: TransactWrite, branch_id: str) -> None:
    """An empty pool for a new branch."""
    writes.save(_empty(branch_id), condition=ABSENT)


def remove(writes: TransactWrite, pool: Pool) -> None:
    """Takes the pool of a branch away; the transaction fails when it has changed since."""
    gone = PoolItem(keys.pool(pool.branch_id), keys.POOL)
    writes.delete(gone, condition=PoolItem.version == pool.version)


def load(branch_id: str) -> Pool:
    """The pool as it stands; an empty one for a branch that has none yet."""
    item = read(PoolItem, keys.pool(branch_id), keys.POOL)
    return _pool(item) if item else Pool(branch_id=branch_id, version=0, queued=0, members=())


def load_many(branch_ids: Iterable[str]) -> list[Pool]:
    """The pools that exist, in no particular order."""
    return [
        _pool(item)
        for item in batch_read(PoolItem, [(keys.pool(b), keys.POOL) for b in branch_ids])
    ]


def choose_presence(operator: Operator, presence: Presence, now: datetime) -> None:
    """Notes what an operator chose; who is online is so since `now`."""
    member = PoolItem.members[operator.id]
    since = member["online_since"]
    online = since.set(stamp(now)) if presence is Presence.ONLINE else since.remove()
    _change(operator, [member["presence"].set(presence.value), online])


def waiting(branch_id: str, limit: int, after: str | None = None) -> list[Waiting]:
    """Who waits in a branch, longest first, behind a place; read consistently."""
    where = WaitingItem.sk > after if after else None
    items, _ = query(keys.queue(branch_id), where=where, limit=limit, consistent=True)
    return [
        Waiting(
            place=raw["sk"]["S"],
            conversation_id=raw["conversation_id"]["S"],
            inbox_id=raw["inbox_id"]["S"],
        )
        for raw in items
    ]


def enqueue(writes: TransactWrite, conversation: Conversation) -> None:
    item = _waiting_item(conversation)
    item.conversation_id, item.inbox_id = conversation.id, conversation.inbox_id
    writes.save(item)


def dequeue(writes: TransactWrite, conversation: Conversation) -> None:
    """Takes one out of the queue; the transaction fails when somebody else already has."""
    writes.delete(_waiting_item(conversation), condition=WaitingItem.pk.exists())


def _waiting_item(conversation: Conversation) -> WaitingItem:
    since = stamp(conversation.queued_at or conversation.created_at)
    place = keys.waiting(since, conversation.id)
    return WaitingItem(keys.queue(conversation.branch_id), place, kind="waiting")


def shift(
    writes: TransactWrite,
    *,
    queued: dict[str, int] | None = None,
    load: dict[tuple[str, str], int] | None = None,
    expected: Pool | None = None,
) -> None:
    """Changes the queue lengths of branches and the loads of (branch, operator), one write per
    pool.

    The transaction fails for operators who are not, or no longer, in that pool. With `expected`
    that pool must not have changed since it was read: two who route at once choose one after the
    other.
    """
    actions: dict[str, list[Any]] = {}
    conditions = dict.fromkeys(queued or {}, PoolItem.pk.exists())
    for branch_id, change in (queued or {}).items():
        actions.setdefault(branch_id, []).append(PoolItem.queued.set(PoolItem.queued + change))
    for (branch_id, operator_id), change in (load or {}).items():
        path = PoolItem.members[operator_id]["open"]
        actions.setdefault(branch_id, []).append(path.set(path + change))
        conditions[branch_id] = conditions.get(branch_id, PoolItem.pk.exists()) & path.exists()
    for branch_id, changes in actions.items():
        condition = conditions[branch_id]
        if expected is not None and expected.branch_id == branch_id:
            condition &= PoolItem.version == expected.version
        writes.update(
            PoolItem(keys.pool(branch_id), keys.POOL),
            actions=[PoolItem.version.set(PoolItem.version + 1), *changes],
            condition=condition,
        )


def _empty(branch_id: str) -> PoolItem:
    return PoolItem(keys.pool(branch_id), keys.POOL, kind="pool", version=0, queued=0, members={})


def _change(operator: Operator, actions: list[Any]) -> None:
    item = PoolItem(keys.pool(home(operator)), keys.POOL)
    update(item, [PoolItem.version.set(PoolItem.version + 1), *actions], PoolItem.pk.exists())


def _pool(item: PoolItem) -> Pool:
    return Pool(
        branch_id=item.pk.removeprefix(keys.pool("")),
        version=int(item.version),
        queued=int(item.queued),
        members=tuple(
            Member(
                operator_id=operator_id,
                name=member["name"],
                presence=Presence(member["presence"]),
                open=int(member["open"]),
                capacity=int(member["capacity"]),
                routable=member["routable"],
                online_since=_moment(member.get("online_since")),
                photo=member.get("photo"),
            )
            for operator_id, member in item.members.as_dict().items()
        ),
    )


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
