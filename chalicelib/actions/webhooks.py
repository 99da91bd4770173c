"""Admins set up webhooks and look at what became of their deliveries."""

from datetime import datetime
from secrets import token_bytes, token_hex

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.config import config
from chalicelib.domain import access
from chalicelib.domain.event import EventType
from chalicelib.domain.operator import Operator
from chalicelib.domain.webhook import (
    MOST_PER_INBOX,
    SECRET_BYTES,
    Delivery,
    Networks,
    Webhook,
    clean_url,
    secret_of,
)
from chalicelib.errors import Invalid, NotFound
from chalicelib.store import deliveries, settled, webhooks

PAGE = 20


class Page(Struct, frozen=True, kw_only=True):
    """`next` is where the following page begins; None on the last."""

    items: list[Delivery]
    next: str | None


def listed(operator: Operator, inbox_id: str) -> list[Webhook]:
    """An inbox's webhooks, the oldest first. Raises Forbidden or NotFound."""
    _allowed(operator, inbox_id)
    return webhooks.of_inbox(inbox_id)


def create(
    operator: Operator, inbox_id: str, url: str, events: frozenset[EventType], now: datetime
) -> Webhook:
    """A new webhook, switched on, with a secret of its own.

    Raises Forbidden, NotFound or Invalid.
    """
    _allowed(operator, inbox_id)
    if len(webhooks.of_inbox(inbox_id)) >= MOST_PER_INBOX:
        raise Invalid(f"An inbox has at most {MOST_PER_INBOX} webhooks.")
    webhook = Webhook(
        id=token_hex(8),
        inbox_id=inbox_id,
        url=_clean(url),
        events=events,
        enabled=True,
        secret=secret_of(token_bytes(SECRET_BYTES)),
        created_at=now,
    )
    webhooks.save(webhook)
    settled.forget_webhooks()
    return webhook


def change(
    operator: Operator,
    inbox_id: str,
    webhook_id: str,
    *,
    url: str | None,
    events: frozenset[EventType] | None,
    enabled: bool | None,
) -> Webhook:
    """The webhook with what was given. Raises Forbidden, NotFound or Invalid."""
    known = find(operator, inbox_id, webhook_id)
    changed = replace(
        known,
        url=known.url if url is None else _clean(url),
        events=known.events if events is None else events,
        enabled=known.enabled if enabled is None else enabled,
    )
    webhooks.save(changed)
    settled.forget_webhooks()
    return changed


def remove(operator: Operator, inbox_id: str, webhook_id: str) -> None:
    """Raises Forbidden or NotFound."""
    webhooks.remove(find(operator, inbox_id, webhook_id))
    settled.forget_webhooks()


def find(operator: Operator, inbox_id: str, webhook_id: str) -> Webhook:
    """Raises Forbidden or NotFound."""
    _allowed(operator, inbox_id)
    found = webhooks.get(inbox_id, webhook_id)
    if found is None:
        raise NotFound
    return found


def history(operator: Operator, inbox_id: str, webhook_id: str, before: str | None) -> Page:
    """A webhook's deliveries, the newest event first. Raises Forbidden or NotFound."""
    found = deliveries.newest(find(operator, inbox_id, webhook_id).id, PAGE + 1, before)
    page = found[:PAGE]
    return Page(
        items=[delivery for _, delivery in page],
        next=page[-1][0] if len(found) > PAGE else None,
    )


def _allowed(operator: Operator, inbox_id: str) -> None:
    access.administer(operator)
    if settled.inbox(inbox_id) is None:
        raise NotFound


def _clean(url: str) -> str:
    return clean_url(url, Networks(config().webhook_networks))
