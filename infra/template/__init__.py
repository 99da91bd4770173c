"""The resources of a deployment: one fragment a subject, merged into one template.

Fragments use the long forms of intrinsics (`Ref:`, `Fn::GetAtt:`), so that any YAML reader reads
them; a comment stands beside each choice that is not obvious.
"""

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
Tree = dict[str, Any]


def load() -> Tree:
    """All fragments as one template.

    Raises ValueError naming the place when two fragments say different things about it.
    """
    merged: Tree = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        _merge(merged, yaml.safe_load(path.read_text()), path.name)
    return merged


def _merge(into: Tree, more: Tree, where: str) -> None:
    for key, value in more.items():
        if key not in into:
            into[key] = value
        elif isinstance(into[key], dict) and isinstance(value, dict):
            _merge(into[key], value, f"{where}: {key}")
        elif into[key] != value:
            raise ValueError(f"{where}: {key} is said twice, and differently")
