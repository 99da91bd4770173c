"""`make deploy`: what was packaged and built becomes the release that a stage runs."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime

from infra.deploy import front, layer, package, rollout, secrets, web_acl
from infra.deploy import place as places
from infra.deploy.artefacts import Release
from infra.deploy.place import Place
from infra.deploy.talk import say


def run(stage: str, *, yes: bool, pace: float = 2.0) -> None:
    """Nothing is changed before the person has seen and agreed to it, but for what costs and
    breaks nothing: the stage's secrets, its bucket of artefacts, a version of the GeoIP layer.

    Raises Problem; repeating the command is then always safe.
    """
    packed, files = package.read(), front.build()
    place = places.enter(stage, pace)
    place.stack.check()
    place.artefacts.ensure()
    is_first = place.artefacts.running() is None
    secret = secrets.ensure(place.stage, place.account)
    release = _release(place, packed, front.pack(files), yes=yes)
    rollout.run(place, release, secret, yes=yes)
    if is_first:
        say(
            "\nThe first admin (asks for a password):\n"
            f"  make admin STAGE={stage} EMAIL=you@example.com NAME='Your Name'"
        )


def _release(place: Place, packed: package.Package, files: bytes, *, yes: bool) -> Release:
    """The release to run: the one that runs, when nothing is new."""
    artefacts, account = place.artefacts, place.account
    code = artefacts.keep("code", packed.code, ".zip")
    template = json.dumps(package.naming(packed.template, artefacts.bucket, code)).encode()
    computed = {
        "Stage": place.stage.name,
        "GeoIpLayerArn": layer.ensure(place.stage, account, artefacts),
        "WebAclArn": web_acl.ensure(place.stage, account, yes=yes),
    }
    digest = hashlib.sha256(template + files).hexdigest()
    running = artefacts.running()
    made = Release(
        id=f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{digest[:8]}",
        template=artefacts.keep("templates", template, ".json"),
        code=code,
        front=artefacts.keep("front", files, ".zip"),
        parameters=place.stage.parameters | computed,
        before=running.id if running else None,
    )
    if running and made == replace(running, id=made.id, before=made.before):
        return running
    return made
