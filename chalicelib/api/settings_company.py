"""The admins' routes about branches, region rules and working hours."""

import random
from secrets import token_hex

from chalice.app import Blueprint
from msgspec import UNSET

from chalicelib import present, present_company, wire, wire_company
from chalicelib.actions import settings_company, settings_rules
from chalicelib.actions.settings_company import BranchChange
from chalicelib.api import auth, caller
from chalicelib.api.endpoint import Call, Route
from chalicelib.api.settings_hours import hours_of
from chalicelib.domain.branch import Branch, Scope
from chalicelib.errors import Invalid

blueprint = Blueprint(__name__)
route = Route(blueprint)

_BRANCHES = "/settings/branches"
_RULES = "/settings/rules"
_SCOPES = {each.name.lower(): each for each in Scope}


@route("GET", "/settings", wire_company.Settings, bearer="operator")
def read_settings(call: Call) -> wire_company.Settings:
    """Branches, region rules and inboxes, by name."""
    known = settings_company.shown(auth.operator(call.headers))
    root = caller.root(call.headers)
    return wire_company.Settings(
        branches=[
            present_company.branch(each)
            for each in sorted(known.organisation.branches, key=lambda each: each.name.casefold())
        ],
        default_branch_id=known.organisation.default_branch_id,
        rules=[present_company.rule(each) for each in known.organisation.rules],
        inboxes=[
            present_company.inbox(each, root)
            for each in sorted(known.inboxes, key=lambda each: each.name.casefold())
        ],
    )


@route(
    "POST",
    _BRANCHES,
    wire_company.BranchAnswer,
    request=wire_company.BranchRequest,
    status=201,
    bearer="operator",
)
def create_branch(call: Call) -> wire_company.BranchAnswer:
    """A new branch; supervisors hear of its conversations within half a minute."""
    admin, body = auth.operator(call.headers), call.body(wire_company.BranchRequest)
    wanted = Branch(
        id=token_hex(6),
        name=body.name,
        time_zone=body.time_zone,
        neighbours=tuple(body.neighbours),
        hours=hours_of(body.hours, body.time_zone),
    )
    made = settings_company.add_branch(admin, wanted, call.now)
    return wire_company.BranchAnswer(branch=present_company.branch(made))


@route(
    "PATCH",
    _BRANCHES + "/{branch_id}",
    wire_company.BranchAnswer,
    request=wire_company.BranchChange,
    bearer="operator",
)
def change_branch(call: Call, branch_id: str) -> wire_company.BranchAnswer:
    """Changes what is given; in force everywhere within ten seconds."""
    admin, body = auth.operator(call.headers), call.body(wire_company.BranchChange)
    given: BranchChange = {}
    if body.name is not UNSET:
        given["name"] = body.name
    if body.time_zone is not UNSET:
        given["time_zone"] = body.time_zone
    if body.neighbours is not UNSET:
        given["neighbours"] = tuple(body.neighbours)
    if body.hours is not UNSET:
        given["hours"] = hours_of(body.hours, "UTC")
    changed = settings_company.change_branch(admin, branch_id, call.now, random.choice, **given)
    return wire_company.BranchAnswer(branch=present_company.branch(changed))


@route("DELETE", _BRANCHES + "/{branch_id}", wire.Nothing, bearer="operator")
def delete_branch(call: Call, branch_id: str) -> wire.Nothing:
    """Deletes a branch that nothing needs: no operator, rule, inbox or open conversation."""
    settings_company.delete_branch(auth.operator(call.headers), branch_id, call.now)
    return wire.Nothing()


@route(
    "POST",
    "/settings/default_branch",
    wire.Nothing,
    request=wire_company.DefaultBranchRequest,
    bearer="operator",
)
def choose_default_branch(call: Call) -> wire.Nothing:
    """The branch that takes what no rule claims."""
    admin, body = auth.operator(call.headers), call.body(wire_company.DefaultBranchRequest)
    settings_company.choose_default(admin, body.branch_id, call.now)
    return wire.Nothing()


@route(
    "POST",
    _RULES,
    wire_company.RuleAnswer,
    request=wire_company.RuleRequest,
    bearer="operator",
)
def set_rule(call: Call) -> wire_company.RuleAnswer:
    """The rule of a place, instead of the one there was."""
    admin, body = auth.operator(call.headers), call.body(wire_company.RuleRequest)
    scope = _SCOPES[body.scope]
    rule = settings_rules.set_rule(admin, scope, body.place, body.branch_id, call.now)
    return wire_company.RuleAnswer(rule=present_company.rule(rule))


@route("DELETE", _RULES + "/{scope}/{place}", wire.Nothing, bearer="operator")
def delete_rule(call: Call, scope: str, place: str) -> wire.Nothing:
    """Deletes a place's rule."""
    admin = auth.operator(call.headers)
    settings_rules.delete_rule(admin, _scope(scope), place, call.now)
    return wire.Nothing()


@route(
    "GET",
    "/settings/places",
    wire_company.KnownPlaces,
    bearer="operator",
    query={"query": str, "scope": wire_company.Scope},
)
def search_places(call: Call) -> wire_company.KnownPlaces:
    """Places by the beginning of their name, in Russian or English, or by their code."""
    scope = call.text("scope")
    found = settings_rules.places_like(
        auth.operator(call.headers), call.text("query") or "", _scope(scope) if scope else None
    )
    return wire_company.KnownPlaces(items=[present_company.known_place(each) for each in found])


@route(
    "POST",
    "/settings/route_test",
    wire_company.RouteTest,
    request=wire_company.RouteTestRequest,
    bearer="operator",
)
def test_route(call: Call) -> wire_company.RouteTest:
    """Where a visitor of an inbox with this address, or from this place, would be sent."""
    admin, body = auth.operator(call.headers), call.body(wire_company.RouteTestRequest)
    if (body.address is None) == (body.place is None):
        raise Invalid("Either an address or a place is needed.")
    if body.address is not None:
        place = settings_rules.place_of(admin, body.address)
    else:
        given = body.place or wire_company.PlaceRequest()
        place = settings_rules.place_named(admin, given.country, given.subdivision, given.city)
    found = settings_rules.route(admin, body.inbox_id, place)
    return wire_company.RouteTest(
        place=present.place_found(place),
        branch_id=found.branch_id,
        reason=found.reason.value,
        rule=found.rule,
    )


@route(
    "POST",
    "/settings/hours_preview",
    wire_company.HoursPreview,
    request=wire_company.HoursPreviewRequest,
    bearer="operator",
)
def preview_hours(call: Call) -> wire_company.HoursPreview:
    """Whether these hours are open now, and until when."""
    admin, body = auth.operator(call.headers), call.body(wire_company.HoursPreviewRequest)
    branch, inbox = (
        hours_of(each.hours, each.time_zone) if each else None for each in (body.branch, body.inbox)
    )
    is_open, changes_at = settings_company.preview(admin, branch, inbox, call.now)
    return wire_company.HoursPreview(open=is_open, changes_at=changes_at)


def _scope(name: str) -> Scope:
    """Raises Invalid."""
    if name not in _SCOPES:
        raise Invalid(f"There is no scope {name}.", field="scope")
    return _SCOPES[name]
