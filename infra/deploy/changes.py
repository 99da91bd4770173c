"""A change set as people read it, and what no change set may do."""

from collections.abc import Sequence
from typing import Any

from infra.deploy.problem import Problem

Change = dict[str, Any]
_HEADER = ("Action", "Replacement", "Type", "Resource")
# Behind these stands data that a replacement would leave behind.
_KEPT = {"AWS::DynamoDB::Table"}
_ORDER = {"yes": 0, "maybe": 1, "-": 2, "no": 3}


def table(changes: Sequence[Change]) -> str:
    """One line a resource, what is replaced first."""
    rows = sorted((_row(change) for change in changes), key=lambda row: (_ORDER[row[1]], row))
    widths = [max(len(row[i]) for row in [_HEADER, *rows]) for i in range(len(_HEADER))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [_HEADER, *rows]
    )


def refuse_loss(changes: Sequence[Change]) -> None:
    """Raises Problem when the table would be removed from the stack or replaced."""
    for change in changes:
        lost = change["Action"] == "Remove" or change.get("Replacement") == "True"
        if change["ResourceType"] in _KEPT and lost:
            raise Problem(
                f"This would take {change['LogicalResourceId']} away from the stack, and with it "
                "everything the stage knows. Not run: keep its name, keys and logical id."
            )


def _row(change: Change) -> tuple[str, str, str, str]:
    replaced = {"True": "yes", "Conditional": "maybe", "False": "no"}
    return (
        change["Action"],
        replaced.get(change.get("Replacement", ""), "-"),
        change["ResourceType"],
        change["LogicalResourceId"],
    )
