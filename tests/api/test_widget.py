"""A visitor's routes."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from chalicelib.actions import retention
from chalicelib.store import contacts, conversations, organisation, pools, settled
from tests.support.company import ANNA, INBOX
from tests.support.door import post, request
from tests.support.geoip import MOSCOW, YEKATERINBURG
from tests.support.scene import (
    Guest,
    act,
    begun,
    client_id,
    held_by,
    listed,
    online,
    reply,
    resolved_by,
)


class TestBootstrap:
    def test_a_newcomer_is_given_tokens_and_an_empty_conversation(self) -> None:
        answer = post("/widget/bootstrap", {"inbox": "demo"})

        assert answer.status == 200
        assert answer.body["inbox"] == {
            "id": "demo",
            "name": INBOX.name,
            "features": {"realtime": True},
            "attachments": {
                "enabled": True,
                "max_bytes": 10_000_000,
                "kinds": ["image", "document", "media", "archive"],
            },
            "rating": None,
            "appearance": {"accent": None, "side": "right", "title": "", "greeting": ""},
            "photo": None,
        }
        assert (answer.body["conversation"], answer.body["messages"]) == (None, [])
        assert answer.body["operator"] is None
        assert post("/widget/poll", {"after": 0}, answer.body["visitor_token"]).status == 200

    def test_every_newcomer_is_another_contact(self) -> None:
        assert Guest.arrive().contact_id != Guest.arrive().contact_id

    def test_who_comes_back_finds_their_conversation(self) -> None:
        guest = held_by(ANNA)
        reply(ANNA, guest, "Чем помочь?")

        again = post("/widget/bootstrap", {"inbox": "demo", "refresh_token": guest.refresh_token})

        assert again.body["conversation"]["id"] == guest.conversation_id
        assert [each["body"] for each in again.body["messages"]] == ["Здравствуйте", "Чем помочь?"]
        assert again.body["operator"] == {"id": "anna", "name": ANNA.name, "photo": None}
        assert again.body["refresh_token"] != guest.refresh_token

    def test_a_worthless_refresh_token_begins_anew(self) -> None:
        guest = begun()

        for worthless in ("nonsense", guest.refresh_token + "0", "f.1.2"):
            again = post("/widget/bootstrap", {"inbox": "demo", "refresh_token": worthless})
            assert again.status == 200
            assert again.body["conversation"] is None

    def test_the_contact_of_another_inbox_begins_anew(self) -> None:
        guest = begun()

        again = post("/widget/bootstrap", {"inbox": "moscow", "refresh_token": guest.refresh_token})

        assert (again.status, again.body["conversation"]) == (200, None)

    def test_an_unknown_inbox_is_not_found(self) -> None:
        answer = post("/widget/bootstrap", {"inbox": "nowhere"})

        assert (answer.status, answer.error) == (404, "not_found")
        assert answer.body["error"]["field"] == "inbox"

    def test_a_returning_contacts_place_is_renewed(self) -> None:
        guest = Guest.arrive(address=YEKATERINBURG)

        body = {"inbox": "demo", "refresh_token": guest.refresh_token}
        post("/widget/bootstrap", body, address=MOSCOW)

        known = contacts.get(guest.contact_id)
        assert known is not None
        assert known.place.subdivision == "RU-MOW"


class TestSend:
    def test_the_first_message_starts_a_conversation(self) -> None:
        guest = Guest.arrive(address=YEKATERINBURG)

        answer = guest.say("Сколько стоит?")

        assert answer.status == 201
        message, conversation = answer.body["message"], answer.body["conversation"]
        assert (message["seq"], message["body"]) == (1, "Сколько стоит?")
        assert message["author"] == {"kind": "visitor", "id": guest.contact_id, "name": ""}
        assert (conversation["status"], conversation["seq"], conversation["operator"]) == (
            "open",
            1,
            None,
        )
        assert guest.bodies() == ["Сколько стоит?"]

    def test_it_is_given_at_once_to_who_is_there(self) -> None:
        online(ANNA)
        guest = Guest.arrive()

        answer = guest.say()

        operator = answer.body["conversation"]["operator"]
        assert operator == {"id": "anna", "name": ANNA.name, "photo": None}
        assert listed(ANNA) == [guest.conversation_id]

    def test_the_next_messages_go_into_the_same_conversation_without_a_gap(self) -> None:
        guest = begun()

        for text in ("раз", "два", "три"):
            assert guest.say(text).status == 201

        assert [each["seq"] for each in guest.poll(0).body["messages"]] == [1, 2, 3, 4]

    @pytest.mark.parametrize("after", [0, 1, 2])
    def test_a_wrong_hint_only_costs_time(self, after: int) -> None:
        guest = begun()
        guest.say("раз")

        answer = guest.say("два", after=after)

        assert (answer.status, answer.body["message"]["seq"]) == (201, 3)

    def test_who_claims_to_have_what_is_not_there_is_refused(self) -> None:
        """Once the conversation got there, a repeat would not be known again."""
        guest = begun()

        for after in (2, 2**31):
            answer = guest.say("раз", after=after)
            assert (answer.status, answer.body["error"]["field"]) == (400, "after")

        assert guest.bodies() == ["Здравствуйте"]

    def test_a_repeated_first_message_is_the_same_message(self) -> None:
        guest = Guest.arrive()
        said = {"client_id": client_id(), "body": "Здравствуйте"}

        answers = [post("/widget/send", said, guest.token) for _ in range(3)]

        assert [each.status for each in answers] == [201, 201, 201]
        assert len({each.body["message"]["id"] for each in answers}) == 1
        assert guest.bodies() == ["Здравствуйте"]
        assert pools.load("ekb").queued == 1

    def test_a_repeated_later_message_is_the_same_message(self) -> None:
        guest = begun()
        repeated = client_id()

        first = guest.say("раз", client_id=repeated)
        guest.say("два")
        again = [guest.say("раз", client_id=repeated, after=after) for after in (0, 1)]

        assert {each.body["message"]["id"] for each in again} == {first.body["message"]["id"]}
        assert guest.bodies() == ["Здравствуйте", "раз", "два"]

    def test_a_repeat_is_known_again_where_the_conversation_went(self) -> None:
        """Answered, resolved, closed; and in the one that began after it was closed."""
        guest = held_by(ANNA)
        about = {"client_id": client_id(), "conversation_id": guest.conversation_id, "after": 1}
        first = guest.say("раз", **about)
        again = [guest.say("раз", **about)]
        reply(ANNA, guest)
        again.append(guest.say("раз", **about))
        act(ANNA, guest, "resolve")
        again.append(guest.say("раз", **about))
        retention.close_resolved(datetime.now(UTC) + timedelta(days=15))
        again.append(guest.say("раз", **about))
        ended = guest.conversation_id
        assert guest.poll(0).body["conversation"]["status"] == "closed"

        later = {"client_id": client_id(), "conversation_id": ended, "after": 3}
        begun_anew = guest.say("два", **later)
        again_there = [guest.say("два", **later), guest.say("два", **later | {"after": 0})]

        assert {each.body["message"]["id"] for each in again} == {first.body["message"]["id"]}
        assert begun_anew.body["conversation"]["id"] != ended
        assert {each.body["message"]["id"] for each in again_there} == {
            begun_anew.body["message"]["id"]
        }

    def test_two_tabs_that_both_say_something_first_share_a_conversation(self) -> None:
        guest = Guest.arrive()

        tabs = [
            post("/widget/send", {"client_id": client_id(), "body": text}, guest.token)
            for text in ("из одной", "из другой")
        ]

        assert len({each.body["conversation"]["id"] for each in tabs}) == 1
        assert guest.bodies() == ["из одной", "из другой"]
        assert pools.load("ekb").queued == 1

    def test_a_message_into_a_resolved_conversation_brings_it_back_to_who_had_it(self) -> None:
        guest = resolved_by(ANNA)
        online(ANNA)

        answer = guest.say("Ещё вопрос")

        assert answer.status == 201
        assert answer.body["conversation"]["status"] == "open"
        assert answer.body["conversation"]["operator"]["id"] == "anna"
        assert listed(ANNA) == [guest.conversation_id]

    def test_it_waits_in_the_queue_when_who_had_it_is_not_there(self) -> None:
        guest = resolved_by(ANNA)

        answer = guest.say("Ещё вопрос")

        assert answer.body["conversation"]["operator"] is None
        assert listed(ANNA, "queue") == [guest.conversation_id]

    def test_outer_blanks_and_nuls_are_not_stored(self) -> None:
        guest = Guest.arrive()

        guest.say("\n да\x00 \n")

        assert guest.bodies() == ["да"]

    def test_text_stays_as_it_was_written(self) -> None:
        guest, text = Guest.arrive(), "<b>Ё</b>  &amp;\n\n👩‍👩‍👧 \u200f \"'\\"

        guest.say(text)

        assert guest.bodies() == [text]

    def test_4000_characters_fit(self) -> None:
        assert Guest.arrive().say("ж" * 4000).status == 201


class TestPoll:
    def test_it_tells_what_came_after_a_seq(self) -> None:
        guest = held_by(ANNA)
        reply(ANNA, guest, "Да")

        answer = guest.poll(1)

        assert [each["body"] for each in answer.body["messages"]] == ["Да"]
        assert answer.body["conversation"]["seq"] == 2

    def test_nothing_new_is_nothing(self) -> None:
        guest = begun()

        for after in (1, 5):
            answer = guest.poll(after, conversation_id=guest.conversation_id)
            assert answer.body["messages"] == []
            assert answer.body["conversation"]["seq"] == 1

    def test_before_the_first_message_there_is_no_conversation(self) -> None:
        assert Guest.arrive().poll(0).body == {"messages": [], "conversation": None}


class TestHistory:
    def test_it_goes_back_from_a_seq(self) -> None:
        guest = begun()
        guest.say("раз")

        found = {
            before: post("/widget/history", {"before": before}, guest.token).body["messages"]
            for before in (0, 1, 2, 3)
        }

        assert {k: [each["seq"] for each in v] for k, v in found.items()} == {
            0: [],
            1: [],
            2: [1],
            3: [1, 2],
        }

    def test_before_the_first_message_there_is_none(self) -> None:
        assert post("/widget/history", {"before": 9}, Guest.arrive().token).body == {"messages": []}


class TestRefresh:
    def test_it_gives_new_tokens(self) -> None:
        guest = begun()

        answer = post("/widget/refresh", {"refresh_token": guest.refresh_token})

        assert answer.status == 200
        renewed = Guest(answer.body["visitor_token"], answer.body["refresh_token"])
        assert renewed.contact_id == guest.contact_id
        assert renewed.bodies() == ["Здравствуйте"]

    def test_two_tabs_at_once_are_given_the_same_successor(self) -> None:
        guest = Guest.arrive()

        tabs = [post("/widget/refresh", {"refresh_token": guest.refresh_token}) for _ in range(2)]

        assert len({each.body["refresh_token"] for each in tabs}) == 1

    def test_an_older_token_ends_the_family(self) -> None:
        guest = Guest.arrive()
        tokens = [guest.refresh_token]
        for _ in range(2):
            answer = post("/widget/refresh", {"refresh_token": tokens[-1]})
            tokens.append(answer.body["refresh_token"])

        for worthless in (tokens[0], tokens[2]):
            answer = post("/widget/refresh", {"refresh_token": worthless})
            assert (answer.status, answer.error) == (401, "unauthorized")


def test_a_bootstrap_needs_no_preflight() -> None:
    """A body of plain text without a token is a request that browsers call simple."""
    plain = {"Content-Type": "text/plain;charset=UTF-8"}

    answer = request("POST", "/widget/bootstrap", {"inbox": "demo"}, headers=plain)

    assert answer.status == 200


def test_a_socket_ticket_comes_with_the_address_to_use_it_at() -> None:
    answer = post("/widget/socket_ticket", None, Guest.arrive().token)

    assert (answer.status, answer.body["url"]) == (200, "wss://sockets.test/ws")


def test_an_inbox_may_do_without_sockets() -> None:
    organisation.save_inbox(replace(INBOX, realtime=False))
    settled.clear()

    answer = post("/widget/bootstrap", {"inbox": "demo"})

    assert answer.body["inbox"]["features"] == {"realtime": False}


def test_an_inbox_bound_to_a_branch_leads_there_from_anywhere() -> None:
    guest = begun(inbox="moscow", address=YEKATERINBURG)

    found = conversations.get(str(guest.conversation_id))

    assert found is not None
    assert (found.branch_id, found.inbox_id, found.region) == ("msk", "moscow", "RU-SVE")
