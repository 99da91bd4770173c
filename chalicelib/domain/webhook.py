"""Webhooks: where an inbox's events go, how they are signed and how long we try (Standard Webhooks
1.0, https://www.standardwebhooks.com).
"""

import hmac
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.event import Event, EventType
from chalicelib.errors import Invalid

MOST_PER_INBOX = 10
MAX_URL = 2000
SECRET_BYTES = 32
SECRET_PREFIX = "whsec_"  # noqa: S105  # the prefix of every secret, not one

PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""Between the attempts: ten in 75.6 hours, after the schedule that Standard Webhooks recommends."""

LONGEST_PAUSE = timedelta(hours=24)
"""The most that a receiver's Retry-After may ask for."""

GONE = 410


class Networks(StrEnum):
    """Where receivers may stand: on the public internet under TLS, or anywhere (development)."""

    PUBLIC = "public"
    ANY = "any"


class Webhook(Struct, frozen=True, kw_only=True):
    """A receiver of an inbox's events."""

    id: str
    inbox_id: str
    url: str
    events: frozenset[EventType]
    enabled: bool
    secret: str
    created_at: datetime


class Failure(StrEnum):
    """Why an attempt did not succeed."""

    TIMEOUT = "timeout"
    REFUSED_ADDRESS = "refused_address"
    CONNECTION = "connection"
    REDIRECT = "redirect"
    STATUS = "status"


class Outcome(StrEnum):
    """How a delivery stands. `DEAD`: given up, in the dead-letter queue."""

    PENDING = "pending"
    DELIVERED = "delivered"
    DEAD = "dead"


class Answer(Struct, frozen=True, kw_only=True):
    """What came of one POST; `failure` is None when the receiver took it."""

    status: int | None
    failure: Failure | None
    duration_ms: int = 0
    retry_after: timedelta | None = None


class Attempt(Struct, frozen=True, kw_only=True):
    number: int
    at: datetime
    status: int | None
    duration_ms: int
    failure: Failure | None


class Delivery(Struct, frozen=True, kw_only=True):
    """One event on its way to one webhook; `body` is what every attempt posts, byte for byte."""

    webhook_id: str
    inbox_id: str
    event_id: str
    type: EventType
    conversation_id: str
    seq: int
    created_at: datetime
    body: str
    outcome: Outcome = Outcome.PENDING
    attempts: tuple[Attempt, ...] = ()
    next_attempt_at: datetime | None = None


def wanted(webhook: Webhook, event: Event) -> bool:
    """Whether an event goes to a webhook; what happened before there was one does not."""
    return (
        webhook.enabled
        and webhook.created_at <= event.at
        and webhook.inbox_id == event.conversation.inbox_id
        and event.type in webhook.events
    )


def attempted(delivery: Delivery, answer: Answer, at: datetime) -> Delivery:
    """The delivery after one more attempt, which ended `at`; a failed one is repeated until the
    pauses are used up or the receiver says that it is gone for good.
    """
    attempt = Attempt(
        number=len(delivery.attempts) + 1,
        at=at,
        status=answer.status,
        duration_ms=answer.duration_ms,
        failure=answer.failure,
    )
    known = replace(delivery, attempts=(*delivery.attempts, attempt), next_attempt_at=None)
    if answer.failure is None:
        return replace(known, outcome=Outcome.DELIVERED)
    if answer.status == GONE or attempt.number > len(PAUSES):
        return replace(known, outcome=Outcome.DEAD)
    pause = PAUSES[attempt.number - 1]
    if answer.retry_after is not None:
        pause = max(pause, min(answer.retry_after, LONGEST_PAUSE))
    return replace(known, outcome=Outcome.PENDING, next_attempt_at=at + pause)


def given_up(delivery: Delivery) -> Delivery:
    """The delivery of a webhook that was switched off or deleted meanwhile."""
    return replace(delivery, outcome=Outcome.DEAD, next_attempt_at=None)


def secret_of(chance: bytes) -> str:
    """A signing secret made of random bytes."""
    return SECRET_PREFIX + b64encode(chance).decode()


def headers(secret: str, event_id: str, at: datetime, body: str) -> dict[str, str]:
    """The headers that prove who sent a body: Standard Webhooks', and the HMAC-SHA256 of the body
    alone under the whole secret as text for receivers that know no more.
    """
    seconds = str(int(at.timestamp()))
    signed = f"{event_id}.{seconds}.{body}".encode()
    key = b64decode(secret.removeprefix(SECRET_PREFIX))
    standard = b64encode(hmac.digest(key, signed, sha256)).decode()
    plain = hmac.new(secret.encode(), body.encode(), sha256).hexdigest()
    return {
        "webhook-id": event_id,
        "webhook-timestamp": seconds,
        "webhook-signature": f"v1,{standard}",
        "X-Messenger-Signature": f"sha256={plain}",
    }


def clean_url(url: str, networks: Networks) -> str:
    """The URL of a receiver. What its name resolves to is judged at every attempt, not here.

    Raises Invalid telling what is wrong with it.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid("This is not a URL.", field="url") from error
    if len(text) > MAX_URL or not text.isascii() or not text.isprintable() or " " in text:
        raise Invalid("A URL has only printable ASCII characters, 2000 at most.", field="url")
    if not host or "\\" in text:
        raise Invalid("This is not a URL.", field="url")
    if parts.username is not None or parts.password is not None:
        raise Invalid("Credentials do not belong into a URL: check the signature.", field="url")
    if networks is Networks.ANY:
        if parts.scheme not in ("http", "https"):
            raise Invalid("The URL begins with https:// or http://.", field="url")
        return text
    if parts.scheme != "https":
        raise Invalid("The URL begins with https://.", field="url")
    if port not in (None, 443):
        raise Invalid("Only port 443 is allowed.", field="url")
    if _is_literal(host) or "." not in host:
        raise Invalid("The URL names a public host, not an address.", field="url")
    return text


def _is_literal(host: str) -> bool:
    """Whether a host is an address, in any of the forms that resolvers accept (`0x7f.1`)."""
    last = host.rstrip(".").rpartition(".")[2]
    if last.isdigit() or last.lower().startswith("0x"):
        return True
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
