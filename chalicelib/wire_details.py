"""What stands beside a conversation in the panel: its priority, and what came before it."""

from datetime import datetime

from chalicelib.wire import Answer, Person, Priority, Request, Snippet, Status


class PriorityRequest(Request):
    priority: Priority


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
