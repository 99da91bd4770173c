"""The shapes that cross the wire: bodies in, answers out. The OpenAPI document is generated from
here.
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.wire_guard import Captcha, Challenge

Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.-]+$")]
ClientId = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=64,
        pattern=r"^[A-Za-z0-9_-]+$",
        description="A UUID chosen by the sender.",
    ),
]
Body = Annotated[str, Meta(max_length=4000)]
Files = Annotated[
    list[Id], Meta(max_length=10, description="Files that were uploaded and completed.")
]
Token = Annotated[str, Meta(min_length=1, max_length=2048)]
Seq = Annotated[int, Meta(ge=0, le=2**31)]
Presence = Literal["online", "away", "busy"]
Status = Literal["open", "resolved", "closed"]
Tab = Literal["mine", "queue", "requests", "all", "closed"]
Side = Literal["right", "left"]
Priority = Literal["low", "normal", "high", "urgent"]
ErrorCode = Literal[
    "bad_json",
    "invalid",
    "unauthorized",
    "bad_credentials",
    "captcha_required",
    "forbidden",
    "not_found",
    "already_taken",
    "email_taken",
    "not_open",
    "still_open",
    "rating_over",
    "operator_offline",
    "branch_closed",
    "in_use",
    "too_large",
    "too_many_requests",
    "unavailable",
    "internal",
]


class Request(Struct, forbid_unknown_fields=True):
    """A body that a client sends; an unknown field is an error, not a silent loss."""


class Answer(Struct):
    """Something the server sends."""


# ---------------------------------------------------------------- errors


class ErrorDetail(Answer):
    """`retry_after`: too_many_requests end in so many seconds (by REST the header says so, too).
    `challenge`: what captcha_required asks for.
    """

    code: ErrorCode
    message: str
    field: str | UnsetType = UNSET
    retry_after: int | UnsetType = UNSET
    challenge: Challenge | UnsetType = UNSET


class ErrorAnswer(Answer):
    """Every error, on every route."""

    error: ErrorDetail


# ---------------------------------------------------------------- shared


class Person(Answer):
    """An operator as others see them."""

    id: str
    name: str


class Face(Person):
    """An operator as visitors see them; `photo` is a path on the API's domain."""

    photo: str | None


class Author(Answer):
    kind: Literal["visitor", "operator", "system"]
    id: str
    name: str


class Attachment(Answer):
    """A file that goes with a message; its link is asked for. `width` and `height` are an image's;
    `thumbnail` tells whether there is a small JPEG of at most 480 pixels a side.
    """

    id: str
    name: str
    type: str
    size: int
    width: int | None
    height: int | None
    thumbnail: bool


class Message(Answer):
    """One message; `seq` is gapless within its conversation, from 1. One with `attachments` may
    have an empty body.
    """

    id: str
    conversation_id: str
    seq: int
    direction: Literal["in", "out", "note", "system"]
    author: Author
    body: str
    client_id: str
    created_at: datetime
    attachments: list[Attachment] = []


class Ticket(Answer):
    """Opens one socket, once, within 30 seconds: connect to `url`?ticket=`ticket`."""

    ticket: str
    url: str


class Nothing(Answer):
    """An empty object."""


# ---------------------------------------------------------------- widget


RatingScale = Literal["stars", "nps"]


class Score(Answer):
    """Stars from 1 to 5, or from 0 to 10 how likely somebody is to recommend the company."""

    scale: RatingScale
    score: int


class RatingGiven(Score):
    """The visitor may change it until then."""

    changeable_until: datetime


class Offline(Answer):
    """Nobody is there: `text` says so, and an offline request can be left."""

    text: str


class InboxFeatures(Answer):
    realtime: bool


class AttachmentRules(Answer):
    """Which files an inbox takes, and how large (in bytes)."""

    enabled: bool
    max_bytes: int
    kinds: list[Literal["image", "document", "media", "archive"]]


class WidgetAppearance(Answer):
    """In the visitor's language; what is null or empty is the widget's own."""

    accent: str | None
    side: Side
    title: str
    greeting: str


class WidgetInbox(Answer):
    """`rating`: on which scale visitors are asked about a conversation that has ended; null: they
    are not. `photo` is a path on the API's domain, shown where nobody's own is.
    """

    id: str
    name: str
    features: InboxFeatures
    attachments: AttachmentRules
    rating: RatingScale | None
    appearance: WidgetAppearance
    photo: str | None


class VisitorConversation(Answer):
    """A conversation as its visitor sees it. `rev` grows by one on every change. `handed_over`: it
    is on its way from one operator to the next. `unread`: how many of the visitor's newest messages
    no operator has read; `visitor_read`: the highest `seq` that the visitor is known to have read.
    `requested`: it was left as an offline request, and nobody has answered yet.
    """

    id: str
    status: Status
    seq: int
    rev: int
    operator: Face | None
    handed_over: bool
    unread: int
    visitor_read: int
    requested: bool
    rating: RatingGiven | None
    created_at: datetime


class BootstrapRequest(Request):
    """`language` is what the widget speaks."""

    inbox: Id
    refresh_token: Token | None = None
    language: Literal["ru", "en"] = "ru"


class Bootstrap(Answer):
    """`messages` are the newest of the conversation, oldest first (at most 50); `socket` opens the
    first socket; `offline` is null while somebody is there, or the conversation is open;
    `identified`: the page has said who the visitor is; `now` is the server's clock, a device's may
    be days off.
    """

    visitor_token: str
    refresh_token: str
    inbox: WidgetInbox
    conversation: VisitorConversation | None
    messages: list[Message]
    operator: Face | None
    offline: Offline | None
    identified: bool
    socket: Ticket
    now: datetime


class SendRequest(Request):
    """`after` is the highest `seq` up to which the client had every message of `conversation_id`
    when it first tried to send this one. A repeat is the same request with the same `after`: what
    was stored under the `client_id` is looked for behind it. 0 is always right and costs reading;
    one that is ahead of the conversation is refused. Without `conversation_id` it counts as 0.
    `captcha` answers the challenge of a refusal.
    """

    client_id: ClientId
    body: Body
    conversation_id: Id | None = None
    after: Seq = 0
    attachments: Files = []
    captcha: Captcha | None = None


class Sent(Answer):
    message: Message
    conversation: VisitorConversation


class MarkSeenRequest(Request):
    """`seq`: the newest message that is on the visitor's screen, with all before it."""

    conversation_id: Id
    seq: Seq


class VisitorConversationAnswer(Answer):
    conversation: VisitorConversation


class PollRequest(Request):
    after: Seq
    conversation_id: Id | None = None


class Polled(Answer):
    """`messages` follow `after` without a gap (at most 100: ask again while `seq` is behind the
    conversation's).
    """

    messages: list[Message]
    conversation: VisitorConversation | None


class HistoryRequest(Request):
    before: Seq


class Messages(Answer):
    """Oldest first; at most 50 when asked `before`, 100 when asked `after`."""

    messages: list[Message]


class RefreshRequest(Request):
    refresh_token: Token


class VisitorTokens(Answer):
    visitor_token: str
    refresh_token: str


# ---------------------------------------------------------------- panel


class Operator(Answer):
    """The signed-in operator."""

    id: str
    name: str
    email: str
    role: Literal["operator", "supervisor", "admin"]
    branch_id: str | None
    presence: Presence


class SignInRequest(Request):
    email: Annotated[str, Meta(min_length=3, max_length=254)]
    password: Annotated[str, Meta(min_length=1, max_length=256)]


class Session(Answer):
    access_token: str
    refresh_token: str
    operator: Operator


class PresenceRequest(Request):
    presence: Presence


class OperatorAnswer(Answer):
    operator: Operator


class BranchEntry(Answer):
    id: str
    name: str


class InboxEntry(Answer):
    id: str
    name: str
    attachments: AttachmentRules


class Colleague(Answer):
    """`presence` is their choice; `open` counts their open conversations; `photo` is a path on the
    API's domain; `invited`: has no password yet, so was never here.
    """

    id: str
    name: str
    role: Literal["operator", "supervisor", "admin"]
    branch_id: str | None
    presence: Presence
    open: int
    photo: str | None
    invited: bool


class Directory(Answer):
    """The names behind the ids of conversations."""

    branches: list[BranchEntry]
    inboxes: list[InboxEntry]
    operators: list[Colleague]


class TeamMember(Answer):
    """`presence` is their choice, `connected` whether they have a live panel; `open` of at most
    `capacity` conversations that routing gives.
    """

    id: str
    name: str
    presence: Presence
    connected: bool
    open: int
    capacity: int


class TeamBranch(Answer):
    """`changes_at` is when it opens or closes next, null when it never does."""

    id: str
    name: str
    open: bool
    changes_at: datetime | None
    queued: int
    members: list[TeamMember]


class Team(Answer):
    branches: list[TeamBranch]


class Contact(Answer):
    """The visitor; `name` is null while nobody has told it."""

    id: str
    name: str | None


class Snippet(Answer):
    """The beginning of the newest public message. `file`: it has no words, and `body` is the name
    of its first file.
    """

    direction: Literal["in", "out", "note", "system"]
    body: str
    file: Literal["image", "file"] | None = None


class Conversation(Answer):
    """A conversation as operators see it.

    `unread` counts incoming messages the assignee has not read (until they open it: that nobody
    has answered), `in_count` all incoming ones; `visitor_read` is the highest `seq` that the
    visitor has read.
    `region` is the ISO 3166-2 code (`RU-SVE`) or the country (`RU`). `may_reply` tells whether this
    operator may write: their own conversation, or one in their branch's queue, which the first
    reply claims. `escalates_at` is when it goes to somebody else unless its assignee opens it;
    `alarm` why supervisors should look: nobody is left whom it could be given to, or its assignee
    opened it and does not answer. `marked_unread`: its assignee wants to come back to it.
    `handed_over`: a colleague had it before, and its assignee has not opened it. `requested_at` is
    when it was left as an offline request, until somebody has answered it. `contact_rev` grows
    whenever the visitor's page says otherwise who they are, which `…/details` then tells.
    """

    id: str
    inbox_id: str
    channel: Literal["widget"]
    status: Status
    branch_id: str | None
    assignee: Person | None
    contact: Contact
    contact_rev: int
    region: str | None
    seq: int
    rev: int
    in_count: int
    unread: int
    visitor_read: int
    marked_unread: bool
    last_message: Snippet
    may_reply: bool
    queued: bool
    handed_over: bool
    escalates_at: datetime | None
    alarm: Literal["nobody_left", "unanswered"] | None
    priority: Priority
    requested_at: datetime | None
    rating: RatingGiven | None
    created_at: datetime
    activity_at: datetime
    waiting_since: datetime | None
    assignee_assigned_at: datetime | None
    assignee_opened_at: datetime | None


class ConversationList(Answer):
    """`next` is null on the last page.

    Compare `list_rev` with later ones: another number means "fetch again".
    """

    items: list[Conversation]
    next: str | None
    list_rev: int


class Lists(Answer):
    """What the operator works with, both as new as each other: the first pages of both tabs."""

    mine: ConversationList
    queue: ConversationList


class Place(Answer):
    """Where the visitor's address is, as the GeoIP database names it; null where it does
    not know.
    """

    country: str | None
    subdivision: str | None
    city: str | None
    names: dict[Literal["ru", "en"], str]
    time_zone: str | None


class Evidence(Answer):
    """Why the conversation went to its branch, and to its first assignee.

    `reason` names the rule that decided; `rule` is what it matched (`RU-SVE`). `assignment`
    explains the choice of the present operator, null while queued: `considered` lists the branch's
    operators with their open conversations then, and who of them could have had it.
    """

    place: Place
    reason: Literal["inbox", "city", "subdivision", "country", "no_rule", "no_region"]
    rule: str | None
    branch_id: str | None
    assignment: "Assignment | None"


Standing = Literal["eligible", "away", "busy", "disconnected", "full", "not_member", "missed"]


class Considered(Answer):
    """`open`: how many conversations they had. `missed`: they let this one time out, or handed it
    on.
    """

    id: str
    name: str
    open: int
    standing: Standing


class Assignment(Answer):
    """`considered` is empty when a person chose."""

    operator: Person
    assigned_at: datetime
    cause: Literal["routed", "claimed", "escalated", "transferred", "taken_over"]
    considered: list[Considered]


class HistoryEntry(Answer):
    """What happened to a conversation. `cause` says how an operator got it, why it is in a
    queue, which priority it was given, or which facts of its contact were `corrected`
    (`name,phone`); a null `actor` is the system. `resolved` by an operator,
    `ended` by the visitor; a `rated` one has the `score`, with the comment as its `note`.
    """

    at: datetime
    action: Literal[
        "assigned",
        "queued",
        "answered",
        "resolved",
        "ended",
        "rated",
        "looked",
        "alerted",
        "prioritised",
        "corrected",
    ]
    actor: Author | None
    cause: str | None
    from_operator: Person | None
    to_operator: Person | None
    from_branch_id: str | None
    to_branch_id: str | None
    note: str | None
    score: Score | None


class Opened(Answer):
    """`messages` are the newest, oldest first (at most 50), `history` the newest events, newest
    first.
    """

    conversation: Conversation
    messages: list[Message]
    evidence: Evidence
    history: list[HistoryEntry]


class Given(Answer):
    """An assignment of a branch, with the explanation."""

    conversation_id: str
    assignment: Assignment


class GivenList(Answer):
    """`next` is null on the last page."""

    items: list[Given]
    next: str | None


class ReplyRequest(Request):
    """`after`: see `SendRequest`."""

    client_id: ClientId
    body: Body
    after: Seq = 0
    attachments: Files = []


class Replied(Answer):
    message: Message
    conversation: Conversation


class MarkReadRequest(Request):
    """`in_count`: the conversation's count of incoming messages at the moment they were on the
    screen.
    """

    in_count: Seq


Note = Annotated[
    str, Meta(max_length=1000, description="For the colleague; visitors never see it.")
]


class TransferToBranchRequest(Request):
    """`anyway`: also while the branch is closed."""

    branch_id: Id
    note: Note | None = None
    anyway: bool = False


class TransferToOperatorRequest(Request):
    """`anyway`: also to somebody who is not online."""

    operator_id: Id
    note: Note | None = None
    anyway: bool = False


class ConversationAnswer(Answer):
    conversation: Conversation


# ---------------------------------------------------------------- health


class Health(Answer):
    status: Literal["ok"]


class HealthPart(Answer):
    """`detail` says by name what was measured; it is empty when the part did not answer.

    database: `round_trip_ms`. geoip: `built_at`, `age_days`, `stale` (a bool). deliveries and
    dead_deliveries: `waiting`. timers: `waiting`, `overdue` (conversations that should have moved
    on two minutes ago). secrets: nothing.
    """

    name: str
    ok: bool
    detail: dict[str, str | int | float | bool]


class HealthReport(Answer):
    """For admins; `failing` when any part is not ok."""

    status: Literal["ok", "failing"]
    parts: list[HealthPart]
