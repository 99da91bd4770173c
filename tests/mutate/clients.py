"""What the widget and the panel guard themselves with against a bad network: each is taken out by
itself, and a schedule of I2 must miss it: `make mutate ARGS=--clients`.
"""

import sys
from dataclasses import asdict, dataclass
from typing import Any

import pytest

from tests.invariants import test_i2
from tests.mutate.loop import failure

REALTIME = "widget/shared/realtime.ts"
LINE = "widget/shared/line.ts"
THREAD = "widget/shared/thread.ts"
WIDGET = "widget/src/widget.ts"
WIDGET_OUTBOX = "widget/src/outbox.ts"
TALK = "widget/src/conversation.ts"
FRAMES = "panel/src/realtime/frames.ts"
LISTING = "panel/src/conversations/listing.ts"
PANEL_OUTBOX = "panel/src/threads/outbox.ts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """`line` stands once in `file`, a path from the project's folder; `instead` is what it would be
    without the guard.
    """

    name: str
    file: str
    line: str
    instead: str = ""


GUARDS = (
    Guard(
        name="who comes back asks for what was missed",
        file=REALTIME,
        line="    this.beat();\n    this.resume();\n",
        instead="    this.beat();\n",
    ),
    Guard(
        name="a socket is renewed before it is two hours old",
        file=REALTIME,
        line='this.after("renew", RENEW_MS + this.random() * RENEW_SPREAD_MS, () => this.dial());',
    ),
    Guard(
        name="who gets no socket polls",
        file=REALTIME,
        line="if (this.failures >= FAILURES_BEFORE_POLLING && !this.timers.poll) this.poll();",
    ),
    Guard(
        name="what broke is dialled again",
        file=REALTIME,
        line='this.after("dial", this.random() * ceiling, () => this.dial());',
    ),
    Guard(
        name="a line that sends no pong is dead",
        file=LINE,
        line="this.deadline ??= setTimeout(() => this.die(), withinMs);",
    ),
    Guard(
        name="a message that comes twice is shown once",
        file=THREAD,
        line="arrived.filter((message) => !have.has(message.seq) && have.add(message.seq))",
        instead="[...arrived]",
    ),
    Guard(
        name="the widget fills a gap",
        file=WIDGET,
        line="if (!this.conversation.complete) this.fetchMissing().catch(() => {});",
    ),
    Guard(
        name="the widget claims no revision of which a message is missing",
        file=WIDGET,
        line="complete ? known.rev : 0",
        instead="known.rev",
    ),
    Guard(
        name="the widget lets no older revision win",
        file=TALK,
        line="known.id !== conversation.id || conversation.rev >= known.rev",
        instead="true",
    ),
    Guard(
        name="the widget repeats a text under the same id",
        file=WIDGET,
        line="      client_id: entry.client_id,\n",
        instead="      client_id: crypto.randomUUID(),\n",
    ),
    Guard(
        name="the widget tries again by itself",
        file=WIDGET_OUTBOX,
        line="this.timer = setTimeout(() => this.flush(), waitMs);",
    ),
    Guard(
        name="the widget keeps a text over a reload",
        file=WIDGET_OUTBOX,
        line="writeItem(this.prefix + entry.client_id, JSON.stringify(entry));",
    ),
    Guard(
        name="the panel fills a gap",
        file=FRAMES,
        line="  }\n  fillGap();\n",
        instead="  }\n",
    ),
    Guard(
        name="the panel lets no older revision win",
        file=LISTING,
        line="rev > (known.get(id)?.rev ?? -1)",
        instead="true",
    ),
    Guard(
        name="the panel takes what a pong says is gone off the screen",
        file=FRAMES,
        line="receiveGone(frame.gone);",
    ),
    Guard(
        name="the panel fetches lists of which a pong says that they changed",
        file=FRAMES,
        line="noticeListRev(frame.list_rev, recheckViewed);",
    ),
    Guard(
        name="the panel repeats a reply under the same id",
        file=PANEL_OUTBOX,
        line="const { client_id, body, after = 0 } = entry;",
        instead="const { body, after = 0 } = entry; const client_id = crypto.randomUUID();",
    ),
    Guard(
        name="the panel tries again by itself",
        file=PANEL_OUTBOX,
        line='if (isTransient(error) && !isHopeless(error, attempt + 1)) return "later";',
        instead='if (isTransient(error)) return "stop";',
    ),
    Guard(
        name="the panel sends one reply after the other",
        file=PANEL_OUTBOX,
        line="if (sending.has(conversationId)) return waiting.get(conversationId)?.();",
    ),
    Guard(
        name="the panel keeps a reply over a reload",
        file=PANEL_OUTBOX,
        line="keepOutgoing(conversationId, clientId, entry);",
    ),
)


class Clients:
    """The plugin that takes the place of pytest's own loop over I2's one test."""

    def __init__(self, words: list[str]) -> None:
        """`words`: only guards in whose name one of these stands; none: all of them."""
        self.survivors: list[Guard] = []
        self.tried = [
            each for each in GUARDS if not words or any(word in each.name for word in words)
        ]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        (item,) = session.items
        for guard in self.tried:
            self._try_without(guard, item)
        session.testsfailed = len(self.survivors)
        return True

    def _try_without(self, guard: Guard, item: Any) -> None:
        test_i2.otherwise = asdict(guard)
        failed = failure(item) or ""
        killed = failed.endswith("AssertionError")  # and not: the pages broke
        sys.stdout.write(f"{'killed  ' if killed else 'SURVIVED'} {guard.name} {failed}\n")
        if not killed:
            self.survivors.append(guard)
        sys.stdout.flush()
