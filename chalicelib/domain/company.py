"""What an admin may set of branches, region rules and inboxes, and what stands in the way."""

from collections.abc import Collection, Iterable
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from chalicelib.domain import appearance, origin
from chalicelib.domain.branch import Branch, Organisation, RegionRule
from chalicelib.domain.inbox import AutoReply, Inbox, OfflineText
from chalicelib.domain.operator import clean_name
from chalicelib.domain.working_hours import Hours, clean, clean_zone, written
from chalicelib.errors import InUse, Invalid

MOST_BRANCHES = 80
"""A supervisor's socket is copied into each one's audience, in one transaction."""
MOST_RULES = 2000
MOST_INBOXES = 50


def checked_branch(wanted: Branch, organisation: Organisation) -> Branch:
    """The branch in the form in which it is kept. Raises Invalid naming the field."""
    known = {each.id for each in organisation.branches} | {wanted.id}
    if len(known) > MOST_BRANCHES:
        raise Invalid(f"There are {MOST_BRANCHES} branches at most.")
    if wanted.id in wanted.neighbours:
        raise Invalid("A branch is not its own neighbour.", field="neighbours")
    _refuse_unknown(wanted.neighbours, known, "neighbours", "branch")
    return replace(
        wanted,
        name=clean_name(wanted.name),
        time_zone=clean_zone(wanted.time_zone),
        neighbours=tuple(dict.fromkeys(wanted.neighbours)),
        hours=_checked_hours(wanted.hours, wanted.time_zone),
    )


def checked_rule(wanted: RegionRule, organisation: Organisation) -> RegionRule:
    """Raises Invalid naming the field."""
    _refuse_unknown([wanted.branch_id], _ids(organisation), "branch_id", "branch")
    others = [each for each in organisation.rules if _place(each) != _place(wanted)]
    if len(others) >= MOST_RULES:
        raise Invalid(f"There are {MOST_RULES} rules at most.")
    return wanted


def checked_default(branch_id: str, organisation: Organisation) -> str:
    """Raises Invalid."""
    _refuse_unknown([branch_id], _ids(organisation), "branch_id", "branch")
    return branch_id


def checked_inbox(
    wanted: Inbox, organisation: Organisation, inboxes: Iterable[Inbox], operators: Collection[str]
) -> Inbox:
    """The inbox in the form in which it is kept. Raises Invalid naming the field."""
    if len({each.id for each in inboxes} | {wanted.id}) > MOST_INBOXES:
        raise Invalid(f"There are {MOST_INBOXES} inboxes at most.")
    if wanted.branch_id is not None:
        _refuse_unknown([wanted.branch_id], _ids(organisation), "branch_id", "branch")
    _refuse_unknown(sorted(wanted.members), operators, "members", "operator")
    if wanted.offline_since and not (
        wanted.offline_text.ru.strip() or wanted.offline_text.en.strip()
    ):
        raise Invalid("Offline mode needs a text.", field="offline")
    return replace(
        wanted,
        name=clean_name(wanted.name),
        time_zone=clean_zone(wanted.time_zone),
        hours=_checked_hours(wanted.hours, wanted.time_zone),
        offline_text=OfflineText(
            ru=wanted.offline_text.ru.strip(), en=wanted.offline_text.en.strip()
        ),
        auto_reply=_checked_reply(wanted.auto_reply),
        appearance=appearance.checked(wanted.appearance),
        allowed_domains=tuple(dict.fromkeys(origin.clean(each) for each in wanted.allowed_domains)),
    )


def revised(was: Inbox, wanted: Inbox) -> Inbox:
    """Offline mode that was on stays on since then."""
    if was.offline_since is None or wanted.offline_since is None:
        return wanted
    return replace(wanted, offline_since=was.offline_since)


def _checked_reply(wanted: AutoReply) -> AutoReply:
    """Raises Invalid when there is nothing to say."""
    reply = replace(wanted, ru=wanted.ru.strip(), en=wanted.en.strip())
    if reply.on and not (reply.ru or reply.en):
        raise Invalid("An automatic answer needs words.", field="auto_reply")
    return reply


def without(organisation: Organisation, branch_id: str) -> list[Branch]:
    """The branches that have this one for a neighbour, without it."""
    return [
        replace(each, neighbours=tuple(one for one in each.neighbours if one != branch_id))
        for each in organisation.branches
        if branch_id in each.neighbours
    ]


class Uses(Struct, frozen=True, kw_only=True):
    """What a branch is needed for."""

    default: bool
    rules: int
    inboxes: int
    operators: int
    conversations: int


def may_delete(uses: Uses) -> None:
    """Raises InUse with words which."""
    counted = (
        ("region rule", uses.rules),
        ("inbox", uses.inboxes),
        ("operator", uses.operators),
        ("open conversation", uses.conversations),
    )
    found = [f"{count} {_plural(word, count)}" for word, count in counted if count]
    if uses.default:
        found.insert(0, "everything that no rule claims")
    if found:
        raise InUse(f"The branch is needed by {', '.join(found)}.")


def _plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return f"{word}es" if word.endswith("x") else f"{word}s"


# ---------------------------------------------------------------- for the audit log


def branch_facts(branch: Branch) -> dict[str, Any]:
    return {
        "name": branch.name,
        "time_zone": branch.time_zone,
        "neighbours": list(branch.neighbours),
        "hours": _told(branch.hours),
    }


def rule_facts(rule: RegionRule) -> dict[str, Any]:
    return {"branch_id": rule.branch_id, "names": {"ru": rule.name_ru, "en": rule.name_en}}


def inbox_facts(inbox: Inbox) -> dict[str, Any]:
    return {
        "name": inbox.name,
        "branch_id": inbox.branch_id,
        "members": sorted(inbox.members),
        "escalate_after": int(inbox.escalate_after.total_seconds()),
        "alert_after": int(inbox.alert_after.total_seconds()),
        "time_zone": inbox.time_zone,
        "hours": _told(inbox.hours),
        "offline_text": {"ru": inbox.offline_text.ru, "en": inbox.offline_text.en},
        "offline": inbox.offline_since is not None,
        "rating": inbox.rating.value if inbox.rating else None,
        "allowed_domains": list(inbox.allowed_domains),
        "features": {"realtime": inbox.realtime},
        "attachments": inbox.attachments.facts,
        "captcha": inbox.captcha.value,
        "auto_reply": asdict(inbox.auto_reply),
        "appearance": asdict(inbox.appearance),
        "photo": inbox.photo,
    }


def rule_subject(rule: RegionRule) -> str:
    """How the audit log names a rule: `city/1486209`."""
    return f"{rule.scope.name.lower()}/{rule.place}"


def _told(hours: Hours | None) -> dict[str, Any] | None:
    return written(hours) if hours else None


def _checked_hours(hours: Hours | None, time_zone: str) -> Hours | None:
    return clean(replace(hours, time_zone=time_zone)) if hours else None


def _ids(organisation: Organisation) -> set[str]:
    return {each.id for each in organisation.branches}


def _place(rule: RegionRule) -> tuple[int, str]:
    return rule.scope, rule.place


def _refuse_unknown(wanted: Iterable[str], known: Collection[str], field: str, what: str) -> None:
    for each in wanted:
        if each not in known:
            raise Invalid(f"There is no {what} {each}.", field=field)
