"""Where the widget may be embedded: visitors' calls against the allowed domains of their inbox."""

from collections.abc import Mapping

from chalicelib.api import auth
from chalicelib.api.endpoint import Call
from chalicelib.domain import origin
from chalicelib.domain.contact import Visitor
from chalicelib.store import settled


def visitor(call: Call) -> Visitor:
    """The visitor who calls; a socket's page was looked at when it was opened.

    Raises Unauthorized or Forbidden.
    """
    found = auth.visitor(call.headers)
    if call.socket is None:
        check(call.headers, found.inbox_id)
    return found


def check(headers: Mapping[str, str], inbox_id: str) -> None:
    """Raises Forbidden when the call comes from a page that the inbox does not allow."""
    inbox = settled.inbox(inbox_id)
    if inbox is not None:
        origin.allow(inbox.allowed_domains, headers.get("origin"), headers.get("referer"))
