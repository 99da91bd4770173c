"""Offline requests: when they are asked for, how they are left, found and answered (item 12)."""

from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from msgspec.structs import replace

from chalicelib.actions import conversations as work
from chalicelib.actions import messages, transfer
from chalicelib.actions.transfer import Handing
from chalicelib.domain.inbox import OfflineText
from chalicelib.domain.operator import Operator, Presence
from chalicelib.domain.working_hours import Hours
from chalicelib.store import contacts, organisation, pools, requests, settled
from tests.support import units
from tests.support.company import ADMIN, ANNA, ELENA, INBOX, MARIA, OLEG, first
from tests.support.door import Answer, bearer, get, post, request
from tests.support.geoip import MOSCOW
from tests.support.line import LINE, Call, Go
from tests.support.people import answers
from tests.support.scene import Guest, act, client_id, listed, online, reply
from tests.support.sockets import socket_of

TEXT = OfflineText(ru="Никого нет.", en="Nobody is here.")
NEVER = Hours(time_zone="UTC", week=((),) * 7)


@pytest.fixture(autouse=True)
def _with_words(_company: None) -> None:
    set_up()


def set_up(**changes: Any) -> None:
    organisation.save_inbox(replace(INBOX, offline_text=TEXT, **changes))
    settled.clear()


def told(language: str = "ru", **arriving: Any) -> str | None:
    """What a newcomer reads in place of the conversation."""
    body = {"inbox": "demo", "language": language}
    offline = post("/widget/bootstrap", body, **arriving).body["offline"]
    return offline and offline["text"]


def leave(guest: Guest, **changes: Any) -> Answer:
    said = {
        "client_id": client_id(),
        "name": "Вера Павловна",
        "email": "vera@example.ru",
        "body": "Перезвоните мне",
    }
    answer = post("/widget/offline_request", said | changes, guest.token)
    if answer.status == 201:
        guest.conversation_id = answer.body["conversation"]["id"]
        guest.seq = answer.body["conversation"]["seq"]
    return answer


def left(**changes: Any) -> Guest:
    guest = Guest.arrive()
    assert leave(guest, **changes).status == 201
    return guest


def seen(who: Operator, guest: Guest) -> dict[str, object]:
    found: dict[str, object] = act(who, guest, "open").body["conversation"]
    return found


class TestWhenNobodyIsThere:
    @pytest.mark.parametrize(("language", "words"), [("ru", TEXT.ru), ("en", TEXT.en)])
    def test_a_newcomer_reads_the_inboxs_words(self, language: str, words: str) -> None:
        assert told(language) == words

    def test_with_somebody_online_in_the_branch_they_do_not(self) -> None:
        online(ANNA)

        assert told() is None

    def test_somebody_in_another_branch_is_nobody(self) -> None:
        online(ANNA)

        assert told(address=MOSCOW) == TEXT.ru

    def test_nor_are_who_is_away_or_has_no_panel_open_or_not_this_inbox(self) -> None:
        online(ANNA)
        pools.choose_presence(ANNA, Presence.BUSY, datetime.now(UTC))
        pools.choose_presence(OLEG, Presence.ONLINE, datetime.now(UTC))
        alone = told()
        pools.choose_presence(ANNA, Presence.ONLINE, datetime.now(UTC))
        set_up(members=frozenset({"oleg"}))

        assert (alone, told()) == (TEXT.ru, TEXT.ru)

    def test_who_is_full_is_there_all_the_same(self) -> None:
        online(ANNA)
        for _ in range(ANNA.capacity):
            Guest.arrive().say()

        assert told() is None

    def test_outside_the_hours_it_does_not_matter_who_is_online(self) -> None:
        online(ANNA)
        set_up(hours=NEVER)

        with LINE.watched() as calls:
            words = told()

        assert words == TEXT.ru
        assert "GetItem" not in [each.operation for each in calls]

    def test_an_admin_switches_it_on_and_off(self) -> None:
        online(ANNA)
        said = []
        for on in (True, False):
            body = {"offline": on}
            assert request("PATCH", "/settings/inboxes/demo", body, bearer(ADMIN)).status == 200
            said.append(told())

        assert said == [TEXT.ru, None]

    def test_without_words_nothing_is_asked(self) -> None:
        organisation.save_inbox(replace(INBOX, hours=NEVER))
        settled.clear()

        assert told() is None

    def test_who_is_in_a_conversation_goes_on_with_it(self) -> None:
        guest = Guest.arrive()
        before = post("/widget/offline", {}, guest.token).body["offline"]
        guest.say()

        again = post("/widget/bootstrap", {"inbox": "demo", "refresh_token": guest.refresh_token})

        assert before == {"text": TEXT.ru}
        assert again.body["offline"] is None
        assert post("/widget/offline", {}, guest.token).body["offline"] is None


class TestLeaving:
    def test_it_is_a_marked_conversation_of_somebody_with_a_name(self) -> None:
        answer = leave(guest := Guest.arrive(), phone="8 912 345-67-89")

        assert answer.body["conversation"]["requested"] is True
        assert guest.bodies() == ["Перезвоните мне"]
        known = contacts.get(guest.contact_id)
        assert known is not None
        assert (known.name, known.email, known.phone) == (
            "Вера Павловна",
            "vera@example.ru",
            "+79123456789",
        )
        shown = seen(ANNA, guest)
        assert shown["contact"] == {"id": guest.contact_id, "name": "Вера Павловна"}
        assert shown["requested_at"] is not None

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": " "}, "name"),
            ({"email": ""}, "contact"),
            ({"email": "vera"}, "email"),
            ({"email": "", "phone": "12345"}, "phone"),
            ({"body": " \n "}, "body"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(
        self, changes: dict[str, object], field: str
    ) -> None:
        answer = leave(guest := Guest.arrive(), **changes)

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"]["field"] == field
        known = contacts.get(guest.contact_id)
        assert known is not None
        assert (known.name, known.conversation_id) == (None, None)

    def test_twice_is_once(self) -> None:
        guest, again = Guest.arrive(), client_id()

        answers = [leave(guest, client_id=again) for _ in range(2)]

        assert len({each.body["message"]["id"] for each in answers}) == 1
        assert guest.bodies() == ["Перезвоните мне"]
        assert listed(ANNA, "requests") == [guest.conversation_id]

    def test_it_says_nothing_over_again(self) -> None:
        set_up(hours=NEVER)
        guest = left()
        guest.say("И ещё")

        assert guest.bodies() == ["Перезвоните мне", "И ещё"]

    def test_a_resolved_conversation_comes_back_as_a_request(self) -> None:
        guest = Guest.arrive()
        guest.say()
        act(ANNA, guest, "take")
        act(ANNA, guest, "resolve")

        leave(guest)

        shown = seen(ANNA, guest)
        assert (shown["status"], shown["queued"]) == ("open", True)
        assert shown["contact"] == {"id": guest.contact_id, "name": "Вера Павловна"}
        assert listed(ANNA, "requests") == [guest.conversation_id]

    def test_into_an_open_conversation_it_is_a_message_as_any_other(self) -> None:
        guest = Guest.arrive()
        guest.say("Ау")

        answer = leave(guest)

        assert answer.body["conversation"]["requested"] is False
        assert guest.bodies() == ["Ау", "Перезвоните мне"]

    def test_over_a_socket_as_well(self) -> None:
        guest = Guest.arrive()
        said = {"client_id": client_id(), "name": "Вера", "email": "v@x.ru", "body": "Ау"}

        answer = socket_of(guest).call("/widget/offline_request", said, guest.token)

        assert (answer.status, answer.body["conversation"]["requested"]) == (201, True)


class TestTheList:
    def test_the_oldest_first_in_their_branch(self) -> None:
        guests = [left(), left()]
        Guest.arrive().say()

        ids = [each.conversation_id for each in guests]
        assert (listed(ANNA, "requests"), listed(ELENA, "requests")) == (ids, ids)
        assert listed(MARIA, "requests") == []
        assert set(ids) < set(listed(ANNA, "queue"))

    def test_it_is_read_in_pages_whatever_their_number(self) -> None:
        guests = [left() for _ in range(3)]
        listed(ELENA, "requests")
        costs = []
        for size in (1, 2):
            work.PAGE, before = size, work.PAGE
            with LINE.watched() as calls:
                answer = get("/panel/conversations?tab=requests", bearer(ELENA))
            work.PAGE = before
            costs.append(len(calls))
            assert [each["id"] for each in answer.body["items"]] == [
                each.conversation_id for each in guests[:size]
            ]
            assert answer.body["next"] is not None

        assert costs[0] == costs[1]

    def test_who_comes_online_is_given_it_and_it_stays_marked(self) -> None:
        online(ANNA)
        panel = socket_of(ANNA)

        guest = left()

        assert listed(ANNA) == listed(ANNA, "requests") == [guest.conversation_id]
        assert listed(OLEG, "requests") == []
        frames = [each["conversation"] for each in panel.heard() if each["type"] == "conversation"]
        assert frames[-1]["requested_at"] is not None

    @pytest.mark.parametrize("taken", [False, True], ids=["claimed by the reply", "taken before"])
    def test_answered_it_is_none_any_more(self, *, taken: bool) -> None:
        guest = left()
        if taken:
            act(ANNA, guest, "take")

        answer = reply(ANNA, guest)

        assert (answer.status, answer.body["conversation"]["requested_at"]) == (201, None)
        assert listed(ANNA, "requests") == []
        assert guest.poll(0).body["conversation"]["requested"] is False
        assert reply(ANNA, guest, "И ещё").status == 201
        assert requests.waiting("ekb", 10) == []

    def test_so_it_is_once_it_is_closed(self) -> None:
        guest = left()
        act(ANNA, guest, "take")
        act(ANNA, guest, "resolve")

        assert requests.waiting("ekb", 10) == []

    def test_it_moves_with_its_conversation(self) -> None:
        guest = left()
        act(ELENA, guest, "transfer_to_branch", {"branch_id": "msk"})

        assert listed(ANNA, "requests") == []
        assert listed(MARIA, "requests") == [guest.conversation_id]

    def test_what_was_answered_meanwhile_moves_as_what_it_is(self) -> None:
        guest = left()
        act(ANNA, guest, "take")
        interrupted: list[Call] = []

        def plan(call: Call, go: Go) -> AWSResponse:
            if call.operation == "TransactWriteItems" and not interrupted:
                interrupted.append(call)
                messages.reply(ANNA, str(guest.conversation_id), answers(), 1)
            return go()

        with LINE.through(plan):
            handing = Handing(by=ANNA, note=None, anyway=True)
            moved = transfer.to_branch(
                handing, str(guest.conversation_id), "msk", datetime.now(UTC), first
            )

        assert (moved.branch_id, moved.requested_at, interrupted != []) == ("msk", None, True)
        assert requests.waiting("msk", 10) == requests.waiting("ekb", 10) == []

    def test_two_first_replies_are_two_messages(self) -> None:
        guest = left()
        act(ANNA, guest, "take")
        interrupted: list[Call] = []

        def plan(call: Call, go: Go) -> AWSResponse:
            moving = any("Delete" in each for each in call.request.get("TransactItems", []))
            if moving and not interrupted:
                interrupted.append(call)
                messages.reply(ANNA, str(guest.conversation_id), answers("Раз"), 1)
            return go()

        with LINE.through(plan):
            reply(ANNA, guest, "Два")

        assert guest.bodies() == ["Перезвоните мне", "Раз", "Два"]
        assert requests.waiting("ekb", 10) == []


def test_operators_read_how_to_reach_them() -> None:
    guest = left(phone="+7 912 345 67 89")

    answer = get(f"/panel/conversations/{guest.conversation_id}/details", bearer(ANNA))

    assert answer.body["contact"] == {
        "id": guest.contact_id,
        "name": "Вера Павловна",
        "email": "vera@example.ru",
        "phone": "+79123456789",
    }
    assert [(each["action"], each["cause"]) for each in answer.body["history"]] == [
        ("queued", "requested")
    ]


def test_a_marked_head_is_at_most_1_kilobyte() -> None:
    guest = left(name="Щ" * 100, body="Щ" * 4000)

    (head,) = (each for (_, sk), each in units.snapshot().items() if sk == "~HEAD")
    assert units.size(head) <= 1024
    assert guest.bodies() == ["Щ" * 4000]
