"""Who does what how often: every assumption of the cost report, of 2026-11-22, in this one place.

Nobody has measured these on a real site yet; replace them by your own.
"""

from dataclasses import dataclass
from math import exp, expm1


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    conversations: int = 10_000
    """A month."""
    messages_in: int = 10
    messages_out: int = 10
    """Of a conversation."""
    writing_seconds: float = 12
    """For a message, on average; short ones are many, as with everything that ends by chance."""
    untold_seconds: float = 1
    told_seconds: float = 6
    """Who writes tells of it so long after the first letter, then so often (`typing.ts`): visitors
    once an operator has the conversation, not of their first message.
    """

    # ------------------------------------------------ visitors
    chat_minutes: float = 10
    """How long a visitor's socket is open in a conversation."""
    page_changes: float = 2
    """While the widget is open: it comes back, with a new ticket and socket."""
    polling: float = 0.03
    """Share of visitors whose network lets no socket through; they poll."""
    poll_seconds: float = 11
    """On average. First after 3 s, then twice as long each time, at last 30 s, and from the
    beginning with each message (`realtime.ts`): 55 polls in ten minutes.
    """
    looking: float = 0.7
    """Share of the replies that come while their visitor has them on the screen; each is a read
    mark, unless what they write says the same. The others are marked two at once, when they look
    again.
    """
    mark_seconds: float = 2
    """So long a mark is held back, by the widget on while an answer is being written."""
    lookers: float = 1
    """People who open the widget and write nothing, per conversation."""
    looker_minutes: float = 2
    page_views: float = 100
    """Of the site, per conversation; 40 of them bring the loader, the others have it."""
    loader_downloads: float = 40
    widget_downloads: float = 2
    preflights: float = 3
    """Of a visitor who polls: ticket, poll, send; the browser remembers them for two hours. Who has
    a socket sends none: the bootstrap is what browsers call simple and brings the first ticket.
    """

    # ------------------------------------------------ operators
    branch_panels: int = 3
    """Panels that list a conversation: two operators of its branch, a supervisor. As metered."""
    rung: float = 0.3
    """Timers of a conversation that come so near that they are queued (the tick looks 75 s ahead):
    what stays unopened for some three minutes, or unanswered for nine.
    """
    escalated: float = 0.1
    """Share of conversations that nobody opens in time."""
    panels: int = 7
    """Three branches of two operators, and the supervisor."""
    shift_hours: float = 8
    shifts: float = 22
    """A month."""
    marked_read: float = 0.6
    """Share of the visitors' messages that come while the assignee looks; each is a read mark,
    unless a reply says the same, or the next message comes, while it is held.
    """
    opens: float = 3
    """How often the assignee opens a conversation, coming back from others; each says at once what
    is on the screen.
    """
    list_changes: float = 2
    """Of a conversation: given, resolved. Every panel that lists it fetches its lists anew: own
    conversations and queue at once, over the socket.
    """
    reconnects: float = 4
    """Of a shift: the two hours of a socket, reloads."""
    refreshes: float = 48
    """Of a shift: an access token lives 10 minutes."""
    presences: float = 4
    """Chosen in a shift."""
    panel_kilobytes: float = 280
    """Downloaded once a week at most; here once a month and panel."""

    ping_seconds: float = 25
    visitor_ping_seconds: float = 90
    """Of silence: every frame that reaches a visitor puts the next ping off."""

    # ------------------------------------------------ AWS
    streamed: float = 1
    """Share of messages, creations and closings that the stream's function gets, one by one."""
    timed: float = 3
    """Changes of a conversation besides, by which a timer may begin: given, opened, written to."""
    arm_slowdown: float = 1.5
    """A full arm64 processor of Lambda against the machine of the bench's budgets."""
    full_processor_mb: float = 1769
    """Memory at which Lambda gives a function one processor; less gives a share."""
    wait_ms: float = 5
    """A round trip to DynamoDB or SQS within the region."""
    post_ms: float = 12
    """A frame to a socket."""
    cold: float = 0.02
    """Share of invocations that start a process; AWS bills that, too."""
    start_ms: float = 600
    """Of such a start, with a full processor: runtime, imports, first clients, secrets."""
    access_log_bytes: float = 330
    """Of a REST request, as infra/template/api.yaml writes it, with CloudWatch's 26."""
    socket_log_bytes: float = 170
    """Of a connect, message or disconnect."""
    tick_log_bytes: float = 300
    """A metric a minute. Functions write nothing else when all goes well."""
    delivery_log_bytes: float = 350
    """A line for each attempt, and its share of a batch's metrics."""
    queue_pollers: float = 5
    queue_poll_seconds: float = 20
    """Lambda asks an empty queue so, day and night; each queue of a function."""
    kept_months: float = 12
    """Of messages in the table."""
    stored_kilobytes: float = 14
    """Of a conversation: 20 messages with their de-duplication (30 days, here for ever), head,
    evidence, index entries and DynamoDB's 100 bytes each.
    """

    @property
    def visitor_pings(self) -> float:
        """Of a conversation whose frames reach the visitor at random moments, at the same rate all
        the time: the replies, the answers to their own messages, the read marks.
        """
        frames = self.messages + self.operator_marks + self.visitor_marks
        silence = exp(-frames * self.visitor_ping_seconds / (self.chat_minutes * 60))
        return frames * silence / (1 - silence)

    @property
    def typed(self) -> float:
        """Frames that tell of a message being written."""
        told = exp(-self.untold_seconds / self.writing_seconds)
        return told / -expm1(-self.told_seconds / self.writing_seconds)

    @property
    def operator_marks(self) -> float:
        """Of a conversation, besides those that go with its being opened."""
        alone = exp(-self.messages / (self.chat_minutes * 60) * self.mark_seconds)
        return self.messages_in * self.marked_read * alone

    @property
    def visitor_marks(self) -> float:
        """Of a conversation whose messages come at random moments: not of a reply that another one
        follows while its mark is held, nor of one whose answer is begun by then.
        """
        seconds = self.chat_minutes * 60
        alone = exp(-self.messages_out / seconds * self.mark_seconds)
        answering = self.mark_seconds + self.writing_seconds
        unanswered = exp(-self.messages_in / seconds * answering)
        at_once = self.messages_out * self.looking * alone * unanswered
        return at_once + self.messages_out * (1 - self.looking) / 2

    @property
    def same_minute(self) -> float:
        """Share of messages, at random moments of the conversation, that come in a minute in which
        there was one: the entry in the view's index stays in its place, a write unit less.
        """
        rate = self.messages / self.chat_minutes
        return 1 + expm1(-rate) / rate

    @property
    def messages(self) -> int:
        return self.messages_in + self.messages_out
