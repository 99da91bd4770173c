"""Admins set up branches and the default branch; each change is decided on all settings as they
stand.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypedDict, TypeVar, Unpack

from msgspec.structs import replace

from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import access, company
from chalicelib.domain.activity import Action, ActivityEvent, actor, difference
from chalicelib.domain.branch import Branch
from chalicelib.domain.company import Uses
from chalicelib.domain.operator import Operator
from chalicelib.domain.working_hours import Hours, both_change_at, both_open, clean
from chalicelib.errors import NotFound, Unavailable
from chalicelib.store import conversations, keys, organisation, pools, settled, staff
from chalicelib.store.attempts import attempts
from chalicelib.store.organisation import Company, Overtaken

COUNTED = 100
"""Open conversations that stand in the way are counted up to here."""

T = TypeVar("T")


class BranchChange(TypedDict, total=False):
    name: str
    time_zone: str
    neighbours: tuple[str, ...]
    hours: Hours | None


def shown(admin: Operator) -> Company:
    """All settings. Raises Forbidden."""
    access.administer(admin)
    return _company()


def add_branch(admin: Operator, wanted: Branch, now: datetime) -> Branch:
    """A new branch with an empty pool. Raises Forbidden, or Invalid naming the field."""

    def decide(known: Company) -> Branch:
        branch = company.checked_branch(wanted, known.organisation)
        event = told(admin, now, "branch", branch.id, None, company.branch_facts(branch))
        with organisation.changing(known, event) as writes:
            organisation.add_branch(writes, branch)
        return branch

    return decided(admin, decide)


def change_branch(
    admin: Operator, branch_id: str, now: datetime, choice: Choice, **given: Unpack[BranchChange]
) -> Branch:
    """The branch with what is given; who waits there is given out if it is open now.

    Raises Forbidden, NotFound, or Invalid naming the field.
    """

    def decide(known: Company) -> Branch:
        was = _branch(known, branch_id)
        branch = company.checked_branch(replace(was, **given), known.organisation)
        if branch == was:
            return was
        before, after = company.branch_facts(was), company.branch_facts(branch)
        event = told(admin, now, "branch", branch_id, before, after)
        with organisation.changing(known, event) as writes:
            organisation.set_branch(writes, branch)
        return branch

    changed = decided(admin, decide)
    drain_soon(branch_id, now, choice)
    return changed


def delete_branch(admin: Operator, branch_id: str, now: datetime) -> None:
    """Takes a branch away that nothing needs any more; it is nobody's neighbour then.

    Raises Forbidden, NotFound, or InUse.
    """

    def decide(known: Company) -> None:
        branch = _branch(known, branch_id)
        pool = pools.load(branch_id)
        company.may_delete(_uses(known, branch_id))
        event = told(admin, now, "branch", branch_id, company.branch_facts(branch), None)
        with organisation.changing(known, event) as writes:
            organisation.retire(writes, branch, pool)
            for each in company.without(known.organisation, branch_id):
                organisation.set_branch(writes, each)

    decided(admin, decide)


def choose_default(admin: Operator, branch_id: str, now: datetime) -> None:
    """Who takes what no rule claims. Raises Forbidden, or Invalid for no such branch."""

    def decide(known: Company) -> None:
        was = known.organisation.default_branch_id
        chosen = company.checked_default(branch_id, known.organisation)
        if chosen == was:
            return
        facts = {"default_branch_id": was}, {"default_branch_id": chosen}
        event = told(admin, now, "settings", "default_branch", *facts)
        with organisation.changing(known, event, default_branch_id=chosen):
            pass

    decided(admin, decide)


def preview(
    admin: Operator, branch: Hours | None, inbox: Hours | None, now: datetime
) -> tuple[bool, datetime | None]:
    """Whether these hours together are open, and when that changes.

    Raises Forbidden, or Invalid naming the field.
    """
    access.administer(admin)
    ours = clean(branch, "branch.hours") if branch else None
    theirs = clean(inbox, "inbox.hours") if inbox else None
    return both_open(ours, theirs, now), both_change_at(ours, theirs, now)


# ---------------------------------------------------------------- for all settings


def decided(admin: Operator, decide: Callable[[Company], T]) -> T:
    """What `decide` does with the settings as they stand, and again when somebody was faster; this
    process knows it at once.

    Raises Forbidden, NotFound before anything was set up, Unavailable.
    """
    access.administer(admin)
    for _ in attempts():
        try:
            done = decide(_company())
        except Overtaken:
            continue
        settled.forget_company()
        return done
    raise Unavailable


def told(
    admin: Operator,
    now: datetime,
    kind: str,
    subject_id: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> ActivityEvent:
    """What the audit log tells: all of what came or went, only the difference of what changed."""
    action = Action.CHANGED
    if before is None or after is None:
        action = Action.CREATED if before is None else Action.DELETED
    else:
        before, after = map(dict, difference(before, after))
    return ActivityEvent(
        at=now,
        actor=actor(admin),
        action=action,
        kind=kind,
        subject_id=subject_id,
        before=before,
        after=after,
    )


def _company() -> Company:
    found = organisation.company()
    if found is None:
        raise NotFound("Nothing has been set up yet.")
    return found


def _branch(known: Company, branch_id: str) -> Branch:
    found = known.organisation.branch(branch_id)
    if found is None:
        raise NotFound
    return found


def _uses(known: Company, branch_id: str) -> Uses:
    waiting = conversations.view(keys.view_open(branch_id), COUNTED, None)
    return Uses(
        default=known.organisation.default_branch_id == branch_id,
        rules=sum(each.branch_id == branch_id for each in known.organisation.rules),
        inboxes=sum(each.branch_id == branch_id for each in known.inboxes),
        operators=sum(each.branch_id == branch_id for each in staff.everyone()),
        conversations=len(waiting),
    )
