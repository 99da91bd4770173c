"""What an admin sets: branches, region rules, the default branch, inboxes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from pynamodb.attributes import (
    BooleanAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.transactions import TransactWrite

from chalicelib.domain import working_hours
from chalicelib.domain.activity import ActivityEvent
from chalicelib.domain.appearance import Appearance, Side
from chalicelib.domain.assignment import Pool
from chalicelib.domain.attachment import Kind, Rules
from chalicelib.domain.branch import Branch, Organisation, RegionRule, Scope
from chalicelib.domain.captcha import CaptchaKind
from chalicelib.domain.inbox import ALERT_AFTER, ESCALATE_AFTER, AutoReply, Inbox, OfflineText
from chalicelib.domain.rating import Scale
from chalicelib.store import activity, keys, pools
from chalicelib.store.table import Cancelled, Item, Raw, put, query, transaction


class BranchItem(Item):
    name = UnicodeAttribute()
    time_zone = UnicodeAttribute(default="UTC")
    neighbours: JSONAttribute = JSONAttribute(default=list)
    hours: JSONAttribute = JSONAttribute(null=True)


class RuleItem(Item):
    scope = NumberAttribute()
    place = UnicodeAttribute()
    branch_id = UnicodeAttribute()
    name_ru = UnicodeAttribute(default="")
    name_en = UnicodeAttribute(default="")


class SettingsItem(Item):
    """`version` grows with every change by an admin: each is decided on what it finds."""

    default_branch_id = UnicodeAttribute()
    version = NumberAttribute(default=0)


class InboxItem(Item):
    name = UnicodeAttribute()
    branch_id = UnicodeAttribute(null=True)
    members: JSONAttribute = JSONAttribute(default=list)
    escalate_after = NumberAttribute(default=ESCALATE_AFTER.total_seconds())
    alert_after = NumberAttribute(default=ALERT_AFTER.total_seconds())
    time_zone = UnicodeAttribute(default="UTC")
    hours: JSONAttribute = JSONAttribute(null=True)
    offline_text: JSONAttribute = JSONAttribute(default=dict)
    offline_since = UTCDateTimeAttribute(null=True)
    rating = UnicodeAttribute(null=True)
    allowed_domains: JSONAttribute = JSONAttribute(default=list)
    realtime = BooleanAttribute()
    attachments: JSONAttribute = JSONAttribute(null=True)
    captcha = UnicodeAttribute(default="off")
    auto_reply: JSONAttribute = JSONAttribute(default=dict)
    appearance: JSONAttribute = JSONAttribute(default=dict)
    photo = UnicodeAttribute(null=True)


class Company(Struct, frozen=True, kw_only=True):
    """All settings as they stood at `version`, on which the next change is decided."""

    organisation: Organisation
    inboxes: tuple[Inbox, ...]
    version: int


class Overtaken(Exception):  # noqa: N818  # it is no error: the caller looks again and decides
    """The settings are no longer those that the change was decided on."""


# ---------------------------------------------------------------- reading


def load() -> Organisation | None:
    """The whole organisation in one query; None before it has been set up."""
    found = _load(consistent=False)
    return found[0] if found else None


def inboxes() -> list[Inbox]:
    return [_inbox(raw) for raw in _all(keys.INBOXES, consistent=False)]


def company() -> Company | None:
    """All settings, read consistently; None before they have been set up."""
    found = _load(consistent=True)
    if found is None:
        return None
    organisation, version = found
    every = tuple(_inbox(raw) for raw in _all(keys.INBOXES, consistent=True))
    return Company(organisation=organisation, inboxes=every, version=version)


def _load(*, consistent: bool) -> tuple[Organisation, int] | None:
    by_kind: dict[str, list[Raw]] = {}
    for raw in _all(keys.ORGANISATION, consistent=consistent):
        by_kind.setdefault(raw["kind"]["S"], []).append(raw)
    if "settings" not in by_kind:
        return None
    settings = SettingsItem.from_raw_data(by_kind["settings"][0])
    organisation = Organisation(
        branches=tuple(_branch(raw, keys.branch("")) for raw in by_kind.get("branch", [])),
        rules=tuple(_rule(raw) for raw in by_kind.get("rule", [])),
        default_branch_id=settings.default_branch_id,
        former=tuple(_branch(raw, keys.former("")) for raw in by_kind.get("former", [])),
    )
    return organisation, int(settings.version)


def _all(pk: str, *, consistent: bool) -> Iterator[Raw]:
    start: Raw | None = None
    while True:
        items, start = query(pk, start=start, consistent=consistent)
        yield from items
        if start is None:
            return


# ---------------------------------------------------------------- setting up


def save_branch(branch: Branch) -> None:
    """Adds or renames a branch; its pool comes with it."""
    put(_branch_item(branch))
    pools.create(branch.id)


def save_rule(rule: RegionRule) -> None:
    put(_rule_item(rule))


def save_default_branch(branch_id: str) -> None:
    """Who takes what no rule claims; also the pool of those who belong to no branch."""
    put(_settings_item(branch_id, 0))
    pools.create(pools.NO_BRANCH)


def save_inbox(inbox: Inbox) -> None:
    put(_inbox_item(inbox))


# ---------------------------------------------------------------- changing


@contextmanager
def changing(
    known: Company, event: ActivityEvent, *, default_branch_id: str | None = None
) -> Iterator[TransactWrite]:
    """All that is written inside happens together with what the audit log tells of it, or nothing;
    with `default_branch_id` that is what no rule claims from here on.

    Raises Overtaken when somebody else has changed any setting since, Unavailable.
    """
    was = SettingsItem.version == known.version
    if known.version == 0:
        was |= SettingsItem.version.does_not_exist()
    try:
        with transaction() as writes:
            actions: list[Any] = [SettingsItem.version.set(known.version + 1)]
            if default_branch_id is not None:
                actions.append(SettingsItem.default_branch_id.set(default_branch_id))
            settings = SettingsItem(keys.ORGANISATION, keys.SETTINGS)
            writes.update(settings, actions=actions, condition=was)
            activity.note(writes, event)
            yield writes
    except Cancelled as cancelled:
        raise Overtaken from cancelled


def add_branch(writes: TransactWrite, branch: Branch) -> None:
    """A new branch with its pool."""
    set_branch(writes, branch)
    pools.add(writes, branch.id)


def set_branch(writes: TransactWrite, branch: Branch) -> None:
    writes.save(_branch_item(branch))


def retire(writes: TransactWrite, branch: Branch, pool: Pool) -> None:
    """The branch is no more, nor its pool, which must be as it was read; its name stays, for the
    conversations that were its.
    """
    former = _branch_item(branch)
    former.sk, former.kind = keys.former(branch.id), "former"
    writes.save(former)
    gone = BranchItem(keys.ORGANISATION, keys.branch(branch.id))
    writes.delete(gone, condition=BranchItem.pk.exists())
    pools.remove(writes, pool)


def set_rule(writes: TransactWrite, rule: RegionRule) -> None:
    writes.save(_rule_item(rule))


def delete_rule(writes: TransactWrite, rule: RegionRule) -> None:
    writes.delete(RuleItem(keys.ORGANISATION, keys.rule(rule.scope, rule.place)))


def set_inbox(writes: TransactWrite, inbox: Inbox) -> None:
    writes.save(_inbox_item(inbox))


def delete_inbox(writes: TransactWrite, inbox: Inbox) -> None:
    writes.delete(InboxItem(keys.INBOXES, keys.inbox(inbox.id)))


# ---------------------------------------------------------------- items


def _settings_item(branch_id: str, version: int) -> SettingsItem:
    return SettingsItem(
        keys.ORGANISATION,
        keys.SETTINGS,
        kind="settings",
        default_branch_id=branch_id,
        version=version,
    )


def _branch_item(branch: Branch) -> BranchItem:
    return BranchItem(
        keys.ORGANISATION,
        keys.branch(branch.id),
        kind="branch",
        name=branch.name,
        time_zone=branch.time_zone,
        neighbours=list(branch.neighbours),
        hours=working_hours.written(branch.hours) if branch.hours else None,
    )


def _branch(raw: Raw, prefix: str) -> Branch:
    item = BranchItem.from_raw_data(raw)
    return Branch(
        id=item.sk.removeprefix(prefix),
        name=item.name,
        time_zone=item.time_zone,
        neighbours=tuple(item.neighbours),
        hours=working_hours.read(item.hours, item.time_zone) if item.hours else None,
    )


def _rule_item(rule: RegionRule) -> RuleItem:
    return RuleItem(
        keys.ORGANISATION,
        keys.rule(rule.scope, rule.place),
        kind="rule",
        scope=int(rule.scope),
        place=rule.place,
        branch_id=rule.branch_id,
        name_ru=rule.name_ru,
        name_en=rule.name_en,
    )


def _rule(raw: Raw) -> RegionRule:
    item = RuleItem.from_raw_data(raw)
    return RegionRule(
        scope=Scope(int(item.scope)),
        place=item.place,
        branch_id=item.branch_id,
        name_ru=item.name_ru,
        name_en=item.name_en,
    )


def _inbox_item(inbox: Inbox) -> InboxItem:
    return InboxItem(
        keys.INBOXES,
        keys.inbox(inbox.id),
        kind="inbox",
        name=inbox.name,
        branch_id=inbox.branch_id,
        members=sorted(inbox.members),
        escalate_after=inbox.escalate_after.total_seconds(),
        alert_after=inbox.alert_after.total_seconds(),
        time_zone=inbox.time_zone,
        hours=working_hours.written(inbox.hours) if inbox.hours else None,
        offline_text={"ru": inbox.offline_text.ru, "en": inbox.offline_text.en},
        offline_since=inbox.offline_since,
        rating=inbox.rating.value if inbox.rating else None,
        allowed_domains=list(inbox.allowed_domains),
        realtime=inbox.realtime,
        attachments=inbox.attachments.facts,
        captcha=inbox.captcha.value,
        auto_reply=asdict(inbox.auto_reply),
        appearance=asdict(inbox.appearance),
        photo=inbox.photo,
    )


def _inbox(raw: Raw) -> Inbox:
    item = InboxItem.from_raw_data(raw)
    return Inbox(
        id=item.sk.removeprefix(keys.inbox("")),
        name=item.name,
        branch_id=item.branch_id,
        members=frozenset(item.members),
        escalate_after=timedelta(seconds=item.escalate_after),
        alert_after=timedelta(seconds=item.alert_after),
        time_zone=item.time_zone,
        hours=working_hours.read(item.hours, item.time_zone) if item.hours else None,
        offline_text=OfflineText(**item.offline_text),
        offline_since=item.offline_since,
        rating=Scale(item.rating) if item.rating else None,
        allowed_domains=tuple(item.allowed_domains),
        realtime=item.realtime,
        attachments=_rules_of_files(item.attachments),
        captcha=CaptchaKind(item.captcha),
        auto_reply=AutoReply(**item.auto_reply),
        appearance=_appearance(item.appearance),
        photo=item.photo,
    )


def _appearance(kept: dict[str, Any]) -> Appearance:
    return Appearance(**kept | {"side": Side(kept.get("side", Side.RIGHT))})


def _rules_of_files(kept: dict[str, Any] | None) -> Rules:
    if kept is None:
        return Rules()
    kinds = frozenset(Kind(each) for each in kept["kinds"])
    return Rules(enabled=kept["enabled"], max_bytes=kept["max_bytes"], kinds=kinds)
