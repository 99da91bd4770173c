"""Somebody is writing: who may say so, who hears it, and that nothing is kept of it."""

import json

import pytest

from chalicelib.domain.operator import Operator
from chalicelib.store import conversations, settled, staff
from tests.support.company import ANNA, ELENA, MARIA, OLEG
from tests.support.line import LINE
from tests.support.scene import Guest, act, begun, held_by, resolved_by
from tests.support.sockets import Frame, Socket, new_socket, socket_of

READS = {"Query", "GetItem", "BatchGetItem", "POST socket"}
"""What typing asks for: nothing of it writes."""


def writes(socket: Socket, conversation_id: str | None, **more: object) -> int:
    """The status of the frame."""
    frame = {"type": "typing", "conversation_id": conversation_id} | more
    return socket.say(json.dumps(frame))


def refused(socket: Socket) -> str:
    """The code of the one refusal that it got."""
    (frame,) = socket.heard()
    assert (frame["type"], frame["id"]) == ("answer", None)
    code: str = frame["body"]["error"]["code"]
    return code


def looking(who: Operator, guest: Guest) -> Socket:
    """A panel with the conversation on its screen."""
    panel = socket_of(who)
    panel.ping(viewing=guest.conversation_id)
    return panel


class TestOfAVisitor:
    def test_the_assignee_hears_it_wherever_they_are(self) -> None:
        guest = held_by(ANNA)
        widget, panel = socket_of(guest), socket_of(ANNA)

        assert writes(widget, guest.conversation_id) == 200

        (frame,) = panel.heard()
        assert frame == {
            "type": "typing",
            "conversation_id": guest.conversation_id,
            "author": {"kind": "visitor", "id": guest.contact_id, "name": ""},
            "writing": True,
        }
        assert widget.heard() == []

    def test_so_does_who_has_it_on_the_screen_and_nobody_else(self) -> None:
        guest = held_by(ANNA)
        widget, second_tab = socket_of(guest), socket_of(guest)
        stranger = socket_of(begun())
        watching, elsewhere = looking(ELENA, guest), socket_of(ELENA)
        may_not_see = looking(OLEG, guest)

        writes(widget, guest.conversation_id)

        assert watching.types() == ["typing"]
        for socket in (widget, second_tab, elsewhere, may_not_see, stranger):
            assert socket.heard() == []

    def test_whoever_reads_the_queue_hears_it_of_what_they_look_at(self) -> None:
        guest = begun()
        widget, reading, listing = socket_of(guest), looking(OLEG, guest), socket_of(ANNA)

        writes(widget, guest.conversation_id)

        assert (reading.types(), listing.types()) == (["typing"], [])

    def test_that_they_stopped_is_told_too(self) -> None:
        guest = held_by(ANNA)
        widget, panel = socket_of(guest), socket_of(ANNA)

        writes(widget, guest.conversation_id, writing=False)

        assert [each["writing"] for each in panel.heard()] == [False]

    def test_only_in_their_own_conversation(self) -> None:
        of_another = held_by(ANNA)
        stranger, panel = socket_of(begun()), socket_of(ANNA)

        assert writes(stranger, of_another.conversation_id) == 404
        assert writes(stranger, "nowhere") == 404

        assert [each["body"]["error"]["code"] for each in stranger.heard()] == ["not_found"] * 2
        assert panel.heard() == []


class TestOfAnOperator:
    def test_the_visitor_and_who_watches_hear_it_but_not_their_own_second_screen(self) -> None:
        guest = held_by(ANNA)
        widget, panel, second = socket_of(guest), socket_of(ANNA), socket_of(ANNA)
        watching, elsewhere = looking(ELENA, guest), socket_of(ELENA)

        assert writes(panel, guest.conversation_id) == 200

        (frame,) = widget.heard()
        assert frame["author"] == {"kind": "operator", "id": "anna", "name": ANNA.name}
        assert watching.types() == ["typing"]
        for socket in (panel, second, elsewhere):
            assert socket.heard() == []

    def test_who_may_claim_a_queued_one_is_seen_writing(self) -> None:
        guest = begun()
        widget, panel, colleague = socket_of(guest), looking(OLEG, guest), looking(ANNA, guest)

        assert writes(panel, guest.conversation_id) == 200

        assert (widget.types(), colleague.types()) == (["typing"], ["typing"])

    def test_who_watches_is_refused_and_nobody_hears_of_it(self) -> None:
        """I9: an observer never types."""
        guest = held_by(ANNA)
        widget, panel, watching = socket_of(guest), socket_of(ANNA), looking(ELENA, guest)

        assert writes(watching, guest.conversation_id) == 403

        assert refused(watching) == "forbidden"
        assert (widget.heard(), panel.heard()) == ([], [])

    def test_nobody_types_where_nobody_may_answer(self) -> None:
        guest = resolved_by(ANNA)
        widget, panel = socket_of(guest), socket_of(ELENA)

        assert writes(panel, guest.conversation_id) == 403

        assert (refused(panel), widget.heard()) == ("forbidden", [])

    @pytest.mark.parametrize("who", [OLEG, MARIA])
    def test_what_one_may_not_see_is_not_found(self, who: Operator) -> None:
        guest = held_by(ANNA)
        widget, panel = socket_of(guest), looking(who, guest)

        assert writes(panel, guest.conversation_id) == 404

        assert (refused(panel), widget.heard()) == ("not_found", [])

    def test_who_handed_it_on_is_not_heard_any_more(self) -> None:
        guest = held_by(ANNA)
        panel, widget = socket_of(ANNA), socket_of(guest)
        act(ELENA, guest, "take_over")
        panel.heard(), widget.heard()

        assert writes(panel, guest.conversation_id) == 404

        assert widget.heard() == []


class TestTrust:
    def test_an_unknown_socket_is_closed(self) -> None:
        guest = held_by(ANNA)
        panel, unknown = socket_of(ANNA), new_socket(guest)

        assert writes(unknown, guest.conversation_id) == 200

        assert (LINE.closed, panel.heard()) == ([unknown.id], [])

    def test_whose_sessions_have_ended_is_not_heard_and_hung_up_on(self) -> None:
        guest = held_by(ANNA)
        panel, widget = socket_of(ANNA), socket_of(guest)
        staff.end_sessions("anna")
        settled.forget("anna")

        assert writes(panel, guest.conversation_id) == 200

        assert (LINE.closed, widget.heard()) == ([panel.id], [])

    @pytest.mark.parametrize(
        "changes",
        [
            {"conversation_id": None},
            {"conversation_id": ""},
            {"conversation_id": {"$ne": ""}},
            {"conversation_id": ["talk"]},
            {"conversation_id": "x" * 65},
            {"conversation_id": "a b"},
            {"writing": "yes"},
            {"writing": None},
            {"author": {"kind": "operator", "id": "anna", "name": "Анна"}},
            {"token": "somebody else's"},
        ],
    )
    def test_what_cannot_be_read_is_refused(self, changes: Frame) -> None:
        guest = held_by(ANNA)
        widget, panel = socket_of(guest), socket_of(ANNA)
        frame = {"type": "typing", "conversation_id": guest.conversation_id} | changes

        assert widget.say(json.dumps(frame)) == 400

        assert (refused(widget), panel.heard()) == ("invalid", [])


class TestCost:
    def test_it_is_never_stored_and_reads_in_two_steps(self) -> None:
        guest = held_by(ANNA)
        widget, panel = socket_of(guest), socket_of(ANNA)
        before = conversations.get(str(guest.conversation_id))

        with LINE.watched() as asked:
            writes(widget, guest.conversation_id)
        with LINE.watched() as answered:
            writes(panel, guest.conversation_id)

        assert sorted(each.operation for each in asked) == [
            "GetItem",
            "GetItem",
            "POST socket",
            "Query",
        ]
        assert {each.operation for each in answered} <= READS
        assert conversations.get(str(guest.conversation_id)) == before

    def test_a_socket_that_is_gone_harms_nobody(self) -> None:
        guest = held_by(ANNA)
        widget, dead, live = socket_of(guest), socket_of(ANNA), socket_of(ANNA)
        LINE.gone.add(dead.id)

        assert writes(widget, guest.conversation_id) == 200

        assert live.types() == ["typing"]
