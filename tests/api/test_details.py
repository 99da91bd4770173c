"""What operators note of a conversation, and what its contact said before."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

import pytest

from chalicelib.actions import retention
from chalicelib.domain.operator import Operator
from tests.support.company import ANNA, ELENA, OLEG
from tests.support.door import bearer, get
from tests.support.scene import Guest, act, held_by, online

PRIORITY = "priority"


def previous(guest: Guest, seen_by: Operator) -> list[dict[str, Any]]:
    answer = get(f"/panel/conversations/{guest.conversation_id}/previous", bearer(seen_by))
    assert answer.status == 200, answer
    items: list[dict[str, Any]] = answer.body["items"]
    return items


def closed(guest: Guest) -> None:
    """Until retention has closed it, the visitor's next message would reopen it."""
    assert act(ANNA, guest, "resolve").status == 200
    retention.close_resolved(datetime.now(UTC) + timedelta(days=365))
    assert guest.poll(0).body["conversation"]["status"] == "closed"


class TestPriority:
    def test_it_stays_with_the_conversation_and_in_its_history(self) -> None:
        guest = held_by(ANNA)

        answer = act(ANNA, guest, PRIORITY, {"priority": "urgent"})
        opened = act(ANNA, guest, "open").body

        assert answer.body["conversation"]["priority"] == "urgent"
        assert opened["conversation"]["priority"] == "urgent"
        told = opened["history"][0]
        assert (told["action"], told["cause"]) == ("prioritised", "urgent")
        assert told["actor"]["id"] == ANNA.id

    def test_said_twice_it_is_noted_once(self) -> None:
        guest = held_by(ANNA)
        answers = [act(ANNA, guest, PRIORITY, {"priority": "high"}) for _ in range(2)]

        history = act(ANNA, guest, "open").body["history"]

        assert len({each.body["conversation"]["rev"] for each in answers}) == 1
        assert [each["action"] for each in history].count("prioritised") == 1

    def test_back_to_normal(self) -> None:
        guest = held_by(ANNA)
        act(ANNA, guest, PRIORITY, {"priority": "low"})

        answer = act(ANNA, guest, PRIORITY, {"priority": "normal"})

        assert answer.body["conversation"]["priority"] == "normal"

    def test_it_changes_neither_hands_nor_loads_nor_what_was_said(self) -> None:
        online(ANNA)
        guest = held_by(ANNA)
        guest.say("ещё вопрос")
        before = act(ANNA, guest, "open").body["conversation"]

        after = act(ANNA, guest, PRIORITY, {"priority": "high"}).body["conversation"]

        changed = {name for name in after if after[name] != before[name]}
        assert changed == {"priority", "rev"}

    def test_an_unknown_one_is_refused(self) -> None:
        answer = act(ANNA, held_by(ANNA), PRIORITY, {"priority": "terrible"})

        assert (answer.status, answer.body["error"]["field"]) == (400, "priority")


class TestContact:
    TOLD: ClassVar = {"name": " Иван  Петров ", "email": "ivan@Example.com", "phone": "89123456789"}

    def test_it_is_kept_in_one_form_and_shown_by_the_conversation(self) -> None:
        guest = held_by(ANNA)

        answer = act(ANNA, guest, "contact", self.TOLD)
        kept = get(f"/panel/conversations/{guest.conversation_id}/details", bearer(ANNA)).body

        assert kept["contact"] | {"id": ""} == {
            "id": "",
            "name": "Иван Петров",
            "email": "ivan@example.com",
            "phone": "+79123456789",
        }
        assert answer.body["contact"] == kept["contact"]
        assert answer.body["conversation"]["contact"]["name"] == "Иван Петров"

    def test_the_history_tells_which_facts_but_not_what_they_are(self) -> None:
        guest = held_by(ANNA)
        act(ANNA, guest, "contact", self.TOLD)
        act(ANNA, guest, "contact", self.TOLD | {"phone": ""})

        history = act(ANNA, guest, "open").body["history"]

        told = [each["cause"] for each in history if each["action"] == "corrected"]
        assert told == ["phone", "name,email,phone"]
        assert "Петров" not in str(history)

    def test_the_same_once_more_changes_nothing(self) -> None:
        guest = held_by(ANNA)
        first, second = (act(ANNA, guest, "contact", self.TOLD) for _ in range(2))

        assert first.body == second.body

    @pytest.mark.parametrize(
        ("field", "value"),
        [("email", "ivan@"), ("phone", "12"), ("name", "я" * 101), ("name", " ")],
    )
    def test_what_is_none_is_refused_by_field(self, field: str, value: str) -> None:
        guest = held_by(ANNA)

        answer = act(ANNA, guest, "contact", self.TOLD | {field: value})

        assert (answer.status, answer.body["error"]["field"]) == (400, field)
        assert act(ANNA, guest, "open").body["conversation"]["contact"]["name"] is None


class TestWhatCameBefore:
    def test_the_newest_first_without_the_present_one(self) -> None:
        guest = held_by(ANNA)
        first = guest.conversation_id
        closed(guest)
        guest.say("снова я")
        second = guest.conversation_id
        assert act(ANNA, guest, "take").status == 200
        closed(guest)
        guest.say("и ещё раз")
        assert act(ANNA, guest, "take").status == 200

        found = previous(guest, ANNA)

        assert [each["id"] for each in found] == [second, first]
        assert [each["may_open"] for each in found] == [True, True]
        assert found[0]["last_message"]["body"] == "снова я"

    def test_a_colleagues_is_named_but_not_shown(self) -> None:
        guest = held_by(ANNA)
        closed(guest)
        guest.say("теперь к другому")
        assert act(OLEG, guest, "take").status == 200

        [found] = previous(guest, OLEG)
        [seen] = previous(guest, ELENA)

        assert (found["may_open"], found["last_message"]) == (False, None)
        assert found["assignee"] == {"id": ANNA.id, "name": ANNA.name}
        assert seen["may_open"] is True
        assert seen["last_message"] is not None

    def test_others_contacts_are_not_mixed_in(self) -> None:
        closed(held_by(ANNA))

        assert previous(held_by(ANNA), ANNA) == []
