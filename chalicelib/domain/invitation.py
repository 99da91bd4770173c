"""Links by which people come in: a secret that works once, and not for ever."""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from msgspec import Struct

SECRET_BYTES = 32
SETUP = "setup"
"""The subject of the link that creates the first admin; the others' subjects are operators."""

LIFE = timedelta(days=7)
SETUP_LIFE = timedelta(hours=72)

PATH = "/panel/#/join/"
"""Where the panel reads the token: a fragment, which browsers send to no server."""


class Invitation(Struct, frozen=True, kw_only=True):
    """The one link that is good for `subject`; of its secret we know no more than the SHA-256."""

    subject: str
    proof: str
    expires_at: datetime

    def opens_with(self, proof: str, now: datetime) -> bool:
        return compare_digest(self.proof, proof) and now < self.expires_at


def invite(subject: str, secret: bytes, now: datetime) -> tuple[Invitation, str]:
    """A new link for an operator's id or SETUP, and the token that goes into it."""
    life = SETUP_LIFE if subject == SETUP else LIFE
    token = f"{subject}.{urlsafe_b64encode(secret).decode().rstrip('=')}"
    return Invitation(subject=subject, proof=_proof(token), expires_at=now + life), token


def read(token: str) -> tuple[str, str]:
    """The subject that a token names, and its proof; whatever the token says is a claim."""
    return token.rpartition(".")[0], _proof(token)


def _proof(token: str) -> str:
    return sha256(token.encode()).hexdigest()
