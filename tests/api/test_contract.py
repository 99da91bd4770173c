"""The OpenAPI document is the contract: it says all that the application does, and no more."""

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app import app
from chalicelib import wire_frames
from chalicelib.api.endpoint import ENDPOINTS
from chalicelib.api.openapi import contract, document
from infra import wire_types
from tests.support.door import get
from tests.support.emulators import ROOT

NOT_IN_ITSELF = {("GET", "/openapi.json")}


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, methods in contract()["paths"].items()
        for method, operation in methods.items()
    }


def references(node: object) -> set[str]:
    if isinstance(node, dict):
        own = {str(node["$ref"])} if "$ref" in node else set()
        return own.union(*(references(each) for each in node.values()))
    if isinstance(node, list):
        return set().union(*(references(each) for each in node))
    return set()


def test_the_application_answers_the_declared_routes_and_no_others() -> None:
    answered = {
        (method, f"/api{path}")
        for path, methods in app.routes.items()
        for method in methods
        if (method, path) not in NOT_IN_ITSELF
    }

    assert len(answered) > 15
    assert answered == set(operations())


def test_every_route_allows_the_front_ends_on_any_origin() -> None:
    for path, methods in app.routes.items():
        for method, entry in methods.items():
            headers = entry.cors.get_access_control_headers()
            assert headers["Access-Control-Allow-Origin"] == "*", (method, path)
            assert "Authorization" in headers["Access-Control-Allow-Headers"], (method, path)


def test_every_operation_says_what_it_does_what_it_takes_and_what_it_answers() -> None:
    ids = [each["operationId"] for each in operations().values()]

    assert len(set(ids)) == len(ids)
    for where, operation in operations().items():
        assert operation["summary"].strip().endswith("."), where
        assert {"default", *operation["responses"]} - {"200", "201"} == {"default"}, where


def test_guarded_routes_name_their_bearer_and_bodies_their_shape() -> None:
    for endpoint in ENDPOINTS:
        operation = operations()[endpoint.method, f"/api{endpoint.path}"]
        guard: object = [{endpoint.bearer: []}] if endpoint.bearer else None
        assert operation.get("security") == guard
        assert ("requestBody" in operation) == (endpoint.request is not None)


def test_path_and_query_parameters_are_declared() -> None:
    parameters = {
        where: {(each["in"], each["name"]) for each in operation["parameters"]}
        for where, operation in operations().items()
    }

    assert parameters["GET", "/api/panel/conversations"] == {("query", "tab"), ("query", "next")}
    assert parameters["GET", "/api/panel/conversations/{conversation_id}/messages"] == {
        ("path", "conversation_id"),
        ("query", "after"),
        ("query", "before"),
    }


def test_every_reference_leads_somewhere() -> None:
    known = contract()["components"]["schemas"]

    found = references(contract())

    assert len(found) > 30
    assert {each.removeprefix("#/components/schemas/") for each in found} <= set(known)


def test_every_body_refuses_unknown_fields_in_the_document_too() -> None:
    schemas = contract()["components"]["schemas"]

    for endpoint in ENDPOINTS:
        if endpoint.request:
            assert schemas[endpoint.request.__name__]["additionalProperties"] is False


def test_every_frame_carries_a_type_of_its_own() -> None:
    for union in (wire_frames.VisitorFrame, wire_frames.PanelFrame):
        tags = [each.__struct_config__.tag for each in union.__args__]
        assert len(set(tags)) == len(tags)
        for tag, frame in zip(tags, union.__args__, strict=True):
            assert (
                tag
                == msgspec.json.schema_components([frame])[1][frame.__name__]["properties"]["type"][
                    "enum"
                ][0]
            )


def test_the_document_is_served_as_it_is_made() -> None:
    answer = get("/openapi.json")

    assert answer.status == 200
    assert answer.body == json.loads(document())


def test_the_front_ends_types_are_current(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    if not Path(wire_types.COMMAND[0]).exists():
        pytest.skip("json2ts needs `npm install`")

    assert wire_types.generate() == wire_types.TARGET.read_text(), "run `make wire`"
