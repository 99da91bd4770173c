"""The webhooks of all inboxes: few, and read as a whole."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.domain.event import EventType
from chalicelib.domain.webhook import Webhook
from chalicelib.store import keys
from chalicelib.store.table import Item, Raw, guarded, put, query, read


class WebhookItem(Item):
    inbox_id = UnicodeAttribute()
    url = UnicodeAttribute()
    events = UnicodeAttribute()
    enabled = BooleanAttribute()
    secret = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()


def everything() -> list[Webhook]:
    """All webhooks, by inbox."""
    found: list[Raw] = []
    start: Raw | None = None
    while True:
        items, start = query(keys.WEBHOOKS, start=start)
        found += items
        if start is None:
            return [_webhook(WebhookItem.from_raw_data(raw)) for raw in found]


def of_inbox(inbox_id: str) -> list[Webhook]:
    """An inbox's webhooks, read consistently."""
    where = WebhookItem.sk.startswith(keys.webhook(inbox_id, ""))
    items, _ = query(keys.WEBHOOKS, where=where, consistent=True)
    found = [_webhook(WebhookItem.from_raw_data(raw)) for raw in items]
    return sorted(found, key=lambda each: each.created_at)


def get(inbox_id: str, webhook_id: str) -> Webhook | None:
    item = read(WebhookItem, keys.WEBHOOKS, keys.webhook(inbox_id, webhook_id))
    return _webhook(item) if item else None


def save(webhook: Webhook) -> None:
    put(
        WebhookItem(
            keys.WEBHOOKS,
            keys.webhook(webhook.inbox_id, webhook.id),
            kind="webhook",
            inbox_id=webhook.inbox_id,
            url=webhook.url,
            events=" ".join(sorted(webhook.events)),
            enabled=webhook.enabled,
            secret=webhook.secret,
            created_at=webhook.created_at,
        )
    )


def remove(webhook: Webhook) -> None:
    with guarded():
        WebhookItem(keys.WEBHOOKS, keys.webhook(webhook.inbox_id, webhook.id)).delete()


def delete(writes: TransactWrite, webhook: Webhook) -> None:
    writes.delete(WebhookItem(keys.WEBHOOKS, keys.webhook(webhook.inbox_id, webhook.id)))


def _webhook(item: WebhookItem) -> Webhook:
    return Webhook(
        id=item.sk.rpartition("#")[2],
        inbox_id=item.inbox_id,
        url=item.url,
        events=frozenset(EventType(each) for each in item.events.split()),
        enabled=item.enabled,
        secret=item.secret,
        created_at=item.created_at,
    )
