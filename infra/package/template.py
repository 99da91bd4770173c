"""The template: Chalice's, made from the application, with ours merged into it, and both judged by
cfn-lint before and after the transform that AWS makes of it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from infra import template
from infra.deploy.problem import Problem
from infra.wire_types import PLACEHOLDERS

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "infra/policies"
CODE = "./function.zip"
Tree = dict[str, Any]


def policy(function: str) -> Tree:
    """What a function may do, by its name in the application."""
    read: Tree = yaml.safe_load((POLICIES / f"{function}.yaml").read_text())
    return read


def build() -> Tree:
    """The SAM template of a deployment. Raises Problem with Chalice's words."""
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder)
        for name in ("chalicelib", ".chalice"):
            shutil.copytree(ROOT / name, stage / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "app.py", stage)
        # Chalice would make a zip of its own from it.
        (stage / "requirements.txt").touch()
        _write_policies(stage / ".chalice/policies")
        (stage / "merge.json").write_text(json.dumps(template.load()))
        chalice = Path(sys.executable).with_name("chalice")
        made = subprocess.run(  # noqa: S603  # our own command line
            [
                chalice,
                "package",
                "--merge-template=merge.json",
                "out",
            ],
            cwd=stage,
            env={**os.environ, **PLACEHOLDERS, "AWS_DEFAULT_REGION": "us-east-1"},
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise Problem(f"Chalice could not package the application.\n{made.stderr.strip()}")
        return _ours(json.loads((stage / "out/sam.json").read_text()))


def _write_policies(folder: Path) -> None:
    """Chalice reads JSON; we write YAML, because a reason stands beside each wildcard."""
    folder.mkdir()
    for path in sorted(POLICIES.glob("*.yaml")):
        (folder / f"{path.stem}.json").write_text(json.dumps(policy(path.stem)))


def _ours(made: Tree) -> Tree:
    """Without Chalice's tag, which says the stage is `dev`."""
    for resource in made["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            del resource["Properties"]["Tags"]["aws-chalice"]
            resource["Properties"]["CodeUri"] = CODE
    return made
