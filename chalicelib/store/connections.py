"""Sockets: one item to find a socket by its id, one copy in each audience that it listens to."""

from contextlib import suppress
from datetime import datetime, timedelta

from msgspec.structs import replace
from pynamodb.attributes import (
    JSONAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.domain.connection import Connection, Kind
from chalicelib.store import keys
from chalicelib.store.staff import operator_from, operator_to
from chalicelib.store.table import Cancelled, Item, guarded, query, read, transaction, update

LIFE = timedelta(hours=2, minutes=10)
"""A socket lives two hours on API Gateway; what outlives that is a leftover of a lost disconnect.
"""


class ConnectionItem(Item):
    connection_id = UnicodeAttribute()
    role = UnicodeAttribute()
    subject_id = UnicodeAttribute()
    audiences = UnicodeAttribute()
    operator: JSONAttribute = JSONAttribute(null=True)
    viewing = UnicodeAttribute(null=True)
    opened_at = UTCDateTimeAttribute()
    seen_at = UTCDateTimeAttribute()


class TicketItem(Item):
    """A socket ticket that has been used."""


def open_with(connection: Connection, ticket_id: str) -> bool:
    """Registers the socket and spends its ticket, together; False when the ticket was
    spent before.
    """
    spent = TicketItem(keys.ticket(ticket_id), keys.TICKET, kind="ticket")
    spent.expires = connection.opened_at + timedelta(minutes=5)
    try:
        with transaction() as writes:
            writes.save(spent, condition=TicketItem.pk.does_not_exist())
            writes.save(to_item(connection, keys.connection(connection.id), keys.CONNECTION))
            for audience in connection.audiences[:90]:
                writes.save(to_item(connection, keys.audience(audience), connection.id))
    except Cancelled:
        return False
    return True


def get(connection_id: str) -> Connection | None:
    item = read(ConnectionItem, keys.connection(connection_id), keys.CONNECTION)
    return _connection(item) if item else None


def of(audience: str, *, consistent: bool = False) -> list[Connection]:
    """The sockets that listen to an audience."""
    items, _ = query(keys.audience(audience), consistent=consistent)
    return [_connection(ConnectionItem.from_raw_data(raw)) for raw in items]


def touch(connection: Connection, viewing: str | None, now: datetime) -> None:
    """Renews the lease and notes what is on the screen; a socket that was forgotten stays so."""
    copies = [(keys.audience(audience), connection.id) for audience in connection.audiences]
    if viewing != connection.viewing:
        copies.append((keys.connection(connection.id), keys.CONNECTION))
    shown = ConnectionItem.viewing
    actions = [ConnectionItem.seen_at.set(now), shown.set(viewing) if viewing else shown.remove()]
    for pk, sk in copies:
        update(ConnectionItem(pk, sk), actions, ConnectionItem.pk.exists())


def listen(connection: Connection, audiences: tuple[str, ...]) -> None:
    """The socket listens to these audiences as well; one that was forgotten stays so."""
    heard = tuple(dict.fromkeys((*connection.audiences, *audiences)))
    listening = replace(connection, audiences=heard)
    with suppress(Cancelled), transaction() as writes:
        own = to_item(listening, keys.connection(connection.id), keys.CONNECTION)
        writes.save(own, condition=ConnectionItem.pk.exists())
        for audience in heard[:90]:
            writes.save(to_item(listening, keys.audience(audience), connection.id))


def forget(connection: Connection) -> None:
    """Removes a socket from everywhere; harmless when repeated."""
    with guarded(), ConnectionItem.batch_write() as batch:
        batch.delete(ConnectionItem(keys.connection(connection.id), keys.CONNECTION))
        for audience in connection.audiences:
            batch.delete(ConnectionItem(keys.audience(audience), connection.id))


def to_item(connection: Connection, pk: str, sk: str) -> ConnectionItem:
    return ConnectionItem(
        pk,
        sk,
        kind="connection",
        connection_id=connection.id,
        role=connection.kind.value,
        subject_id=connection.subject_id,
        audiences=" ".join(connection.audiences),
        operator=operator_to(connection.operator) if connection.operator else None,
        viewing=connection.viewing,
        opened_at=connection.opened_at,
        seen_at=connection.seen_at,
        expires=connection.opened_at + LIFE,
    )


def _connection(item: ConnectionItem) -> Connection:
    return Connection(
        id=item.connection_id,
        kind=Kind(item.role),
        subject_id=item.subject_id,
        audiences=tuple(item.audiences.split()),
        operator=operator_from(item.operator) if item.operator else None,
        viewing=item.viewing,
        opened_at=item.opened_at,
        seen_at=item.seen_at,
    )
