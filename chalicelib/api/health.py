"""Whether this deployment works, and the contract it speaks."""

from functools import cache

from chalice.app import Blueprint, Response

from chalicelib import wire
from chalicelib.actions import health as checks
from chalicelib.api.endpoint import CORS, JSON, Call, Route
from chalicelib.errors import Unavailable

blueprint = Blueprint(__name__)
route = Route(blueprint)


@route("GET", "/health", wire.Health)
def health(call: Call) -> wire.Health:
    """200 while every part answers; 503 otherwise."""
    found = checks.run()
    if not all(found.values()):
        failing = ", ".join(sorted(name for name, ok in found.items() if not ok))
        raise Unavailable(f"Not working: {failing}.")
    return wire.Health(status="ok")


@blueprint.route("/openapi.json", methods=["GET"], cors=CORS)
def openapi() -> Response:
    return Response(_contract(), headers=dict(JSON))


@cache
def _contract() -> str:
    from chalicelib.api.openapi import (
        document,
    )  # cold start: only whoever reads the contract builds it

    return document()
