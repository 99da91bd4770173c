"""What stands beside a conversation in the panel: its priority, and what came before it."""

from datetime import datetime
from typing import Annotated

from msgspec import Meta

from chalicelib.wire import (
    Answer,
    Conversation,
    Person,
    Priority,
    Request,
    Snippet,
    Status,
)
from chalicelib.wire_endings import ContactDetails


class PriorityRequest(Request):
    priority: Priority


class ContactRequest(Request):
    """Who the visitor is. An empty address or number is not known; the number with its country's
    code, which a Russian one may lack.
    """

    name: Annotated[str, Meta(max_length=200)]
    email: Annotated[str, Meta(max_length=300)] = ""
    phone: Annotated[str, Meta(max_length=50)] = ""


class CorrectedContact(Answer):
    contact: ContactDetails
    conversation: Conversation


class PreviousConversation(Answer):
    """`may_open`: it is this operator's to see; `last_message` is null when it is not."""

    id: str
    status: Status
    branch_id: str
    assignee: Person | None
    created_at: datetime
    last_message: Snippet | None
    may_open: bool


class PreviousConversations(Answer):
    """The newest first, at most ten; without the one that was asked about."""

    items: list[PreviousConversation]
