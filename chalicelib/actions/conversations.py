"""Operators work with conversations: lists, opening, taking, reading, closing."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from functools import partial

from msgspec import Struct

from chalicelib import announce
from chalicelib.actions import hands
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import access, history
from chalicelib.domain.activity import ActivityEvent, actor
from chalicelib.domain.assignment import Cause, by_person
from chalicelib.domain.contact import Contact
from chalicelib.domain.conversation import (
    Conversation,
    Outgoing,
    given,
    may_mark_unread,
    may_resolve,
    may_take_over,
    outgoing,
    resolved,
    to_be_marked,
    unanswered,
)
from chalicelib.domain.message import AuthorKind, Message
from chalicelib.domain.operator import Operator
from chalicelib.errors import Forbidden, NotFound, Unavailable
from chalicelib.parallel import start, together
from chalicelib.store import (
    activity,
    commits,
    contacts,
    conversations,
    evidence,
    keys,
    messages,
    pools,
    requests,
    settled,
)
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale
from chalicelib.store.evidence import Found

PAGE = 50
MOST_PAGES = 5
"""Pages of the index that one request reads at most before it answers with what it found and where
to go on.
"""


class Tab(StrEnum):
    MINE = "mine"
    QUEUE = "queue"
    REQUESTS = "requests"
    ALL = "all"
    CLOSED = "closed"


class Page(Struct, frozen=True, kw_only=True):
    """`next` is where the following page begins; None on the last."""

    items: list[Conversation]
    next: str | None
    list_rev: int


class Opened(Struct, frozen=True, kw_only=True):
    """`history` has the newest events first."""

    conversation: Conversation
    messages: list[Message]
    found: Found
    history: list[ActivityEvent]


Ordered = list[tuple[str, Conversation]]


def listed(operator: Operator, tab: Tab, cursor: str | None) -> Page:
    """One page of a tab, as this operator may see it."""
    known = list_rev(operator)  # first: a change in between is seen as news, never missed
    items, following = _TABS[tab](operator, cursor)
    return Page(items=items, next=following, list_rev=known)


def lists(operator: Operator) -> tuple[Page, Page]:
    """The first pages of their own conversations and of the queue."""
    known = list_rev(operator)
    mine, queue = together([partial(_TABS[tab], operator, None) for tab in (Tab.MINE, Tab.QUEUE)])
    return (
        Page(items=mine[0], next=mine[1], list_rev=known),
        Page(items=queue[0], next=queue[1], list_rev=known),
    )


def list_rev(operator: Operator) -> int:
    """A number that moves whenever a conversation enters or leaves this operator's lists."""
    heard = branches(operator) if operator.oversees else []
    return sum(pool.version for pool in pools.load_many({*heard, pools.home(operator)}))


def branches(operator: Operator) -> list[str]:
    """The ids of the branches whose conversations this operator may find in lists."""
    if not operator.oversees:
        return [operator.branch_id] if operator.branch_id else []
    organisation = settled.organisation()
    return [branch.id for branch in organisation.branches] if organisation else []


def open_conversation(operator: Operator, conversation_id: str, now: datetime) -> Opened:
    """What the thread shows; the assignee's first look stops the escalation clock, a supervisor's
    into somebody else's conversation is recorded. Raises NotFound.
    """
    reading = start(lambda: messages.newest(conversation_id))
    finding = start(lambda: evidence.get(conversation_id))
    recalling = start(lambda: activity.of_conversation(conversation_id))
    conversation = find(operator, conversation_id)
    found = finding.result()
    if found is None:
        raise NotFound
    if to_be_marked(conversation, operator.id):
        due = unanswered(conversation, now, hands.inbox_of(conversation))
        marked = commits.mark_opened(conversation, operator.id, now, due)
        conversation = _noted(conversation, marked)
    if access.observes(operator, conversation):
        activity.record(history.looked(conversation, operator, now))
    return Opened(
        conversation=conversation,
        messages=reading.result(),
        found=found,
        history=[each for each in recalling.result() if access.may_know(operator, each)],
    )


def details(operator: Operator, conversation_id: str) -> tuple[Contact, list[ActivityEvent]]:
    """Its contact, and its newest events, newest first. Raises NotFound."""
    recalling = start(lambda: activity.of_conversation(conversation_id))
    contact = contacts.get(find(operator, conversation_id).contact_id)
    if contact is None:
        raise NotFound
    return contact, [each for each in recalling.result() if access.may_know(operator, each)]


def find(operator: Operator, conversation_id: str) -> Conversation:
    """The conversation, if this operator may see it. Raises NotFound."""
    return access.access_conversation(operator, conversations.get(conversation_id))


def read(
    operator: Operator, conversation_id: str, *, after: int | None, before: int | None
) -> list[Message]:
    """The messages after or before a `seq`; the newest when neither is given. Raises NotFound."""
    find(operator, conversation_id)
    if after is not None:
        return messages.following(conversation_id, after)
    return messages.newest(conversation_id, before=before)


def take(operator: Operator, conversation_id: str, now: datetime) -> Conversation:
    """Claims a queued conversation.

    Raises NotFound, NotOpen, AlreadyTaken with the holder's name.
    """
    for _ in attempts():
        known = access.access_queue(operator, conversations.get(conversation_id))
        if outgoing(known, operator.id) is not Outgoing.CLAIM:
            return known
        with suppress(Stale):
            return _take(operator, known, Cause.CLAIMED, now)
    raise Unavailable


def take_over(
    operator: Operator, conversation_id: str, now: datetime, choice: Choice
) -> Conversation:
    """A supervisor makes somebody's conversation, or a queued one, their own.

    Raises NotFound, NotOpen, Forbidden.
    """
    for _ in attempts():
        known = find(operator, conversation_id)
        may_take_over(known, operator)
        if known.assignee is not None and known.assignee.id == operator.id:
            return known
        with suppress(Stale):
            taken = _take(operator, known, Cause.TAKEN_OVER, now)
            drain_soon(known.branch_id, now, choice)
            return taken
    raise Unavailable


def _take(operator: Operator, known: Conversation, cause: Cause, now: datetime) -> Conversation:
    assignment = by_person(operator, cause, now)
    after = given(known, assignment, known.branch_id, hands.inbox_of(known))
    return hands.move(known, after, history.assigned(known, after, assignment, actor(operator)))


def resolve(
    operator: Operator, conversation_id: str, now: datetime, choice: Choice
) -> Conversation:
    """Closes the operator's own conversation and gives the freed place to who waits.

    Raises NotFound, NotOpen, Forbidden.
    """
    for _ in attempts():
        known = find(operator, conversation_id)
        may_resolve(known, operator.id)
        with suppress(Stale):
            told = history.resolved(known, operator, now)
            ended = hands.move(known, resolved(known, now), told)
            drain_soon(known.branch_id, now, choice)
            return ended
    raise Unavailable


def mark_read(
    operator: Operator, conversation_id: str, in_count: int, via: str | None
) -> Conversation:
    """Notes what the assignee has on the screen. `via` is the socket that told it, if one did.

    Raises NotFound, or Forbidden for a supervisor who watches a colleague's.
    """
    marked = commits.mark_read(conversation_id, operator.id, in_count)
    if marked is None:
        known = find(operator, conversation_id)
        if access.observes(operator, known):
            raise Forbidden("Who watches leaves no mark.")
        return known
    announce.read(marked, AuthorKind.OPERATOR, besides=via)
    return marked


def mark_unread(operator: Operator, conversation_id: str) -> Conversation:
    """The assignee's note that they will come back; what the visitor was told as read stays so.

    Raises NotFound, NotOpen, Forbidden.
    """
    known = find(operator, conversation_id)
    may_mark_unread(known, operator.id)
    if known.marked_unread:
        return known
    return _noted(known, commits.mark_unread(conversation_id, operator.id))


def _noted(known: Conversation, marked: Conversation | None) -> Conversation:
    if marked is None:
        return known
    announce.changed(marked)
    return marked


# ---------------------------------------------------------------- tabs


def _mine(operator: Operator, cursor: str | None) -> tuple[list[Conversation], str | None]:
    found = conversations.get_many(conversations.mine(operator.id))
    own = [each for each in found if each.assignee and each.assignee.id == operator.id]
    return sorted(own, key=lambda each: each.activity_at, reverse=True), None


def _queue(operator: Operator, cursor: str | None) -> tuple[list[Conversation], str | None]:
    places = together(
        [partial(pools.waiting, branch, PAGE + 1, cursor) for branch in branches(operator)]
    )
    first = sorted(place for each in places for place in each)
    page = first[:PAGE]
    found = {c.id: c for c in conversations.get_many([each.conversation_id for each in page])}
    heads = [found[each.conversation_id] for each in page if each.conversation_id in found]
    waiting = [each for each in heads if each.queued]
    return waiting, page[-1].place if len(first) > PAGE else None


def _requests(operator: Operator, cursor: str | None) -> tuple[list[Conversation], str | None]:
    """The oldest of each branch's, merged, of which this operator sees their share; at most
    MOST_PAGES are read.
    """
    seen: list[Conversation] = []
    for _ in range(MOST_PAGES):
        found = together(
            [partial(requests.waiting, branch, PAGE + 1, cursor) for branch in branches(operator)]
        )
        first = sorted(place for each in found for place in each)
        page = first[:PAGE]
        heads = {each.id: each for each in conversations.get_many([id for _, id in page])}
        known = [heads[id] for _, id in page if id in heads]
        seen += [c for c in known if c.requested_at is not None and access.may_see(operator, c)]
        cursor = page[-1][0] if len(first) > PAGE else None
        if cursor is None or 2 * len(seen) >= PAGE:
            break
    return seen, cursor


def _all(operator: Operator, cursor: str | None) -> tuple[list[Conversation], str | None]:
    if operator.oversees:
        return _viewed(operator, cursor, [keys.view_open(each) for each in branches(operator)])
    own, _ = _mine(operator, None)
    waiting, following = _queue(operator, cursor)
    return (waiting if cursor else own + waiting), following


def _closed(operator: Operator, cursor: str | None) -> tuple[list[Conversation], str | None]:
    former = _former() if operator.oversees else []
    return _viewed(
        operator, cursor, [keys.view_closed(each) for each in (*branches(operator), *former)]
    )


def _former() -> list[str]:
    """The branches that were deleted, for what had ended there."""
    organisation = settled.organisation()
    return [branch.id for branch in organisation.former] if organisation else []


_TABS: dict[Tab, Callable[[Operator, str | None], tuple[list[Conversation], str | None]]] = {
    Tab.MINE: _mine,
    Tab.QUEUE: _queue,
    Tab.REQUESTS: _requests,
    Tab.ALL: _all,
    Tab.CLOSED: _closed,
}


def _viewed(
    operator: Operator, cursor: str | None, partitions: list[str]
) -> tuple[list[Conversation], str | None]:
    """The newest of each branch's partition, merged, of which this operator sees their share; at
    most MOST_PAGES are read.
    """
    seen: list[Conversation] = []
    for _ in range(MOST_PAGES):
        pages: list[Ordered] = together(
            [partial(conversations.view, each, PAGE, cursor) for each in partitions]
        )
        merged = sorted((each for page in pages for each in page), key=_place, reverse=True)[:PAGE]
        full = len(merged) == PAGE
        if full:
            merged = _whole_minutes(merged)
        seen += [each for _, each in merged if access.may_see(operator, each)]
        cursor = merged[-1][0] if full else None
        if cursor is None or 2 * len(seen) >= PAGE:
            break
    return sorted(seen, key=lambda each: each.activity_at, reverse=True), cursor


def _whole_minutes(page: Ordered) -> Ordered:
    """Without its last minute, which goes on on the next page: so that pages, each in the order of
    activity, follow one another. A page of one minute stays as it is.
    """
    last = keys.view_minute(page[-1][0])
    return [each for each in page if keys.view_minute(each[0]) != last] or page


def _place(entry: tuple[str, Conversation]) -> str:
    return entry[0]
