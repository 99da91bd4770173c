"""Refresh token families of visitors and operators."""

from datetime import datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.session import LIFE, Session
from chalicelib.store import keys
from chalicelib.store.table import Item, guarded, put, read, update


class SessionItem(Item):
    subject_id = UnicodeAttribute()
    epoch = NumberAttribute()
    generation = NumberAttribute()
    rotated_at = UTCDateTimeAttribute()


def add(session: Session) -> None:
    put(
        SessionItem(
            keys.session(session.family),
            keys.SESSION,
            kind="session",
            subject_id=session.subject_id,
            epoch=session.epoch,
            generation=session.generation,
            rotated_at=session.rotated_at,
            expires=session.rotated_at + LIFE,
        )
    )


def get(family: str) -> Session | None:
    item = read(SessionItem, keys.session(family), keys.SESSION)
    if item is None:
        return None
    return Session(
        family=family,
        subject_id=item.subject_id,
        epoch=int(item.epoch),
        generation=int(item.generation),
        rotated_at=item.rotated_at,
    )


def rotate(session: Session, now: datetime) -> bool:
    """Moves on to the next generation; False when another request has just done so."""
    item = SessionItem(keys.session(session.family), keys.SESSION)
    actions = [
        SessionItem.generation.set(session.generation + 1),
        SessionItem.rotated_at.set(now),
        SessionItem.expires.set(now + LIFE),
    ]
    return update(item, actions, SessionItem.generation == session.generation)


def end(family: str) -> None:
    with guarded():
        SessionItem(keys.session(family), keys.SESSION).delete()
