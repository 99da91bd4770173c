"""Who is there, with how much to do, and who was given what today (items 2, 16)."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from chalicelib.domain import access, working_hours
from chalicelib.domain.activity import ActivityEvent
from chalicelib.domain.assignment import connected
from chalicelib.domain.branch import Branch
from chalicelib.domain.connection import branch_audience
from chalicelib.domain.operator import Operator
from chalicelib.domain.team import Crew
from chalicelib.errors import Invalid
from chalicelib.parallel import together
from chalicelib.store import activity, connections, pools, settled


def crews(now: datetime) -> list[Crew]:
    """Every branch with its people. 1 read unit and 1 query a branch, all at once."""
    organisation = settled.organisation()
    branches = organisation.branches if organisation else ()
    return together([partial(_crew, branch, now) for branch in branches])


def _crew(branch: Branch, now: datetime) -> Crew:
    listening = connections.of(branch_audience(branch.id))
    return Crew(
        branch=branch,
        pool=pools.load(branch.id),
        connected=connected(listening, now),
        open=working_hours.is_open(branch.hours, now),
        changes_at=working_hours.changes_at(branch.hours, now),
    )


def given_today(
    operator: Operator, branch_id: str, now: datetime, before: str | None
) -> tuple[list[ActivityEvent], str | None]:
    """A page of the branch's assignments since its midnight, the newest first, and where the next
    begins. Raises Forbidden (supervisors look), Invalid for a branch that does not exist.
    """
    access.oversee(operator)
    organisation = settled.organisation()
    branches = {each.id: each for each in organisation.branches} if organisation else {}
    if branch_id not in branches:
        raise Invalid("There is no such branch.", field="branch_id")
    here = now.astimezone(ZoneInfo(branches[branch_id].time_zone))
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return activity.given(branch_id, midnight, before)
