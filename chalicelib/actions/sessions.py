"""Refresh tokens: one family per signed-in browser, rotated at every use (domain/session has the
rules).
"""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.domain.session import (
    Holder,
    Refresh,
    Session,
    judge,
    read_refresh_token,
    refresh_token,
)
from chalicelib.errors import Unauthorized
from chalicelib.gateways.secrets import secret_key
from chalicelib.store import sessions


def begin(subject_id: str, epoch: int, family: str, now: datetime) -> Session:
    """A new family."""
    session = Session(
        family=family, subject_id=subject_id, epoch=epoch, generation=1, rotated_at=now
    )
    sessions.add(session)
    return session


def refreshed(holder: Holder, presented: str, now: datetime) -> Session:
    """The session after rotation, or as it was rotated a moment ago.

    Raises Unauthorized; a replay ends the family.
    """
    family, generation = read_refresh_token(secret_key(), holder, presented)
    session = sessions.get(family)
    if session is None:
        raise Unauthorized
    verdict = judge(session, generation, now, holder.grace)
    if verdict is Refresh.END:
        sessions.end(family)
        raise Unauthorized
    if verdict is Refresh.REPEAT:
        return session
    sessions.rotate(session, now)  # when another tab has just done so, its successor is ours too
    return replace(session, generation=generation + 1, rotated_at=now)


def resumed(presented: str, now: datetime) -> Session | None:
    """The same for a visitor who can simply start anew; None when the token is worthless."""
    try:
        return refreshed(Holder.VISITOR, presented, now)
    except Unauthorized:
        return None


def token(holder: Holder, session: Session) -> str:
    """The session's current refresh token."""
    return refresh_token(secret_key(), holder, session.family, session.generation)
