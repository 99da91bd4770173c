"""Many conversations at once, written as items: what the product would need minutes for."""

from collections.abc import Callable
from datetime import timedelta

from chalicelib.domain.conversation import Due, Timer
from chalicelib.store import heads, keys, pools
from chalicelib.store.heads import HeadItem
from chalicelib.store.table import stamp, transaction
from tests.support import units
from tests.support.company import ELENA
from tests.support.people import NOW, later, queued

Change = Callable[[HeadItem, int], None]


def held(number: int, change: Change | None = None) -> None:
    """Open conversations of Yekaterinburg, all Elena's; `change` is given each head and its
    number.
    """
    items = []
    for each in range(number):
        head = heads.to_item(queued(f"crowd-{each}", by=f"guest-{each}", at=later(minutes=-each)))
        head.assignee_id, head.assignee_name = ELENA.id, ELENA.name
        head.assigned_at, head.opened_at, head.queued_at = NOW, NOW, None
        head.mine_pk = keys.mine(ELENA.id)
        head.mine_sk = keys.view_order(stamp(NOW), f"crowd-{each}")
        if change is not None:
            change(head, each)
        items.append(head.serialize())
    units.restore(items)
    with transaction() as writes:
        pools.shift(writes, load={(pools.home(ELENA), ELENA.id): number})


def waiting(number: int) -> None:
    """The same in the branch's queue, nobody's."""
    talks = [
        queued(f"crowd-{each}", by=f"guest-{each}", at=later(minutes=-each))
        for each in range(number)
    ]
    places = [pools._waiting_item(talk) for talk in talks]
    for place, talk in zip(places, talks, strict=True):
        place.conversation_id, place.inbox_id = talk.id, talk.inbox_id
    units.restore([heads.to_item(talk).serialize() for talk in talks])
    units.restore([place.serialize() for place in places])
    with transaction() as writes:
        pools.shift(writes, queued={"ekb": number})


def timed(after: timedelta, first: int) -> Change:
    """The first ones are due at once, all others `after` that."""

    def change(head: HeadItem, number: int) -> None:
        id = f"crowd-{number}"
        due = Due(timer=Timer.ALERT, at=NOW if number < first else NOW + after)
        head.due_pk = keys.due_of(due.timer.value, id)
        head.due_sk = keys.due_order(stamp(due.at), id)

    return change
