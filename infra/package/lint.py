"""The template judged before and after the transform that AWS makes of it."""

import json
import os
import subprocess
import sys
import tempfile
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest.mock import patch

from infra.deploy.problem import Problem

Tree = dict[str, Any]

# Where it is deployed decides which types and runtimes there are.
_REGION = "eu-central-1"
_IN_A_BUCKET = "s3://bucket/function.zip"


def transformed(sam: Tree) -> Tree:
    """The template as CloudFormation gets it from the SAM transform. Raises Problem."""
    from samtranslator.model.exceptions import InvalidDocumentException
    from samtranslator.translator.transform import transform  # a second of imports

    given = deepcopy(sam)
    for resource in given["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = _IN_A_BUCKET
    with patch.dict(os.environ, {"AWS_DEFAULT_REGION": _REGION}):
        try:
            made: Tree = transform(given, {}, _NoPolicies())
        except InvalidDocumentException as error:
            words = "\n".join(cause.message for cause in error.causes)
            raise Problem(f"The SAM transform refuses the template.\n{words}") from error
    return made


class _NoPolicies:
    """We name no policy of AWS's to SAM."""

    def load(self) -> dict[str, str]:
        return {}


def lint(*templates: Tree) -> None:
    """Raises Problem with what cfn-lint says of any of them, unless that is nothing."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"template-{number}.json") for number, _ in enumerate(templates, 1)]
        for path, template in zip(paths, templates, strict=True):
            path.write_text(json.dumps(template, indent=1))
        linter = Path(sys.executable).with_name("cfn-lint")
        made = subprocess.run(  # noqa: S603  # our own command line
            [linter, "--regions", _REGION, "--format", "parseable", "--", *paths],
            capture_output=True,
            text=True,
            check=False,
        )
    if made.returncode:
        raise Problem(f"cfn-lint refuses the template.\n{made.stdout}{made.stderr}".rstrip())
