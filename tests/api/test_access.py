"""Who reaches what: every route × every role × every owner, generated from the route table."""

import json
from dataclasses import dataclass

import pytest

from chalicelib.api.endpoint import ENDPOINTS, Endpoint
from chalicelib.domain.operator import Operator
from chalicelib.store import conversations, messages
from tests.support.company import ADMIN, ANNA, ELENA, MARIA, OLEG
from tests.support.door import Answer, bearer, path_of, request
from tests.support.scene import Guest, begun, client_id, held_by, online, resolved_by

CANARY = "канарейка-7f3a"
STAFF: dict[str, Operator] = {
    "assignee": ANNA,
    "colleague": OLEG,
    "another branch": MARIA,
    "supervisor": ELENA,
    "admin": ADMIN,
}
ABOUT_ONE = [each for each in ENDPOINTS if "{conversation_id}" in each.path]

TALKS = ("queued", "assigned", "resolved")
EXPECTED: dict[str, dict[str, dict[str, int]]] = {
    # route: conversation: role: status; everybody who is not named gets a 404
    "open": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 200),
        "assigned": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
    },
    "GET messages": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 200),
        "assigned": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
    },
    "GET details": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 200),
        "assigned": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
    },
    "mark_read": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 200),
        "assigned": {"assignee": 200, "supervisor": 403, "admin": 403},
        "resolved": {"assignee": 200, "supervisor": 403, "admin": 403},
    },
    "mark_unread": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 403),
        "assigned": {"assignee": 200, "supervisor": 403, "admin": 403},
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 409),
    },
    "messages": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 201),
        "assigned": {"assignee": 201, "colleague": 409, "supervisor": 409, "admin": 409},
        "resolved": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 409),
    },
    "attachments": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 201),
        "assigned": {"assignee": 201, "colleague": 409, "supervisor": 409, "admin": 409},
        "resolved": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 409),
    },
    "take": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 200),
        "assigned": {"assignee": 200, "colleague": 409, "supervisor": 409, "admin": 409},
        "resolved": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 409),
    },
    "take_over": {
        "queued": {"assignee": 403, "colleague": 403, "supervisor": 200, "admin": 200},
        "assigned": {"assignee": 403, "supervisor": 200, "admin": 200},
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 409),
    },
    "transfer_to_branch": {
        "queued": {"assignee": 403, "colleague": 403, "supervisor": 200, "admin": 200},
        "assigned": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 409),
    },
    "transfer_to_operator": {
        "queued": {"assignee": 403, "colleague": 403, "supervisor": 200, "admin": 200},
        "assigned": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 409),
    },
    "priority": {
        "queued": {"assignee": 403, "colleague": 403, "supervisor": 200, "admin": 200},
        "assigned": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
    },
    "contact": {
        "queued": {"assignee": 403, "colleague": 403, "supervisor": 200, "admin": 200},
        "assigned": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
    },
    "GET previous": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 200),
        "assigned": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 200),
    },
    "resolve": {
        "queued": dict.fromkeys(("assignee", "colleague", "supervisor", "admin"), 403),
        "assigned": {"assignee": 200, "supervisor": 403, "admin": 403},
        "resolved": dict.fromkeys(("assignee", "supervisor", "admin"), 409),
    },
}


@dataclass
class Talk:
    guest: Guest

    @classmethod
    def staged(cls, state: str) -> "Talk":
        """A conversation of Yekaterinburg's branch with a text that nobody else may read."""
        stage = {"queued": begun, "assigned": lambda: held_by(ANNA)}
        guest = stage[state]() if state in stage else held_by(ANNA)
        guest.say(CANARY)
        if state == "resolved":
            resolve = f"/panel/conversations/{guest.conversation_id}/resolve"
            assert request("POST", resolve, {}, bearer(ANNA)).status == 200
        return cls(guest)

    def ask(self, endpoint: Endpoint, token: str | None) -> Answer:
        path = path_of(endpoint, self.guest.conversation_id)
        bodies: dict[str, object] = {
            "messages": {"client_id": client_id(), "body": "Да", "after": 2},
            "attachments": {"name": "a.png", "size": 1, "type": "image/png"},
            "mark_read": {"in_count": 1},
            "priority": {"priority": "high"},
            "contact": {"name": "Иван", "email": "", "phone": ""},
            "transfer_to_branch": {"branch_id": "msk"},
            "transfer_to_operator": {"operator_id": OLEG.id, "anyway": True},
        }
        body = bodies.get(path.rpartition("/")[2], {}) if endpoint.method == "POST" else None
        return request(endpoint.method, path, body, token)


def named(endpoint: Endpoint) -> str:
    action = endpoint.path.rpartition("/")[2]
    return f"GET {action}" if endpoint.method == "GET" else action


def test_every_route_about_a_conversation_is_in_the_table() -> None:
    assert {named(each) for each in ABOUT_ONE} == set(EXPECTED)


@pytest.mark.parametrize("endpoint", ABOUT_ONE, ids=named)
@pytest.mark.parametrize("state", TALKS)
def test_the_table(endpoint: Endpoint, state: str) -> None:
    talk = Talk.staged(state)
    for role, person in STAFF.items():
        expected = EXPECTED[named(endpoint)][state].get(role, 404)

        answer = talk.ask(endpoint, bearer(person))

        assert answer.status == expected, (role, answer)
        if expected >= 400:
            assert CANARY not in json.dumps(answer.body, ensure_ascii=False)
        elif endpoint.method == "POST":
            talk = Talk.staged(state)


@pytest.mark.parametrize("endpoint", ABOUT_ONE, ids=named)
def test_a_visitors_token_and_none_at_all_open_none_of_them(endpoint: Endpoint) -> None:
    talk = Talk.staged("queued")

    for token in (None, talk.guest.token):
        assert talk.ask(endpoint, token).status == 401


@pytest.mark.parametrize("endpoint", ABOUT_ONE, ids=named)
def test_a_foreign_conversation_is_refused_like_one_that_does_not_exist(
    endpoint: Endpoint,
) -> None:
    talk, nowhere = Talk.staged("assigned"), Talk(Guest("", "", conversation_id="nowhere"))

    foreign, unknown = (each.ask(endpoint, bearer(MARIA)) for each in (talk, nowhere))

    assert (foreign.status, foreign.body) == (unknown.status, unknown.body) == (404, unknown.body)


@pytest.mark.parametrize("state", TALKS)
def test_lists_show_nobody_what_they_could_not_open(state: str) -> None:
    talk = Talk.staged(state)
    sees = {
        role
        for role, person in STAFF.items()
        for tab in ("mine", "queue", "all", "closed")
        if CANARY
        in json.dumps(
            request("GET", f"/panel/conversations?tab={tab}", None, bearer(person)).body,
            ensure_ascii=False,
        )
    }

    assert sees == set(EXPECTED["open"][state])
    assert talk.guest.bodies()[-1] == CANARY


class TestVisitors:
    def test_one_reads_nothing_of_another(self) -> None:
        talk, stranger = Talk.staged("assigned"), begun()
        foreign = talk.guest.conversation_id

        poll = stranger.poll(0, conversation_id=foreign)
        history = request("POST", "/widget/history", {"before": 99}, stranger.token)

        assert (poll.status, poll.error) == (404, "not_found")
        assert CANARY not in json.dumps(history.body, ensure_ascii=False)

    def test_one_writes_nothing_into_anothers(self) -> None:
        talk, stranger = Talk.staged("assigned"), begun()
        before = messages.newest(str(talk.guest.conversation_id))

        for after in (0, 2, 3):
            answer = stranger.say("чужое", conversation_id=talk.guest.conversation_id, after=after)
            assert (answer.status, answer.error) == (404, "not_found")

        assert messages.newest(str(talk.guest.conversation_id)) == before

    def test_one_marks_nothing_of_another(self) -> None:
        talk, stranger = Talk.staged("assigned"), begun()
        before = conversations.get(str(talk.guest.conversation_id))
        stranger.conversation_id = talk.guest.conversation_id

        for seq in (0, 1, 99):
            answer = stranger.read(seq)
            assert (answer.status, answer.error) == (404, "not_found")

        assert conversations.get(str(talk.guest.conversation_id)) == before

    def test_anothers_client_id_gives_nothing_away(self) -> None:
        guest, stranger = begun(), begun()
        guest.say(CANARY, client_id="client-of-guest")

        foreign = stranger.say(
            "чужое", client_id="client-of-guest", conversation_id=guest.conversation_id
        )
        own = stranger.say("своё", client_id="client-of-guest")

        assert foreign.status == 404
        assert own.body["message"]["body"] == "своё"

    def test_unknown_and_foreign_look_alike(self) -> None:
        guest, stranger = begun(), begun()

        answers = [stranger.poll(0, conversation_id=id) for id in (guest.conversation_id, "none")]

        assert answers[0].body == answers[1].body
        assert {each.status for each in answers} == {404}

    def test_a_resolved_one_is_not_reopened_by_a_stranger(self) -> None:
        guest, stranger = resolved_by(ANNA), begun()

        answer = stranger.say("чужое", conversation_id=guest.conversation_id)

        assert answer.status == 404
        assert guest.poll(0).body["conversation"]["status"] == "resolved"


def test_another_branchs_operator_is_given_nothing_of_this_one() -> None:
    online(MARIA)

    guest = begun()

    assert guest.poll(0).body["conversation"]["operator"] is None
