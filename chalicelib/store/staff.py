"""Operators: their records, and the uniqueness of their e-mail addresses."""

from dataclasses import asdict
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.domain.operator import Operator, Role
from chalicelib.store import keys
from chalicelib.store.table import Cancelled, Item, query, read, transaction, update


class OperatorItem(Item):
    name = UnicodeAttribute()
    email = UnicodeAttribute()
    role = UnicodeAttribute()
    branch_id = UnicodeAttribute(null=True)
    capacity = NumberAttribute()
    session_epoch = NumberAttribute()
    password_hash = UnicodeAttribute()


class EmailItem(Item):
    operator_id = UnicodeAttribute()


def add(operator: Operator, password_hash: str) -> bool:
    """A new operator; False when the e-mail address is taken."""
    try:
        with transaction() as writes:
            writes.save(
                OperatorItem(
                    keys.STAFF,
                    keys.operator(operator.id),
                    kind="operator",
                    password_hash=password_hash,
                    **{k: v for k, v in operator_to(operator).items() if k != "id"},
                ),
                condition=OperatorItem.pk.does_not_exist(),
            )
            writes.save(
                EmailItem(
                    keys.email(operator.email), keys.EMAIL, kind="email", operator_id=operator.id
                ),
                condition=EmailItem.pk.does_not_exist(),
            )
    except Cancelled:
        return False
    return True


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


def by_email(email: str) -> tuple[Operator, str] | None:
    """The operator with this address and the hash of their password."""
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


def operator_to(operator: Operator) -> dict[str, Any]:
    return asdict(operator) | {"role": operator.role.value}


def operator_from(stored: dict[str, Any]) -> Operator:
    return Operator(**(stored | {"role": Role(stored["role"])}))


def _operator(item: OperatorItem) -> Operator:
    return Operator(
        id=item.sk.removeprefix(keys.operator("")),
        name=item.name,
        email=item.email,
        role=Role(item.role),
        branch_id=item.branch_id,
        capacity=int(item.capacity),
        session_epoch=int(item.session_epoch),
    )
