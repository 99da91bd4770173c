"""The shapes of what a company sets up: branches, region rules, inboxes, working hours."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from msgspec import UNSET, Meta, UnsetType, field

from chalicelib.wire import Answer, Id, Place, RatingScale, Request, Side
from chalicelib.wire_settings import Name

TimeZone = Annotated[
    str, Meta(min_length=1, max_length=64, description="An IANA name, such as Asia/Yekaterinburg.")
]
TimeOfDay = Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
LocalDate = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Scope = Literal["country", "subdivision", "city"]
Reason = Literal["inbox", "city", "subdivision", "country", "no_rule", "no_region"]
PlaceId = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=16,
        pattern=r"^[A-Za-z0-9-]+$",
        description="A country (`RU`), a subdivision (`RU-SVE`) or a city's GeoNames id.",
    ),
]
Host = Annotated[str, Meta(min_length=1, max_length=255)]
Words = Annotated[str, Meta(max_length=500)]
FileKind = Literal["image", "document", "media", "archive"]
Names = dict[Literal["ru", "en"], str]


# ---------------------------------------------------------------- working hours


class Interval(Request):
    """From `start` until just before `end`; an `end` before `start` is on the next day. 00:00 to
    24:00 is the whole day; the same time twice is refused.
    """

    start: TimeOfDay
    end: TimeOfDay


class SpecialDate(Request):
    """A date that differs from its weekday; without intervals it is closed. It says all of that
    date: what runs on from the evening before ends at midnight.
    """

    date: LocalDate
    intervals: Annotated[list[Interval], Meta(max_length=10)]


class Hours(Request):
    """`week` has the seven days, Monday first."""

    week: list[Annotated[list[Interval], Meta(max_length=10)]]
    exceptions: Annotated[list[SpecialDate], Meta(max_length=366)]


class Schedule(Request):
    """Working hours with their zone; without hours it is always open."""

    time_zone: TimeZone
    hours: Hours | None


class HoursPreviewRequest(Request):
    """Open is when the branch and the inbox both are; null is always open."""

    branch: Schedule | None = None
    inbox: Schedule | None = None


class HoursPreview(Answer):
    """`changes_at` is null when it stays like this for ever."""

    open: bool
    changes_at: datetime | None


# ---------------------------------------------------------------- branches and region rules


class BranchSettings(Answer):
    """`neighbours` help out in this order; `hours` null: always open."""

    id: str
    name: str
    time_zone: str
    neighbours: list[str]
    hours: Hours | None


class BranchRequest(Request):
    name: Name
    time_zone: TimeZone
    neighbours: Annotated[list[Id], Meta(max_length=100)] = field(default_factory=list)
    hours: Hours | None = None


class BranchChange(Request):
    """What is given is changed; `hours` null opens it always."""

    name: Name | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    neighbours: Annotated[list[Id], Meta(max_length=100)] | UnsetType = UNSET
    hours: Hours | UnsetType | None = UNSET


class BranchAnswer(Answer):
    branch: BranchSettings


class DefaultBranchRequest(Request):
    branch_id: Id


class RegionRule(Answer):
    scope: Scope
    place: str
    names: Names
    branch_id: str


class RuleRequest(Request):
    scope: Scope
    place: PlaceId
    branch_id: Id


class RuleAnswer(Answer):
    rule: RegionRule


class KnownPlace(Answer):
    """A place that a rule can name; `within` is what it lies in, null for countries."""

    scope: Scope
    place: str
    names: Names
    within: Names | None


class KnownPlaces(Answer):
    """The best matches first, at most 20."""

    items: list[KnownPlace]


class PlaceRequest(Request):
    country: PlaceId | None = None
    subdivision: PlaceId | None = None
    city: PlaceId | None = None


class RouteTestRequest(Request):
    """Either an address or a place."""

    inbox_id: Id
    address: Annotated[str, Meta(max_length=64)] | None = None
    place: PlaceRequest | None = None


class RouteTest(Answer):
    """Where a visitor from there is sent, and why (see `Evidence`)."""

    place: Place
    branch_id: str
    reason: Reason
    rule: str | None


# ---------------------------------------------------------------- inboxes


class OfflineText(Request):
    """What a visitor is told while nobody answers; empty says nothing."""

    ru: Words = ""
    en: Words = ""


class AutoReply(Request):
    """What the first message of a conversation is answered with, in the name of who has it."""

    on: bool = False
    ru: Words = ""
    en: Words = ""


class Appearance(Request):
    """How the widget looks: `accent` is `#rrggbb`, null: its own; an empty title is the inbox's
    name, an empty greeting the widget's own.
    """

    accent: Annotated[str, Meta(pattern="^#[0-9a-fA-F]{6}$")] | None = None
    side: Side = "right"
    title_ru: Annotated[str, Meta(max_length=60)] = ""
    title_en: Annotated[str, Meta(max_length=60)] = ""
    greeting_ru: Words = ""
    greeting_en: Words = ""


class Features(Request):
    realtime: bool = True


EscalateAfter = Annotated[int, Meta(ge=10, le=3600)]
AlertAfter = Annotated[int, Meta(ge=60, le=86400)]
Members = Annotated[list[Id], Meta(max_length=200)]
CaptchaKind = Literal["off", "arithmetic", "altcha"]
Domains = Annotated[list[Host], Meta(max_length=50)]


class AttachmentSettings(Request):
    """Which files visitors and operators may send, up to how many bytes each."""

    enabled: bool = True
    max_bytes: Annotated[int, Meta(ge=100_000, le=25_000_000)] = 10_000_000
    kinds: Annotated[list[FileKind], Meta(min_length=1)] = field(
        default_factory=lambda: list(get_args(FileKind))
    )


class InboxSettings(Answer):
    """`branch_id` null leaves conversations to the region rules; no `members`: everyone; no
    `allowed_domains`: everywhere. `escalate_after` and `alert_after` are seconds. `offline`: shown
    as if nobody were there, which needs a text. `rating`: how visitors are asked about what has
    ended. `captcha` is what is asked of visitors who may be machines. `photo` is a path on the
    API's domain. `embed` is what goes into the company's pages.
    """

    id: str
    name: str
    branch_id: str | None
    members: list[str]
    escalate_after: int
    alert_after: int
    time_zone: str
    hours: Hours | None
    offline_text: OfflineText
    offline: bool
    rating: RatingScale | None
    allowed_domains: list[str]
    features: Features
    attachments: AttachmentSettings
    captcha: CaptchaKind
    auto_reply: AutoReply
    appearance: Appearance
    photo: str | None
    embed: str


class InboxRequest(Request):
    """A domain is `shop.example`, `http://shop.example:8080`, or `*.shop.example` for all below."""

    name: Name
    branch_id: Id | None = None
    members: Members = field(default_factory=list)
    escalate_after: EscalateAfter = 240
    alert_after: AlertAfter = 600
    time_zone: TimeZone = "UTC"
    hours: Hours | None = None
    offline_text: OfflineText = field(default_factory=OfflineText)
    offline: bool = False
    rating: RatingScale | None = None
    allowed_domains: Domains = field(default_factory=list)
    features: Features = field(default_factory=Features)
    attachments: AttachmentSettings = field(default_factory=AttachmentSettings)
    captcha: CaptchaKind = "off"
    auto_reply: AutoReply = field(default_factory=AutoReply)
    appearance: Appearance = field(default_factory=Appearance)


class InboxChange(Request):
    """What is given is changed."""

    name: Name | UnsetType = UNSET
    branch_id: Id | UnsetType | None = UNSET
    members: Members | UnsetType = UNSET
    escalate_after: EscalateAfter | UnsetType = UNSET
    alert_after: AlertAfter | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    hours: Hours | UnsetType | None = UNSET
    offline_text: OfflineText | UnsetType = UNSET
    offline: bool | UnsetType = UNSET
    rating: RatingScale | UnsetType | None = UNSET
    allowed_domains: Domains | UnsetType = UNSET
    features: Features | UnsetType = UNSET
    attachments: AttachmentSettings | UnsetType = UNSET
    captcha: CaptchaKind | UnsetType = UNSET
    auto_reply: AutoReply | UnsetType = UNSET
    appearance: Appearance | UnsetType = UNSET


class InboxAnswer(Answer):
    inbox: InboxSettings


class Settings(Answer):
    branches: list[BranchSettings]
    default_branch_id: str
    rules: list[RegionRule]
    inboxes: list[InboxSettings]
