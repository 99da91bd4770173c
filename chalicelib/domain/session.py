"""Rotating refresh tokens: a family of tokens, one of which is current (trust rules for visitors
and operators).
"""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from chalicelib.errors import Unauthorized

LIFE = timedelta(days=30)
GRACE = timedelta(seconds=60)
"""How long the token before the current one still gives its successor (two tabs, a lost reply)."""

VISITOR_GRACE = LIFE
"""A visitor whose reply was lost may come back from a tunnel, or next week: they have no password
to sign in with again, and the conversation would be lost to them."""


class Holder(StrEnum):
    """Whose tokens they are: one kind is worth nothing where the other is asked for."""

    VISITOR = "visitor"
    OPERATOR = "operator"

    @property
    def grace(self) -> timedelta:
        return VISITOR_GRACE if self is Holder.VISITOR else GRACE


class Session(Struct, frozen=True, kw_only=True):
    """One signed-in browser: `subject_id` is a contact's or an operator's id, `epoch` the subject's
    at its start.
    """

    family: str
    subject_id: str
    epoch: int
    generation: int
    rotated_at: datetime


class Refresh(StrEnum):
    """What a presented refresh token deserves."""

    ROTATE = "rotate"
    REPEAT = "repeat"
    END = "end"


def refresh_token(key: bytes, holder: Holder, family: str, generation: int) -> str:
    """The token of one generation: derived, so that the same successor can be given twice."""
    mac = hmac.new(key, f"refresh|{holder}|{family}|{generation}".encode(), sha256).hexdigest()
    return f"{family}.{generation}.{mac}"


def read_refresh_token(key: bytes, holder: Holder, token: str) -> tuple[str, int]:
    """(family, generation) of a token that we signed for this kind of holder. Raises
    Unauthorized.
    """
    family, _, rest = token.partition(".")
    generation, _, _ = rest.partition(".")
    if not generation.isascii() or not generation.isdigit() or len(generation) > 9:
        raise Unauthorized
    if not hmac.compare_digest(
        refresh_token(key, holder, family, int(generation)).encode(), token.encode()
    ):
        raise Unauthorized
    return family, int(generation)


def judge(session: Session, generation: int, now: datetime, grace: timedelta) -> Refresh:
    """The current token rotates; the one before repeats its successor during the grace.

    Anything else is a stolen or replayed token and ends the family.
    """
    if generation == session.generation:
        return Refresh.ROTATE
    fresh = now - session.rotated_at <= grace
    return Refresh.REPEAT if generation == session.generation - 1 and fresh else Refresh.END
