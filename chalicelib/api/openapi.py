"""The OpenAPI 3.1 document: the routes as declared, the shapes as they cross the wire. `python -m`
prints it.
"""

import inspect
from typing import Any, get_args

import msgspec

from chalicelib import (
    wire,
    wire_attachments,
    wire_company,
    wire_details,
    wire_endings,
    wire_frames,
    wire_guard,
    wire_settings,
    wire_webhooks,
)
from chalicelib.api import (
    health,
    invitations,
    panel,
    settings,
    settings_company,
    settings_inboxes,
    settings_operators,
    widget,
)
from chalicelib.api.endpoint import ENDPOINTS, Endpoint

DECLARED = (
    widget,
    panel,
    invitations,
    settings,
    settings_company,
    settings_inboxes,
    settings_operators,
    health,
)
_BASES = (wire.Request, wire.Answer, wire_frames.Frame, wire_webhooks.Event, wire_webhooks.Job)
_EVENTS = get_args(wire_webhooks.AnyEvent)
REF = "#/components/schemas/{name}"


def document() -> str:
    """The contract as JSON."""
    return msgspec.json.encode(contract()).decode()


def contract() -> dict[str, Any]:
    """The contract; socket frames are the schemas ClientFrame, VisitorFrame and PanelFrame. Routes
    with `x-socket` may also be called over the socket (Call, AnswerFrame).
    """
    shapes = [
        each
        for module in (
            wire,
            wire_guard,
            wire_attachments,
            wire_details,
            wire_endings,
            wire_frames,
            wire_webhooks,
            wire_settings,
            wire_company,
        )
        for each in vars(module).values()
        if inspect.isclass(each) and each.__module__ == module.__name__ and each not in _BASES
    ]
    frames = {
        "ClientFrame": wire_frames.ClientFrame,
        "VisitorFrame": wire_frames.VisitorFrame,
        "PanelFrame": wire_frames.PanelFrame,
    }
    found, components = msgspec.json.schema_components(
        [*shapes, *frames.values()], ref_template=REF
    )
    components |= dict(zip(frames, found[len(shapes) :], strict=True))
    for component in components.values():
        if "description" in component:
            component["description"] = inspect.cleandoc(component["description"])
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(f"/api{endpoint.path}", {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Messenger", "version": "1", "license": {"name": "MIT"}},
        "paths": paths,
        "webhooks": {_name(event): {"post": _webhook(event)} for event in _EVENTS},
        "components": {
            "schemas": components,
            "securitySchemes": {
                name: {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
                for name in ("visitor", "operator")
            },
        },
    }


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": endpoint.summary,
        "operationId": endpoint.path.strip("/").replace("/", "_") + "_" + endpoint.method.lower(),
        "parameters": [*_path_parameters(endpoint.path), *_query_parameters(endpoint.query)],
        "responses": {
            str(endpoint.status): {"description": "Done.", "content": _json(endpoint.answer)},
            "default": {"description": "A refusal.", "content": _json(wire.ErrorAnswer)},
        },
    }
    if endpoint.request:
        operation["requestBody"] = {"required": True, "content": _json(endpoint.request)}
    if endpoint.bearer:
        operation["security"] = [{endpoint.bearer: []}]
    if endpoint.socket:
        operation["x-socket"] = True
    return operation


def _name(event: type[msgspec.Struct]) -> str:
    return str(event.__struct_config__.tag)


def _webhook(event: type[msgspec.Struct]) -> dict[str, Any]:
    """What a receiver is asked; the headers are Standard Webhooks'."""
    headers = {
        "webhook-id": "The event's id, the same at every attempt.",
        "webhook-timestamp": "Seconds since 1970 at this attempt.",
        "webhook-signature": "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`.",
        "X-Messenger-Signature": "`sha256=` and the hex of HMAC-SHA256 over the body.",
    }
    return {
        "summary": inspect.cleandoc(event.__doc__ or ""),
        "operationId": "receive_" + _name(event).replace(".", "_"),
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": words,
                "schema": {"type": "string"},
            }
            for name, words in headers.items()
        ],
        "requestBody": {"required": True, "content": _json(event)},
        "responses": {
            "2XX": {"description": "Taken. Anything else is a failure; the event comes again."},
            "410": {"description": "Gone for good: the event is not sent again."},
        },
    }


def _json(shape: Any) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": REF.format(name=shape.__name__)}}}


def _path_parameters(path: str) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]


def _query_parameters(query: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "schema": msgspec.json.schema(shape)}
        for name, shape in query.items()
    ]


if __name__ == "__main__":
    print(document())
