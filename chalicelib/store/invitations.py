"""Invitations: one for each who is expected, gone once it is used."""

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.domain.invitation import Invitation
from chalicelib.store import keys
from chalicelib.store.table import Item, put, read


class InvitationItem(Item):
    proof = UnicodeAttribute()
    expires_at = UTCDateTimeAttribute()


def get(subject: str) -> Invitation | None:
    """What was expired may still be there: the table deletes it when it comes to it."""
    item = read(InvitationItem, keys.invitation(subject), keys.INVITATION)
    if item is None:
        return None
    return Invitation(subject=subject, proof=item.proof, expires_at=item.expires_at)


def save(invitation: Invitation) -> None:
    """The subject's former link is worthless."""
    put(_to_item(invitation))


def add(writes: TransactWrite, invitation: Invitation) -> None:
    """The same within a transaction."""
    writes.save(_to_item(invitation))


def spend(writes: TransactWrite, invitation: Invitation) -> None:
    """Uses a link up; the transaction fails when it was used or replaced."""
    writes.delete(_handle(invitation.subject), condition=InvitationItem.proof == invitation.proof)


def drop(writes: TransactWrite, subject: str) -> None:
    """Makes the subject's link worthless, if there is one."""
    writes.delete(_handle(subject))


def _handle(subject: str) -> InvitationItem:
    return InvitationItem(keys.invitation(subject), keys.INVITATION)


def _to_item(invitation: Invitation) -> InvitationItem:
    item = _handle(invitation.subject)
    item.kind = "invitation"
    item.proof = invitation.proof
    item.expires_at = item.expires = invitation.expires_at
    return item
