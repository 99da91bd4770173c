"""Contacts: the persons behind visitors."""

from dataclasses import asdict

from pynamodb.attributes import JSONAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.transactions import TransactWrite

from chalicelib.domain.contact import Contact, Language, Place
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


def _told(contact: Contact) -> list[tuple[UnicodeAttribute, str | None]]:
    return [
        (ContactItem.name, contact.name),
        (ContactItem.email, contact.email),
        (ContactItem.phone, contact.phone),
    ]


def point(writes: TransactWrite, contact_id: str, *, was: str | None, now: str) -> None:
    """Makes `now` the contact's conversation, unless it is no longer `was`: two tabs start one
    conversation.
    """
    unchanged = (
        ContactItem.conversation_id.does_not_exist()
        if was is None
        else ContactItem.conversation_id == was
    )
    writes.update(
        ContactItem(keys.contact(contact_id), keys.CONTACT),
        actions=[ContactItem.conversation_id.set(now)],
        condition=ContactItem.pk.exists() & unchanged,
    )
