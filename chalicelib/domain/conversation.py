"""A conversation's life: what a visitor's or an operator's message does to it."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.domain.assignment import IN_PERSON, Assignment, Miss
from chalicelib.domain.contact import Contact
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.message import BareFile, Direction, Message
from chalicelib.domain.operator import Operator
from chalicelib.domain.pacing import quota_after
from chalicelib.domain.rating import Rated
from chalicelib.errors import AlreadyTaken, Forbidden, NotOpen, StillOpen


class Status(StrEnum):
    OPEN = "open"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Assignee(Struct, frozen=True, kw_only=True):
    """`assigned_at` starts and `opened_at` stops the escalation clock (item 3); the photo is theirs
    of that time.
    """

    id: str
    name: str
    assigned_at: datetime
    opened_at: datetime | None = None
    photo: str | None = None


class Timer(StrEnum):
    """What happens when a conversation's time has come: it moves on because its assignee has not
    opened it, supervisors are alerted because nobody has answered it, it is closed for good.
    """

    ESCALATION = "escalation"
    ALERT = "alert"
    RETENTION = "retention"


class Due(Struct, frozen=True, kw_only=True):
    """`at` is when; for retention, since when its time runs."""

    timer: Timer
    at: datetime


class Priority(StrEnum):
    """How soon people want to see to it; nothing is given out by it: the queue stays in order."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Alarm(StrEnum):
    """Why supervisors should look: nobody is left whom it could be given to, or its assignee has
    opened it and does not answer.
    """

    NOBODY_LEFT = "nobody_left"
    UNANSWERED = "unanswered"


class Conversation(Struct, frozen=True, kw_only=True):
    """The hot facts of a conversation.

    `seq` numbers its newest public message; `rev` grows by one on every change; `in_count` counts
    incoming messages, `read_count` how many of them somebody who had it has read (it only grows),
    `answered_count` how many had come when a person answered last; `waiting_since` is set while the
    visitor waits for us, `queued_at` while the conversation waits in its branch's queue;
    `last_assignee_id` had it before it was reopened; `resolved_at` is when it was last closed by a
    person; `missed` let it time out or handed it on since somebody last had it before their eyes;
    `answered_at` is when a person answered last, `told_closed_at` when the visitor was last told
    that nobody would; `marked_unread` is its holder's note that they will come back (item 9), gone
    with their next look or with them: what the visitor was told as read stays so (I9); `last_file`
    is what the snippet names when the newest message has no words; `visitor_read` is the highest
    `seq` that they are known to have read; `requested_at` is when it was left as an offline
    request, until somebody has answered it; `rated` what the visitor said of it; `auto_replied`:
    the inbox's automatic answer was given; there may be `quota` incoming messages until somebody
    looks how fast they came, `quota_at` is when somebody last did; `contact_rev` grows whenever
    the page around the widget says otherwise who the visitor is.
    """

    id: str
    inbox_id: str
    contact_id: str
    contact_name: str | None
    branch_id: str
    region: str | None
    status: Status
    assignee: Assignee | None
    seq: int
    rev: int
    in_count: int
    read_count: int
    answered_count: int
    last_direction: Direction
    last_snippet: str
    created_at: datetime
    activity_at: datetime
    waiting_since: datetime | None
    queued_at: datetime | None
    last_assignee_id: str | None
    resolved_at: datetime | None = None
    missed: tuple[Miss, ...] = ()
    due: Due | None = None
    alarm: Alarm | None = None
    answered_at: datetime | None = None
    told_closed_at: datetime | None = None
    marked_unread: bool = False
    last_file: BareFile | None = None
    priority: Priority = Priority.NORMAL
    visitor_read: int = 0
    requested_at: datetime | None = None
    rated: Rated | None = None
    auto_replied: bool = False
    quota: int = 0
    quota_at: datetime | None = None
    contact_rev: int = 0

    @property
    def held(self) -> bool:
        """Whether it counts among its assignee's open conversations."""
        return self.status is Status.OPEN and self.assignee is not None

    @property
    def handed_over(self) -> bool:
        """Whether it is on its way from one colleague to the next."""
        opened = self.assignee is not None and self.assignee.opened_at is not None
        return self.status is Status.OPEN and bool(self.missed) and not opened

    @property
    def quota_since(self) -> datetime:
        """When the visitor was given the quota: with the first message, an answer, or after a
        look.
        """
        given = (self.created_at, self.answered_at, self.quota_at)
        return max(each for each in given if each is not None)

    @property
    def queued(self) -> bool:
        return self.queued_at is not None

    @property
    def unread(self) -> int:
        """How many incoming messages its holder has not read: until they have opened it (and while
        nobody has it) all that nobody has answered, whoever read them before (item 9).
        """
        opened = self.assignee is not None and self.assignee.opened_at is not None
        return self.in_count - (self.read_count if opened else self.answered_count)

    @property
    def unseen(self) -> int:
        """How many of the visitor's newest messages nobody who had it has read: what their ticks
        say.
        """
        return self.in_count - self.read_count


def started(contact: Contact, branch_id: str, message: Message) -> Conversation:
    """A new conversation with its first message, waiting in the branch's queue."""
    at = message.draft.at
    return Conversation(
        id=message.conversation_id,
        inbox_id=contact.inbox_id,
        contact_id=contact.id,
        contact_name=contact.name,
        branch_id=branch_id,
        region=contact.place.region,
        status=Status.OPEN,
        assignee=None,
        seq=message.seq,
        rev=1,
        in_count=1,
        read_count=0,
        answered_count=0,
        last_direction=message.draft.direction,
        last_snippet=message.draft.snippet,
        last_file=message.draft.bare_file,
        created_at=at,
        activity_at=at,
        waiting_since=at,
        queued_at=at,
        last_assignee_id=None,
        quota=quota_after(0),
        contact_rev=contact.identity.rev,
    )


def requested(conversation: Conversation, name: str, at: datetime) -> Conversation:
    """The waiting conversation, left as an offline request by somebody who is called so, and has
    read that nobody is there.
    """
    return replace(conversation, contact_name=name, requested_at=at, told_closed_at=at)


def with_incoming(conversation: Conversation, message: Message, after: int = 0) -> Conversation:
    """The conversation after a visitor's message: one more to read, and the visitor waits from the
    first one on; `after` as in `read_above`.
    """
    return replace(
        _with(read_above(conversation, message, after), message),
        in_count=conversation.in_count + 1,
        waiting_since=conversation.waiting_since or message.draft.at,
    )


def read_above(conversation: Conversation, message: Message, after: int) -> Conversation:
    """The conversation that a visitor writes into who has all up to `after` on the screen."""
    if not reads_above(message, after):
        return conversation
    return replace(conversation, visitor_read=after)


def reads_above(message: Message, after: int) -> bool:
    """Whether a visitor's message says what they have read: if nothing came in between, all that
    stands above it. No mark is higher then, so it never goes back.
    """
    return after == message.seq - 1


def with_reply(conversation: Conversation, message: Message) -> Conversation:
    """The conversation after its assignee's reply: nobody waits, what came before counts as read,
    and it is no offline request any more.
    """
    after = replace(
        _with(conversation, message),
        read_count=conversation.in_count,
        answered_count=conversation.in_count,
        waiting_since=None,
        answered_at=message.draft.at,
        requested_at=None,
        due=None,
        alarm=None,
        missed=(),
        marked_unread=False,
        quota=quota_after(conversation.in_count),
    )
    holder = conversation.assignee
    if holder is None or holder.opened_at is not None:
        return after
    return replace(after, assignee=replace(holder, opened_at=message.draft.at))


def with_notice(conversation: Conversation, message: Message) -> Conversation:
    """The conversation after an automatic message: the visitor waits as before, and lists go on to
    show what they said.
    """
    at = message.draft.at
    return replace(conversation, seq=message.seq, rev=conversation.rev + 1, told_closed_at=at)


def _with(conversation: Conversation, message: Message) -> Conversation:
    return replace(
        conversation,
        seq=message.seq,
        rev=conversation.rev + 1,
        last_direction=message.draft.direction,
        last_snippet=message.draft.snippet,
        last_file=message.draft.bare_file,
        activity_at=message.draft.at,
    )


def given(
    conversation: Conversation, assignment: Assignment, branch_id: str, inbox: Inbox
) -> Conversation:
    """The conversation in an operator's hands, in the branch of the pool that they were found in.

    Somebody who was chosen has the inbox's time to open it; who helped themselves has opened it.
    """
    at, opened = assignment.assigned_at, assignment.cause in IN_PERSON
    after = replace(
        conversation,
        branch_id=branch_id,
        assignee=Assignee(
            id=assignment.operator_id,
            name=assignment.operator_name,
            assigned_at=at,
            opened_at=at if opened else None,
            photo=assignment.operator_photo,
        ),
        queued_at=None,
        missed=() if opened else _missed(conversation, at),
        alarm=None,
        marked_unread=False,
    )
    if opened:
        return replace(after, read_count=after.in_count, due=unanswered(after, at, inbox))
    return replace(after, due=Due(timer=Timer.ESCALATION, at=at + inbox.escalate_after))


def unanswered(conversation: Conversation, opened_at: datetime, inbox: Inbox) -> Due | None:
    """When supervisors hear of a conversation that was opened while its visitor waits."""
    if conversation.waiting_since is None:
        return None
    return Due(timer=Timer.ALERT, at=opened_at + inbox.alert_after)


def waiting(conversation: Conversation, branch_id: str, at: datetime) -> Conversation:
    """The open conversation, nobody's, in a branch's queue, behind those who wait longer."""
    return replace(
        conversation,
        status=Status.OPEN,
        branch_id=branch_id,
        assignee=None,
        queued_at=conversation.waiting_since or at,
        missed=_missed(conversation, at),
        due=None,
        alarm=None,
        resolved_at=None,
        marked_unread=False,
    )


def _missed(conversation: Conversation, at: datetime) -> tuple[Miss, ...]:
    """With the present holder, who has not opened it in time or hands it on."""
    if not conversation.held or conversation.assignee is None:
        return conversation.missed
    holder = conversation.assignee.id
    others = (miss for miss in conversation.missed if miss.operator_id != holder)
    return (*others, Miss(operator_id=holder, at=at))


def reopened(conversation: Conversation, at: datetime) -> Conversation:
    """A resolved conversation back in its branch's queue; who had it is asked first."""
    holder = conversation.assignee
    return replace(
        waiting(conversation, conversation.branch_id, at),
        last_assignee_id=holder.id if holder else None,
        missed=(),
    )


def resolved(conversation: Conversation, at: datetime) -> Conversation:
    """A conversation that a person has closed, or its visitor ended: its assignee stays on record,
    retention's time begins.
    """
    return replace(
        conversation,
        status=Status.RESOLVED,
        resolved_at=at,
        waiting_since=None,
        queued_at=None,
        requested_at=None,
        missed=(),
        alarm=None,
        marked_unread=False,
        due=Due(timer=Timer.RETENTION, at=at),
    )


class Incoming(StrEnum):
    """What a visitor's next message does."""

    APPEND = "append"
    REOPEN = "reopen"
    START = "start"


def incoming(conversation: Conversation) -> Incoming:
    """Into an open conversation it goes on; a resolved one it reopens; after a closed one a new one
    starts.
    """
    if conversation.status is Status.OPEN:
        return Incoming.APPEND
    return Incoming.REOPEN if conversation.status is Status.RESOLVED else Incoming.START


class Outgoing(StrEnum):
    """What an operator's reply does."""

    APPEND = "append"
    CLAIM = "claim"
    ANSWER = "answer"


def outgoing(conversation: Conversation, operator_id: str) -> Outgoing:
    """The assignee replies; the first reply to a queued conversation claims it, the first one to an
    offline request answers it.

    Raises NotOpen, or AlreadyTaken with the name of the colleague who has it.
    """
    if conversation.status is not Status.OPEN:
        raise NotOpen
    if conversation.assignee is None:
        return Outgoing.CLAIM
    if conversation.assignee.id != operator_id:
        raise AlreadyTaken(conversation.assignee.name)
    return Outgoing.ANSWER if conversation.requested_at else Outgoing.APPEND


def may_hand_on(conversation: Conversation, operator: Operator) -> None:
    """The assignee and supervisors transfer an open conversation. Raises NotOpen or Forbidden."""
    if conversation.status is not Status.OPEN:
        raise NotOpen
    theirs = conversation.assignee is not None and conversation.assignee.id == operator.id
    if not theirs and not operator.oversees:
        raise Forbidden("Take the conversation before you hand it on.")


def may_note(conversation: Conversation, operator: Operator) -> None:
    """The assignee and supervisors note how urgent it is and who the visitor is, also afterwards.
    Raises Forbidden.
    """
    theirs = conversation.assignee is not None and conversation.assignee.id == operator.id
    if not theirs and not operator.oversees:
        raise Forbidden("Take the conversation before you note anything of it.")


def may_take_over(conversation: Conversation, operator: Operator) -> None:
    """A supervisor takes any open conversation. Raises NotOpen or Forbidden."""
    if conversation.status is not Status.OPEN:
        raise NotOpen
    if not operator.oversees:
        raise Forbidden("Only a supervisor takes a colleague's conversation over.")


def may_resolve(conversation: Conversation, operator_id: str) -> None:
    """Only the assignee closes a conversation. Raises NotOpen or Forbidden."""
    _theirs(conversation, operator_id, "Take the conversation before you close it.")


def may_mark_unread(conversation: Conversation, operator_id: str) -> None:
    """Only the assignee has anything to come back to. Raises NotOpen or Forbidden."""
    _theirs(conversation, operator_id, "Take the conversation before you mark it as unread.")


def _theirs(conversation: Conversation, operator_id: str, otherwise: str) -> None:
    if conversation.status is not Status.OPEN:
        raise NotOpen
    if conversation.assignee is None or conversation.assignee.id != operator_id:
        raise Forbidden(otherwise)


def may_rate(conversation: Conversation) -> None:
    """A visitor rates what has ended. Raises StillOpen."""
    if conversation.status is Status.OPEN:
        raise StillOpen


def to_be_marked(conversation: Conversation, operator_id: str) -> bool:
    """Whether this operator's look changes anything: the assignee's, at something unread."""
    assignee = conversation.assignee
    if assignee is None or assignee.id != operator_id:
        return False
    return assignee.opened_at is None or conversation.unread > 0 or conversation.marked_unread
