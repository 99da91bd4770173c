"""The admins' routes: webhooks."""

from chalice.app import Blueprint

from chalicelib import present_webhooks, wire, wire_webhooks
from chalicelib.actions import webhooks
from chalicelib.api import auth, cursors
from chalicelib.api.endpoint import Call, Route
from chalicelib.domain.event import EventType

blueprint = Blueprint(__name__)
route = Route(blueprint)

_ALL = "/panel/inboxes/{inbox_id}/webhooks"
_ONE = _ALL + "/{webhook_id}"


@route("GET", _ALL, wire_webhooks.WebhookList, bearer="operator")
def list_webhooks(call: Call, inbox_id: str) -> wire_webhooks.WebhookList:
    """An inbox's webhooks, the oldest first."""
    found = webhooks.listed(auth.operator(call.headers), inbox_id)
    return wire_webhooks.WebhookList(webhooks=[present_webhooks.webhook(each) for each in found])


@route(
    "POST",
    _ALL,
    wire_webhooks.WebhookCreated,
    request=wire_webhooks.WebhookRequest,
    status=201,
    bearer="operator",
)
def create_webhook(call: Call, inbox_id: str) -> wire_webhooks.WebhookCreated:
    """A new webhook; the answer alone holds its signing secret."""
    operator, body = auth.operator(call.headers), call.body(wire_webhooks.WebhookRequest)
    made = webhooks.create(operator, inbox_id, body.url, _events(body.events), call.now)
    return wire_webhooks.WebhookCreated(webhook=present_webhooks.webhook(made), secret=made.secret)


@route(
    "PATCH",
    _ONE,
    wire_webhooks.WebhookAnswer,
    request=wire_webhooks.WebhookChange,
    bearer="operator",
)
def change_webhook(call: Call, inbox_id: str, webhook_id: str) -> wire_webhooks.WebhookAnswer:
    """Changes what is given; in force everywhere within ten seconds."""
    operator, body = auth.operator(call.headers), call.body(wire_webhooks.WebhookChange)
    changed = webhooks.change(
        operator,
        inbox_id,
        webhook_id,
        url=body.url,
        events=None if body.events is None else _events(body.events),
        enabled=body.enabled,
    )
    return wire_webhooks.WebhookAnswer(webhook=present_webhooks.webhook(changed))


@route("DELETE", _ONE, wire.Nothing, bearer="operator")
def remove_webhook(call: Call, inbox_id: str, webhook_id: str) -> wire.Nothing:
    """Deletes a webhook; what was on its way to it goes to the dead-letter queue."""
    webhooks.remove(auth.operator(call.headers), inbox_id, webhook_id)
    return wire.Nothing()


@route(
    "GET",
    _ONE + "/deliveries",
    wire_webhooks.DeliveryList,
    bearer="operator",
    query={"next": str},
)
def list_deliveries(call: Call, inbox_id: str, webhook_id: str) -> wire_webhooks.DeliveryList:
    """What became of the events of the last 30 days, the newest first."""
    operator = auth.operator(call.headers)
    scope = f"{operator.id}|{webhook_id}"
    before = cursors.read(call.text("next"), scope)
    page = webhooks.history(operator, inbox_id, webhook_id, before)
    return wire_webhooks.DeliveryList(
        items=[present_webhooks.delivery(each) for each in page.items],
        next=cursors.sign(page.next, scope),
    )


def _events(names: list[wire_webhooks.EventType]) -> frozenset[EventType]:
    return frozenset(EventType(name) for name in names)
