"""How visitors say they are called and reached."""

import pytest
from msgspec.structs import replace

from chalicelib.domain.contact import Identity, clean_email, clean_name, clean_phone, identified
from chalicelib.errors import Invalid
from tests.support.people import contact


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" anna@example.ru ", "anna@example.ru"),
        ("Anna.Petrova+shop@Mail.EXAMPLE.com", "Anna.Petrova+shop@mail.example.com"),
        ("почта@почта.рф", "почта@почта.рф"),
    ],
)
def test_an_address_is_kept_as_it_is_written(typed: str, kept: str) -> None:
    assert clean_email(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "anna",
        "anna@example",
        "@example.ru",
        "a b@example.ru",
        "a..b@example.ru",
        "anna@-example.ru",
        "anna@example.ru\nBcc: all@example.ru",
        "anna@127.0.0.1",
        f"{'a' * 300}@example.ru",
    ],
)
def test_what_is_no_address_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_email(typed)

    assert refused.value.field == "email"


@pytest.mark.parametrize(
    ("typed", "country", "kept"),
    [
        ("+7 (912) 345-67-89", "RU", "+79123456789"),
        ("8 912 345 67 89", "RU", "+79123456789"),
        ("8 (912) 345–67–89", None, "+79123456789"),
        ("912 345-67-89", "KZ", "+79123456789"),
        ("7 912 345 67 89", "RU", "+79123456789"),
        ("+1 415 555 2671", "RU", "+14155552671"),
        ("0049 30 1234567", "DE", "+49301234567"),
    ],
)
def test_a_number_is_kept_with_its_countrys_code(
    typed: str, country: str | None, kept: str
) -> None:
    assert clean_phone(typed, country) == kept


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("415 555 2671", "US"),
        ("8 912 345 67 89", "US"),
        ("912 345 67 89", None),
        ("12345", "RU"),
        ("+7 912 345 67 89 11 22 33", "RU"),
        ("+0 912 345 67 89", "RU"),
        ("позвоните мне", "RU"),
        ("+٧٩١٢٣٤٥٦٧٨٩", "RU"),
    ],
)
def test_a_number_that_could_be_anybodys_is_refused(typed: str, country: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        clean_phone(typed, country)

    assert refused.value.field == "phone"


def test_a_name_is_one_line() -> None:
    assert clean_name("  Вера \n  Павловна\x00 ") == "Вера Павловна"


@pytest.mark.parametrize("typed", ["", " \n ", "\u200b", "ж" * 101])
def test_no_name_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        clean_name(typed)

    assert refused.value.field == "name"


class TestWhatThePageSays:
    def test_it_is_the_contacts_and_kept_as_said(self) -> None:
        said = identified(contact(), name="Вера", email="", phone="8 912 345 67 89")

        assert (said.name, said.email, said.phone) == ("Вера", None, "+79123456789")
        assert said.identity == Identity(name="Вера", phone="+79123456789", rev=1)

    def test_the_same_in_other_words_is_nothing_new(self) -> None:
        said = identified(contact(), name="Вера", email="", phone="8 912 345 67 89")

        assert identified(said, name=" Вера ", email="", phone="+7 912 345-67-89") is said
        assert identified(said, name="", email="", phone="89123456789") is said

    def test_only_what_is_new_changes_what_somebody_has_corrected(self) -> None:
        said = identified(contact(), name="Вера", email="vera@example.ru", phone="")
        corrected = replace(said, name="Вера П.", email=None)

        again = identified(corrected, name="Вера", email="new@example.ru", phone="")

        assert (again.name, again.email, again.identity.rev) == ("Вера П.", "new@example.ru", 2)

    def test_nothing_is_refused(self) -> None:
        with pytest.raises(Invalid):
            identified(contact(), name=" ", email="", phone="")
