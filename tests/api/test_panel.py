"""An operator's routes."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.actions import conversations as pages
from chalicelib.store import conversations, pools
from tests.api.test_sessions import signed_in
from tests.support.company import ADMIN, ANNA, ELENA, MARIA, OLEG, load
from tests.support.door import at, bearer, get, post
from tests.support.geoip import MOSCOW
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


class TestDirectory:
    def test_it_names_everything_that_lists_name_by_id(self) -> None:
        found = get("/panel/directory", bearer(ANNA)).body

        assert [each["id"] for each in found["branches"]] == ["ekb", "msk"]
        assert [each["id"] for each in found["inboxes"]] == ["demo", "moscow"]
        assert {each["id"]: each["role"] for each in found["operators"]} == {
            "anna": "operator",
            "oleg": "operator",
            "maria": "operator",
            "elena": "supervisor",
            "admin": "admin",
        }

    def test_it_counts_the_open_conversations_of_each(self) -> None:
        held_by(ANNA)

        found = get("/panel/directory", bearer(OLEG)).body["operators"]

        assert {each["id"]: each["open"] for each in found if each["open"]} == {"anna": 1}

    def test_it_tells_who_was_invited_and_has_never_been_here(self) -> None:
        wanted = {"name": "Павел", "email": "pavel@x.example", "role": "operator"}
        answer = post(
            "/settings/operators", wanted | {"branch_id": "ekb", "capacity": 5}, bearer(ADMIN)
        )

        found = get("/panel/directory", bearer(OLEG)).body["operators"]

        invited = [each["id"] for each in found if each["invited"]]
        assert invited == [answer.body["operator"]["id"]]


class TestLists:
    def test_each_tab_has_its_own(self) -> None:
        online(ANNA)
        mine, waiting = Guest.arrive(), Guest.arrive(address=MOSCOW)
        mine.say()
        waiting.say()
        done = resolved_by(ANNA)

        assert listed(ANNA, "mine") == [mine.conversation_id]
        assert listed(ANNA, "queue") == []
        assert listed(MARIA, "queue") == [waiting.conversation_id]
        assert listed(ANNA, "closed") == [done.conversation_id]
        assert listed(OLEG, "closed") == []

    def test_all_is_ones_own_and_the_queue_or_everything_for_who_oversees(self) -> None:
        mine, colleagues, waiting = held_by(ANNA), held_by(OLEG), begun()
        elsewhere = begun(address=MOSCOW)

        assert set(listed(ANNA, "all")) == {mine.conversation_id, waiting.conversation_id}
        for overseer in (ELENA, ADMIN):
            assert set(listed(overseer, "all")) == {
                mine.conversation_id,
                colleagues.conversation_id,
                waiting.conversation_id,
                elsewhere.conversation_id,
            }
            assert len(listed(overseer, "queue")) == 2

    def test_the_queue_has_the_longest_wait_first_and_mine_the_newest_activity(self) -> None:
        waiting = [begun().conversation_id for _ in range(3)]
        assert listed(ANNA, "queue") == waiting

        guests = [held_by(OLEG) for _ in range(3)]
        guests[0].say("Ау")

        assert listed(OLEG, "mine") == [guests[each].conversation_id for each in (0, 2, 1)]

    def test_the_default_tab_is_mine(self) -> None:
        guest = held_by(ANNA)

        found = get("/panel/conversations", bearer(ANNA)).body

        assert [each["id"] for each in found["items"]] == [guest.conversation_id]

    def test_list_rev_moves_when_a_list_changes(self) -> None:
        def rev() -> int:
            number: int = get("/panel/conversations", bearer(ANNA)).body["list_rev"]
            return number

        revs = [rev()]
        guest = begun()
        revs.append(rev())
        act(ANNA, guest, "take")
        revs.append(rev())
        act(ANNA, guest, "resolve")
        revs.append(rev())
        guest.say("Ещё")
        revs.append(rev())

        assert revs == sorted(set(revs))
        assert rev() == revs[-1]

    @pytest.mark.parametrize("tab", ["", "MINE", "nope"])
    def test_there_are_four_tabs(self, tab: str) -> None:
        answer = get(f"/panel/conversations?tab={tab}", bearer(ANNA))

        assert answer.status == (200 if tab == "" else 400)

    def test_pages_follow_one_another_without_gaps(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pages, "PAGE", 2)
        waiting = [begun().conversation_id for _ in range(5)]

        found, cursor = [], ""
        while True:
            page = get(f"/panel/conversations?tab=queue&next={cursor}", bearer(ANNA)).body
            found += [each["id"] for each in page["items"]]
            cursor = page["next"]
            if cursor is None:
                break
            assert len(page["items"]) == 2

        assert found == waiting

    def test_a_supervisors_pages_merge_the_branches(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pages, "PAGE", 3)
        begin = datetime.now(UTC).replace(second=0) - timedelta(minutes=10)
        begun_ones = []
        for number in range(7):  # one in the first minute, then two in each
            with at(begin + timedelta(minutes=(number + 1) // 2, seconds=number)):
                address = MOSCOW if number % 2 else "10.0.0.1"
                begun_ones.append(begun(address=address).conversation_id)

        found, cursor = [], ""
        while cursor is not None:
            page = get(f"/panel/conversations?tab=all&next={cursor}", bearer(ELENA)).body
            found.append([each["id"] for each in page["items"]])
            cursor = page["next"]

        newest = begun_ones[::-1]
        assert found == [newest[:2], newest[2:4], newest[4:6], newest[6:]]

    def test_more_in_one_minute_than_a_page_are_all_reached(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pages, "PAGE", 2)
        begin = datetime.now(UTC).replace(second=0) - timedelta(minutes=10)
        begun_ones = []
        for second in range(5):
            with at(begin + timedelta(seconds=second)):
                begun_ones.append(begun().conversation_id)

        found, cursor = [], ""
        while cursor is not None:
            page = get(f"/panel/conversations?tab=all&next={cursor}", bearer(ELENA)).body
            found += [each["id"] for each in page["items"]]
            cursor = page["next"]

        assert sorted(found) == sorted(map(str, begun_ones))

    def test_who_sees_little_of_a_long_list_still_reaches_its_end(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(pages, "PAGE", 1)
        monkeypatch.setattr(pages, "MOST_PAGES", 2)
        begin = datetime.now(UTC) - timedelta(minutes=10)
        with at(begin):
            own = [resolved_by(ANNA).conversation_id]
        for minute in range(4):
            with at(begin + timedelta(minutes=1 + minute)):
                resolved_by(OLEG)

        found, cursor, asked = [], "", 0
        while cursor is not None:
            page = get(f"/panel/conversations?tab=closed&next={cursor}", bearer(ANNA)).body
            found += [each["id"] for each in page["items"]]
            cursor, asked = page["next"], asked + 1

        assert found == own
        assert asked == 4  # two pages each, one for its own, one that finds nothing more


class TestCursors:
    @pytest.fixture
    def cursor(self, monkeypatch: pytest.MonkeyPatch) -> str:
        monkeypatch.setattr(pages, "PAGE", 1)
        for _ in range(2):
            begun()
        given: str = get("/panel/conversations?tab=queue", bearer(ANNA)).body["next"]
        assert given
        return given

    @pytest.mark.parametrize("forged", ["x", "====", "%F0%9F", "AAAA", "A" * 5000])
    def test_a_forged_one_is_refused(self, forged: str) -> None:
        answer = get(f"/panel/conversations?tab=queue&next={forged}", bearer(ANNA))

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"]["field"] == "next"

    def test_a_changed_one_is_refused(self, cursor: str) -> None:
        changed = cursor[:-4] + ("AAAA" if cursor[-4:] != "AAAA" else "BBBB")

        answer = get(f"/panel/conversations?tab=queue&next={changed}", bearer(ANNA))

        assert (answer.status, answer.error) == (400, "invalid")

    def test_that_of_another_list_or_reader_is_refused(self, cursor: str) -> None:
        assert get(f"/panel/conversations?tab=queue&next={cursor}", bearer(ANNA)).status == 200

        for tab, who in (("all", ANNA), ("closed", ANNA), ("queue", OLEG)):
            answer = get(f"/panel/conversations?tab={tab}&next={cursor}", bearer(who))
            assert (answer.status, answer.error) == (400, "invalid")


class TestOpen:
    def test_it_shows_the_thread(self) -> None:
        guest = held_by(ANNA)
        reply(ANNA, guest, "Да")

        answer = act(ANNA, guest, "open")

        assert answer.status == 200
        assert [each["body"] for each in answer.body["messages"]] == ["Здравствуйте", "Да"]
        assert answer.body["conversation"]["id"] == guest.conversation_id

    def test_the_assignees_first_look_stops_the_clock_and_reads(self) -> None:
        online(ANNA)
        guest = begun()

        first = act(ANNA, guest, "open").body["conversation"]
        again = act(ANNA, guest, "open").body["conversation"]

        assert first["unread"] == 0
        assert first["assignee_opened_at"] == again["assignee_opened_at"] is not None
        assert again["rev"] == first["rev"]

    def test_a_supervisors_look_leaves_no_trace(self) -> None:
        online(ANNA)
        guest = begun()
        before = conversations.get(str(guest.conversation_id))

        answer = act(ELENA, guest, "open")

        assert answer.body["conversation"]["unread"] == 1
        assert conversations.get(str(guest.conversation_id)) == before


class TestMessages:
    def test_they_are_read_after_and_before_a_seq(self) -> None:
        guest = held_by(ANNA)
        for text in ("раз", "два"):
            guest.say(text)

        def seqs(query: str) -> list[int]:
            path = f"/panel/conversations/{guest.conversation_id}/messages{query}"
            return [each["seq"] for each in get(path, bearer(ANNA)).body["messages"]]

        assert seqs("") == [1, 2, 3]
        assert (seqs("?after=0"), seqs("?after=2"), seqs("?after=3")) == ([1, 2, 3], [3], [])
        assert (seqs("?before=3"), seqs("?before=1"), seqs("?before=0")) == ([1, 2], [], [])

    @pytest.mark.parametrize("number", ["-1", "x", "1.5", "٣", "9999999999", "1e3", "0x1"])
    def test_a_seq_is_a_whole_number(self, number: str) -> None:
        guest = held_by(ANNA)

        path = f"/panel/conversations/{guest.conversation_id}/messages?after={number}"
        answer = get(path, bearer(ANNA))

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"]["field"] == "after"


class TestReply:
    def test_it_reaches_the_visitor_under_the_operators_name(self) -> None:
        guest = held_by(ANNA)

        answer = reply(ANNA, guest, "Да, конечно")

        assert answer.status == 201
        message = guest.poll(1).body["messages"][0]
        assert message == answer.body["message"]
        assert message["author"] == {"kind": "operator", "id": "anna", "name": ANNA.name}
        assert (message["direction"], message["seq"]) == ("out", 2)

    def test_the_first_reply_claims_what_is_queued(self) -> None:
        guest = begun()

        answer = reply(OLEG, guest)

        assert answer.body["conversation"]["assignee"] == {"id": "oleg", "name": OLEG.name}
        assert (load(OLEG), pools.load("ekb").queued) == (1, 0)
        assert listed(OLEG) == [guest.conversation_id]

    @pytest.mark.parametrize("after", [0, 1])
    def test_a_repeat_is_the_same_message(self, after: int) -> None:
        guest, repeated = begun(), client_id()

        first = reply(ANNA, guest, "Да", client_id=repeated)
        again = reply(ANNA, guest, "Да", client_id=repeated, after=after)

        assert again.status == 201
        assert again.body["message"] == first.body["message"]
        assert guest.bodies() == ["Здравствуйте", "Да"]
        assert load(ANNA) == 1

    def test_the_slower_colleague_learns_who_was_faster(self) -> None:
        guest = held_by(ANNA)

        answer = reply(OLEG, guest)

        assert (answer.status, answer.error) == (409, "already_taken")
        assert ANNA.name in answer.body["error"]["message"]
        assert guest.bodies() == ["Здравствуйте"]

    def test_a_supervisor_does_not_answer_in_anothers_place(self) -> None:
        answer = reply(ELENA, held_by(ANNA))

        assert (answer.status, answer.error) == (409, "already_taken")

    def test_a_supervisor_may_claim(self) -> None:
        answer = reply(ELENA, begun(address=MOSCOW))

        assert answer.body["conversation"]["assignee"]["id"] == "elena"
        assert (load(ELENA), pools.load("msk").queued) == (1, 0)

    def test_what_is_resolved_takes_no_reply(self) -> None:
        answer = reply(ANNA, resolved_by(ANNA))

        assert (answer.status, answer.error) == (409, "not_open")


class TestTake:
    def test_what_is_queued_becomes_ones_own(self) -> None:
        guest = begun()

        answer = act(ANNA, guest, "take")

        assert answer.status == 200
        assert answer.body["conversation"]["assignee"]["id"] == "anna"
        assert answer.body["conversation"]["may_reply"]
        assert (listed(ANNA), listed(OLEG, "queue")) == ([guest.conversation_id], [])

    def test_taking_it_twice_is_taking_it_once(self) -> None:
        guest = held_by(ANNA)

        answer = act(ANNA, guest, "take")

        assert (answer.status, load(ANNA)) == (200, 1)

    def test_the_slower_colleague_learns_who_was_faster(self) -> None:
        answer = act(OLEG, held_by(ANNA), "take")

        assert (answer.status, answer.error) == (409, "already_taken")
        assert ANNA.name in answer.body["error"]["message"]

    def test_what_is_resolved_cannot_be_taken(self) -> None:
        answer = act(OLEG, resolved_by(ANNA), "take")

        assert (answer.status, answer.error) == (409, "not_open")


class TestResolve:
    def test_it_ends_the_conversation_and_frees_the_assignee(self) -> None:
        guest = held_by(ANNA)

        answer = act(ANNA, guest, "resolve")

        assert answer.status == 200
        assert answer.body["conversation"]["status"] == "resolved"
        assert not answer.body["conversation"]["may_reply"]
        assert load(ANNA) == 0
        assert guest.poll(1).body["conversation"]["status"] == "resolved"

    def test_the_freed_place_goes_to_who_waits_longest(self) -> None:
        guests = [held_by(ANNA) for _ in range(ANNA.capacity)]
        online(ANNA)
        waiting = [begun() for _ in range(2)]
        assert listed(ANNA, "queue") == [each.conversation_id for each in waiting]

        act(ANNA, guests[0], "resolve")

        assert waiting[0].conversation_id in listed(ANNA)
        assert listed(ANNA, "queue") == [waiting[1].conversation_id]
        assert load(ANNA) == ANNA.capacity

    def test_only_the_assignee_may(self) -> None:
        guest = held_by(ANNA)

        assert (act(ELENA, guest, "resolve").status, act(ELENA, guest, "resolve").error) == (
            403,
            "forbidden",
        )
        assert act(OLEG, guest, "resolve").status == 404
        assert act(ANNA, begun(), "resolve").status == 403

    def test_it_happens_once(self) -> None:
        answer = act(ANNA, resolved_by(ANNA), "resolve")

        assert (answer.status, answer.error) == (409, "not_open")


class TestMarkRead:
    def test_the_assignees_mark_moves_forward(self) -> None:
        guest = held_by(ANNA)
        for text in ("раз", "два"):
            guest.say(text)

        unread = [
            act(ANNA, guest, "mark_read", {"in_count": count}).body["conversation"]["unread"]
            for count in (2, 1, 9, 3)
        ]

        assert unread == [1, 1, 1, 0]

    def test_a_supervisors_mark_is_refused_and_leaves_no_trace(self) -> None:
        guest = held_by(ANNA)
        guest.say()

        answer = act(ELENA, guest, "mark_read", {"in_count": 2})

        assert (answer.status, answer.error) == (403, "forbidden")
        opened = act(ELENA, guest, "open")
        assert opened.body["conversation"]["unread"] == 1

    def test_a_conversation_marked_as_unread_is_so_until_its_assignee_opens_it_again(self) -> None:
        guest = held_by(ANNA)
        reply(ANNA, guest)
        before = guest.poll(0).body["conversation"]

        marked = act(ANNA, guest, "mark_unread").body["conversation"]
        again = act(ANNA, guest, "mark_unread").body["conversation"]
        act(ELENA, guest, "open")

        assert (marked["marked_unread"], marked["unread"], again["rev"]) == (True, 0, marked["rev"])
        assert guest.poll(0).body["conversation"] == before | {"rev": marked["rev"]}
        assert not act(ANNA, guest, "open").body["conversation"]["marked_unread"]

    def test_it_is_handed_over_until_the_colleague_opens_it(self) -> None:
        guest = held_by(ANNA)
        act(ANNA, guest, "transfer_to_operator", {"operator_id": "oleg", "anyway": True})

        (given,) = get("/panel/conversations?tab=mine", bearer(OLEG)).body["items"]
        opened = act(OLEG, guest, "open").body["conversation"]

        assert (given["handed_over"], opened["handed_over"]) == (True, False)

    def test_only_supervisors_learn_who_looked(self) -> None:
        guest = held_by(ANNA)
        act(ELENA, guest, "open")

        known = {
            who.id: [each["action"] for each in act(who, guest, "open").body["history"]]
            for who in (ANNA, ADMIN)
        }

        assert known == {"anna": ["assigned"], "admin": ["looked", "assigned"]}


class TestPresence:
    def test_who_comes_online_is_given_what_waits(self) -> None:
        waiting = [begun().conversation_id for _ in range(2)]
        online(ANNA)
        post("/panel/presence", {"presence": "away"}, bearer(ANNA))

        answer = post("/panel/presence", {"presence": "online"}, bearer(ANNA))

        assert (answer.status, answer.body["operator"]["presence"]) == (200, "online")
        assert (set(listed(ANNA)), pools.load("ekb").queued) == (set(waiting), 0)

    def test_no_more_than_their_capacity(self) -> None:
        for _ in range(ANNA.capacity + 1):
            begun()
        online(ANNA)

        post("/panel/presence", {"presence": "online"}, bearer(ANNA))

        assert (load(ANNA), pools.load("ekb").queued) == (ANNA.capacity, 1)

    @pytest.mark.parametrize("presence", ["away", "busy"])
    def test_who_is_not_online_is_given_nothing(self, presence: str) -> None:
        online(ANNA)
        post("/panel/presence", {"presence": presence}, bearer(ANNA))

        begun()

        assert (load(ANNA), pools.load("ekb").queued) == (0, 1)

    def test_the_choice_outlives_the_session(self) -> None:
        post("/panel/presence", {"presence": "busy"}, bearer(ANNA))

        assert signed_in().body["operator"]["presence"] == "busy"


def test_a_socket_ticket_comes_with_the_address_to_use_it_at() -> None:
    answer = post("/panel/socket_ticket", None, bearer(ANNA))

    assert (answer.status, answer.body["url"]) == (200, "wss://sockets.test/ws")
