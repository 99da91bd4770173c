"""Who is calling: the bearer token of a request becomes a visitor or an operator."""

from collections.abc import Mapping

from chalicelib.api import tokens
from chalicelib.domain.contact import Visitor
from chalicelib.domain.operator import Operator
from chalicelib.errors import Unauthorized
from chalicelib.store import settled


def visitor(headers: Mapping[str, str]) -> Visitor:
    """Raises Unauthorized."""
    claims = tokens.read("visitor", _bearer(headers))
    return Visitor(contact_id=claims["sub"], inbox_id=claims["inbox"])


def operator(headers: Mapping[str, str]) -> Operator:
    """The operator, whose sessions must not have been ended since. Raises Unauthorized."""
    claims = tokens.read("panel", _bearer(headers))
    return operator_of(claims["sub"], claims["epoch"])


def operator_of(operator_id: str, epoch: int) -> Operator:
    """The operator as recorded now, if their sessions of that epoch still count.

    Raises Unauthorized.
    """
    found = settled.operator(operator_id, epoch)
    if found is None or found.session_epoch != epoch:
        raise Unauthorized
    return found


def _bearer(headers: Mapping[str, str]) -> str:
    kind, _, token = headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise Unauthorized
    return token.strip()
