"""What people attach to messages: which files an inbox takes, and what becomes of one.

A file is uploaded into quarantine, checked there, and published with the message that it is sent
with; from then on it belongs to that message's conversation for ever.
"""

import unicodedata
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from msgspec import Struct

from chalicelib.errors import Forbidden, Invalid, NotFound

MOST_FILES = 10
"""In one message."""
MOST_BYTES = 25_000_000
"""Whatever an inbox allows: the function that checks a file holds it in memory twice."""
USUAL_BYTES = 10_000_000
MOST_THUMBNAIL_BYTES = 60_000
LONGEST_THUMBNAIL_SIDE = 480
LONGEST_NAME = 100

UPLOAD_LIFE = timedelta(seconds=60)
"""For beginning to send the file; how long that takes does not matter."""
LINK_LIFE = timedelta(seconds=60)
UNSENT_LIFE = timedelta(days=1)
"""What is not sent by then is forgotten, as is its object in quarantine."""


class Kind(StrEnum):
    """What admins allow or not."""

    IMAGE = "image"
    DOCUMENT = "document"
    MEDIA = "media"
    ARCHIVE = "archive"


class FileType(Struct, frozen=True):
    """`endings` of the names, the usual one first; `signs` are the endings by which what is in such
    a file may be known; none: it is text.
    """

    kind: Kind
    endings: tuple[str, ...]
    signs: tuple[str, ...]


_OPEN_XML = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"

TYPES: dict[str, FileType] = {
    "image/jpeg": FileType(Kind.IMAGE, ("jpg", "jpeg", "jfif"), ("jpg",)),
    "image/png": FileType(Kind.IMAGE, ("png",), ("png",)),
    "image/webp": FileType(Kind.IMAGE, ("webp",), ("webp",)),
    "image/gif": FileType(Kind.IMAGE, ("gif",), ("gif",)),
    "application/pdf": FileType(Kind.DOCUMENT, ("pdf",), ("pdf",)),
    f"{_OPEN_XML}.wordprocessingml.document": FileType(Kind.DOCUMENT, ("docx",), ("docx",)),
    f"{_OPEN_XML}.spreadsheetml.sheet": FileType(Kind.DOCUMENT, ("xlsx",), ("xlsx",)),
    f"{_OPEN_XML}.presentationml.presentation": FileType(Kind.DOCUMENT, ("pptx",), ("pptx",)),
    f"{_OPEN_DOCUMENT}.text": FileType(Kind.DOCUMENT, ("odt",), ("odt",)),
    f"{_OPEN_DOCUMENT}.spreadsheet": FileType(Kind.DOCUMENT, ("ods",), ("ods",)),
    "application/msword": FileType(Kind.DOCUMENT, ("doc",), ("doc",)),
    "application/vnd.ms-excel": FileType(Kind.DOCUMENT, ("xls",), ("xls", "doc")),
    "application/vnd.ms-powerpoint": FileType(Kind.DOCUMENT, ("ppt",), ("ppt",)),
    "application/rtf": FileType(Kind.DOCUMENT, ("rtf",), ("rtf",)),
    "text/plain": FileType(Kind.DOCUMENT, ("txt", "log"), ()),
    "text/csv": FileType(Kind.DOCUMENT, ("csv",), ()),
    "audio/mpeg": FileType(Kind.MEDIA, ("mp3",), ("mp3", "mpga")),
    "audio/ogg": FileType(Kind.MEDIA, ("ogg", "oga", "opus"), ("ogg",)),
    "audio/mp4": FileType(Kind.MEDIA, ("m4a",), ("m4a", "mp4")),
    "video/mp4": FileType(Kind.MEDIA, ("mp4", "m4v"), ("mp4", "m4v")),
    "video/webm": FileType(Kind.MEDIA, ("webm",), ("webm",)),
    "video/quicktime": FileType(Kind.MEDIA, ("mov",), ("mov",)),
    "application/zip": FileType(Kind.ARCHIVE, ("zip",), ("zip",)),
}
"""Nothing that a browser runs is among them: no SVG, no HTML, no scripts."""

THUMBNAIL_TYPE = "image/jpeg"


class Rules(Struct, frozen=True, kw_only=True):
    """What an inbox takes, from visitors and operators alike; sizes in bytes."""

    enabled: bool = True
    max_bytes: int = USUAL_BYTES
    kinds: frozenset[Kind] = frozenset(Kind)

    @property
    def facts(self) -> dict[str, Any]:
        """As they are kept and told."""
        kinds = [each.value for each in Kind if each in self.kinds]
        return {"enabled": self.enabled, "max_bytes": self.max_bytes, "kinds": kinds}


class Attachment(Struct, frozen=True, kw_only=True):
    """A file as it goes with a message. `width` and `height` are an image's as it is shown;
    `thumbnail` tells whether there is a small one beside it.
    """

    id: str
    name: str
    type: str
    size: int
    width: int | None = None
    height: int | None = None
    thumbnail: bool = False

    @property
    def is_image(self) -> bool:
        return TYPES[self.type].kind is Kind.IMAGE

    @property
    def disposition(self) -> str:
        """For `Content-Disposition`: only what no browser runs is shown in a page."""
        how = "inline" if self.is_image else "attachment"
        plain = "".join(each if each.isascii() and each not in '"\\' else "_" for each in self.name)
        return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(self.name, safe='')}"

    @property
    def content_type(self) -> str:
        return f"{self.type}; charset=utf-8" if self.type.startswith("text/") else self.type


class State(StrEnum):
    WAITING = "waiting"
    CHECKED = "checked"
    SENT = "sent"


class Upload(Struct, frozen=True, kw_only=True):
    """A file on its way: whose (`visitor:…`, `operator:…`), to whom, and how far it is.

    `conversation_id` is None while a visitor has not sent it; `thumbnail_size` tells that a small
    picture comes with it; `client_id` is the message's that it was sent with.
    """

    attachment: Attachment
    uploader: str
    contact_id: str
    conversation_id: str | None
    thumbnail_size: int | None
    state: State = State.WAITING
    client_id: str | None = None

    @property
    def quarantined(self) -> str:
        """The key of the file as it came."""
        return f"quarantine/{self.contact_id}/{self.attachment.id}"

    @property
    def checked(self) -> str:
        """The key of the file as it may be published; nobody can upload to it."""
        return f"{self.quarantined}.checked"

    @property
    def published(self) -> str:
        return f"files/{self.contact_id}/{self.attachment.id}"


def small(key: str) -> str:
    """The key of the thumbnail beside a file."""
    return f"{key}.small"


def wanted(rules: Rules, id: str, name: str, type: str, size: int) -> Attachment:
    """A file that somebody wants to upload, under a name that harms nobody.

    Raises Forbidden where the inbox takes none, or Invalid naming the field.
    """
    if not rules.enabled:
        raise Forbidden("This inbox takes no files.")
    if type not in TYPES or TYPES[type].kind not in rules.kinds:
        raise Invalid("This inbox takes no files of this type.", field="type")
    if size < 1:
        raise Invalid("The file is empty.", field="size")
    if size > rules.max_bytes:
        raise Invalid(f"A file has at most {rules.max_bytes} bytes.", field="size")
    return Attachment(id=id, name=clean_name(name, type), type=type, size=size)


def checked_thumbnail_size(size: int | None) -> int | None:
    """Raises Invalid."""
    if size is not None and not 0 < size <= MOST_THUMBNAIL_BYTES:
        words = f"A thumbnail has at most {MOST_THUMBNAIL_BYTES} bytes."
        raise Invalid(words, field="thumbnail")
    return size


def clean_name(name: str, type: str) -> str:
    """The last part of a path on one line, with the ending of its type, without what deceives or
    what a file system refuses.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    told = "".join("_" if each in '<>:"|?*%' else each for each in last if not _deceives(each))
    stem, endings = " ".join(told.split()).strip(". "), TYPES[type].endings
    before, dot, ending = stem.rpartition(".")
    if not dot or ending.lower() not in endings:
        before, ending = stem, endings[0]
    return f"{before[: LONGEST_NAME - len(ending) - 1].rstrip('. ') or 'file'}.{ending.lower()}"


def _deceives(character: str) -> bool:
    """Control characters, invisible ones, those that turn the direction, halves of a pair."""
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def is_text(content: bytes) -> bool:
    """Whether it could be text, in whatever encoding but UTF-16."""
    return b"\0" not in content


def of_message(uploads: Sequence[Upload], ids: Sequence[str], client_id: str) -> list[Attachment]:
    """The files of a message in the order of `ids`; what was sent with this very message before may
    go with it again.

    Raises NotFound for one that is not there, Invalid for one that is not checked or was sent with
    another message.
    """
    known = {each.attachment.id: each for each in uploads}
    for id in ids:
        if id not in known:
            raise NotFound("There is no such file, or not for you.")
        may_go(known[id], client_id)
    return [known[id].attachment for id in ids]


def may_go(upload: Upload, client_id: str) -> None:
    """Raises Invalid."""
    if upload.state is State.WAITING:
        raise Invalid("A file is not there yet.", field="attachments")
    if upload.state is State.SENT and upload.client_id != client_id:
        raise Invalid("A file has gone with another message.", field="attachments")


def checked_ids(ids: Sequence[str]) -> tuple[str, ...]:
    """The ids of a message's files, each once. Raises Invalid."""
    unique = tuple(dict.fromkeys(ids))
    if len(unique) > MOST_FILES:
        raise Invalid(f"A message has at most {MOST_FILES} files.", field="attachments")
    return unique
