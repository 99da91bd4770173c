"""The admins' routes about inboxes."""

import random
from datetime import datetime, timedelta
from secrets import token_hex

from chalice.app import Blueprint
from msgspec import UNSET, to_builtins

from chalicelib import present_company, wire, wire_company, wire_settings
from chalicelib.actions import settings_inboxes
from chalicelib.actions.settings_inboxes import InboxChange
from chalicelib.api import auth, caller
from chalicelib.api.endpoint import Call, Route
from chalicelib.api.settings_hours import hours_of
from chalicelib.domain.appearance import Appearance, Side
from chalicelib.domain.attachment import Kind, Rules
from chalicelib.domain.captcha import CaptchaKind
from chalicelib.domain.inbox import AutoReply, Inbox, OfflineText
from chalicelib.domain.rating import Scale

blueprint = Blueprint(__name__)
route = Route(blueprint)

_ALL = "/settings/inboxes"
_ONE = _ALL + "/{inbox_id}"


@route(
    "POST",
    _ALL,
    wire_company.InboxAnswer,
    request=wire_company.InboxRequest,
    status=201,
    bearer="operator",
)
def create_inbox(call: Call) -> wire_company.InboxAnswer:
    """A new inbox, with what goes into the company's pages."""
    admin, body = auth.operator(call.headers), call.body(wire_company.InboxRequest)
    wanted = Inbox(
        id=token_hex(6),
        name=body.name,
        branch_id=body.branch_id,
        members=frozenset(body.members),
        escalate_after=timedelta(seconds=body.escalate_after),
        alert_after=timedelta(seconds=body.alert_after),
        time_zone=body.time_zone,
        hours=hours_of(body.hours, body.time_zone),
        offline_text=_texts(body.offline_text),
        offline_since=call.now if body.offline else None,
        rating=_scale(body.rating),
        allowed_domains=tuple(body.allowed_domains),
        realtime=body.features.realtime,
        attachments=_rules(body.attachments),
        captcha=CaptchaKind(body.captcha),
        auto_reply=_reply(body.auto_reply),
        appearance=_appearance(body.appearance),
    )
    return _answer(call, settings_inboxes.add_inbox(admin, wanted, call.now))


@route(
    "PATCH",
    _ONE,
    wire_company.InboxAnswer,
    request=wire_company.InboxChange,
    bearer="operator",
)
def change_inbox(call: Call, inbox_id: str) -> wire_company.InboxAnswer:
    """Changes what is given; in force everywhere within ten seconds."""
    admin, body = auth.operator(call.headers), call.body(wire_company.InboxChange)
    changed = settings_inboxes.change_inbox(
        admin, inbox_id, call.now, random.choice, **_given(body, call.now)
    )
    return _answer(call, changed)


@route(
    "POST",
    _ONE + "/photo",
    wire_company.InboxAnswer,
    request=wire_settings.PhotoRequest,
    bearer="operator",
)
def set_inbox_photo(call: Call, inbox_id: str) -> wire_company.InboxAnswer:
    """Gives an inbox a picture, seen until somebody answers; a former one is deleted."""
    admin, body = auth.operator(call.headers), call.body(wire_settings.PhotoRequest)
    shown = settings_inboxes.show(admin, inbox_id, body.image, token_hex(12), call.now)
    return _answer(call, shown)


@route("DELETE", _ONE + "/photo", wire_company.InboxAnswer, bearer="operator")
def remove_inbox_photo(call: Call, inbox_id: str) -> wire_company.InboxAnswer:
    """Deletes an inbox's picture; caches may show it for thirty days."""
    hidden = settings_inboxes.hide(auth.operator(call.headers), inbox_id, call.now)
    return _answer(call, hidden)


@route("DELETE", _ONE, wire.Nothing, bearer="operator")
def delete_inbox(call: Call, inbox_id: str) -> wire.Nothing:
    """Deletes an inbox without open conversations, and its webhooks with it."""
    settings_inboxes.delete_inbox(auth.operator(call.headers), inbox_id, call.now)
    return wire.Nothing()


def _given(body: wire_company.InboxChange, now: datetime) -> InboxChange:
    given: InboxChange = {}
    if body.name is not UNSET:
        given["name"] = body.name
    if body.branch_id is not UNSET:
        given["branch_id"] = body.branch_id
    if body.members is not UNSET:
        given["members"] = frozenset(body.members)
    if body.escalate_after is not UNSET:
        given["escalate_after"] = timedelta(seconds=body.escalate_after)
    if body.alert_after is not UNSET:
        given["alert_after"] = timedelta(seconds=body.alert_after)
    if body.time_zone is not UNSET:
        given["time_zone"] = body.time_zone
    if body.hours is not UNSET:
        given["hours"] = hours_of(body.hours, "UTC")
    if body.offline_text is not UNSET:
        given["offline_text"] = _texts(body.offline_text)
    if body.offline is not UNSET:
        given["offline_since"] = now if body.offline else None
    if body.rating is not UNSET:
        given["rating"] = _scale(body.rating)
    if body.allowed_domains is not UNSET:
        given["allowed_domains"] = tuple(body.allowed_domains)
    if body.features is not UNSET:
        given["realtime"] = body.features.realtime
    if body.attachments is not UNSET:
        given["attachments"] = _rules(body.attachments)
    if body.captcha is not UNSET:
        given["captcha"] = CaptchaKind(body.captcha)
    if body.auto_reply is not UNSET:
        given["auto_reply"] = _reply(body.auto_reply)
    if body.appearance is not UNSET:
        given["appearance"] = _appearance(body.appearance)
    return given


def _rules(given: wire_company.AttachmentSettings) -> Rules:
    kinds = frozenset(Kind(each) for each in given.kinds)
    return Rules(enabled=given.enabled, max_bytes=given.max_bytes, kinds=kinds)


def _texts(given: wire_company.OfflineText) -> OfflineText:
    return OfflineText(ru=given.ru, en=given.en)


def _scale(given: wire.RatingScale | None) -> Scale | None:
    return Scale(given) if given else None


def _reply(given: wire_company.AutoReply) -> AutoReply:
    return AutoReply(on=given.on, ru=given.ru, en=given.en)


def _appearance(given: wire_company.Appearance) -> Appearance:
    return Appearance(**to_builtins(given) | {"side": Side(given.side)})


def _answer(call: Call, inbox: Inbox) -> wire_company.InboxAnswer:
    shown = present_company.inbox(inbox, caller.root(call.headers))
    return wire_company.InboxAnswer(inbox=shown)
