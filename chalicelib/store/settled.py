"""Settings as this process last read them: they change by the week and are needed with every
message.
"""

from collections.abc import Callable
from time import monotonic
from typing import Generic, TypeVar

from chalicelib.domain.branch import Branch, Organisation
from chalicelib.domain.inbox import Inbox
from chalicelib.domain.operator import Operator
from chalicelib.domain.webhook import Webhook
from chalicelib.store import organisation as _organisation
from chalicelib.store import staff
from chalicelib.store import webhooks as _all_webhooks

LIFE = 10.0
"""Seconds.

A changed rule, and a session ended elsewhere, takes effect on every warm Lambda within this time.
"""

T = TypeVar("T")


class _Kept(Generic[T]):
    def __init__(self) -> None:
        self._kept: dict[str, tuple[float, T]] = {}

    def get(self, key: str, load: Callable[[], T]) -> T:
        found = self._kept.get(key)
        if found is None or monotonic() - found[0] > LIFE:
            found = self._kept[key] = (monotonic(), load())
        return found[1]

    def drop(self, key: str) -> None:
        self._kept.pop(key, None)

    def clear(self) -> None:
        self._kept.clear()


_operators = _Kept[Operator | None]()
_organisations = _Kept[Organisation | None]()
_inboxes = _Kept[dict[str, Inbox]]()
_webhooks = _Kept[list[Webhook]]()


def operator(operator_id: str, epoch: int = 0) -> Operator | None:
    """The operator; read again when `epoch` tells that they have signed in since we looked."""
    found = _operators.get(operator_id, lambda: staff.get(operator_id))
    if found is None or found.session_epoch >= epoch:
        return found
    forget(operator_id)
    return _operators.get(operator_id, lambda: staff.get(operator_id))


def organisation() -> Organisation | None:
    return _organisations.get("", _organisation.load)


def branch(branch_id: str) -> Branch | None:
    found = organisation()
    branches = found.branches if found else ()
    return next((each for each in branches if each.id == branch_id), None)


def inboxes() -> dict[str, Inbox]:
    return _inboxes.get("", lambda: {inbox.id: inbox for inbox in _organisation.inboxes()})


def inbox(inbox_id: str) -> Inbox | None:
    return inboxes().get(inbox_id)


def webhooks() -> list[Webhook]:
    return _webhooks.get("", _all_webhooks.everything)


def forget(operator_id: str) -> None:
    """This process sees the next change of an operator at once."""
    _operators.drop(operator_id)


def forget_webhooks() -> None:
    """This process sees the next change of a webhook at once."""
    _webhooks.clear()


def forget_company() -> None:
    """This process sees the next change of branches, region rules and inboxes at once."""
    _organisations.clear()
    _inboxes.clear()


def clear() -> None:
    """For whoever changes settings in this process."""
    for kept in (_operators, _organisations, _inboxes, _webhooks):
        kept.clear()
