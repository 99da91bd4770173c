"""Who belongs to which branch's pool, and as what: it changes with the operator's record."""

from typing import Any

from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.domain.assignment import Member
from chalicelib.domain.operator import Operator, Presence
from chalicelib.store import keys
from chalicelib.store.pools import PoolItem, home, load
from chalicelib.store.table import update


def of(operator: Operator) -> Member | None:
    return load(home(operator)).member(operator.id)


def enter(writes: TransactWrite, operator: Operator) -> None:
    """Away and without load; the transaction fails where there is no pool."""
    _put(writes, operator, Presence.AWAY, 0)


def follow(
    writes: TransactWrite, known: Operator, revised: Operator, member: Member | None
) -> None:
    """What the pools know of an operator changes with them; who moves takes their load along.

    `member` is how the pool of `known` has them; the transaction fails when it no longer does.
    """
    if member is None:
        if revised.active:
            enter(writes, revised)
    elif home(known) == home(revised):
        path = PoolItem.members[revised.id]
        _change(
            writes,
            revised,
            [
                path["name"].set(revised.name),
                path["capacity"].set(revised.capacity),
                path["routable"].set(revised.routable),
                path["photo"].set(revised.photo) if revised.photo else path["photo"].remove(),
            ],
            path.exists(),
        )
    else:
        path = PoolItem.members[known.id]
        _change(writes, known, [path.remove()], path["open"] == member.open)
        _put(writes, revised, member.presence, member.open)


def leave(operator: Operator) -> bool:
    """Takes somebody without load out of their pool: from there on nothing can be given to them.
    False while they have any.
    """
    if of(operator) is None:
        return True
    path = PoolItem.members[operator.id]
    pool = PoolItem(keys.pool(home(operator)), keys.POOL)
    gone = [PoolItem.version.set(PoolItem.version + 1), path.remove()]
    return update(pool, gone, path["open"] == 0)


def _put(writes: TransactWrite, operator: Operator, presence: Presence, load: int) -> None:
    member = {
        "name": operator.name,
        "presence": presence.value,
        "open": load,
        "capacity": operator.capacity,
        "routable": operator.routable,
        **({"photo": operator.photo} if operator.photo else {}),
    }
    path = PoolItem.members[operator.id]
    _change(writes, operator, [path.set(member)], PoolItem.pk.exists())


def _change(
    writes: TransactWrite, operator: Operator, actions: list[Any], condition: Condition
) -> None:
    writes.update(
        PoolItem(keys.pool(home(operator)), keys.POOL),
        actions=[PoolItem.version.set(PoolItem.version + 1), *actions],
        condition=condition,
    )
