"""Who may see and who may answer which conversation (product roles).

Every road to a conversation passes here.
"""

from chalicelib.domain.activity import Action, ActivityEvent
from chalicelib.domain.conversation import Conversation, Status
from chalicelib.domain.operator import Operator, Role
from chalicelib.errors import Forbidden, NotFound


def may_see(operator: Operator, conversation: Conversation) -> bool:
    """Supervisors and admins see all; operators their own and what waits in their branch's
    queue.
    """
    if operator.oversees:
        return True
    if conversation.assignee is not None:
        return conversation.assignee.id == operator.id
    return conversation.queued and conversation.branch_id == operator.branch_id


def may_reply(operator: Operator, conversation: Conversation) -> bool:
    """The assignee may; so may anyone who sees it while it is queued (the first reply
    claims it).
    """
    if conversation.status is not Status.OPEN:
        return False
    if conversation.assignee is None:
        return may_see(operator, conversation)
    return conversation.assignee.id == operator.id


def may_type(operator: Operator, conversation: Conversation) -> None:
    """Who is not to answer is not seen to write. Raises Forbidden."""
    if not may_reply(operator, conversation):
        raise Forbidden("Who watches does not write.")


def observes(operator: Operator, conversation: Conversation) -> bool:
    """Whether a look is a supervisor's into a colleague's conversation, which leaves no trace but
    in the audit log (item 17).
    """
    holder = conversation.assignee
    return operator.oversees and holder is not None and holder.id != operator.id


def may_know(operator: Operator, event: ActivityEvent) -> bool:
    """Who watches is seen by supervisors only (item 17)."""
    return operator.oversees or event.action is not Action.LOOKED


def oversee(operator: Operator) -> None:
    """What all do is for supervisors and admins to see. Raises Forbidden."""
    if not operator.oversees:
        raise Forbidden("Only a supervisor may see this.")


def administer(operator: Operator) -> None:
    """Settings are the admins'. Raises Forbidden."""
    if operator.role is not Role.ADMIN:
        raise Forbidden("Only an admin may do this.")


def access_conversation(operator: Operator, conversation: Conversation | None) -> Conversation:
    """The conversation, if this operator may see it.

    Raises NotFound, the same for foreign and for unknown ones.
    """
    if conversation is None or not may_see(operator, conversation):
        raise NotFound
    return conversation


def access_queue(operator: Operator, conversation: Conversation | None) -> Conversation:
    """The conversation, if this operator could find it in a queue: whoever is too late to take it
    learns who was not.

    Raises NotFound.
    """
    if conversation is None:
        raise NotFound
    if operator.oversees or conversation.branch_id == operator.branch_id:
        return conversation
    return access_conversation(operator, conversation)


def visitor_conversation(contact_id: str, conversation: Conversation | None) -> Conversation:
    """The conversation, if it is this contact's.

    Raises NotFound, the same for foreign and for unknown ones.
    """
    if conversation is None or conversation.contact_id != contact_id:
        raise NotFound
    return conversation
