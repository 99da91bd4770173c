"""Contacts: the persons behind visitors."""

from msgspec.structs import asdict
from pynamodb.attributes import (
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.domain.contact import Contact, Identity, Language, Place
from chalicelib.store import keys
from chalicelib.store.table import Item, put, read, update


class ContactItem(Item):
    inbox_id = UnicodeAttribute()
    name = UnicodeAttribute(null=True)
    place: JSONAttribute = JSONAttribute()
    conversation_id = UnicodeAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    language = UnicodeAttribute(default="ru")
    email = UnicodeAttribute(null=True)
    phone = UnicodeAttribute(null=True)
    identity: JSONAttribute = JSONAttribute(null=True)
    identity_rev = NumberAttribute(null=True)


def get(contact_id: str, *, consistent: bool = True) -> Contact | None:
    item = read(ContactItem, keys.contact(contact_id), keys.CONTACT, consistent=consistent)
    if item is None:
        return None
    return Contact(
        id=contact_id,
        inbox_id=item.inbox_id,
        name=item.name,
        place=Place(**item.place),
        conversation_id=item.conversation_id,
        created_at=item.created_at,
        language="en" if item.language == "en" else "ru",
        email=item.email,
        phone=item.phone,
        identity=Identity(**item.identity or {}, rev=int(item.identity_rev or 0)),
    )


def add(contact: Contact) -> None:
    put(
        ContactItem(
            keys.contact(contact.id),
            keys.CONTACT,
            kind="contact",
            inbox_id=contact.inbox_id,
            place=asdict(contact.place),
            created_at=contact.created_at,
            language=contact.language,
        )
    )


def move(contact_id: str, place: Place, language: Language) -> None:
    """Remembers where the contact's address is now, and what their widget speaks."""
    item = ContactItem(keys.contact(contact_id), keys.CONTACT)
    now = [ContactItem.place.set(asdict(place)), ContactItem.language.set(language)]
    update(item, now, ContactItem.pk.exists())


def introduce(contact: Contact) -> None:
    """Remembers how the contact is called and reached, as far as they have told."""
    now = [attribute.set(value) for attribute, value in _told(contact) if value is not None]
    item = ContactItem(keys.contact(contact.id), keys.CONTACT)
    update(item, now, ContactItem.pk.exists())


def correct(writes: TransactWrite, contact: Contact) -> None:
    """How the contact is called and reached from now on."""
    writes.update(
        ContactItem(keys.contact(contact.id), keys.CONTACT),
        actions=[
            attribute.remove() if value is None else attribute.set(value)
            for attribute, value in _told(contact)
        ],
    )


def identify(writes: TransactWrite, was: Contact, now: Contact) -> None:
    """What the page has said; the transaction fails when it has said something else since the
    contact was read, or they have another conversation by now.
    """
    said = asdict(now.identity)
    rev = said.pop("rev")
    writes.update(
        ContactItem(keys.contact(now.id), keys.CONTACT),
        actions=[
            ContactItem.identity.set(said),
            ContactItem.identity_rev.set(rev),
            *(
                attribute.set(told)
                for (attribute, told), (_, before) in zip(_told(now), _told(was), strict=True)
                if told is not None and told != before
            ),
        ],
        condition=_unchanged(was),
    )


def _told(contact: Contact) -> list[tuple[UnicodeAttribute, str | None]]:
    return [
        (ContactItem.name, contact.name),
        (ContactItem.email, contact.email),
        (ContactItem.phone, contact.phone),
    ]


def point(writes: TransactWrite, was: Contact, now: str) -> None:
    """Makes `now` the contact's conversation, unless they have another one than `was` had: two tabs
    start one conversation. Nor if the page has said who they are since: the conversation shows it.
    """
    writes.update(
        ContactItem(keys.contact(was.id), keys.CONTACT),
        actions=[ContactItem.conversation_id.set(now)],
        condition=_unchanged(was),
    )


def _unchanged(was: Contact) -> Condition:
    pointer, rev = ContactItem.conversation_id, ContactItem.identity_rev
    here = was.conversation_id
    same = pointer.does_not_exist() if here is None else pointer == here
    unsaid = rev == was.identity.rev if was.identity.rev else rev.does_not_exist()
    known: Condition = ContactItem.pk.exists() & same & unsaid
    return known
