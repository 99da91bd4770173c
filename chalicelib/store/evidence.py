"""Why a conversation went where it went: cold, read only when somebody asks."""

from msgspec import Struct
from msgspec.structs import asdict
from pynamodb.attributes import JSONAttribute, UnicodeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.domain.contact import Place
from chalicelib.domain.conversation import Conversation
from chalicelib.domain.routing import Reason, Route
from chalicelib.store import keys
from chalicelib.store.table import Item, query, read, stamp


class Found(Struct, frozen=True, kw_only=True):
    """Where the visitor was, and which branch that led to."""

    place: Place
    route: Route


class EvidenceItem(Item):
    place: JSONAttribute = JSONAttribute()
    branch_id = UnicodeAttribute()
    reason = UnicodeAttribute()
    rule = UnicodeAttribute(null=True)


def add(writes: TransactWrite, conversation: Conversation, found: Found) -> None:
    """In the index it is the entry by which the contact's conversations are found again."""
    writes.save(
        EvidenceItem(
            keys.conversation(conversation.id),
            keys.EVIDENCE,
            kind="evidence",
            view_pk=keys.contact(conversation.contact_id),
            view_sk=keys.view_order(stamp(conversation.created_at), conversation.id),
            place=asdict(found.place),
            branch_id=found.route.branch_id,
            reason=found.route.reason.value,
            rule=found.route.rule,
        )
    )


def of_contact(contact_id: str, limit: int) -> list[str]:
    """The ids of a contact's newest conversations, the newest first."""
    items, _ = query(keys.contact(contact_id), index="view", limit=limit, newest_first=True)
    return [raw["pk"]["S"].removeprefix(keys.conversation("")) for raw in items]


def get(conversation_id: str) -> Found | None:
    item = read(EvidenceItem, keys.conversation(conversation_id), keys.EVIDENCE)
    if item is None:
        return None
    return Found(
        place=Place(**item.place),
        route=Route(branch_id=item.branch_id, reason=Reason(item.reason), rule=item.rule),
    )
