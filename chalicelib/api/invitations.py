"""The routes of whoever holds a link: they need no bearer, the token is in the body."""

from secrets import token_hex

from chalice.app import Blueprint

from chalicelib import wire, wire_settings
from chalicelib.actions import invitations, sessions
from chalicelib.api.endpoint import Call, Route
from chalicelib.api.panel import session_of

blueprint = Blueprint(__name__)
route = Route(blueprint)


@route(
    "POST",
    "/panel/invitation",
    wire_settings.Invitation,
    request=wire_settings.InvitationRequest,
)
def look_at_invitation(call: Call) -> wire_settings.Invitation:
    """Whom a link is for; 404 when it is unknown, spent, replaced or expired."""
    guest = invitations.look(call.body(wire_settings.InvitationRequest).token, call.now)
    if guest is None:
        return wire_settings.Invitation(kind="setup", name=None, email=None)
    return wire_settings.Invitation(kind="operator", name=guest.name, email=guest.email)


@route("POST", "/panel/join", wire.Session, request=wire_settings.JoinRequest)
def join(call: Call) -> wire.Session:
    """Spends a link: its operator has this password, and is signed in; 404 when the link is
    unknown, spent, replaced or expired.
    """
    body = call.body(wire_settings.JoinRequest)
    operator = invitations.join(body.token, body.name, body.email, body.password, call.now)
    session = sessions.begin(operator.id, operator.session_epoch, token_hex(16), call.now)
    return session_of(call, operator, session)
