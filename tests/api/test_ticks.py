"""What each side learns of what the other has read; who watches leaves no mark."""

from typing import Any

from chalicelib.store import conversations
from tests.api.test_budgets import counted
from tests.support.company import ANNA, ELENA, OLEG
from tests.support.door import post
from tests.support.scene import Guest, act, begun, held_by, reply, resolved_by
from tests.support.sockets import socket_of


def to_visitor(guest: Guest) -> int:
    """How many of their newest messages nobody has read."""
    unread: int = guest.poll(0).body["conversation"]["unread"]
    return unread


def to_anna(guest: Guest) -> int:
    """How far the visitor has read, without a look of hers."""
    known = conversations.get(str(guest.conversation_id))
    assert known is not None
    return known.visitor_read


class TestOfTheVisitorsMessages:
    def test_they_are_read_when_their_operator_has_them_on_the_screen(self) -> None:
        guest = begun()
        queued = to_visitor(guest)
        act(OLEG, guest, "take")
        taken = to_visitor(guest)
        guest.say("раз"), guest.say("два")
        said = to_visitor(guest)
        act(OLEG, guest, "mark_read", {"in_count": 2})

        assert (queued, taken, said, to_visitor(guest)) == (1, 0, 2, 1)

    def test_every_answer_and_frame_tells_it(self) -> None:
        guest = held_by(ANNA)
        widget, panel = socket_of(guest), socket_of(ANNA)
        answer = guest.say("Ау")
        panel.ping(viewing=guest.conversation_id)
        act(ANNA, guest, "mark_read", {"in_count": 2})
        coming_back = post(
            "/widget/bootstrap", {"inbox": "demo", "refresh_token": guest.refresh_token}
        )

        (frame,) = widget.heard()
        assert answer.body["conversation"]["unread"] == 1
        assert frame["conversation"]["unread"] == 0
        assert coming_back.body["conversation"]["unread"] == 0

    def test_a_supervisor_who_watches_reads_nothing(self) -> None:
        guest = held_by(ANNA)
        guest.say("Ау")

        act(ELENA, guest, "open")
        act(ELENA, guest, "mark_read", {"in_count": 2})

        assert to_visitor(guest) == 1


class TestOfTheOperatorsMessages:
    def test_the_mark_moves_forward_and_never_back(self) -> None:
        guest = held_by(ANNA)
        for _ in range(3):
            reply(ANNA, guest, after=0)

        marks = []
        for seq in (2, 1, 3, 9):
            assert guest.read(seq).status == 200
            marks.append(to_anna(guest))

        assert marks == [2, 2, 3, 3]

    def test_a_message_says_that_what_stands_above_it_was_read(self) -> None:
        guest = held_by(ANNA)
        reply(ANNA, guest)
        guest.say("Спасибо", after=2)
        answered = to_anna(guest)
        reply(ANNA, guest, after=0)
        guest.say("Ещё", after=3)

        assert (answered, to_anna(guest)) == (2, 2), "what crossed it was not read"

    def test_so_does_one_that_brings_a_conversation_back(self) -> None:
        guest = held_by(ANNA)
        reply(ANNA, guest)
        act(ANNA, guest, "resolve")

        guest.say("И ещё", after=2)

        assert to_anna(guest) == 2

    def test_what_was_resolved_can_still_be_read(self) -> None:
        guest = resolved_by(ANNA)

        assert guest.read(1).body["conversation"]["status"] == "resolved"
        assert to_anna(guest) == 1

    def test_the_operator_hears_of_it_and_the_visitor_is_answered(self) -> None:
        guest = held_by(ANNA)
        panel, elsewhere = socket_of(ANNA), socket_of(ANNA)
        panel.ping(viewing=guest.conversation_id)
        reply(ANNA, guest)
        panel.heard(), elsewhere.heard()

        answer = guest.read(2)

        (frame,) = panel.heard()
        assert elsewhere.heard() == []
        conversation: dict[str, Any] = frame["conversation"]
        assert (frame["type"], conversation["visitor_read"]) == ("conversation", 2)
        assert answer.body["conversation"]["rev"] == conversation["rev"]

    def test_a_repeated_mark_tells_nobody_again(self) -> None:
        guest = held_by(ANNA)
        reply(ANNA, guest)
        first = guest.read(2)
        panel = socket_of(ANNA)

        again = guest.read(2)

        assert (panel.heard(), again.body) == ([], first.body)

    def test_it_is_one_write_that_knows_what_it_writes(self) -> None:
        guest = held_by(ANNA)
        reply(ANNA, guest)

        with counted() as cost:
            guest.read(2)

        assert (cost.commit, cost.round_trips) == (1, 2)
        assert cost.operations == {"UpdateItem": 1, "Query": 1}

    def test_over_the_socket_the_answer_is_all_that_its_widget_hears(self) -> None:
        guest = held_by(ANNA)
        widget = socket_of(guest)
        reply(ANNA, guest)
        widget.heard()
        body = {"conversation_id": guest.conversation_id, "seq": 2}

        widget.call("/widget/mark_read", body, guest.token)

        assert widget.types() == ["answer"]
        assert to_anna(guest) == 2
