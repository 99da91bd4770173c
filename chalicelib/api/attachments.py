"""The routes by which visitors and operators upload and fetch files."""

from secrets import token_hex

from chalice.app import Blueprint

from chalicelib import present, wire_attachments
from chalicelib.actions import attachments
from chalicelib.actions.attachments import Granted, Links, Wish
from chalicelib.api import auth, embedding
from chalicelib.api.endpoint import Call, Route
from chalicelib.gateways.attachments import Form

blueprint = Blueprint(__name__)
route = Route(blueprint)


@route(
    "POST",
    "/widget/attachment",
    wire_attachments.AttachmentBegun,
    request=wire_attachments.AttachmentRequest,
    status=201,
    bearer="visitor",
)
def begin_attachment(call: Call) -> wire_attachments.AttachmentBegun:
    """Lets the visitor upload one file."""
    visitor, wish = embedding.visitor(call), _wish(call)
    return _begun(wish, attachments.begin_as_visitor(visitor, wish, call.address, call.now))


@route(
    "POST",
    "/widget/attachment/{attachment_id}/complete",
    wire_attachments.AttachmentCompleted,
    bearer="visitor",
)
def complete_attachment(call: Call, attachment_id: str) -> wire_attachments.AttachmentCompleted:
    """Checks what was uploaded; from then on it may be sent. Repeat freely."""
    found = attachments.complete_as_visitor(embedding.visitor(call), attachment_id)
    return wire_attachments.AttachmentCompleted(attachment=present.attachment(found))


@route(
    "GET",
    "/widget/attachment/{attachment_id}",
    wire_attachments.AttachmentLink,
    bearer="visitor",
)
def fetch_attachment(call: Call, attachment_id: str) -> wire_attachments.AttachmentLink:
    """Where a file of the visitor's conversation is, for a minute."""
    visitor = embedding.visitor(call)
    return _link(attachments.links_for_visitor(visitor, attachment_id, call.now))


@route(
    "POST",
    "/panel/conversations/{conversation_id}/attachments",
    wire_attachments.AttachmentBegun,
    request=wire_attachments.AttachmentRequest,
    status=201,
    bearer="operator",
)
def begin_operators_attachment(
    call: Call, conversation_id: str
) -> wire_attachments.AttachmentBegun:
    """Lets the operator upload one file for a conversation that they may reply to."""
    operator, wish = auth.operator(call.headers), _wish(call)
    granted = attachments.begin_as_operator(operator, conversation_id, wish, call.now)
    return _begun(wish, granted)


@route(
    "POST",
    "/panel/attachments/{attachment_id}/complete",
    wire_attachments.AttachmentCompleted,
    bearer="operator",
)
def complete_operators_attachment(
    call: Call, attachment_id: str
) -> wire_attachments.AttachmentCompleted:
    """Checks what was uploaded; from then on it may be sent. Repeat freely."""
    found = attachments.complete_as_operator(auth.operator(call.headers), attachment_id)
    return wire_attachments.AttachmentCompleted(attachment=present.attachment(found))


@route(
    "GET",
    "/panel/attachments/{attachment_id}",
    wire_attachments.AttachmentLink,
    bearer="operator",
)
def fetch_operators_attachment(call: Call, attachment_id: str) -> wire_attachments.AttachmentLink:
    """Where a file of a conversation that the operator sees is, for a minute."""
    operator = auth.operator(call.headers)
    return _link(attachments.links_for_operator(operator, attachment_id, call.now))


def _wish(call: Call) -> Wish:
    body = call.body(wire_attachments.AttachmentRequest)
    return Wish(
        id=token_hex(16),
        name=body.name,
        type=body.type,
        size=body.size,
        thumbnail_size=body.thumbnail_size,
    )


def _begun(wish: Wish, granted: Granted) -> wire_attachments.AttachmentBegun:
    return wire_attachments.AttachmentBegun(
        attachment_id=wish.id,
        upload=_form(granted.upload),
        thumbnail_upload=_form(granted.thumbnail) if granted.thumbnail else None,
        expires_at=granted.until,
    )


def _form(shown: Form) -> wire_attachments.Upload:
    return wire_attachments.Upload(url=shown.url, fields=shown.fields)


def _link(shown: Links) -> wire_attachments.AttachmentLink:
    return wire_attachments.AttachmentLink(
        url=shown.url, thumbnail_url=shown.thumbnail_url, expires_at=shown.until
    )
