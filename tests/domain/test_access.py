"""Who sees, answers, finds and owns which conversation: the whole table."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from chalicelib.domain.access import (
    access_conversation,
    access_queue,
    may_reply,
    may_see,
    visitor_conversation,
)
from chalicelib.domain.conversation import Assignee, Conversation, Status
from chalicelib.domain.operator import Operator, Role
from chalicelib.errors import NotFound
from tests.support.people import NOW, operator, queued

ANNA = operator("anna")
COLLEAGUE = operator("oleg")
STRANGER = operator("maria", branch_id="msk")
SUPERVISOR = operator("elena", Role.SUPERVISOR, branch_id=None)
LOCAL_SUPERVISOR = operator("lidia", Role.SUPERVISOR, branch_id="msk")
ADMIN = operator("admin", Role.ADMIN, branch_id=None)
EVERYBODY = (ANNA, COLLEAGUE, STRANGER, SUPERVISOR, LOCAL_SUPERVISOR, ADMIN)

QUEUED = queued()
ASSIGNED = replace(
    QUEUED, queued_at=None, assignee=Assignee(id="anna", name="Анна", assigned_at=NOW)
)
RESOLVED = replace(ASSIGNED, status=Status.RESOLVED)
CLOSED = replace(ASSIGNED, status=Status.CLOSED)

OVERSEERS = {"elena", "lidia", "admin"}


def allowed(rule: Callable[[Operator, Conversation], bool], talk: Conversation) -> set[str]:
    return {each.id for each in EVERYBODY if rule(each, talk)}


def reaches(
    road: Callable[[Operator, Conversation | None], Conversation],
) -> Callable[[Operator, Conversation], bool]:
    def rule(who: Operator, talk: Conversation) -> bool:
        try:
            return road(who, talk) is talk
        except NotFound:
            return False

    return rule


@pytest.mark.parametrize(
    ("talk", "who"),
    [
        (QUEUED, {"anna", "oleg"} | OVERSEERS),
        (ASSIGNED, {"anna"} | OVERSEERS),
        (RESOLVED, {"anna"} | OVERSEERS),
        (CLOSED, {"anna"} | OVERSEERS),
    ],
    ids=["queued", "assigned", "resolved", "closed"],
)
def test_sees(talk: Conversation, who: set[str]) -> None:
    assert allowed(may_see, talk) == who
    assert allowed(reaches(access_conversation), talk) == who


@pytest.mark.parametrize(
    ("talk", "who"),
    [
        (QUEUED, {"anna", "oleg"} | OVERSEERS),
        (ASSIGNED, {"anna"}),
        (RESOLVED, set()),
        (CLOSED, set()),
    ],
    ids=["queued", "assigned", "resolved", "closed"],
)
def test_replies(talk: Conversation, who: set[str]) -> None:
    assert allowed(may_reply, talk) == who


@pytest.mark.parametrize(
    "talk", [QUEUED, ASSIGNED, RESOLVED], ids=["queued", "assigned", "resolved"]
)
def test_who_is_late_for_a_conversation_of_their_branch_may_learn_so(talk: Conversation) -> None:
    assert allowed(reaches(access_queue), talk) == {"anna", "oleg"} | OVERSEERS


def test_who_has_a_conversation_of_another_branch_reaches_it() -> None:
    talk = replace(ASSIGNED, branch_id="msk")

    assert access_queue(ANNA, talk) is talk


@pytest.mark.parametrize("road", [access_conversation, access_queue])
def test_what_does_not_exist_is_not_found_by_anybody(
    road: Callable[[Operator, Conversation | None], Conversation],
) -> None:
    for who in EVERYBODY:
        with pytest.raises(NotFound):
            road(who, None)


def test_a_visitor_reaches_their_own_conversation_only() -> None:
    assert visitor_conversation("vera", ASSIGNED) is ASSIGNED
    for foreign in (replace(ASSIGNED, contact_id="boris"), None):
        with pytest.raises(NotFound):
            visitor_conversation("vera", foreign)
