"""An entry point for visitors, with its settings."""

from datetime import datetime, timedelta

from msgspec import Struct, field

from chalicelib.domain.appearance import Appearance
from chalicelib.domain.attachment import Rules
from chalicelib.domain.captcha import CaptchaKind
from chalicelib.domain.rating import Scale
from chalicelib.domain.working_hours import Hours

ESCALATE_AFTER = timedelta(seconds=240)
ALERT_AFTER = timedelta(seconds=600)


class OfflineText(Struct, frozen=True, kw_only=True):
    """What a visitor is told while nobody answers, by language; empty says nothing."""

    ru: str = ""
    en: str = ""


class AutoReply(Struct, frozen=True, kw_only=True):
    """What the first message of a conversation is answered with, by language, in the name of who
    has it (item 21).
    """

    on: bool = False
    ru: str = ""
    en: str = ""


class Inbox(Struct, frozen=True, kw_only=True):
    """`branch_id` binds all its conversations to one branch; None leaves them to the
    region rules.

    `members` may have its conversations; none: everybody may. An assignee who does not open a
    conversation loses it after `escalate_after`; supervisors are alerted of one that was opened
    and not answered for `alert_after` (item 3). `hours` None: always open. `allowed_domains` are
    the sites that may embed it; none: every site may. `offline_since` is set while an admin has
    switched offline mode on, whatever the hours; `rating` is the scale on which visitors are asked
    about a conversation that has ended, None: they are not. `captcha` is what is asked of who may
    be a machine. `photo` is the path on the domain of the picture that the widget shows while
    nobody's own is there.
    """

    id: str
    name: str
    branch_id: str | None = None
    members: frozenset[str] = frozenset()
    escalate_after: timedelta = ESCALATE_AFTER
    alert_after: timedelta = ALERT_AFTER
    time_zone: str = "UTC"
    hours: Hours | None = None
    offline_text: OfflineText = field(default_factory=OfflineText)
    allowed_domains: tuple[str, ...] = ()
    realtime: bool = True
    attachments: Rules = field(default_factory=Rules)
    offline_since: datetime | None = None
    rating: Scale | None = None
    captcha: CaptchaKind = CaptchaKind.OFF
    auto_reply: AutoReply = field(default_factory=AutoReply)
    appearance: Appearance = field(default_factory=Appearance)
    photo: str | None = None
