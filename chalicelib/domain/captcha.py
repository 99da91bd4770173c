"""What a visitor who may be a machine has to solve before a conversation is started (item 20): a
small sum, or Altcha's proof of work (SHA-256; https://altcha.org/docs).

A challenge is kept nowhere: all of it follows from its id and our key.
"""

import hmac
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from msgspec import Struct

from chalicelib.errors import Refusal

LIFE = timedelta(minutes=5)
SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
HARDEST = 100_000
"""The greatest secret number: half a second of a laptop, some seconds of an old phone."""


class CaptchaKind(StrEnum):
    """What an inbox asks of who may be a machine."""

    OFF = "off"
    ARITHMETIC = "arithmetic"
    ALTCHA = "altcha"


class Challenge(Struct, frozen=True, kw_only=True):
    """`question` is a sum (`13 + 4`); in a proof of work `salt` followed by a number up to
    `most` has the hash `target`, and that number is the answer.
    """

    kind: CaptchaKind
    token: str
    question: str = ""
    salt: str = ""
    target: str = ""
    most: int = 0


class Solution(Struct, frozen=True, kw_only=True):
    """What came back: the token of the challenge, and what they say is its answer."""

    token: str
    answer: str


class CaptchaRequired(Refusal):
    """`field` names the captcha when what was given solves nothing, or no longer."""

    code = "captcha_required"
    status = 403
    words = "Solve the challenge, and send the same message with its answer."

    def __init__(self, challenge: Challenge, *, tried: bool) -> None:
        super().__init__(field="captcha" if tried else None)
        self.challenge = challenge


def challenge(key: bytes, kind: CaptchaKind, contact_id: str, id: str, now: datetime) -> Challenge:
    """A new challenge for a visitor; `id` is chance."""
    expires = str(int((now + LIFE).timestamp()))
    token = f"{kind.value}.{id}.{expires}.{_sign(key, kind, contact_id, id, expires)}"
    if kind is CaptchaKind.ALTCHA:
        salt = _salt(id, expires)
        target = sha256(f"{salt}{_number(key, id)}".encode()).hexdigest()
        return Challenge(kind=kind, token=token, salt=salt, target=target, most=HARDEST)
    first, sign, second = _sum(key, id)
    return Challenge(kind=kind, token=token, question=SPACE.join((str(first), sign, str(second))))


def identity(
    key: bytes, kind: CaptchaKind, contact_id: str, solution: Solution, now: datetime
) -> str | None:
    """The id of the challenge that a solution is for; None unless we gave it to this visitor, of
    this kind, less than its life ago.
    """
    given, _, rest = solution.token.partition(".")
    id, _, rest = rest.partition(".")
    expires, _, signature = rest.partition(".")
    if given != kind.value or not (expires.isascii() and expires.isdigit() and len(expires) < 12):
        return None
    expected = _sign(key, kind, contact_id, id, expires)
    if not hmac.compare_digest(expected.encode(), signature.encode()):
        return None
    return id if now.timestamp() < int(expires) else None


def solves(key: bytes, kind: CaptchaKind, id: str, answer: str) -> bool:
    """Whether it is the answer to the challenge of this id."""
    if kind is CaptchaKind.ALTCHA:
        right = _number(key, id)
    else:
        first, sign, second = _sum(key, id)
        right = first + second if sign == "+" else first - second
    return hmac.compare_digest(str(right).encode(), answer.strip().encode())


def _sum(key: bytes, id: str) -> tuple[int, str, int]:
    digest = _digest(key, f"sum|{id}")
    return 10 + digest[0] % 10, ("+", MINUS)[digest[1] % 2], 2 + digest[2] % 8


def _number(key: bytes, id: str) -> int:
    return int.from_bytes(_digest(key, f"work|{id}")[:8]) % (HARDEST + 1)


def _salt(id: str, expires: str) -> str:
    return f"{id}?expires={expires}"


def _sign(key: bytes, kind: CaptchaKind, contact_id: str, id: str, expires: str) -> str:
    return _digest(key, f"{kind.value}|{contact_id}|{id}|{expires}").hex()


def _digest(key: bytes, text: str) -> bytes:
    return hmac.new(key, f"captcha|{text}".encode(), sha256).digest()
