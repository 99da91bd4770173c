"""A message and who wrote it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from unicodedata import category

from msgspec import Struct

from chalicelib.domain.attachment import Attachment
from chalicelib.errors import Invalid

MAX_BODY = 4000
SNIPPET = 80

_CONTROL = dict.fromkeys(
    code for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\r\t"
)
"""Nothing to see, and six bytes each in JSON: an event stays under 24 kB."""

_OVERRIDES = dict.fromkeys(range(0x202A, 0x202F))
"""They turn the direction of what follows, so that a text reads as what it is not. Marks and
isolates, which people who write from right to left need, stay.
"""

_INVISIBLE = frozenset("\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs without a shape; what formats only (`Cf`) has none either."""


class Direction(StrEnum):
    IN = "in"
    OUT = "out"
    NOTE = "note"
    SYSTEM = "system"


class AuthorKind(StrEnum):
    VISITOR = "visitor"
    OPERATOR = "operator"
    SYSTEM = "system"


class BareFile(StrEnum):
    """What a message without words begins with."""

    IMAGE = "image"
    FILE = "file"


class Author(Struct, frozen=True, kw_only=True):
    kind: AuthorKind
    id: str
    name: str


class Draft(Struct, frozen=True, kw_only=True):
    """What somebody wants to say; `client_id` makes it happen once, however often it is sent.

    `via` is the socket that it came over, if it did: that one gets the answer and needs no push.
    """

    client_id: str
    author: Author
    direction: Direction
    body: str
    at: datetime
    via: str | None = None
    attachments: tuple[Attachment, ...] = ()

    @property
    def snippet(self) -> str:
        """For lists: its words, or the name of its first file."""
        return snippet(self.body or (self.attachments[0].name if self.attachments else ""))

    @property
    def bare_file(self) -> BareFile | None:
        """What the snippet names when there are no words."""
        if self.body or not self.attachments:
            return None
        return BareFile.IMAGE if self.attachments[0].is_image else BareFile.FILE

    def repeats(self, other: "Draft") -> bool:
        """Whether it is the same again: whoever guesses another's client id gets nothing."""
        return (self.author.id, self.client_id) == (other.author.id, other.client_id)

    def numbered(self, conversation_id: str, seq: int) -> "Message":
        return Message(conversation_id=conversation_id, seq=seq, draft=self)


class Message(Struct, frozen=True, kw_only=True):
    """A stored draft; `seq` counts a conversation's public messages from 1 without a gap."""

    conversation_id: str
    seq: int
    draft: Draft

    @property
    def id(self) -> str:
        return f"{self.conversation_id}.{self.seq}"


def clean_body(body: str, attachments: Sequence[object] = ()) -> str:
    """The text without control characters (lines and tabs stay), overrides of the direction, and
    outer blank lines; nothing where there is nothing to see.

    Raises Invalid when it is too long, or when nothing is left and no file goes with it.
    """
    text = clean_text(body)
    if not text and not attachments:
        raise Invalid("The message is blank.", field="body")
    if len(text) > MAX_BODY:
        raise Invalid(f"The message is longer than {MAX_BODY} characters.", field="body")
    return text


def clean_text(text: str) -> str:
    """Without control characters (lines and tabs stay), overrides of the direction, and outer
    blanks; empty where there is nothing to see.
    """
    cleaned = text.translate(_CONTROL | _OVERRIDES).strip()
    return "" if all(map(_is_blank, cleaned)) else cleaned


def _is_blank(letter: str) -> bool:
    return letter.isspace() or letter in _INVISIBLE or category(letter) == "Cf"


def snippet(body: str) -> str:
    """The first characters of a message on one line, for lists."""
    line = " ".join(body.split())
    return line if len(line) <= SNIPPET else line[: SNIPPET - 1] + "…"
