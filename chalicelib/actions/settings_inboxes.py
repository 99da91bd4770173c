"""Admins set up inboxes."""

from datetime import datetime, timedelta
from functools import partial
from typing import TypedDict, Unpack

from msgspec.structs import replace

from chalicelib.actions import photos
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.actions.settings_company import decided, told
from chalicelib.domain import company
from chalicelib.domain.appearance import Appearance
from chalicelib.domain.attachment import Rules
from chalicelib.domain.branch import Organisation
from chalicelib.domain.captcha import CaptchaKind
from chalicelib.domain.inbox import AutoReply, Inbox, OfflineText
from chalicelib.domain.operator import Operator
from chalicelib.domain.rating import Scale
from chalicelib.domain.working_hours import Hours
from chalicelib.errors import InUse, NotFound
from chalicelib.parallel import together
from chalicelib.store import conversations, keys, organisation, pools, staff, webhooks
from chalicelib.store.organisation import Company

PAGE = 100
"""Open conversations looked through at once."""


class InboxChange(TypedDict, total=False):
    name: str
    branch_id: str | None
    members: frozenset[str]
    escalate_after: timedelta
    alert_after: timedelta
    time_zone: str
    hours: Hours | None
    offline_text: OfflineText
    offline_since: datetime | None
    rating: Scale | None
    allowed_domains: tuple[str, ...]
    realtime: bool
    attachments: Rules
    captcha: CaptchaKind
    auto_reply: AutoReply
    appearance: Appearance
    photo: str | None


def add_inbox(admin: Operator, wanted: Inbox, now: datetime) -> Inbox:
    """A new inbox. Raises Forbidden, or Invalid naming the field."""

    def decide(known: Company) -> Inbox:
        inbox = _checked(wanted, known)
        event = told(admin, now, "inbox", inbox.id, None, company.inbox_facts(inbox))
        with organisation.changing(known, event) as writes:
            organisation.set_inbox(writes, inbox)
        return inbox

    return decided(admin, decide)


def change_inbox(
    admin: Operator, inbox_id: str, now: datetime, choice: Choice, **given: Unpack[InboxChange]
) -> Inbox:
    """The inbox with what is given; who waits is given out if that allows it now.

    Raises Forbidden, NotFound, or Invalid naming the field.
    """

    _, changed, known = _changed(admin, inbox_id, now, given)
    for pool in pools.load_many([branch.id for branch in known.branches]):
        if pool.queued:
            drain_soon(pool.branch_id, now, choice)
    return changed


def show(admin: Operator, inbox_id: str, image: bytes, name: str, now: datetime) -> Inbox:
    """The inbox with a picture under a name of chance; the former one is taken away.

    Raises Forbidden, NotFound, Invalid, Unavailable.
    """
    decided(admin, lambda known: _inbox(known, inbox_id))
    return _shown(admin, inbox_id, photos.keep(image, name), now)


def hide(admin: Operator, inbox_id: str, now: datetime) -> Inbox:
    """The inbox without a picture. Raises Forbidden, NotFound, Unavailable."""
    return _shown(admin, inbox_id, None, now)


def _shown(admin: Operator, inbox_id: str, path: str | None, now: datetime) -> Inbox:
    was, changed, _ = _changed(admin, inbox_id, now, InboxChange(photo=path))
    photos.drop(was.photo, path)
    return changed


def _changed(
    admin: Operator, inbox_id: str, now: datetime, given: InboxChange
) -> tuple[Inbox, Inbox, Organisation]:
    """The inbox as it was, and with what is given."""

    def decide(known: Company) -> tuple[Inbox, Inbox, Organisation]:
        was = _inbox(known, inbox_id)
        inbox = _checked(company.revised(was, replace(was, **given)), known)
        if inbox != was:
            before, after = company.inbox_facts(was), company.inbox_facts(inbox)
            event = told(admin, now, "inbox", inbox_id, before, after)
            with organisation.changing(known, event) as writes:
                organisation.set_inbox(writes, inbox)
        return was, inbox, known.organisation

    return decided(admin, decide)


def delete_inbox(admin: Operator, inbox_id: str, now: datetime) -> None:
    """Takes an inbox away, with its webhooks and its picture. Raises Forbidden, NotFound, or InUse
    while it has open conversations.
    """

    def decide(known: Company) -> Inbox:
        inbox = _inbox(known, inbox_id)
        talks = _open_conversations(known.organisation, inbox_id)
        if talks:
            raise InUse(f"The inbox has open conversations: {talks}.")
        event = told(admin, now, "inbox", inbox_id, company.inbox_facts(inbox), None)
        with organisation.changing(known, event) as writes:
            organisation.delete_inbox(writes, inbox)
            for webhook in webhooks.of_inbox(inbox_id):
                webhooks.delete(writes, webhook)
        return inbox

    photos.drop(decided(admin, decide).photo)


def _checked(wanted: Inbox, known: Company) -> Inbox:
    operators = {each.id for each in staff.everyone()} if wanted.members else set[str]()
    return company.checked_inbox(wanted, known.organisation, known.inboxes, operators)


def _inbox(known: Company, inbox_id: str) -> Inbox:
    found = next((each for each in known.inboxes if each.id == inbox_id), None)
    if found is None:
        raise NotFound
    return found


def _open_conversations(known: Organisation, inbox_id: str) -> int:
    """Every open conversation of the company is looked at: rarely enough."""
    counting = [partial(_of_branch, branch.id, inbox_id) for branch in known.branches]
    return sum(together(counting))


def _of_branch(branch_id: str, inbox_id: str) -> int:
    found, before = 0, None
    while page := conversations.view(keys.view_open(branch_id), PAGE, before):
        found += sum(each.inbox_id == inbox_id for _, each in page)
        before = page[-1][0]
    return found
