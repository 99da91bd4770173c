"""What an empty deployment needs before anybody can work in it."""

from chalicelib.domain.branch import Branch
from chalicelib.domain.inbox import Inbox
from chalicelib.store import organisation

FIRST_INBOX = "site"
_FIRST_BRANCH = "main"


def begin(company: str, inbox: str) -> bool:
    """A branch and an inbox where there are none yet, called after the company; complete or
    repeated, never half. Whether there were none.
    """
    if organisation.load() is not None:
        return False
    organisation.save_branch(Branch(id=_FIRST_BRANCH, name=company))
    organisation.save_inbox(Inbox(id=inbox, name=company))
    organisation.save_default_branch(_FIRST_BRANCH)
    return True
