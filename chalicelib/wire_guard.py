"""The shapes of what stands between a visitor and a new conversation: challenges, answers."""

from typing import Annotated, Literal

from msgspec import Meta, Struct


class Altcha(Struct):
    """A proof of work, as Altcha describes it: find the whole number from 0 to `maxnumber` for
    which the SHA-256 of `salt` followed by it is `challenge`.
    """

    algorithm: Literal["SHA-256"]
    challenge: str
    salt: str
    maxnumber: int


class Challenge(Struct):
    """Send the same message again with `token` and the answer: of `question`, a sum, or of
    `altcha`. It can be answered once, within `expires_in` seconds.
    """

    kind: Literal["arithmetic", "altcha"]
    token: str
    expires_in: int
    question: str | None
    altcha: Altcha | None


class Captcha(Struct, forbid_unknown_fields=True):
    """The answer to a challenge."""

    token: Annotated[str, Meta(min_length=1, max_length=256)]
    answer: Annotated[str, Meta(max_length=16)]
