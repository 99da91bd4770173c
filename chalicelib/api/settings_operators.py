"""The admins' routes about operators."""

import random
from secrets import token_hex

import msgspec
from chalice.app import Blueprint

from chalicelib import present, wire_settings
from chalicelib.actions import operators
from chalicelib.api import auth, caller
from chalicelib.api.endpoint import Call, Route
from chalicelib.domain.invitation import PATH
from chalicelib.domain.operator import Operator, Revision, Role

blueprint = Blueprint(__name__)
route = Route(blueprint)

_ALL = "/settings/operators"
_ONE = _ALL + "/{operator_id}"


@route("GET", _ALL, wire_settings.OperatorList, bearer="operator")
def list_operators(call: Call) -> wire_settings.OperatorList:
    """Everybody, also who is inactive or invited, by name."""
    found = operators.listed(auth.operator(call.headers))
    return wire_settings.OperatorList(operators=[present.record(each) for each in found])


@route(
    "POST",
    _ALL,
    wire_settings.OperatorInvited,
    request=wire_settings.OperatorRequest,
    status=201,
    bearer="operator",
)
def invite_operator(call: Call) -> wire_settings.OperatorInvited:
    """Somebody new; the answer alone holds the link by which they choose a password."""
    admin, body = auth.operator(call.headers), call.body(wire_settings.OperatorRequest)
    wanted = Operator(
        id=token_hex(16),
        name=body.name,
        email=body.email,
        role=Role(body.role),
        branch_id=body.branch_id,
        capacity=body.capacity,
        session_epoch=0,
        invited=True,
    )
    operator, token = operators.invite(admin, wanted, call.now)
    return wire_settings.OperatorInvited(
        operator=present.record(operator), invitation_url=_link(call, token)
    )


@route(
    "PATCH",
    _ONE,
    wire_settings.OperatorRecordAnswer,
    request=wire_settings.OperatorChange,
    bearer="operator",
)
def change_operator(call: Call, operator_id: str) -> wire_settings.OperatorRecordAnswer:
    """Changes what is given. Another role or address ends the operator's sessions; who is
    deactivated is signed out, and their open conversations go back to distribution.
    """
    admin, body = auth.operator(call.headers), call.body(wire_settings.OperatorChange)
    changed = operators.change(admin, operator_id, call.now, random.choice, **_given(body))
    return wire_settings.OperatorRecordAnswer(operator=present.record(changed))


@route("POST", _ONE + "/invitation", wire_settings.InvitationMade, bearer="operator")
def invite_again(call: Call, operator_id: str) -> wire_settings.InvitationMade:
    """A new link to choose a password: for who lost the first, and for who forgot their password.
    The password and the sessions there are end when it is used, former links at once.
    """
    token = operators.invite_again(auth.operator(call.headers), operator_id, call.now)
    return wire_settings.InvitationMade(invitation_url=_link(call, token))


@route(
    "POST",
    _ONE + "/photo",
    wire_settings.OperatorRecordAnswer,
    request=wire_settings.PhotoRequest,
    bearer="operator",
)
def set_photo(call: Call, operator_id: str) -> wire_settings.OperatorRecordAnswer:
    """Gives an operator a photo, for colleagues and visitors; a former one is deleted."""
    admin, body = auth.operator(call.headers), call.body(wire_settings.PhotoRequest)
    shown = operators.show(admin, operator_id, body.image, token_hex(12), call.now)
    return wire_settings.OperatorRecordAnswer(operator=present.record(shown))


@route("DELETE", _ONE + "/photo", wire_settings.OperatorRecordAnswer, bearer="operator")
def remove_photo(call: Call, operator_id: str) -> wire_settings.OperatorRecordAnswer:
    """Deletes an operator's photo; caches may show it for thirty days."""
    hidden = operators.hide(auth.operator(call.headers), operator_id, call.now)
    return wire_settings.OperatorRecordAnswer(operator=present.record(hidden))


def _given(body: wire_settings.OperatorChange) -> Revision:
    """The fields that the body has."""
    given = Revision()
    if body.name is not msgspec.UNSET:
        given["name"] = body.name
    if body.email is not msgspec.UNSET:
        given["email"] = body.email
    if body.role is not msgspec.UNSET:
        given["role"] = Role(body.role)
    if body.branch_id is not msgspec.UNSET:
        given["branch_id"] = body.branch_id
    if body.capacity is not msgspec.UNSET:
        given["capacity"] = body.capacity
    if body.active is not msgspec.UNSET:
        given["active"] = body.active
    return given


def _link(call: Call, token: str) -> str:
    return f"{caller.root(call.headers)}{PATH}{token}"
