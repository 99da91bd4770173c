"""What an admin sets: branches, region rules, the default branch, inboxes."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.domain.branch import Branch, Organisation, RegionRule, Scope
from chalicelib.domain.inbox import Inbox
from chalicelib.store import keys, pools
from chalicelib.store.table import Item, Raw, put, query


class BranchItem(Item):
    name = UnicodeAttribute()


class RuleItem(Item):
    scope = NumberAttribute()
    place = UnicodeAttribute()
    branch_id = UnicodeAttribute()


class SettingsItem(Item):
    default_branch_id = UnicodeAttribute()


class InboxItem(Item):
    name = UnicodeAttribute()
    branch_id = UnicodeAttribute(null=True)
    realtime = BooleanAttribute()


def load() -> Organisation | None:
    """The whole organisation in one query; None before it has been set up."""
    items, _ = query(keys.ORGANISATION)
    by_kind: dict[str, list[Raw]] = {}
    for raw in items:
        by_kind.setdefault(raw["kind"]["S"], []).append(raw)
    if "settings" not in by_kind:
        return None
    settings = SettingsItem.from_raw_data(by_kind["settings"][0])
    return Organisation(
        branches=tuple(_branch(raw) for raw in by_kind.get("branch", [])),
        rules=tuple(_rule(raw) for raw in by_kind.get("rule", [])),
        default_branch_id=settings.default_branch_id,
    )


def inboxes() -> list[Inbox]:
    items, _ = query(keys.INBOXES)
    return [_inbox(raw) for raw in items]


def save_branch(branch: Branch) -> None:
    """Adds or renames a branch; its pool comes with it."""
    put(BranchItem(keys.ORGANISATION, keys.branch(branch.id), kind="branch", name=branch.name))
    pools.create(branch.id)


def save_rule(rule: RegionRule) -> None:
    put(
        RuleItem(
            keys.ORGANISATION,
            keys.rule(rule.scope, rule.place),
            kind="rule",
            scope=int(rule.scope),
            place=rule.place,
            branch_id=rule.branch_id,
        )
    )


def save_default_branch(branch_id: str) -> None:
    """Who takes what no rule claims; also the pool of those who belong to no branch."""
    settings = SettingsItem(keys.ORGANISATION, keys.SETTINGS, kind="settings")
    settings.default_branch_id = branch_id
    put(settings)
    pools.create(pools.NO_BRANCH)


def save_inbox(inbox: Inbox) -> None:
    put(
        InboxItem(
            keys.INBOXES,
            keys.inbox(inbox.id),
            kind="inbox",
            name=inbox.name,
            branch_id=inbox.branch_id,
            realtime=inbox.realtime,
        )
    )


def _branch(raw: Raw) -> Branch:
    item = BranchItem.from_raw_data(raw)
    return Branch(id=item.sk.removeprefix(keys.branch("")), name=item.name)


def _rule(raw: Raw) -> RegionRule:
    item = RuleItem.from_raw_data(raw)
    return RegionRule(scope=Scope(int(item.scope)), place=item.place, branch_id=item.branch_id)


def _inbox(raw: Raw) -> Inbox:
    item = InboxItem.from_raw_data(raw)
    return Inbox(
        id=item.sk.removeprefix(keys.inbox("")),
        name=item.name,
        branch_id=item.branch_id,
        realtime=item.realtime,
    )
