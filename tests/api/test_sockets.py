"""Sockets: who may open one, what a ping finds, and who hears of what."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from botocore.awsrequest import AWSResponse

from chalicelib import announce
from chalicelib.actions import conversations as pages
from chalicelib.actions import messages
from chalicelib.actions.conversations import Tab
from chalicelib.api import sockets as api_sockets
from chalicelib.api import tokens
from chalicelib.domain.connection import branch_audience
from chalicelib.domain.operator import Operator
from chalicelib.store import connections, conversations, settled, staff
from tests.support.company import ANNA, ELENA, MARIA, OLEG, load
from tests.support.door import bearer, get, post
from tests.support.line import LINE, Call, Go, Plan, lost, throttled
from tests.support.people import operator, panel_of, visitor
from tests.support.scene import Guest, act, begun, client_id, held_by, listed, reply, resolved_by
from tests.support.sockets import Socket, new_socket, socket_of, ticket_of


def ago(**passed: float) -> datetime:
    return datetime.now(UTC) - timedelta(**passed)


def rev(guest: Guest) -> int:
    found = conversations.get(str(guest.conversation_id))
    assert found is not None
    return found.rev


class TestConnect:
    def test_a_ticket_opens_a_socket_once(self) -> None:
        for who in (ANNA, ELENA, begun()):
            ticket, first, second = ticket_of(who), new_socket(who), new_socket(who)

            assert (first.connect(ticket), second.connect(ticket)) == (200, 401)

            assert connections.get(first.id) is not None
            assert connections.get(second.id) is None

    @pytest.mark.parametrize(
        "ticket",
        [
            lambda: None,
            lambda: "",
            lambda: "nonsense",
            lambda: ticket_of(ANNA)[:-3] + "AAA",
            lambda: bearer(ANNA),
            lambda: bearer(visitor()),
            lambda: tokens.operator_ticket(ANNA, "jti", ago(seconds=31)),
            lambda: tokens.visitor_ticket(visitor(), "jti", ago(seconds=31)),
            lambda: tokens.operator_ticket(operator("nobody"), "jti", ago()),
            lambda: tokens.operator_ticket(operator("anna", session_epoch=-1), "jti", ago()),
        ],
        ids=[
            "none",
            "empty",
            "nonsense",
            "forged",
            "an operator's access token",
            "a visitor's access token",
            "an operator's, expired",
            "a visitor's, expired",
            "of nobody",
            "of an older epoch",
        ],
    )
    def test_anything_else_opens_nothing(self, ticket: Callable[[], str | None]) -> None:
        socket = new_socket(ANNA)

        assert socket.connect(ticket()) == 401

        assert connections.get(socket.id) is None

    def test_the_bootstrap_brings_a_visitors_first_ticket(self) -> None:
        welcome = post("/widget/bootstrap", {"inbox": "demo"}).body
        guest = Guest(welcome["visitor_token"], welcome["refresh_token"])
        first, second = new_socket(guest), new_socket(guest)

        assert first.connect(welcome["socket"]["ticket"]) == 200
        assert second.connect(welcome["socket"]["ticket"]) == 401

    def test_a_ticket_lives_30_seconds(self) -> None:
        ticket = tokens.operator_ticket(ANNA, "jti", ago(seconds=28))

        assert new_socket(ANNA).connect(ticket) == 200

    def test_signing_out_makes_a_ticket_worthless(self) -> None:
        ticket = ticket_of(ANNA)

        post("/panel/sign_out", None, bearer(ANNA))

        assert new_socket(ANNA).connect(ticket) == 401

    def test_who_connects_while_online_is_given_what_waits(self) -> None:
        post("/panel/presence", {"presence": "online"}, bearer(ANNA))
        guest = begun()
        assert load(ANNA) == 0

        socket_of(ANNA)

        assert listed(ANNA) == [guest.conversation_id]


class TestPing:
    def test_it_tells_what_changed_of_what_the_client_has(self) -> None:
        guest, quiet = held_by(ANNA), held_by(ANNA)
        panel, widget = socket_of(ANNA), socket_of(guest)
        known = {str(each.conversation_id): rev(each) for each in (guest, quiet)}
        assert panel.ping(known)["conversations"] == []

        guest.say("Ау")

        changed = panel.ping(known)["conversations"]
        assert [(each["id"], each["rev"]) for each in changed] == [
            (guest.conversation_id, rev(guest))
        ]
        own = widget.ping({str(guest.conversation_id): 1})["conversations"]
        assert [each["rev"] for each in own] == [rev(guest)]

    def test_it_tells_nothing_of_others_conversations(self) -> None:
        of_oleg, elsewhere = held_by(OLEG), held_by(MARIA, inbox="moscow")
        stranger = begun()
        foreign = {str(each.conversation_id): 0 for each in (of_oleg, elsewhere)} | {"nowhere": 0}

        assert socket_of(ANNA).ping(foreign)["conversations"] == []
        assert socket_of(stranger).ping(foreign)["conversations"] == []
        assert len(socket_of(ELENA).ping(foreign)["conversations"]) == 2

    def test_list_rev_moves_when_a_list_changes(self) -> None:
        panel, elsewhere, overseer = socket_of(ANNA), socket_of(MARIA), socket_of(ELENA)
        before = [each.ping()["list_rev"] for each in (panel, elsewhere, overseer)]

        begun()

        after = [each.ping()["list_rev"] for each in (panel, elsewhere, overseer)]
        moved = [now != then for now, then in zip(after, before, strict=True)]
        assert moved == [True, False, True]

    def test_it_renews_the_lease(self) -> None:
        connections.open_with(panel_of(ANNA, "old", at=ago(seconds=74)), "ticket")
        post("/panel/presence", {"presence": "online"}, bearer(ANNA))

        Socket("old", new_socket(ANNA).shape).ping()

        (panel,) = connections.of(branch_audience("ekb"))
        assert panel.seen_at > ago(seconds=10)

    def test_a_panel_silent_for_75_seconds_is_given_nothing(self) -> None:
        connections.open_with(panel_of(ANNA, "old", at=ago(seconds=76)), "ticket")
        post("/panel/presence", {"presence": "online"}, bearer(ANNA))

        begun()

        assert load(ANNA) == 0

    def test_an_unknown_socket_is_closed(self) -> None:
        socket = new_socket(ANNA)

        assert socket.say('{"type": "ping"}') == 200

        assert (LINE.closed, socket.heard()) == ([socket.id], [])

    def test_a_socket_opened_as_somebody_who_has_changed_since_is_closed(self) -> None:
        socket = socket_of(ANNA)
        staff.end_sessions("anna")
        settled.forget("anna")

        assert socket.say('{"type": "ping"}') == 200

        assert (LINE.closed, socket.heard()) == ([socket.id], [])

    @pytest.mark.parametrize(
        "frame",
        [
            "",
            "nonsense",
            "[]",
            "null",
            '{"type": "send", "body": "x"}',
            '{"type": ["ping"]}',
            '{"type": "ping", "revs": []}',
            '{"type": "ping", "revs": {"talk": "1"}}',
            '{"type": "ping", "viewing": {"id": 1}}',
            '{"type": "ping", "is_admin": true}',
            json.dumps({"type": "ping", "revs": {f"talk-{number}": 1 for number in range(51)}}),
            json.dumps({"type": "ping", "revs": {"a" * 3000: 1}}),
            '"\ud800"',
            '{"type": "call"}',
            '{"type": "call", "id": {"$ne": ""}, "path": "/widget/send", "body": {}}',
            '{"type": "call", "id": "1", "path": {"$ne": ""}, "body": {}}',
            '{"type": "call", "id": "1", "path": "/widget/send", "token": {}, "body": {}}',
            '{"type": "call", "id": "1", "path": "/widget/send", "token": ["x"], "body": {}}',
            '{"type": "call", "id": "1", "path": "/widget/send", "token": "x"}',
            '{"type": "call", "id": "1", "path": "/widget/send", "body": {}, "as": "anna"}',
            json.dumps({"type": "call", "id": "1", "path": "/widget/send" * 50, "body": {}}),
        ],
    )
    def test_what_cannot_be_read_is_refused_and_changes_nothing(self, frame: str) -> None:
        socket = socket_of(ANNA)

        assert socket.say(frame) == 400

        (answer,) = socket.heard()
        assert (answer["type"], answer["id"], answer["status"]) == ("answer", None, 400)
        assert answer["body"]["error"]["code"] in ("bad_json", "invalid")
        assert LINE.closed == []

    def test_more_than_64_kilobytes_are_refused(self) -> None:
        socket = socket_of(ANNA)

        assert socket.say(" " * (64 * 1024 + 1)) == 413

        assert socket.heard()[0]["body"]["error"]["code"] == "too_large"


SEND = "/widget/send"


def said(**changes: object) -> dict[str, object]:
    return {"client_id": client_id(), "body": "Ау"} | changes


def replied(guest: Guest) -> str:
    return f"/panel/conversations/{guest.conversation_id}/messages"


class TestCall:
    def test_a_visitor_sends(self) -> None:
        guest = held_by(ANNA)
        widget = socket_of(guest)

        answer = widget.call(SEND, said(conversation_id=guest.conversation_id), guest.token)

        assert answer.status == 201
        assert answer.body["message"]["seq"] == 2
        assert guest.bodies() == ["Здравствуйте", "Ау"]

    def test_an_operator_replies_and_marks_read(self) -> None:
        guest = held_by(ANNA)
        panel = socket_of(ANNA)
        body = said(body="Добрый день", after=1)

        reply = panel.call(replied(guest), body, bearer(ANNA))
        mark = f"/panel/conversations/{guest.conversation_id}/mark_read"
        marked = panel.call(mark, {"in_count": 1}, bearer(ANNA))

        assert (reply.status, marked.status) == (201, 200)
        assert marked.body["conversation"]["unread"] == 0
        assert guest.bodies()[-1] == "Добрый день"

    def test_the_answer_is_rests_answer(self) -> None:
        guest = held_by(ANNA)
        body = said(conversation_id=guest.conversation_id, after=1)

        spoken = socket_of(guest).call(SEND, body, guest.token)
        asked = post(SEND, body, guest.token)

        assert (spoken.status, spoken.body) == (asked.status, asked.body)

    def test_whatever_is_lost_the_repeat_by_rest_stores_nothing_again(self) -> None:
        """The frame was heard and its answer lost; the widget asks by a request."""
        guest = held_by(ANNA)
        widget = socket_of(guest)
        body = said(conversation_id=guest.conversation_id, after=1)
        frame = {"type": "call", "id": "1", "path": SEND, "token": guest.token, "body": body}

        def unheard(call: Call, go: Go) -> AWSResponse:
            return lost(call, go) if call.operation == "POST socket" else go()

        with LINE.through(unheard):
            widget.say(json.dumps(frame))
        again = post(SEND, body, guest.token)

        assert (again.status, again.body["message"]["seq"]) == (201, 2)
        assert guest.bodies() == ["Здравствуйте", "Ау"]

    def test_a_caller_that_is_gone_changes_nothing_about_what_was_stored(self) -> None:
        guest = held_by(ANNA)
        widget = socket_of(guest)
        LINE.gone.add(widget.id)
        frame = {"type": "call", "id": "1", "path": SEND, "token": guest.token, "body": said()}

        assert widget.say(json.dumps(frame)) == 201

        assert guest.bodies() == ["Здравствуйте", "Ау"]

    def test_the_caller_hears_the_answer_only_all_others_hear_as_ever(self) -> None:
        room = Room.around(held_by(ANNA))
        token, conversation = bearer(ANNA), room.guest.conversation_id
        caller = room.sockets["anna"]
        second = socket_of(ANNA)
        room.guest.say("Ау")
        room.heard(), second.heard()

        caller.call(f"/panel/conversations/{conversation}/mark_read", {"in_count": 2}, token)

        assert (room.heard(), second.types()) == (
            {
                "visitor": ["conversation"],
                "second tab": ["conversation"],
                "anna": ["answer"],
            },
            ["conversation"],
        )

        caller.call(replied(room.guest), said(body="Да", after=2), token)

        assert (room.heard(), second.types()) == (
            {
                "visitor": ["message"],
                "second tab": ["message"],
                "anna": ["answer"],
                "elena": ["conversation"],
            },
            ["message"],
        )

    def test_a_reply_that_claims_leaves_its_caller_with_the_answer(self) -> None:
        room = Room.around(begun())

        room.sockets["oleg"].call(replied(room.guest), said(after=1), bearer(OLEG))

        heard = room.heard()
        assert heard["oleg"] == ["answer"]
        assert heard["elena"] == ["conversation", "conversation"]


LISTS = ["/panel/lists", *(f"/panel/conversations?tab={tab}" for tab in Tab)]


class TestLists:
    """What GET answers, spoken."""

    @pytest.mark.parametrize("path", LISTS)
    @pytest.mark.parametrize("who", [ANNA, ELENA], ids=["operator", "supervisor"])
    def test_as_by_rest(self, path: str, who: Operator) -> None:
        held_by(ANNA), begun(), resolved_by(ANNA)

        spoken = socket_of(who).call(path, {}, bearer(who))
        asked = get(path, bearer(who))

        assert (spoken.status, spoken.body) == (200, asked.body)

    def test_both_at_once_are_what_each_is(self) -> None:
        held_by(ANNA), begun(), begun()

        both = socket_of(ANNA).call("/panel/lists", {}, bearer(ANNA)).body

        each = {tab: get(f"/panel/conversations?tab={tab}", bearer(ANNA)).body for tab in both}
        assert both == each
        assert [len(both[tab]["items"]) for tab in ("mine", "queue")] == [1, 2]

    def test_pages_follow_one_another(self, monkeypatch: pytest.MonkeyPatch) -> None:
        waiting = [begun().conversation_id for _ in range(5)]
        monkeypatch.setattr(pages, "PAGE", 2)
        panel = socket_of(ANNA)

        page = panel.call("/panel/lists", {}, bearer(ANNA)).body["queue"]
        found = [page]
        while found[-1]["next"]:
            query = urlencode({"tab": "queue", "next": found[-1]["next"]})
            found.append(panel.call(f"/panel/conversations?{query}", {}, bearer(ANNA)).body)

        assert [each["id"] for page in found for each in page["items"]] == waiting

    @pytest.mark.parametrize(
        ("path", "token", "status"),
        [
            ("/panel/lists", "", 401),
            ("/panel/lists", "guest", 401),
            ("/panel/lists", "expired", 401),
            ("/panel/conversations?tab=mine", "guest", 401),
            ("/panel/conversations?tab=mine", "expired", 401),
            ("/panel/conversations?tab=all", "", 401),
            ("/panel/conversations?tab=nope", "anna", 400),
            ("/panel/conversations?tab=queue&next=xx", "anna", 400),
            ("/panel/conversations?tab=queue&next=%D0%9F", "anna", 400),
        ],
    )
    def test_refusals_are_rests(self, path: str, token: str, status: int) -> None:
        guest = held_by(ANNA)
        given = {
            "": "",
            "anna": bearer(ANNA),
            "guest": guest.token,
            "expired": tokens.for_operator(ANNA, ago(minutes=11)),
        }[token]

        spoken = socket_of(ANNA).call(path, {}, given)
        asked = get(path, given)

        assert (spoken.status, spoken.body) == (status, asked.body)

    def test_what_is_too_large_for_a_message_is_asked_by_a_request(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """API Gateway would drop it, and the panel give up its socket after ten seconds."""
        begun()
        monkeypatch.setattr(api_sockets, "MAX_ANSWER", 500)

        spoken = socket_of(ANNA).call("/panel/lists", {}, bearer(ANNA))

        assert (spoken.status, spoken.body["error"]["code"]) == (413, "too_large")

    def test_a_page_of_the_longest_rows_fits(self) -> None:
        """Two pages at once, of rows with the longest names and words."""
        guest = held_by(ANNA)
        guest.say("Щ" * 4000)
        path = "/panel/conversations?tab=mine"
        (row,) = get(path, bearer(ANNA)).body["items"]
        row["contact"]["name"] = "Щ" * 100
        size = len(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode())

        assert 2 * pages.PAGE * size < api_sockets.MAX_ANSWER


STRANGER_SAYS = "by a stranger"


class TestWhoMayCall:
    """The token decides, not the socket: the same refusals as by REST, and nothing is stored."""

    @pytest.mark.parametrize(
        ("path", "token", "status"),
        [
            (SEND, "", 401),
            (SEND, "nonsense", 401),
            (SEND, "anna", 401),
            (SEND, "expired visitor", 401),
            (SEND, "forged", 401),
            (SEND, "ticket", 401),
            (SEND, "stranger", 404),
            ("messages", "", 401),
            ("messages", "guest", 401),
            ("messages", "expired operator", 401),
            ("messages", "signed out", 401),
            ("messages", "oleg", 409),
            ("messages", "maria", 404),
            ("mark_read", "guest", 401),
            ("mark_read", "oleg", 404),
        ],
    )
    def test_as_by_rest(self, path: str, token: str, status: int) -> None:
        guest = held_by(ANNA)
        widget, panel = socket_of(guest), socket_of(ANNA)
        tokens_by_name = {
            "anna": bearer(ANNA),
            "oleg": bearer(OLEG),
            "maria": bearer(MARIA),
            "guest": guest.token,
            "stranger": begun().token,
            "forged": guest.token[:-3] + "AAA",
            "ticket": ticket_of(guest),
            "expired visitor": tokens.for_visitor(visitor(guest.contact_id), ago(hours=2)),
            "expired operator": tokens.for_operator(ANNA, ago(minutes=11)),
            "signed out": tokens.for_operator(operator("anna", session_epoch=-1), ago()),
        }
        given = tokens_by_name.get(token, token)
        body = said(body=STRANGER_SAYS, conversation_id=guest.conversation_id)
        where = path
        if path != SEND:
            where = f"/panel/conversations/{guest.conversation_id}/{path}"
            body = {"in_count": 1} if path == "mark_read" else said(body=STRANGER_SAYS)

        spoken = [each.call(where, body, given) for each in (widget, panel)]
        asked = post(where, body, given)

        assert [each.status for each in (*spoken, asked)] == [status] * 3
        assert [each.body for each in spoken] == [asked.body] * 2
        assert STRANGER_SAYS not in guest.bodies()

    @pytest.mark.parametrize(
        "changes",
        [
            {"body": {"$ne": ""}},
            {"body": ["x"]},
            {"client_id": {"id": 1}},
            {"client_id": "short"},
            {"conversation_id": ["x"]},
            {"after": "1"},
            {"is_admin": True},
            {"body": "x" * 4001},
            {"body": " "},
        ],
    )
    def test_the_body_is_judged_as_by_rest(self, changes: dict[str, object]) -> None:
        guest = held_by(ANNA)

        spoken = socket_of(guest).call(SEND, said(**changes), guest.token)
        asked = post(SEND, said(**changes), guest.token)

        assert spoken.status == 400
        assert (spoken.status, spoken.body) == (asked.status, asked.body)
        assert guest.bodies() == ["Здравствуйте"]

    @pytest.mark.parametrize(
        "path",
        [
            "",
            "/",
            "/nowhere",
            "/api/widget/send",
            "widget/send",
            "/widget/send/",
            "/widget/send/?x=1",
            "/widget/send\n",
            "/widget/bootstrap",
            "/widget/socket_ticket",
            "/panel/sign_in",
            "/panel/conversations/",
            "/panel/conversations//messages",
            "/panel/conversations/../messages",
            "/panel/conversations/a/b/messages",
            "/panel/conversations/a%2Fb/messages",
            "/panel/conversations/{conversation_id}/messages",
            "/panel/inboxes/demo/webhooks",
        ],
    )
    def test_other_paths_are_not_found(self, path: str) -> None:
        guest = held_by(ANNA)
        socket = socket_of(ANNA)
        frame = {"type": "call", "id": "1", "path": path, "token": bearer(ANNA), "body": said()}

        assert socket.say(json.dumps(frame)) == 404

        (answer,) = socket.heard()
        assert (answer["id"], answer["body"]["error"]["code"]) == ("1", "not_found")
        assert guest.bodies() == ["Здравствуйте"]

    def test_what_nobody_foresaw_is_our_500(self, monkeypatch: pytest.MonkeyPatch) -> None:
        guest = held_by(ANNA)
        monkeypatch.setattr(messages, "receive", None)

        answer = socket_of(guest).call(SEND, said(), guest.token)

        assert (answer.status, answer.error) == (500, "internal")

    def test_without_the_database_it_is_503(self) -> None:
        guest = held_by(ANNA)
        widget = socket_of(guest)

        def down(call: Call, go: Go) -> AWSResponse:
            return go() if call.operation == "POST socket" else throttled(call, go)

        with LINE.through(down):
            answer = widget.call(
                SEND, said(conversation_id=guest.conversation_id, after=1), guest.token
            )

        assert (answer.status, answer.error) == (503, "unavailable")


class TestDisconnect:
    def test_it_forgets_the_socket(self) -> None:
        panel, other = socket_of(ELENA), socket_of(ANNA)

        panel.close()
        panel.close()

        assert connections.get(panel.id) is None
        heard = [connections.of(branch_audience(each)) for each in ("ekb", "msk")]
        assert [[each.id for each in sockets] for sockets in heard] == [[other.id], []]

    def test_who_has_no_panel_any_more_is_given_nothing(self) -> None:
        post("/panel/presence", {"presence": "online"}, bearer(ANNA))
        socket_of(ANNA).close()

        begun()

        assert load(ANNA) == 0


@dataclass
class Room:
    """Everybody with a socket, around one conversation of Yekaterinburg's."""

    guest: Guest
    sockets: dict[str, Socket]

    @classmethod
    def around(cls, guest: Guest) -> "Room":
        people = {
            "visitor": guest,
            "second tab": guest,
            "anna": ANNA,
            "oleg": OLEG,
            "elena": ELENA,
            "maria": MARIA,
            "stranger": Guest.arrive(),
        }
        return cls(guest, {name: socket_of(who) for name, who in people.items()})  # type: ignore[arg-type]

    def heard(self) -> dict[str, list[str]]:
        """The types of the frames that each has heard; who heard nothing is left out."""
        found = {name: socket.types() for name, socket in self.sockets.items()}
        return {name: types for name, types in found.items() if types}


class TestWhoHears:
    """Maria, of another branch, and another visitor never hear of anything."""

    def test_of_a_visitors_message_to_their_operator(self) -> None:
        room = Room.around(held_by(ANNA))

        room.guest.say("Ау")

        assert room.heard() == {"anna": ["message"], "elena": ["conversation"]}

    def test_of_a_reply(self) -> None:
        room = Room.around(held_by(ANNA))

        reply(ANNA, room.guest)

        assert room.heard() == {
            "visitor": ["message"],
            "second tab": ["message"],
            "anna": ["message"],
            "elena": ["conversation"],
        }

    def test_of_a_first_message_that_waits(self) -> None:
        room = Room.around(Guest.arrive())

        room.guest.say()

        assert room.heard() == {name: ["conversation"] for name in ("anna", "oleg", "elena")}

    def test_of_a_first_message_that_is_given_to_somebody(self) -> None:
        room = Room.around(Guest.arrive())
        post("/panel/presence", {"presence": "online"}, bearer(ANNA))
        room.heard()

        room.guest.say()

        assert room.heard() == {
            "visitor": ["conversation"],
            "second tab": ["conversation"],
            "anna": ["conversation", "message"],
            "oleg": ["list"],
            "elena": ["conversation", "conversation"],
        }

    def test_of_a_conversation_that_is_taken(self) -> None:
        room = Room.around(begun())

        act(OLEG, room.guest, "take")

        assert room.heard() == {
            "visitor": ["conversation"],
            "second tab": ["conversation"],
            "anna": ["list"],
            "oleg": ["conversation"],
            "elena": ["conversation"],
        }

    def test_of_a_conversation_that_is_claimed_by_a_reply(self) -> None:
        room = Room.around(begun())

        reply(OLEG, room.guest)

        assert room.heard() == {
            "visitor": ["conversation", "message"],
            "second tab": ["conversation", "message"],
            "anna": ["list"],
            "oleg": ["conversation", "message"],
            "elena": ["conversation", "conversation"],
        }

    def test_of_a_conversation_that_ends(self) -> None:
        room = Room.around(held_by(ANNA))

        act(ANNA, room.guest, "resolve")

        assert room.heard() == {
            "visitor": ["conversation"],
            "second tab": ["conversation"],
            "anna": ["conversation"],
            "oleg": ["list"],
            "elena": ["conversation"],
        }

    def test_of_what_the_assignee_has_read(self) -> None:
        room = Room.around(held_by(ANNA))
        room.guest.say("Ау")
        room.heard()

        act(ANNA, room.guest, "mark_read", {"in_count": 2})

        assert room.heard() == {
            "visitor": ["conversation"],
            "second tab": ["conversation"],
            "anna": ["conversation"],
        }

    def test_of_what_the_visitor_has_read(self) -> None:
        room = Room.around(held_by(ANNA))
        reply(ANNA, room.guest)
        room.sockets["anna"].ping(viewing=room.guest.conversation_id)
        room.heard()

        room.guest.read(2)

        assert room.heard() == {"anna": ["conversation"]}

    def test_of_both_who_watches(self) -> None:
        room = Room.around(held_by(ANNA))
        room.guest.say("Ау")
        reply(ANNA, room.guest, after=0)
        room.guest.say("Эй")
        room.sockets["elena"].ping(viewing=room.guest.conversation_id)
        room.heard()

        room.guest.read(3)
        act(ANNA, room.guest, "mark_read", {"in_count": 3})

        assert room.heard()["elena"] == ["conversation", "conversation"]

    def test_of_a_supervisors_look_nobody(self) -> None:
        room = Room.around(held_by(ANNA))
        room.guest.say("Ау")
        room.heard()

        act(ELENA, room.guest, "open")
        act(ELENA, room.guest, "mark_read", {"in_count": 2})

        assert room.heard() == {}

    def test_of_a_repeated_message_nobody_again(self) -> None:
        room = Room.around(held_by(ANNA))
        room.guest.say("Ау", client_id="client-1")
        room.heard()

        room.guest.say("Ау", client_id="client-1", after=1)

        assert room.heard() == {}

    def test_of_an_operators_presence(self) -> None:
        room = Room.around(begun())

        post("/panel/presence", {"presence": "busy"}, bearer(ANNA))

        assert room.heard() == {name: ["presence"] for name in ("anna", "oleg", "elena")}


class TestFrames:
    def test_a_pong_names_what_the_operator_may_no_longer_see(self) -> None:
        guest = held_by(ANNA)
        panel = socket_of(ANNA)
        known = {guest.conversation_id: 1}
        assert panel.ping(known)["gone"] == {}
        act(ELENA, guest, "take_over")
        panel.heard()

        pong = panel.ping(known)

        (talk,) = socket_of(ELENA).ping(known)["conversations"]
        assert (pong["conversations"], pong["gone"]) == ([], {guest.conversation_id: talk["rev"]})

    def test_who_looks_away_is_shown_the_row_only(self) -> None:
        guest = held_by(ANNA)
        panel = socket_of(ELENA)
        panel.ping(viewing=guest.conversation_id)

        guest.say("Ау")
        panel.ping(viewing=None)
        guest.say("Эй")

        frames = [each for each in panel.heard() if each["type"] != "pong"]
        assert [each["type"] for each in frames] == ["conversation"]

    def test_looking_at_anothers_conversation_shows_its_messages(self) -> None:
        guest = held_by(ANNA)
        panel = socket_of(ELENA)
        panel.ping(viewing=guest.conversation_id)

        guest.say("Ау")

        (frame,) = panel.heard()
        assert (frame["type"], frame["message"]["body"]) == ("message", "Ау")

    def test_looking_at_what_one_may_not_see_shows_nothing(self) -> None:
        guest = held_by(ANNA)
        panel = socket_of(OLEG)
        panel.ping(viewing=guest.conversation_id)

        guest.say("Ау")

        assert panel.heard() == []

    def test_a_frame_shows_the_conversation_as_it_is_stored(self) -> None:
        guest = held_by(ANNA)
        panel, widget = socket_of(ANNA), socket_of(guest)

        guest.say("Ау")
        reply(ANNA, guest, "Да")

        asked, answered = panel.heard()
        assert (asked["conversation"]["seq"], asked["conversation"]["unread"]) == (2, 1)
        assert answered["conversation"]["rev"] == rev(guest)
        (frame,) = widget.heard()
        assert frame["conversation"]["rev"] == rev(guest)
        assert frame["message"]["author"]["name"] == ANNA.name

    def test_each_is_told_whether_they_may_reply(self) -> None:
        guest = begun()
        anna, oleg, elena = (socket_of(each) for each in (ANNA, OLEG, ELENA))

        act(ANNA, guest, "take")

        assert [each["conversation"]["may_reply"] for each in anna.heard()] == [True]
        assert [each["conversation"]["may_reply"] for each in elena.heard()] == [False]
        assert oleg.types() == ["list"]

    def test_with_too_many_listeners_the_full_frames_go_first(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        guest = held_by(ANNA)
        for number in range(5):
            connections.open_with(panel_of(ELENA, f"elena-{number}"), f"ticket-{number}")
        panel = socket_of(ANNA)
        monkeypatch.setattr(announce, "MOST_POSTS", 2)

        guest.say("Ау")

        assert panel.types() == ["message"]
        assert len(LINE.frames) == 2


class TestGone:
    def test_a_socket_that_is_gone_is_forgotten_and_the_others_hear(self) -> None:
        guest = held_by(ANNA)
        dead, live = socket_of(ANNA), socket_of(ANNA)
        LINE.gone.add(dead.id)

        assert guest.say("Ау").status == 201

        assert live.types() == ["message"]
        assert connections.get(dead.id) is None
        assert [each.id for each in connections.of(branch_audience("ekb"))] == [live.id]

    def test_it_is_asked_once(self) -> None:
        guest = held_by(ANNA)
        dead = socket_of(ANNA)
        LINE.gone.add(dead.id)

        with LINE.watched() as calls:
            guest.say("Ау")

        posts = [call for call in calls if call.operation == "POST socket"]
        assert [call.request["id"] for call in posts] == [dead.id]

    @pytest.mark.parametrize("failure", [throttled, lost])
    def test_a_push_that_fails_otherwise_is_found_by_the_next_ping(self, failure: Plan) -> None:
        guest = held_by(ANNA)
        panel = socket_of(ANNA)
        known = {str(guest.conversation_id): rev(guest)}

        def unheard(call: Call, go: Go) -> AWSResponse:
            return failure(call, go) if call.operation == "POST socket" else go()

        with LINE.through(unheard):
            answer = guest.say("Ау")

        assert answer.status == 201
        assert connections.get(panel.id) is not None
        (changed,) = panel.ping(known)["conversations"]
        assert changed["seq"] == 2
