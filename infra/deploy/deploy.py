"""`make deploy`: what was packaged and built becomes the release that a stage runs."""

import hashlib
import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from infra.deploy import admin, layer, package, rollout, secrets, web_acl
from infra.deploy import place as places
from infra.deploy.artefacts import Release
from infra.deploy.desk import Desk
from infra.deploy.place import Place
from infra.deploy.problem import Problem
from infra.deploy.stage import COMPUTED, Stage


def check(stage: str, desk: Desk) -> None:
    """Whether a deployment could begin; touches nothing. Raises Problem."""
    places.enter(stage, desk).stack.check()


def run(stage: str, desk: Desk, *, yes: bool) -> None:
    """Nothing is changed before the person has seen and agreed to it, but for what costs and
    breaks nothing: the stage's secrets, its bucket of artefacts, a version of the GeoIP layer.

    Raises Problem; repeating the command is then always safe.
    """
    packed = package.read(desk.package)
    place = places.enter(stage, desk)
    _check_settings(place.stage, packed.template)
    place.stack.check()
    place.artefacts.ensure()
    is_first = place.stack.status() is None or place.artefacts.running() is None
    secret = secrets.ensure(place.stage, place.account)
    geoip = layer.ensure(place.stage, place.account, place.artefacts, desk.geoip_layer)
    release = _release(place, packed, geoip)
    acl = web_acl.ensure(place.stage, place.account, yes=yes)
    rollout.run(place, release, {"OriginSecret": secret, "WebAclArn": acl}, yes=yes)
    web_acl.retire(place.stage, place.account)
    if not os.environ.get("CI"):
        admin.say_link(place)
    elif is_first:
        admin.say_command(place)


def _check_settings(stage: Stage, template: dict[str, Any]) -> None:
    unknown = sorted(stage.parameters.keys() - template["Parameters"].keys())
    if unknown:
        known = ", ".join(sorted(template["Parameters"].keys() - COMPUTED))
        raise Problem(f"The template has no parameter {unknown[0]}; it has {known}.")


def _release(place: Place, packed: package.Package, geoip: str) -> Release:
    """The release to run: the one that runs, when nothing is new."""
    artefacts = place.artefacts
    code = artefacts.keep("code", packed.code, ".zip")
    template = json.dumps(package.naming(packed.template, artefacts.bucket, code)).encode()
    digest = hashlib.sha256(template + packed.front).hexdigest()
    running = artefacts.running()
    made = Release(
        id=f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{digest[:8]}",
        template=artefacts.keep("templates", template, ".json"),
        code=code,
        front=artefacts.keep("front", packed.front, ".zip"),
        parameters=place.stage.parameters | {"Stage": place.stage.name, "GeoIpLayerArn": geoip},
        before=running.id if running else None,
    )
    if running and made == replace(running, id=made.id, before=made.before):
        return running
    return made
