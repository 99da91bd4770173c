"""What `make package` made: the code, and the template that names it."""

import json
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from infra.deploy.problem import Problem

FOLDER = Path(__file__).parents[2] / "build"


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    code: bytes
    template: dict[str, Any]


def read(folder: Path = FOLDER) -> Package:
    """Raises Problem when it has not been made."""
    code, template = folder / "deployment.zip", folder / "template.json"
    for path in (code, template):
        if not path.exists():
            raise Problem(f"{path.name} has not been made. Run `make package`.")
    return Package(code=code.read_bytes(), template=json.loads(template.read_text()))


def naming(template: dict[str, Any], bucket: str, key: str) -> dict[str, Any]:
    """The template whose functions have their code from this object."""
    named = deepcopy(template)
    for resource in named["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = f"s3://{bucket}/{key}"
    return named
