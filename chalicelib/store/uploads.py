"""Files on their way into messages."""

from datetime import datetime
from typing import Any

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.domain.attachment import UNSENT_LIFE, Attachment, State, Upload
from chalicelib.store import keys
from chalicelib.store.table import Item, put, read, update


class UploadItem(Item):
    uploader = UnicodeAttribute()
    contact_id = UnicodeAttribute()
    conversation_id = UnicodeAttribute(null=True)
    name = UnicodeAttribute()
    type = UnicodeAttribute()
    size = NumberAttribute()
    thumbnail_size = NumberAttribute(null=True)
    state = UnicodeAttribute()
    width = NumberAttribute(null=True)
    height = NumberAttribute(null=True)
    thumbnail = BooleanAttribute(default=False)
    client_id = UnicodeAttribute(null=True)


def begin(upload: Upload, now: datetime) -> None:
    """A file that will be uploaded; forgotten unless it is sent."""
    file = upload.attachment
    put(
        UploadItem(
            keys.upload(file.id),
            keys.UPLOAD,
            kind="upload",
            uploader=upload.uploader,
            contact_id=upload.contact_id,
            conversation_id=upload.conversation_id,
            name=file.name,
            type=file.type,
            size=file.size,
            thumbnail_size=upload.thumbnail_size,
            state=upload.state.value,
            expires=now + UNSENT_LIFE,
        )
    )


def check(found: Attachment) -> None:
    """The file may be sent, as what it was found to be; once it was sent nothing changes any
    more.
    """
    facts: list[Any] = [
        UploadItem.state.set(State.CHECKED.value),
        UploadItem.size.set(found.size),
        UploadItem.thumbnail.set(found.thumbnail),
    ]
    if found.width is not None and found.height is not None:
        facts += [UploadItem.width.set(found.width), UploadItem.height.set(found.height)]
    item = UploadItem(keys.upload(found.id), keys.UPLOAD)
    update(item, facts, UploadItem.state == State.WAITING.value)


def get(attachment_id: str) -> Upload | None:
    item = read(UploadItem, keys.upload(attachment_id), keys.UPLOAD)
    return _upload(item) if item else None


def claim(writes: TransactWrite, attachment_id: str, conversation_id: str, client_id: str) -> None:
    """The file belongs to this message for ever, unless it is another's already."""
    writes.update(
        UploadItem(keys.upload(attachment_id), keys.UPLOAD),
        actions=[
            UploadItem.state.set(State.SENT.value),
            UploadItem.conversation_id.set(conversation_id),
            UploadItem.client_id.set(client_id),
            UploadItem.expires.remove(),
        ],
        condition=UploadItem.state == State.CHECKED.value,
        return_values="ALL_OLD",
    )


def _upload(item: UploadItem) -> Upload:
    return Upload(
        attachment=Attachment(
            id=item.pk.removeprefix(keys.upload("")),
            name=item.name,
            type=item.type,
            size=int(item.size),
            width=int(item.width) if item.width else None,
            height=int(item.height) if item.height else None,
            thumbnail=item.thumbnail,
        ),
        uploader=item.uploader,
        contact_id=item.contact_id,
        conversation_id=item.conversation_id,
        thumbnail_size=int(item.thumbnail_size) if item.thumbnail_size else None,
        state=State(item.state),
        client_id=item.client_id,
    )
