"""How often one address may come, start a conversation, upload, say who somebody is, or guess a
password (trust rules).

What is counted are windows of time, by a keyed hash of the address: nobody can tell from what is
stored who came, nor that two windows are the same person's.
"""

import hmac
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from math import ceil

from msgspec import Struct

WINDOW = timedelta(minutes=10)
"""Of visitors."""

ARRIVALS = 200
"""New visitors of one address: a company's office, a mobile operator's gateway."""
RETURNS = 1000
"""Pages on which a known visitor's widget began."""
CONVERSATIONS = 100
UPLOADS = 60
"""Of one visitor: six messages full of files."""
UPLOADS_OF_ADDRESS = 300
INTRODUCTIONS = 30
"""Of one visitor: how often the page says anew who they are. Each change is sent to operators."""
INTRODUCTIONS_OF_ADDRESS = 300

SUSPECT_ARRIVALS = 30
SUSPECT_CONVERSATIONS = 3
SUSPECT_INBOX = 300
"""From here on who starts a conversation shows that they are a person, where the inbox asks so."""

SIGN_IN_WINDOW = timedelta(minutes=15)
GUESSES = 10
"""For one e-mail address from one network."""
GUESSES_OF_NETWORK = 100
GUESSES_OF_ACCOUNT = 100
"""From everywhere: who guesses from many addresses cannot lock a colleague out with a few."""


class What(StrEnum):
    """What is counted; the first five of an address, in one item."""

    ARRIVAL = "arrivals"
    RETURN = "returns"
    CONVERSATION = "conversations"
    UPLOAD = "uploads"
    INTRODUCTION = "introductions"
    INBOX = "inbox"
    GUESS = "guesses"


MOST = {What.ARRIVAL: ARRIVALS, What.RETURN: RETURNS, What.CONVERSATION: CONVERSATIONS}


class Counts(Struct, frozen=True, kw_only=True):
    """How often in this window, this time included."""

    arrivals: int = 0
    returns: int = 0
    conversations: int = 0
    uploads: int = 0
    introductions: int = 0
    inbox: int = 0
    guesses: int = 0

    def of(self, what: What) -> int:
        return int(getattr(self, what.value))


def suspicious(address: Counts, inbox: Counts) -> bool:
    """Whether who starts a conversation may be a machine: many came from the address, or started
    conversations, or very many were started in the inbox.
    """
    return (
        address.arrivals > SUSPECT_ARRIVALS
        or address.conversations > SUSPECT_CONVERSATIONS
        or inbox.inbox > SUSPECT_INBOX
    )


def network(address: str) -> str:
    """Who is counted as one: an IPv4 address, the /64 of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return f"{IPv6Address(int(found) >> 64 << 64)}/64"


def name(key: bytes, subject: str, began: datetime) -> str:
    """What a subject is called in the window that began then: another name in each window."""
    salt = f"limit|{began.isoformat()}"
    return hmac.new(key, f"{salt}|{subject}".encode(), sha256).hexdigest()[:32]


def began(now: datetime, window: timedelta) -> datetime:
    """The beginning of the window that `now` is in."""
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def seconds_left(now: datetime, window: timedelta) -> int:
    """Until the next window, at least one."""
    return max(1, ceil((began(now, window) + window - now).total_seconds()))
