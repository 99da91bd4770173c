"""Contacts."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.contact import Place
from chalicelib.store import contacts
from chalicelib.store.table import Cancelled, transaction
from tests.support.people import contact

pytestmark = pytest.mark.usefixtures("table")


def test_a_contact_is_kept_as_it_arrived() -> None:
    contacts.add(contact())

    assert contacts.get("vera") == contact()
    assert contacts.get("nobody") is None


def test_a_contacts_place_moves_with_its_address() -> None:
    contacts.add(contact())
    moscow = Place(country="RU", subdivision="RU-MOW")

    contacts.move("vera", moscow, "en")
    contacts.move("nobody", moscow, "en")

    assert contacts.get("vera") == contact(place=moscow, language="en")
    assert contacts.get("nobody") is None


def test_a_contact_points_to_another_conversation_only_from_the_one_it_points_to() -> None:
    contacts.add(contact())

    for was, now in ((None, "first"), ("first", "second")):
        with transaction() as writes:
            contacts.point(writes, contact(conversation_id=was), now)
    for was in (None, "first"):
        with pytest.raises(Cancelled), transaction() as writes:
            contacts.point(writes, contact(conversation_id=was), "third")

    assert contacts.get("vera") == replace(contact(), conversation_id="second")
