"""People attach files: uploaded into quarantine, checked, published with their message.

An upload that is never sent leaves nothing: its item expires, its objects are the bucket's
lifecycle's. Each step may be repeated.
"""

from datetime import datetime
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.actions import conversations, hands, limits
from chalicelib.domain import access, attachment, picture
from chalicelib.domain.attachment import Attachment, State, Upload, small
from chalicelib.domain.contact import Visitor
from chalicelib.domain.conversation import outgoing
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.operator import Operator
from chalicelib.errors import Invalid, NotFound
from chalicelib.gateways import attachments as files
from chalicelib.gateways import magic, scanner
from chalicelib.gateways.attachments import Form, Look
from chalicelib.parallel import together
from chalicelib.store import conversations as heads
from chalicelib.store import settled, uploads


class Wish(Struct, frozen=True, kw_only=True):
    """A file that somebody wants to upload under an id of chance; sizes in bytes."""

    id: str
    name: str
    type: str
    size: int
    thumbnail_size: int | None


class Granted(Struct, frozen=True, kw_only=True):
    """How it is uploaded, and until when that may begin."""

    upload: Form
    thumbnail: Form | None
    until: datetime


class Links(Struct, frozen=True, kw_only=True):
    """Where a file, and its thumbnail if it has one, may be fetched until then."""

    url: str
    thumbnail_url: str | None
    until: datetime


# ---------------------------------------------------------------- uploading


def begin_as_visitor(visitor: Visitor, wish: Wish, address: str, now: datetime) -> Granted:
    """Bound to the visitor: which conversation their next message belongs to shows when it comes.

    Raises Forbidden, NotFound, TooManyRequests, or Invalid naming the field.
    """
    inbox = settled.inbox(visitor.inbox_id)
    if inbox is None:
        raise NotFound
    upload = _wanted(inbox, _of_visitor(visitor), visitor.contact_id, None, wish)
    limits.uploading(visitor, address, now)
    return _begun(upload, now)


def begin_as_operator(
    operator: Operator, conversation_id: str, wish: Wish, now: datetime
) -> Granted:
    """For a conversation that the operator may reply to.

    Raises NotFound, NotOpen, AlreadyTaken, Forbidden, or Invalid naming the field.
    """
    known = access.access_queue(operator, heads.get(conversation_id))
    outgoing(known, operator.id)
    inbox, who = hands.inbox_of(known), _of_operator(operator)
    return _begun(_wanted(inbox, who, known.contact_id, known.id, wish), now)


def _wanted(
    inbox: Inbox, uploader: str, contact_id: str, conversation_id: str | None, wish: Wish
) -> Upload:
    """Raises Forbidden, or Invalid naming the field."""
    return Upload(
        attachment=attachment.wanted(inbox.attachments, wish.id, wish.name, wish.type, wish.size),
        uploader=uploader,
        contact_id=contact_id,
        conversation_id=conversation_id,
        thumbnail_size=attachment.checked_thumbnail_size(wish.thumbnail_size),
    )


def _begun(upload: Upload, now: datetime) -> Granted:
    uploads.begin(upload, now)
    file = upload.attachment
    key, life = upload.quarantined, attachment.UPLOAD_LIFE
    beside = upload.thumbnail_size
    return Granted(
        upload=files.form(key, file.type, file.size, life),
        thumbnail=files.form(small(key), attachment.THUMBNAIL_TYPE, beside, life)
        if beside
        else None,
        until=now + life,
    )


# ---------------------------------------------------------------- checking


def complete_as_visitor(visitor: Visitor, attachment_id: str) -> Attachment:
    """Raises NotFound, Invalid."""
    return _completed(_own(_of_visitor(visitor), attachment_id))


def complete_as_operator(operator: Operator, attachment_id: str) -> Attachment:
    """Raises NotFound, Invalid."""
    return _completed(_own(_of_operator(operator), attachment_id))


def _completed(upload: Upload) -> Attachment:
    """The file as it may be sent: what it says it is, looked at by the scanner, without metadata.
    That copy has a key of its own: what is uploaded again into quarantine changes nothing.
    """
    if upload.state is not State.WAITING:
        return upload.attachment
    content, beside = together(
        [partial(files.read, upload.quarantined), partial(_thumbnail, upload)]
    )
    if content is None:
        raise Invalid("The file is not there yet.", field="upload")
    scanner.scan(content)
    safe, found = _checked(upload.attachment, content)
    found = replace(found, thumbnail=beside is not None)
    look = Look(content_type=found.content_type, disposition=found.disposition)
    keeping = [partial(files.keep, upload.checked, safe, look)]
    if beside is not None:
        look = Look(content_type=attachment.THUMBNAIL_TYPE, disposition="inline")
        keeping.append(partial(files.keep, small(upload.checked), beside, look))
    together(keeping)
    uploads.check(found)
    return found


def _checked(file: Attachment, content: bytes) -> tuple[bytes, Attachment]:
    """The content as it may be published, and the file as it was found to be. Raises Invalid."""
    expected = attachment.TYPES[file.type].signs
    if expected and magic.signs(content).isdisjoint(expected):
        raise Invalid("The file is not what its type says.", field="content")
    if not expected and not attachment.is_text(content):
        raise Invalid("The file is no text.", field="content")
    if not file.is_image:
        return content, replace(file, size=len(content))
    shown = picture.cleaned(content, file.type)
    size = len(shown.content)
    return shown.content, replace(file, size=size, width=shown.width, height=shown.height)


def _thumbnail(upload: Upload) -> bytes | None:
    """The small picture, if one was promised and it is one; without it the file goes alone."""
    if upload.thumbnail_size is None:
        return None
    content = files.read(small(upload.quarantined))
    if content is None:
        return None
    scanner.scan(content)
    shown = picture.cleaned(content, attachment.THUMBNAIL_TYPE)
    if max(shown.width, shown.height) > attachment.LONGEST_THUMBNAIL_SIDE:
        raise Invalid("The thumbnail is too large.", field="thumbnail")
    return shown.content


# ---------------------------------------------------------------- sending


def sent_by_visitor(visitor: Visitor, ids: list[str], client_id: str) -> tuple[Attachment, ...]:
    """The visitor's files for this message, published. Raises NotFound, Invalid, Unavailable."""
    return _published(_of_visitor(visitor), None, ids, client_id)


def sent_by_operator(
    operator: Operator, conversation_id: str, ids: list[str], client_id: str
) -> tuple[Attachment, ...]:
    """The same of an operator, which they uploaded for this conversation."""
    return _published(_of_operator(operator), conversation_id, ids, client_id)


def _published(
    uploader: str, conversation_id: str | None, ids: list[str], client_id: str
) -> tuple[Attachment, ...]:
    """Copied before the message is stored: a message's files are always there. Whose message is
    then not stored repeats it, and the copies.
    """
    if not ids:
        return ()
    wanted = attachment.checked_ids(ids)
    found = together([partial(uploads.get, each) for each in wanted])
    own = [
        each
        for each in found
        if each is not None
        and each.uploader == uploader
        and conversation_id in (None, each.conversation_id)
    ]
    chosen = attachment.of_message(own, wanted, client_id)
    together([copy for each in own if each.state is State.CHECKED for copy in _copies(each)])
    return tuple(chosen)


def _copies(upload: Upload) -> list[partial[None]]:
    pairs = [(upload.checked, upload.published)]
    if upload.attachment.thumbnail:
        pairs.append((small(upload.checked), small(upload.published)))
    return [partial(files.publish, source, target) for source, target in pairs]


# ---------------------------------------------------------------- fetching


def links_for_visitor(visitor: Visitor, attachment_id: str, now: datetime) -> Links:
    """For who has the conversation that it was sent in. Raises NotFound."""
    upload = _sent(attachment_id)
    access.visitor_conversation(visitor.contact_id, heads.get(upload.conversation_id or ""))
    return _links(upload, now)


def links_for_operator(operator: Operator, attachment_id: str, now: datetime) -> Links:
    """For who may see the conversation that it was sent in. Raises NotFound."""
    upload = _sent(attachment_id)
    conversations.find(operator, upload.conversation_id or "")
    return _links(upload, now)


def _links(upload: Upload, now: datetime) -> Links:
    key, life = upload.published, attachment.LINK_LIFE
    beside = upload.attachment.thumbnail
    return Links(
        url=files.link(key, life),
        thumbnail_url=files.link(small(key), life) if beside else None,
        until=now + life,
    )


def _sent(attachment_id: str) -> Upload:
    upload = uploads.get(attachment_id)
    if upload is None or upload.state is not State.SENT:
        raise NotFound
    return upload


def _own(uploader: str, attachment_id: str) -> Upload:
    upload = uploads.get(attachment_id)
    if upload is None or upload.uploader != uploader:
        raise NotFound
    return upload


def _of_visitor(visitor: Visitor) -> str:
    return f"visitor:{visitor.contact_id}"


def _of_operator(operator: Operator) -> str:
    return f"operator:{operator.id}"
