"""Conversations change hands as actions make them, with nobody told."""

from datetime import datetime

from chalicelib.domain import conversation as rules
from chalicelib.domain import history
from chalicelib.domain.activity import actor
from chalicelib.domain.assignment import Assignment, Cause, Pool, by_person
from chalicelib.domain.conversation import Conversation, given, with_reply
from chalicelib.domain.history import Queueing
from chalicelib.domain.message import Message
from chalicelib.domain.operator import Operator
from chalicelib.store import commits, pools
from tests.support.company import ANNA, INBOX


def assign(talk: Conversation, assignment: Assignment, expected: Pool | None = None) -> None:
    """To an operator of the conversation's branch."""
    after = given(talk, assignment, talk.branch_id, INBOX)
    told = history.assigned(talk, after, assignment)
    homes = {assignment.operator_id: talk.branch_id}
    commits.move(talk, after, told, homes, expected=expected)


def take(talk: Conversation, operator: Operator, at: datetime) -> None:
    assignment = by_person(operator, Cause.CLAIMED, at)
    after = given(talk, assignment, talk.branch_id, INBOX)
    told = history.assigned(talk, after, assignment, actor(operator))
    commits.move(talk, after, told, {operator.id: pools.home(operator)})


def claim(talk: Conversation, operator: Operator, message: Message) -> None:
    """With the first reply."""
    assignment = by_person(operator, Cause.CLAIMED, message.draft.at)
    after = with_reply(given(talk, assignment, talk.branch_id, INBOX), message)
    told = history.assigned(talk, after, assignment, actor(operator))
    commits.move(talk, after, told, {operator.id: pools.home(operator)}, message=message)


def resolve(talk: Conversation, at: datetime, by: Operator = ANNA) -> None:
    told = history.resolved(talk, by, at)
    homes = {talk.assignee.id: pools.home(by)} if talk.assignee else {}
    commits.move(talk, rules.resolved(talk, at), told, homes)


def reopen(talk: Conversation, message: Message) -> None:
    after = rules.reopened(talk, message.draft.at)
    told = history.queued(talk, after, Queueing.REOPENED, message.draft.at, message.draft.author)
    homes = {talk.assignee.id: "ekb"} if talk.assignee else {}
    commits.move(talk, after, told, homes, message=message)
