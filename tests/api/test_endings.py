"""Visitors end their conversation and say what they think of it (item 13)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from msgspec.structs import replace

from chalicelib.domain.operator import Operator
from chalicelib.domain.rating import Scale
from chalicelib.store import organisation, pools, ratings, settled
from tests.support.company import ANNA, ELENA, INBOX, OLEG, load
from tests.support.door import Answer, at, bearer, get, post
from tests.support.line import LINE, Call, Go
from tests.support.scene import Guest, act, begun, held_by, listed, online, reply, resolved_by
from tests.support.sockets import socket_of


@pytest.fixture(autouse=True)
def _with_stars(_company: None) -> None:
    asks(Scale.STARS)


def asks(scale: Scale | None) -> None:
    organisation.save_inbox(replace(INBOX, rating=scale))
    settled.clear()


def end(guest: Guest, **changes: Any) -> Answer:
    body = {"conversation_id": guest.conversation_id} | changes
    return post("/widget/end", body, guest.token)


def rate(guest: Guest, score: object = 4, **changes: Any) -> Answer:
    body = {"conversation_id": guest.conversation_id, "scale": "stars", "score": score} | changes
    return post("/widget/rate", body, guest.token)


def history(guest: Guest, who: Operator = ELENA) -> list[dict[str, object]]:
    path = f"/panel/conversations/{guest.conversation_id}/details"
    found: list[dict[str, object]] = get(path, bearer(who)).body["history"]
    return found


class TestEnding:
    def test_it_is_closed_and_its_place_is_given_to_who_waits(self) -> None:
        online(ANNA)
        guests = [begun() for _ in range(ANNA.capacity + 1)]
        panel = socket_of(ANNA)

        answer = end(guests[0])

        assert (answer.status, answer.body["conversation"]["status"]) == (200, "resolved")
        assert guests[-1].poll(0).body["conversation"]["operator"]["id"] == "anna"
        assert load(ANNA) == ANNA.capacity
        assert history(guests[0])[0]["action"] == "ended"
        heard = [each["conversation"] for each in panel.heard() if each["type"] == "conversation"]
        assert (guests[0].conversation_id, "resolved") in {(c["id"], c["status"]) for c in heard}

    def test_one_that_waits_leaves_the_queue(self) -> None:
        guest = begun()

        end(guest)

        assert pools.load("ekb").queued == 0
        assert listed(ANNA, "queue") == []
        assert listed(ELENA, "closed") == [guest.conversation_id]

    def test_twice_is_once(self) -> None:
        guest = held_by(ANNA)

        first, second = end(guest), end(guest)

        assert first.body == second.body
        assert [each["action"] for each in history(guest)].count("ended") == 1

    def test_the_next_message_opens_it_again(self) -> None:
        guest = held_by(ANNA)
        end(guest)

        answer = guest.say("И ещё вопрос")

        assert answer.body["conversation"]["status"] == "open"
        assert answer.body["conversation"]["id"] == guest.conversation_id

    def test_what_is_said_meanwhile_is_no_hindrance(self) -> None:
        guest = held_by(ANNA)
        interrupted: list[Call] = []

        def plan(call: Call, go: Go) -> AWSResponse:
            if call.operation == "TransactWriteItems" and not interrupted:
                interrupted.append(call)
                act(ELENA, guest, "take_over")
            return go()

        with LINE.through(plan):
            answer = end(guest)

        assert answer.body["conversation"]["status"] == "resolved"
        assert answer.body["conversation"]["operator"]["id"] == "elena"
        assert load(ANNA) == load(ELENA) == 0

    def test_a_strangers_is_not_found(self) -> None:
        guest, stranger = held_by(ANNA), begun()

        answers = [end(stranger, conversation_id=id) for id in (guest.conversation_id, "none")]

        assert [each.error for each in answers] == ["not_found", "not_found"]
        assert answers[0].body == answers[1].body


class TestRating:
    def test_it_is_kept_with_who_had_the_conversation(self) -> None:
        guest = resolved_by(ANNA)
        reply(ANNA, guest)

        answer = rate(guest, 4, comment=" Быстро и вежливо ")

        given = answer.body["conversation"]["rating"]
        assert (answer.status, given["scale"], given["score"]) == (200, "stars", 4)
        kept = ratings.get(str(guest.conversation_id))
        assert kept is not None
        assert (kept.comment, kept.operator_id, kept.operator_name, kept.branch_id) == (
            "Быстро и вежливо",
            "anna",
            ANNA.name,
            "ekb",
        )

    def test_the_operator_sees_it_at_once(self) -> None:
        guest = resolved_by(ANNA)
        panel = socket_of(ANNA)

        rate(guest, 2, comment="Долго ждал")

        (frame,) = (each for each in panel.heard() if each["type"] == "conversation")
        assert frame["conversation"]["rating"]["score"] == 2
        told = history(guest, ANNA)[0]
        assert (told["action"], told["note"]) == ("rated", "Долго ждал")
        assert told["score"] == {"scale": "stars", "score": 2}

    def test_the_same_again_changes_nothing(self) -> None:
        guest = resolved_by(ANNA)

        answers = [rate(guest, 4, comment="Хорошо") for _ in range(2)] + [rate(guest, 4)]

        assert answers[0].body == answers[1].body == answers[2].body
        assert [each["action"] for each in history(guest)].count("rated") == 1

    def test_it_can_be_changed_for_a_day_and_a_comment_stays(self) -> None:
        guest, now = resolved_by(ANNA), datetime.now(UTC)
        rate(guest, 1, comment="Плохо")
        with at(now + timedelta(hours=23)):
            changed = rate(guest, 5)

        assert changed.body["conversation"]["rating"]["score"] == 5
        kept = ratings.get(str(guest.conversation_id))
        assert kept is not None
        assert (kept.given.score, kept.comment, kept.operator_id) == (5, "Плохо", "anna")

    def test_after_a_day_it_stands(self) -> None:
        guest, now = resolved_by(ANNA), datetime.now(UTC)
        rate(guest, 1)
        with at(now + timedelta(hours=25)):
            answer = rate(guest, 5)

        assert (answer.status, answer.error) == (409, "rating_over")

    def test_an_open_one_is_not_rated(self) -> None:
        answer = rate(held_by(ANNA))

        assert (answer.status, answer.error) == (409, "still_open")

    def test_one_that_opens_meanwhile_is_not_rated_either(self) -> None:
        guest = resolved_by(ANNA)
        interrupted: list[Call] = []

        def plan(call: Call, go: Go) -> AWSResponse:
            if call.operation == "TransactWriteItems" and not interrupted:
                interrupted.append(call)
                guest.say("Постойте")
            return go()

        with LINE.through(plan):
            answer = rate(guest)

        assert answer.error == "still_open"
        assert ratings.get(str(guest.conversation_id)) is None

    def test_a_strangers_is_not_found(self) -> None:
        guest, stranger = resolved_by(ANNA), begun()

        answers = [rate(stranger, conversation_id=id) for id in (guest.conversation_id, "none")]

        assert {(each.status, each.error) for each in answers} == {(404, "not_found")}
        assert answers[0].body == answers[1].body

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"score": 0}, "score"),
            ({"score": 6}, "score"),
            ({"score": 11}, "score"),
            ({"score": "5"}, "score"),
            ({"scale": "nps"}, "scale"),
            ({"comment": "ж" * 1001}, "comment"),
        ],
    )
    def test_what_is_wrong_is_told_at_its_field(self, changes: dict[str, Any], field: str) -> None:
        body = {"score": 5} | changes
        answer = rate(resolved_by(ANNA), **body)

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"]["field"] == field

    def test_where_it_is_not_asked_it_is_refused_and_what_was_given_can_be_changed(self) -> None:
        rated, other = resolved_by(ANNA), resolved_by(ANNA)
        rate(rated, 1)
        asks(None)

        assert (rate(other).status, rate(other).error) == (403, "forbidden")
        assert rate(rated, 2).status == 200

    def test_who_reopens_and_ends_again_is_asked_by_the_next_scale(self) -> None:
        guest = resolved_by(ANNA)
        guest.say("И ещё")
        act(OLEG, guest, "take")
        act(OLEG, guest, "resolve")
        asks(Scale.NPS)

        answer = rate(guest, 10, scale="nps")

        kept = ratings.get(str(guest.conversation_id))
        assert (answer.status, kept and kept.operator_id) == (200, "oleg")
