"""What `make package` made: the code, the template that names it, and the front ends."""

import hashlib
import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.deploy.problem import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    code: bytes
    template: dict[str, Any]
    front: bytes


def read(folder: Path) -> Package:
    """Raises Problem unless it is complete, and what its manifest says."""
    manifest = folder / "manifest.json"
    if not manifest.exists():
        raise Problem("Nothing has been packaged. Run `make package`.")
    content = {
        name: _checked(folder / name, digest)
        for name, digest in json.loads(manifest.read_text()).items()
    }
    return Package(
        code=content["function.zip"],
        template=json.loads(content["template.json"]),
        front=content["front.zip"],
    )


def naming(template: dict[str, Any], bucket: str, key: str) -> dict[str, Any]:
    """The template whose functions have their code from this object."""
    named = deepcopy(template)
    for resource in named["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"s3://{bucket}/{key}"
    return named


def _checked(path: Path, digest: str) -> bytes:
    content = path.read_bytes() if path.exists() else b""
    if hashlib.sha256(content).hexdigest() != digest:
        raise Problem(f"{path.name} is not what was packaged. Run `make package` again.")
    return content
