"""How branches, region rules, inboxes and working hours look on the wire."""

from msgspec.structs import asdict

from chalicelib import wire_company
from chalicelib.domain import working_hours
from chalicelib.domain.appearance import Appearance, Side
from chalicelib.domain.branch import Branch, KnownPlace, RegionRule, Scope
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.working_hours import Hours

_SCOPES: dict[Scope, wire_company.Scope] = {
    Scope.COUNTRY: "country",
    Scope.SUBDIVISION: "subdivision",
    Scope.CITY: "city",
}


def branch(shown: Branch) -> wire_company.BranchSettings:
    return wire_company.BranchSettings(
        id=shown.id,
        name=shown.name,
        time_zone=shown.time_zone,
        neighbours=list(shown.neighbours),
        hours=hours(shown.hours),
    )


def rule(shown: RegionRule) -> wire_company.RegionRule:
    return wire_company.RegionRule(
        scope=_SCOPES[shown.scope],
        place=shown.place,
        names={"ru": shown.name_ru or shown.place, "en": shown.name_en or shown.place},
        branch_id=shown.branch_id,
    )


def known_place(shown: KnownPlace) -> wire_company.KnownPlace:
    return wire_company.KnownPlace(
        scope=_SCOPES[shown.scope],
        place=shown.place,
        names={"ru": shown.name_ru, "en": shown.name_en},
        within=_within(shown),
    )


def _within(shown: KnownPlace) -> wire_company.Names | None:
    """`Свердловская область, Россия`."""
    around = list(shown.around())
    if not around:
        return None
    return {
        "ru": ", ".join(dict.fromkeys(each.name_ru for each in around)),
        "en": ", ".join(dict.fromkeys(each.name_en for each in around)),
    }


def inbox(shown: Inbox, root: str) -> wire_company.InboxSettings:
    """`root` is the deployment's URL, without a slash at its end."""
    return wire_company.InboxSettings(
        id=shown.id,
        name=shown.name,
        branch_id=shown.branch_id,
        members=sorted(shown.members),
        escalate_after=int(shown.escalate_after.total_seconds()),
        alert_after=int(shown.alert_after.total_seconds()),
        time_zone=shown.time_zone,
        hours=hours(shown.hours),
        offline_text=wire_company.OfflineText(ru=shown.offline_text.ru, en=shown.offline_text.en),
        offline=shown.offline_since is not None,
        rating=shown.rating.value if shown.rating else None,
        allowed_domains=list(shown.allowed_domains),
        features=wire_company.Features(realtime=shown.realtime),
        attachments=wire_company.AttachmentSettings(**shown.attachments.facts),
        captcha=shown.captcha.value,
        auto_reply=wire_company.AutoReply(**asdict(shown.auto_reply)),
        appearance=_appearance(shown.appearance),
        photo=shown.photo,
        embed=embed(root, shown),
    )


def _appearance(shown: Appearance) -> wire_company.Appearance:
    return wire_company.Appearance(**asdict(shown) | {"side": shown.side.value})


def embed(root: str, shown: Inbox) -> str:
    """What goes into the pages that embed an inbox; with the look that the button has at once."""
    look = shown.appearance
    data = f'data-inbox="{shown.id}"'
    if look.accent:
        data += f' data-accent="{look.accent}"'
    if look.side is not Side.RIGHT:
        data += f' data-side="{look.side.value}"'
    return f'<script src="{root}/widget/loader.js" {data} async></script>'


def hours(shown: Hours | None) -> wire_company.Hours | None:
    if shown is None:
        return None
    kept = working_hours.written(shown)
    return wire_company.Hours(
        week=[_intervals(day) for day in kept["week"]],
        exceptions=[
            wire_company.SpecialDate(date=day, intervals=_intervals(pairs))
            for day, pairs in kept["exceptions"]
        ],
    )


def _intervals(pairs: list[list[str]]) -> list[wire_company.Interval]:
    return [wire_company.Interval(start=start, end=end) for start, end in pairs]
