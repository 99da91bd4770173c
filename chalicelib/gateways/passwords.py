"""Password hashes (argon2id with the library's current defaults, RFC 9106)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher


def hash_of(password: str) -> str:
    return _hasher().hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether the password is the one; takes as long when there is no such account
    (`stored` None).
    """
    from argon2.exceptions import InvalidHashError, VerificationError  # cold start: few sign in

    try:
        return _hasher().verify(stored or _nobody(), password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # cold start, as above

    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash("nobody has this password")
