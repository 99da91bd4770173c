"""An entry point for visitors, with its settings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """`branch_id` binds all its conversations to one branch; None leaves them to the
    region rules.
    """

    id: str
    name: str
    branch_id: str | None = None
    realtime: bool = True
