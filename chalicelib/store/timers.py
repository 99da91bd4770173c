"""What falls due: items that carry a timer, found by its time through the `due` index.

The index has DUE_SHARDS partitions for each kind of timer, so that no partition grows hot. It holds
only keys; whoever acts on one reads the item and decides anew, for the index lags.
"""

from datetime import datetime
from functools import partial

from chalicelib.domain.conversation import Due, Timer
from chalicelib.parallel import together
from chalicelib.store import keys
from chalicelib.store.table import Item, query, stamp

Key = tuple[str, str]


def due(timer: str, until: datetime, limit: int) -> list[Key]:
    """(pk, sk) of the items whose timer is set to `until` or before, the most overdue first;
    at most `limit`. 4 read units.
    """
    return [key for _, key in _found(timer, until, limit)]


def of_conversations(timer: Timer, until: datetime, limit: int) -> list[tuple[str, Due]]:
    """(conversation id, when) of the conversations with such a timer, as above."""
    return [
        (pk.removeprefix(keys.conversation("")), Due(timer=timer, at=_time(order)))
        for order, (pk, _) in _found(timer.value, until, limit)
    ]


def _found(timer: str, until: datetime, limit: int) -> list[tuple[str, Key]]:
    shards = [keys.due(timer, shard) for shard in range(keys.DUE_SHARDS)]
    found = together([partial(_shard, shard, until, limit) for shard in shards])
    return sorted(entry for each in found for entry in each)[:limit]


def _shard(partition: str, until: datetime, limit: int) -> list[tuple[str, Key]]:
    # "~" sorts after every id, so that the moment itself is included.
    where = Item.due_sk <= keys.due_order(stamp(until), "~")
    items, _ = query(partition, index="due", where=where, limit=limit)
    return [(raw["due_sk"]["S"], (raw["pk"]["S"], raw["sk"]["S"])) for raw in items]


def _time(order: str) -> datetime:
    return datetime.fromisoformat(keys.due_time(order))
