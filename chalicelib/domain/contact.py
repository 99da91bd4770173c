"""The stored person behind a visitor, and where their address is."""

import re
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from chalicelib.errors import Invalid

MAX_NAME = 100
MAX_EMAIL = 254

_EMAIL = r"[^@\s<>()\[\],;:\\\"]{1,64}@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,}"
_PHONE = r"\+[1-9]\d{7,14}"
_WITH_SEVEN = ("RU", "KZ")
"""Countries whose people write their numbers with an 8 in place of the code."""

Language = Literal["ru", "en"]


class Place(Struct, frozen=True, kw_only=True):
    """What GeoIP found: ISO codes (`RU`, `RU-SVE`), the city's GeoNames id, names by language; None
    = unknown.
    """

    country: str | None = None
    subdivision: str | None = None
    city: str | None = None
    name_ru: str = ""
    name_en: str = ""
    time_zone: str | None = None

    @property
    def region(self) -> str | None:
        return self.subdivision or self.country


class Identity(Struct, frozen=True, kw_only=True):
    """What the page around the widget has last said of who the visitor is, as it was kept; None: it
    never has. `rev` grows by one whenever it says otherwise.
    """

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    rev: int = 0


class Contact(Struct, frozen=True, kw_only=True):
    """`conversation_id` is the conversation that the contact's next message belongs to, if any;
    `language` is what their widget speaks; `phone` is in international form (`+79123456789`).
    """

    id: str
    inbox_id: str
    name: str | None
    place: Place
    conversation_id: str | None
    created_at: datetime
    language: Language = "ru"
    email: str | None = None
    phone: str | None = None
    identity: Identity = Identity()


class Visitor(Struct, frozen=True, kw_only=True):
    """The bearer of a visitor token: one contact in one inbox."""

    contact_id: str
    inbox_id: str


def corrected(contact: Contact, *, name: str, email: str, phone: str) -> Contact:
    """The contact as an operator has written them down: whoever is known has a name; an empty
    address or number is not known. Raises Invalid.
    """
    return replace(
        contact,
        name=clean_name(name),
        email=clean_email(email) if email.strip() else None,
        phone=clean_phone(phone, contact.place.country) if phone.strip() else None,
    )


def identified(contact: Contact, *, name: str, email: str, phone: str) -> Contact:
    """The contact after the page has said who they are; an empty fact is not said. Only what it has
    not said before counts: what an operator has corrected since, or the visitor has told, stays as
    long as the page repeats itself. Raises Invalid naming the field.
    """
    said = {
        "name": clean_name(name) if name.strip() else None,
        "email": clean_email(email) if email.strip() else None,
        "phone": clean_phone(phone, contact.place.country) if phone.strip() else None,
    }
    if not any(said.values()):
        raise Invalid("A name, an e-mail address or a phone number is needed.", field="name")
    was = contact.identity
    news: dict[str, Any] = {
        fact: value for fact, value in said.items() if value not in (None, getattr(was, fact))
    }
    if not news:
        return contact
    return replace(contact, identity=replace(was, rev=was.rev + 1, **news), **news)


def clean_name(name: str) -> str:
    """On one line, without what is not printed. Raises Invalid."""
    cleaned = " ".join("".join(each if each.isprintable() else " " for each in name).split())
    if not cleaned:
        raise Invalid("A name is needed.", field="name")
    if len(cleaned) > MAX_NAME:
        raise Invalid(f"The name is longer than {MAX_NAME} characters.", field="name")
    return cleaned


def clean_email(email: str) -> str:
    """Without outer blanks, the domain in lower case. Raises Invalid."""
    name, _, domain = email.strip().rpartition("@")
    cleaned = f"{name}@{domain.lower()}"
    if len(cleaned) > MAX_EMAIL or not re.fullmatch(_EMAIL, cleaned) or ".." in cleaned:
        raise Invalid("This is not an e-mail address.", field="email")
    return cleaned


def clean_phone(phone: str, country: str | None) -> str:
    """`+79123456789`: digits with the country's code. Where the contact's address is (`country`,
    None: unknown) tells what a number without a code means. Raises Invalid.
    """
    cleaned = re.sub(r"[\s().\u2010-\u2015-]", "", phone)
    if cleaned.startswith("00"):
        cleaned = f"+{cleaned[2:]}"
    with_seven = r"[78]?[3-9]\d{9}" if country in _WITH_SEVEN else r"[78][3-9]\d{9}"
    if (country is None or country in _WITH_SEVEN) and re.fullmatch(with_seven, cleaned):
        cleaned = f"+7{cleaned[-10:]}"
    if not (cleaned.isascii() and re.fullmatch(_PHONE, cleaned)):
        raise Invalid("A phone number has its country's code: +7 912 345-67-89.", field="phone")
    return cleaned
