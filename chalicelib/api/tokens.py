"""The bearer tokens we sign: visitors', operators', and single-use socket tickets."""

from datetime import datetime, timedelta
from typing import Any

import jwt

from chalicelib.domain.contact import Visitor
from chalicelib.domain.operator import Operator
from chalicelib.errors import Unauthorized
from chalicelib.gateways.secrets import secret_key

ALGORITHM = "HS256"
ISSUER = "messenger"
VISITOR_LIFE = timedelta(hours=1)
ACCESS_LIFE = timedelta(minutes=10)
TICKET_LIFE = timedelta(seconds=30)


def for_visitor(visitor: Visitor, now: datetime) -> str:
    return _sign("visitor", visitor.contact_id, now, VISITOR_LIFE, {"inbox": visitor.inbox_id})


def for_operator(operator: Operator, now: datetime) -> str:
    return _sign("panel", operator.id, now, ACCESS_LIFE, {"epoch": operator.session_epoch})


def visitor_ticket(visitor: Visitor, ticket_id: str, now: datetime) -> str:
    extra = {"inbox": visitor.inbox_id, "jti": ticket_id}
    return _sign("ticket-visitor", visitor.contact_id, now, TICKET_LIFE, extra)


def operator_ticket(operator: Operator, ticket_id: str, now: datetime) -> str:
    extra = {"epoch": operator.session_epoch, "jti": ticket_id}
    return _sign("ticket-panel", operator.id, now, TICKET_LIFE, extra)


def read_ticket(ticket: str) -> tuple[str, dict[str, Any]]:
    """Whose ticket it is (`visitor` or `panel`) and its claims. Raises Unauthorized."""
    try:
        return "visitor", read("ticket-visitor", ticket)
    except Unauthorized:
        return "panel", read("ticket-panel", ticket)


def read(audience: str, token: str) -> dict[str, Any]:
    """The claims of a token made for `audience`.

    Raises Unauthorized for any other, forged or expired.
    """
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            secret_key(),
            algorithms=[ALGORITHM],
            audience=audience,
            issuer=ISSUER,
            options={"require": ["exp", "sub", "aud", "iss"]},
        )
    except jwt.InvalidTokenError as error:
        raise Unauthorized from error
    return claims


def _sign(
    audience: str, subject: str, now: datetime, life: timedelta, extra: dict[str, Any]
) -> str:
    claims = {"iss": ISSUER, "aud": audience, "sub": subject, "iat": now, "exp": now + life}
    return jwt.encode(claims | extra, secret_key(), algorithm=ALGORITHM)
