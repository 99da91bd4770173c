"""Visitors end their conversation, and say what they think of it (item 13)."""

from contextlib import suppress
from datetime import datetime

from chalicelib import announce
from chalicelib.actions import hands
from chalicelib.actions.distribution import Choice, drain_soon
from chalicelib.domain import access, history, rating
from chalicelib.domain.contact import Visitor
from chalicelib.domain.conversation import Conversation, Status, may_rate, resolved
from chalicelib.domain.message import Author, AuthorKind
from chalicelib.domain.rating import Opinion, Rated, Rating
from chalicelib.errors import Forbidden, Unavailable
from chalicelib.store import conversations, ratings
from chalicelib.store.attempts import attempts
from chalicelib.store.commits import Stale


def end(visitor: Visitor, conversation_id: str, now: datetime, choice: Choice) -> Conversation:
    """The visitor needs nothing more: as if its assignee had closed it, whoever has it. One that
    has ended stays as it is. Raises NotFound.
    """
    for _ in attempts():
        known = _theirs(visitor, conversation_id)
        if known.status is not Status.OPEN:
            return known
        with suppress(Stale):
            told = history.ended(known, _author(known), now)
            ended = hands.move(known, resolved(known, now), told)
            drain_soon(known.branch_id, now, choice)
            return ended
    raise Unavailable


def rate(visitor: Visitor, conversation_id: str, opinion: Opinion, now: datetime) -> Conversation:
    """Keeps what the visitor says of a conversation that has ended; the same again changes nothing.

    Raises NotFound, StillOpen, RatingOver, Forbidden where it is not asked, or Invalid naming the
    field.
    """
    for _ in attempts():
        known = _theirs(visitor, conversation_id)
        may_rate(known)
        before = ratings.get(conversation_id) if known.rated else None
        given = _rating(known, before, opinion, now)
        if before is not None and (given.given, given.comment) == (before.given, before.comment):
            return known
        if ratings.keep(known, given, history.rated(known, given, _author(known))):
            return _announced(known)
    raise Unavailable


def _rating(
    conversation: Conversation, before: Rating | None, opinion: Opinion, now: datetime
) -> Rating:
    """The rating as it will be kept: who it is of, and since when, stays."""
    known, holder = conversation.rated, conversation.assignee
    asked = known.scale if known else hands.inbox_of(conversation).rating
    if asked is None:
        raise Forbidden("This inbox asks for no rating.")
    said = rating.checked(opinion, asked)
    rating.may_change(known, now)
    given = Rated(scale=asked, score=said.score, at=known.at if known else now)
    if before is not None:
        comment = before.comment if said.comment is None else said.comment
        return Rating(
            given=given,
            comment=comment,
            changed_at=now,
            branch_id=before.branch_id,
            operator_id=before.operator_id,
            operator_name=before.operator_name,
        )
    return Rating(
        given=given,
        comment=said.comment or "",
        changed_at=now,
        branch_id=conversation.branch_id,
        operator_id=holder.id if holder else None,
        operator_name=holder.name if holder else None,
    )


def _announced(rated: Conversation) -> Conversation:
    after = conversations.get(rated.id)
    if after is None:
        raise Unavailable
    announce.changed(after)
    return after


def _theirs(visitor: Visitor, conversation_id: str) -> Conversation:
    found = conversations.get(conversation_id)
    return access.visitor_conversation(visitor.contact_id, found)


def _author(conversation: Conversation) -> Author:
    name = conversation.contact_name or ""
    return Author(kind=AuthorKind.VISITOR, id=conversation.contact_id, name=name)
