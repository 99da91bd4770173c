"""What goes over the sockets, both ways."""

from typing import Annotated

from msgspec import Meta, Raw, field

from chalicelib.wire import (
    Answer,
    Author,
    Conversation,
    Id,
    Message,
    Person,
    Presence,
    Request,
    VisitorConversation,
)

# ---------------------------------------------------------------- client to server


class Ping(Request, tag_field="type", tag="ping"):
    """What the client has, so that the answer tells what it missed. A panel sends it every 25 s, a
    widget when it has heard nothing for 90 s: each frame of a visitor's tells their whole
    conversation.
    """

    revs: Annotated[dict[Id, int], Meta(max_length=50)] = field(default_factory=dict)
    list_rev: int | None = None
    viewing: Id | None = None
    """The conversation on the operator's screen: it gets full frames even when it is somebody
    else's.
    """


class Call(Request, tag_field="type", tag="call"):
    """A route called over the socket instead of by a request; the document marks those that may be
    with `x-socket`.

    `path` as in REST without `/api`, with its query (`/panel/conversations?tab=queue`), `token` the
    bearer token, `body` the same body, `{}` where there is none. The answer is an AnswerFrame under
    the `id` that the client chose. Nothing is promised that REST does not promise: without an
    answer in time, repeat the call, here or there; after `too_large` by REST.
    """

    id: Id
    path: Annotated[str, Meta(max_length=500)]
    body: Raw
    token: Annotated[str, Meta(max_length=2048)] = ""


class Typing(Request, tag_field="type", tag="typing"):
    """Whoever opened the socket writes in a conversation of theirs: sent a second after the first
    letter and every 6 s while they go on, and with `writing` false when they have emptied the
    field. A message ends it by itself. Nothing answers but a refusal (an AnswerFrame with the id
    null).
    """

    conversation_id: Id
    writing: bool = True


ClientFrame = Ping | Call | Typing

# ---------------------------------------------------------------- server to client


class Frame(Answer, tag_field="type"):
    """Something pushed over the socket."""


class AnswerFrame(Frame, tag="answer"):
    """`status` and `body` are what the route answers by REST, refusals too.

    `id` is null when the client's frame could not be read so far.
    """

    id: str | None
    status: int
    body: Raw


class VisitorMessageFrame(Frame, tag="message"):
    message: Message
    conversation: VisitorConversation


class VisitorConversationFrame(Frame, tag="conversation"):
    conversation: VisitorConversation


class VisitorPongFrame(Frame, tag="pong"):
    """`conversations` are those whose `rev` differs from the client's: fetch their messages since
    the last `seq`.
    """

    conversations: list[VisitorConversation]


class TypingFrame(Frame, tag="typing"):
    """`author` writes: forget it after 8 s without another one, when a message of theirs comes, or
    at once when they have stopped (`writing` false).
    """

    conversation_id: str
    author: Author
    writing: bool


class MessageFrame(Frame, tag="message"):
    message: Message
    conversation: Conversation


class ConversationFrame(Frame, tag="conversation"):
    """Something but a message changed, or a message came into a conversation that is not on this
    screen.
    """

    conversation: Conversation


class Moved(Answer):
    """A conversation that was this operator's went on, with its change to `rev`: to `operator`, or
    into the branch's queue.
    """

    conversation_id: str
    rev: int
    operator: Person | None
    branch_id: str


class ListFrame(Frame, tag="list"):
    """What belongs to the operator's lists changed: fetch the list again. `moved` is what has left
    this operator, and where to.
    """

    moved: Moved | None


class PresenceFrame(Frame, tag="presence"):
    operator_id: str
    presence: Presence


class PongFrame(Frame, tag="pong"):
    """`conversations` as in `VisitorPongFrame`; `list_rev` other than the client's means "fetch the
    list again". `gone` are those of the client's that this operator may no longer see, each with
    its `rev` now: who knows an older one forgets it.
    """

    conversations: list[Conversation]
    gone: dict[str, int]
    list_rev: int


VisitorFrame = (
    VisitorMessageFrame | VisitorConversationFrame | VisitorPongFrame | TypingFrame | AnswerFrame
)
PanelFrame = (
    MessageFrame
    | ConversationFrame
    | ListFrame
    | PresenceFrame
    | PongFrame
    | TypingFrame
    | AnswerFrame
)
