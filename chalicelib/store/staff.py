"""Operators: their records, and the uniqueness of their e-mail addresses."""

from functools import reduce
from operator import and_
from typing import Any

from msgspec.structs import asdict
from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.domain.operator import Operator, Role
from chalicelib.store import keys
from chalicelib.store.table import ABSENT, Item, query, read, update


class OperatorItem(Item):
    """`active` is absent in records older than it, whose operators are."""

    name = UnicodeAttribute()
    email = UnicodeAttribute()
    role = UnicodeAttribute()
    branch_id = UnicodeAttribute(null=True)
    capacity = NumberAttribute()
    session_epoch = NumberAttribute()
    password_hash = UnicodeAttribute(null=True)
    active = BooleanAttribute(null=True)
    photo = UnicodeAttribute(null=True)


class EmailItem(Item):
    operator_id = UnicodeAttribute()


def get(operator_id: str) -> Operator | None:
    item = read(OperatorItem, keys.STAFF, keys.operator(operator_id))
    return _operator(item) if item else None


def everyone() -> list[Operator]:
    """All operators of the organisation."""
    found: list[Operator] = []
    start = None
    while True:
        items, start = query(keys.STAFF, start=start)
        found += [_operator(OperatorItem.from_raw_data(raw)) for raw in items]
        if start is None:
            return found


def by_email(email: str) -> tuple[Operator, str | None] | None:
    """The operator with this address and the hash of their password, if they have one."""
    pointer = read(EmailItem, keys.email(email), keys.EMAIL)
    if pointer is None:
        return None
    item = read(OperatorItem, keys.STAFF, keys.operator(pointer.operator_id))
    return (_operator(item), item.password_hash) if item else None


def end_sessions(operator_id: str) -> None:
    """Makes every token issued so far worthless."""
    item = OperatorItem(keys.STAFF, keys.operator(operator_id))
    later = OperatorItem.session_epoch.set(OperatorItem.session_epoch + 1)
    update(item, [later], OperatorItem.pk.exists())


def add(writes: TransactWrite, operator: Operator, password_hash: str | None) -> None:
    """A new operator; the transaction fails when the id or the address is taken."""
    item = OperatorItem(keys.STAFF, keys.operator(operator.id), kind="operator")
    for attribute, value in _values(operator).items():
        setattr(item, attribute, value)
    item.password_hash = password_hash
    writes.save(item, condition=ABSENT)
    _take_address(writes, operator)


def revise(
    writes: TransactWrite, known: Operator, revised: Operator, password_hash: str | None = None
) -> None:
    """The operator's record and, where it changes, their address; the transaction fails when the
    record is no longer as known, or the address is taken.
    """
    values: dict[str, Any] = {**_values(revised)}
    if password_hash is not None:
        values["password_hash"] = password_hash
    writes.update(
        OperatorItem(keys.STAFF, keys.operator(known.id)),
        actions=[
            getattr(OperatorItem, attribute).set(value)
            if value is not None
            else getattr(OperatorItem, attribute).remove()
            for attribute, value in values.items()
        ],
        condition=_as(known),
    )
    if revised.email != known.email:
        writes.delete(EmailItem(keys.email(known.email), keys.EMAIL))
        _take_address(writes, revised)


def still(writes: TransactWrite, operator: Operator) -> None:
    """The transaction fails when the operator's record is no longer as known."""
    key = keys.STAFF, keys.operator(operator.id)
    writes.condition_check(OperatorItem, *key, condition=_as(operator))


def operator_to(operator: Operator) -> dict[str, Any]:
    return asdict(operator) | {"role": operator.role.value}


def operator_from(stored: dict[str, Any]) -> Operator:
    return Operator(**(stored | {"role": Role(stored["role"])}))


def _take_address(writes: TransactWrite, operator: Operator) -> None:
    item = EmailItem(keys.email(operator.email), keys.EMAIL, kind="email")
    item.operator_id = operator.id
    writes.save(item, condition=ABSENT)


def _values(operator: Operator) -> dict[str, Any]:
    """The attributes of the record that are not secret."""
    return {
        "name": operator.name,
        "email": operator.email,
        "role": operator.role.value,
        "branch_id": operator.branch_id,
        "capacity": operator.capacity,
        "session_epoch": operator.session_epoch,
        "active": operator.active,
        "photo": operator.photo,
    }


def _as(operator: Operator) -> Condition:
    """That the record is as known."""
    values = _values(operator)
    active = values.pop("active")
    conditions = [
        getattr(OperatorItem, attribute) == value
        if value is not None
        else getattr(OperatorItem, attribute).does_not_exist()
        for attribute, value in values.items()
    ]
    gone = OperatorItem.active.is_in(False)
    return reduce(and_, conditions, ~gone if active else gone)


def _operator(item: OperatorItem) -> Operator:
    return Operator(
        id=item.sk.removeprefix(keys.operator("")),
        name=item.name,
        email=item.email,
        role=Role(item.role),
        branch_id=item.branch_id,
        capacity=int(item.capacity),
        session_epoch=int(item.session_epoch),
        active=item.active is not False,
        invited=item.password_hash is None,
        photo=item.photo,
    )
