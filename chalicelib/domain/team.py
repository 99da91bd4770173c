"""A branch and its people as they are at this moment."""

from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from chalicelib.domain.assignment import Pool
from chalicelib.domain.branch import Branch


class Crew(Struct, frozen=True, kw_only=True):
    """`connected` have a live panel; `changes_at` is when the branch opens or closes next."""

    branch: Branch
    pool: Pool
    connected: Collection[str]
    open: bool
    changes_at: datetime | None
