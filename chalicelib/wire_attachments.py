"""The shapes by which files are uploaded and fetched."""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta

from chalicelib.wire import Answer, Attachment, Request

AttachmentType = Literal[
    "image/jpeg",
    "image/png",
    "image/webp",
    "image/gif",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/msword",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/rtf",
    "text/plain",
    "text/csv",
    "audio/mpeg",
    "audio/ogg",
    "audio/mp4",
    "video/mp4",
    "video/webm",
    "video/quicktime",
    "application/zip",
]


class AttachmentRequest(Request):
    """A file to be uploaded, `size` in bytes; `thumbnail_size` is that of a JPEG of at most 480
    pixels a side which is uploaded beside an image.
    """

    name: Annotated[str, Meta(min_length=1, max_length=500)]
    size: Annotated[int, Meta(ge=0, le=2**40)]
    type: AttachmentType
    thumbnail_size: Annotated[int, Meta(ge=0, le=2**40)] | None = None


class Upload(Answer):
    """A form (multipart/form-data): post `fields`, then the file as `file`."""

    url: str
    fields: dict[str, str]


class AttachmentBegun(Answer):
    """Post the file, and its thumbnail, before `expires_at`; then complete it, then send it with a
    message. What is not sent within a day is gone.
    """

    attachment_id: str
    upload: Upload
    thumbnail_upload: Upload | None
    expires_at: datetime


class AttachmentCompleted(Answer):
    attachment: Attachment


class AttachmentLink(Answer):
    """Fetch it before `expires_at`. Pictures are shown, anything else is downloaded."""

    url: str
    thumbnail_url: str | None
    expires_at: datetime
