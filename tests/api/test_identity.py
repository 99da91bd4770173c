"""A page says who its visitor is: what becomes of it, and what stays as somebody has written it."""

from collections.abc import Callable
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib.domain.contact import Contact, Visitor
from chalicelib.store import contacts
from tests.support.company import ANNA, ELENA
from tests.support.door import Answer, bearer, get, post
from tests.support.line import LINE, Call, Go, Plan
from tests.support.scene import Guest, act, begun, held_by, listed, online
from tests.support.sockets import socket_of

Said = dict[str, str]
VERA = {"name": " Вера  Павловна ", "email": "vera@Example.RU", "phone": "8 912 345-67-89"}
KEPT = {"name": "Вера Павловна", "email": "vera@example.ru", "phone": "+79123456789"}


def identify(guest: Guest, **said: Any) -> Answer:
    return post("/widget/identify", said, guest.token)


def known(guest: Guest) -> Contact:
    contact = contacts.get(guest.contact_id)
    assert contact is not None
    return contact


def details(guest: Guest) -> dict[str, Any]:
    found = get(f"/panel/conversations/{guest.conversation_id}/details", bearer(ELENA))
    contact: dict[str, Any] = found.body["contact"]
    return {fact: contact[fact] for fact in KEPT}


def shown(guest: Guest) -> dict[str, Any]:
    """The conversation as its operator sees it."""
    conversation: dict[str, Any] = act(ANNA, guest, "open").body["conversation"]
    return conversation


def said_before(guest: Guest, said: Said) -> Guest:
    if said:
        identify(guest, **said)
    return guest


class TestWhatThePageSays:
    def test_it_is_kept_in_one_form_and_begins_the_conversation(self) -> None:
        guest = Guest.arrive()

        assert identify(guest, **VERA).status == 200
        guest.say()

        conversation = act(ANNA, guest, "take").body["conversation"]
        assert conversation["contact"]["name"] == KEPT["name"]
        assert conversation["contact_rev"] == 1
        assert details(guest) == KEPT

    def test_whoever_looks_at_the_conversation_sees_it_at_once(self) -> None:
        online(ANNA)
        guest = held_by(ANNA)
        panel = socket_of(ANNA)
        rev = shown(guest)["rev"]
        panel.heard()

        identify(guest, **VERA)

        (seen,) = (each["conversation"] for each in panel.heard() if each["type"] == "conversation")
        assert (seen["contact"]["name"], seen["contact_rev"]) == (KEPT["name"], 1)
        assert seen["rev"] == rev + 1
        assert details(guest) == KEPT

    def test_each_fact_may_come_alone(self) -> None:
        guest = held_by(ANNA)

        for number, (fact, value) in enumerate(VERA.items(), 1):
            assert identify(guest, **{fact: value}).status == 200
            assert shown(guest)["contact_rev"] == number

        assert details(guest) == KEPT

    def test_the_same_again_writes_nothing(self) -> None:
        guest = held_by(ANNA)
        identify(guest, **VERA)
        before = shown(guest)

        with LINE.watched() as calls:
            assert identify(guest, **VERA).status == 200
            assert identify(guest, name=KEPT["name"]).status == 200

        assert {each.operation for each in calls} == {"GetItem"}
        assert shown(guest) == before

    def test_it_is_remembered_when_the_visitor_comes_back(self) -> None:
        guest = Guest.arrive()
        body = {"inbox": "demo", "refresh_token": guest.refresh_token}

        strange = post("/widget/bootstrap", body).body
        identify(guest, **VERA)
        familiar = post("/widget/bootstrap", body | {"refresh_token": strange["refresh_token"]})

        assert (strange["identified"], familiar.body["identified"]) == (False, True)
        for each in KEPT.values():
            assert each not in str(familiar.body)

    def test_an_ended_conversation_has_the_name_too(self) -> None:
        guest = held_by(ANNA)
        act(ANNA, guest, "resolve")

        identify(guest, **VERA)

        assert details(guest) == KEPT
        assert listed(ANNA, "closed") == [guest.conversation_id]

    @pytest.mark.parametrize(
        ("field", "value"), [("email", "vera@"), ("phone", "12"), ("name", "я" * 101)]
    )
    def test_what_is_none_is_refused_by_field_and_nothing_is_kept(
        self, field: str, value: str
    ) -> None:
        guest = begun()
        before = known(guest)

        answer = identify(guest, **VERA | {field: value})

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"]["field"] == field
        assert known(guest) == before

    def test_nothing_at_all_is_refused(self) -> None:
        assert identify(begun()).body["error"]["field"] == "name"

    def test_nobody_says_it_without_a_visitors_token(self) -> None:
        for token in (None, bearer(ANNA)):
            assert post("/widget/identify", VERA, token).status == 401

    def test_whose_contact_is_gone_begins_anew(self) -> None:
        nobody = Visitor(contact_id="nobody", inbox_id="demo")

        assert post("/widget/identify", VERA, bearer(nobody)).status == 401


class TestWhatStays:
    def test_an_operators_correction_outlives_the_same_words(self) -> None:
        guest = held_by(ANNA)
        identify(guest, **VERA)
        corrected = {"name": "Вера П.", "email": "vera@work.example", "phone": ""}
        act(ANNA, guest, "contact", corrected)

        identify(guest, **VERA)

        assert details(guest) == corrected | {"phone": None}
        assert shown(guest)["contact"]["name"] == "Вера П."

    def test_what_the_page_says_anew_counts_and_the_rest_stays(self) -> None:
        guest = held_by(ANNA)
        identify(guest, **VERA)
        act(ANNA, guest, "contact", {"name": "Вера П.", "email": "vera@work.example", "phone": ""})

        identify(guest, **VERA | {"email": "new@example.ru"})

        assert details(guest) == {"name": "Вера П.", "email": "new@example.ru", "phone": None}
        assert shown(guest)["contact"]["name"] == "Вера П."

    def test_what_the_visitor_left_in_the_form_outlives_the_same_words(self) -> None:
        guest = Guest.arrive()
        identify(guest, name="Вера", email="vera@example.ru")
        form = {"client_id": "client-form", "name": "Верочка", "email": "home@example.ru"}
        sent = post("/widget/offline_request", form | {"body": "Перезвоните"}, guest.token)
        guest.conversation_id = sent.body["conversation"]["id"]

        identify(guest, name="Вера", email="vera@example.ru")

        assert details(guest)["email"] == "home@example.ru"
        assert details(guest)["name"] == "Верочка"


@pytest.mark.parametrize("before", [{}, {"email": "was@example.ru"}], ids=["", "said before"])
class TestRaces:
    def test_a_conversation_that_begins_meanwhile_has_the_name(self, before: Said) -> None:
        """It was read before, and stored after."""
        guest = said_before(Guest.arrive(), before)

        with LINE.through(_before_the_first_transaction(lambda: identify(guest, **VERA))):
            assert guest.say().status == 201

        assert act(ANNA, guest, "take").body["conversation"]["contact"]["name"] == KEPT["name"]

    def test_the_name_finds_a_conversation_that_has_begun_meanwhile(self, before: Said) -> None:
        guest = said_before(Guest.arrive(), before)

        with LINE.through(_before_the_first_transaction(guest.say)):
            assert identify(guest, **VERA).status == 200

        assert act(ANNA, guest, "take").body["conversation"]["contact"]["name"] == KEPT["name"]

    def test_two_pages_that_say_different_things_leave_both(self, before: Said) -> None:
        guest = said_before(begun(), before)

        with LINE.through(_before_the_first_transaction(lambda: identify(guest, name="Вера"))):
            identify(guest, phone=VERA["phone"])

        identity = known(guest).identity
        assert (identity.name, identity.phone) == ("Вера", KEPT["phone"])
        assert identity.rev == len(before) + 2


def _before_the_first_transaction(happens: Callable[[], object]) -> Plan:
    done: list[bool] = []

    def plan(call: Call, go: Go) -> AWSResponse:
        if call.operation == "TransactWriteItems" and not done:
            done.append(True)
            happens()
        return go()

    return plan
