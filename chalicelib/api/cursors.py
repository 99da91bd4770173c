"""Where a list goes on: signed, and good only for the list that gave it."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from chalicelib.errors import Invalid
from chalicelib.gateways.secrets import secret_key


def sign(position: str | None, scope: str) -> str | None:
    """A cursor for a position; `scope` names the list and its reader."""
    if position is None:
        return None
    return urlsafe_b64encode(_mac(position, scope) + position.encode()).decode()


def read(cursor: str | None, scope: str) -> str | None:
    """The position in a cursor. Raises Invalid when it is not one of ours, or another list's."""
    if cursor is None:
        return None
    try:
        raw = urlsafe_b64decode(cursor.encode())
        mac, position = raw[:16], raw[16:].decode()
    except ValueError as error:
        raise Invalid("The cursor is not valid.", field="next") from error
    if not hmac.compare_digest(mac, _mac(position, scope)):
        raise Invalid("The cursor is not valid.", field="next")
    return position


def _mac(position: str, scope: str) -> bytes:
    return hmac.digest(secret_key(), f"cursor|{scope}|{position}".encode(), sha256)[:16]
