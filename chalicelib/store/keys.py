"""Every key string of the one table; ARCHITECTURE.md lists the access patterns they serve.

Sort keys of a conversation are ordered so that one query from `M#<seq>` on returns the newer
messages and, last, the head.
"""

from zlib import crc32

STAFF = "STAFF"
ORGANISATION = "ORG"
INBOXES = "INBOXES"
HEAD = "~HEAD"
EVIDENCE = "E#EVIDENCE"
RATING = "E#RATING"
CONTACT = "CONTACT"
SESSION = "SESSION"
CONNECTION = "CONNECTION"
TICKET = "TICKET"
POOL = "POOL"
SETTINGS = "SETTINGS"
EMAIL = "EMAIL"
LIMIT = "LIMIT"
CAPTCHA = "CAPTCHA"
INVITATION = "INVITATION"
UPLOAD = "UPLOAD"
WEBHOOKS = "WEBHOOKS"
SEQ_DIGITS = 10
DUE_SHARDS = 8


def conversation(conversation_id: str) -> str:
    return f"C#{conversation_id}"


def message(seq: int) -> str:
    return f"M#{seq:0{SEQ_DIGITS}d}"


def activity(moment: str) -> str:
    return f"A#{moment}"


def audit(month: str) -> str:
    """What was done to settings in a month."""
    return f"AUDIT#{month}"


def contact(contact_id: str) -> str:
    return f"V#{contact_id}"


def session(family: str) -> str:
    return f"R#{family}"


def operator(operator_id: str) -> str:
    return f"O#{operator_id}"


def email(address: str) -> str:
    return f"EMAIL#{address}"


def invitation(subject: str) -> str:
    """One link for one subject: the next one takes its place."""
    return f"N#{subject}"


def upload(attachment_id: str) -> str:
    return f"F#{attachment_id}"


def branch(branch_id: str) -> str:
    return f"B#{branch_id}"


def former(branch_id: str) -> str:
    """What is kept of a branch that was deleted."""
    return f"X#{branch_id}"


def rule(scope: int, place: str) -> str:
    return f"R#{scope}#{place}"


def inbox(inbox_id: str) -> str:
    return f"I#{inbox_id}"


def pool(branch_id: str) -> str:
    return f"P#{branch_id}"


def queue(branch_id: str) -> str:
    return f"Q#{branch_id}"


def waiting(since: str, conversation_id: str) -> str:
    return f"{since}#{conversation_id}"


def requests(branch_id: str) -> str:
    """The offline requests of a branch that nobody has answered, by time."""
    return f"F#{branch_id}"


def connection(connection_id: str) -> str:
    return f"W#{connection_id}"


def audience(name: str) -> str:
    return f"S#{name}"


def ticket(ticket_id: str) -> str:
    return f"T#{ticket_id}"


def limit(name: str) -> str:
    return f"L#{name}"


def captcha(challenge_id: str) -> str:
    return f"U#{challenge_id}"


def view_open(branch_id: str) -> str:
    return f"{branch_id}#open"


def view_closed(branch_id: str) -> str:
    return f"{branch_id}#closed"


def view_order(at: str, conversation_id: str) -> str:
    return f"{at}#{conversation_id}"


def view_place(at: str, conversation_id: str) -> str:
    """By the minute of the activity: while people talk, most messages leave the entry in its place,
    which saves one of two writes to the index.
    """
    return view_order(view_minute(at), conversation_id)


def view_minute(place: str) -> str:
    """The minute of a place, or of a moment: `2031-05-09T12:00`."""
    return place[:16]


def mine(operator_id: str) -> str:
    return f"O#{operator_id}"


def webhook(inbox_id: str, webhook_id: str) -> str:
    return f"{inbox_id}#{webhook_id}"


def deliveries(webhook_id: str) -> str:
    return f"D#{webhook_id}"


def delivery(at: str, event_id: str) -> str:
    return f"{at}#{event_id}"


def due(timer: str, shard: int) -> str:
    """The partition of one kind of timer."""
    return f"{timer}#{shard}"


def due_of(timer: str, item_id: str) -> str:
    """The partition that an item's timer belongs to: the same one always."""
    return due(timer, crc32(item_id.encode()) % DUE_SHARDS)


def due_order(at: str, item_id: str) -> str:
    return f"{at}#{item_id}"


def due_kind(partition: str) -> str:
    """The timer that a partition of the index is of."""
    return partition.partition("#")[0]


def due_time(order: str) -> str:
    return order.partition("#")[0]


def given(branch_id: str) -> str:
    """The assignments of a branch, by time."""
    return f"{branch_id}#given"
