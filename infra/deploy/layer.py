"""The GeoIP database as a Lambda layer: published once per content, found again later."""

import hashlib
from pathlib import Path
from typing import Any

from infra.deploy.account import Account
from infra.deploy.artefacts import Artefacts
from infra.deploy.stage import Stage
from infra.deploy.talk import say


def name(stage: Stage) -> str:
    return f"{stage.stack}-geoip"


def ensure(stage: Stage, account: Account, artefacts: Artefacts, packed: Path) -> str:
    """The layer version with the packed database, else the newest one that was published; empty
    when there is neither.
    """
    published = versions(stage, account)
    if not packed.exists():
        if not published:
            say("No GeoIP database (`make geoip`): until then nobody's region is known.")
        return published[0]["LayerVersionArn"] if published else ""
    content = packed.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    for version in published:
        if version.get("Description") == digest:
            return str(version["LayerVersionArn"])
    key = artefacts.keep("layers", content, ".zip")
    made = account.client("lambda").publish_layer_version(
        LayerName=name(stage),
        Description=digest,
        Content={"S3Bucket": artefacts.bucket, "S3Key": key},
    )
    say(f"Published the GeoIP database as {name(stage)}, version {made['Version']}.")
    return str(made["LayerVersionArn"])


def versions(stage: Stage, account: Account) -> list[dict[str, Any]]:
    """The newest first."""
    pages = account.client("lambda").get_paginator("list_layer_versions")
    found = [
        each
        for page in pages.paginate(LayerName=name(stage))
        for each in page.get("LayerVersions", [])
    ]
    return sorted(found, key=lambda each: -int(each["Version"]))


def delete(stage: Stage, account: Account) -> None:
    client = account.client("lambda")
    for version in versions(stage, account):
        client.delete_layer_version(LayerName=name(stage), VersionNumber=version["Version"])
