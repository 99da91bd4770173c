"""Whether this deployment works, and the contract it speaks."""

from functools import cache

from chalice.app import Blueprint, Response

from chalicelib import wire
from chalicelib.actions import health as checks
from chalicelib.api import auth
from chalicelib.api.endpoint import CORS, JSON, Call, Route
from chalicelib.domain.operator import Role
from chalicelib.errors import Forbidden, Unavailable

blueprint = Blueprint(__name__)
route = Route(blueprint)


@route("GET", "/health", wire.Health)
def health(call: Call) -> wire.Health:
    """200 while every part answers; 503 otherwise, with the names of those that do not."""
    failing = checks.failing()
    if failing:
        raise Unavailable(f"Not working: {', '.join(failing)}.")
    return wire.Health(status="ok")


@route("GET", "/panel/health", wire.HealthReport, bearer="operator")
def report(call: Call) -> wire.HealthReport:
    """How every part is, with figures; for admins."""
    if auth.operator(call.headers).role is not Role.ADMIN:
        raise Forbidden
    parts = checks.report(call.now)
    return wire.HealthReport(
        status="ok" if all(part.ok for part in parts) else "failing",
        parts=[wire.HealthPart(name=p.name, ok=p.ok, detail=p.detail) for p in parts],
    )


@blueprint.route("/openapi.json", methods=["GET"], cors=CORS)
def openapi() -> Response:
    return Response(_contract(), headers=dict(JSON))


@cache
def _contract() -> str:
    from chalicelib.api.openapi import (
        document,
    )  # cold start: only whoever reads the contract builds it

    return document()
