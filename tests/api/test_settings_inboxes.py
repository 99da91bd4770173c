"""Inboxes: what an admin sets of them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.inbox import ESCALATE_AFTER
from chalicelib.store import conversations, settled, webhooks
from tests.api.test_settings_company import EVERY_DAY, ask, refused, settings, told
from tests.support.company import ADMIN, ANNA, MARIA, online
from tests.support.door import Answer, bearer, post, request
from tests.support.environment import ORIGIN_SECRET
from tests.support.scene import Guest, begun, held_by, resolved_by

ALL = "/settings/inboxes"
USUAL = {
    "branch_id": None,
    "members": [],
    "escalate_after": 240,
    "alert_after": 600,
    "time_zone": "UTC",
    "hours": None,
    "offline": False,
    "offline_text": {"ru": "", "en": ""},
    "rating": None,
    "allowed_domains": [],
    "features": {"realtime": True},
    "attachments": {
        "enabled": True,
        "max_bytes": 10_000_000,
        "kinds": ["image", "document", "media", "archive"],
    },
    "captcha": "off",
    "auto_reply": {"on": False, "ru": "", "en": ""},
    "appearance": {
        "accent": None,
        "side": "right",
        "title_ru": "",
        "title_en": "",
        "greeting_ru": "",
        "greeting_en": "",
    },
}
WHOLE = {
    "name": "Магазин",
    "branch_id": "msk",
    "members": ["anna", "maria"],
    "escalate_after": 10,
    "alert_after": 86400,
    "time_zone": "Europe/Moscow",
    "hours": EVERY_DAY,
    "offline_text": {"ru": "Мы спим", "en": "We are asleep"},
    "offline": True,
    "rating": "nps",
    "allowed_domains": ["shop.example", "*.shop.example"],
    "features": {"realtime": False},
    "attachments": {"enabled": False, "max_bytes": 100_000, "kinds": ["image", "document"]},
    "captcha": "arithmetic",
    "auto_reply": {"on": True, "ru": "Сейчас посмотрю.", "en": "One moment."},
    "appearance": {
        "accent": "#0a7d33",
        "side": "left",
        "title_ru": "Мастерская",
        "title_en": "Workshop",
        "greeting_ru": "Спросите нас",
        "greeting_en": "Ask us",
    },
}


def inbox(inbox_id: str) -> dict[str, Any]:
    (found,) = (each for each in settings()["inboxes"] if each["id"] == inbox_id)
    return dict(found)


def made(**given: Any) -> dict[str, Any]:
    answer = ask("POST", ALL, {"name": "Магазин"} | given)
    assert answer.status == 201, answer
    return dict(answer.body["inbox"])


def without_embed(shown: dict[str, Any]) -> dict[str, Any]:
    """What is given in a request."""
    return {name: value for name, value in shown.items() if name not in ("id", "photo", "embed")}


def test_a_new_one_has_the_usual_settings_and_visitors_at_once() -> None:
    new = made()

    assert without_embed(new) == USUAL | {"name": "Магазин"}
    assert inbox(new["id"]) == new
    assert Guest.arrive(inbox=new["id"]).say().status == 201


def test_everything_may_be_set_from_the_beginning() -> None:
    new = made(**WHOLE)

    assert without_embed(new) == WHOLE
    assert inbox(new["id"]) == new


def test_what_is_given_is_changed_and_nothing_else() -> None:
    known = made()
    one = f"{ALL}/{known['id']}"

    plain = known["embed"]

    for name, value in [*WHOLE.items(), *USUAL.items()]:
        changed = ask("PATCH", one, {name: value}).body["inbox"]
        known |= {name: value, "embed": changed["embed"]}
        assert changed == known
    assert known["embed"] == plain
    assert ask("PATCH", one, {}).body["inbox"] == known == inbox(known["id"])


def test_the_code_to_embed_has_the_look_that_the_button_shows_before_it_asks() -> None:
    look = {"accent": "#0A7D33", "side": "left"}

    changed = ask("PATCH", f"{ALL}/demo", {"appearance": look}).body["inbox"]

    assert changed["embed"].endswith(
        'data-inbox="demo" data-accent="#0a7d33" data-side="left" async></script>'
    )


def test_visitors_read_title_and_greeting_in_their_language() -> None:
    words = {
        "title_ru": "Мастерская",
        "title_en": "Workshop",
        "greeting_ru": " Спросите нас ",
        "greeting_en": "",
    }
    ask("PATCH", f"{ALL}/demo", {"appearance": words})

    russian, english = (
        post("/widget/bootstrap", {"inbox": "demo", "language": each}).body["inbox"]["appearance"]
        for each in ("ru", "en")
    )

    assert (russian["title"], russian["greeting"]) == ("Мастерская", "Спросите нас")
    assert (english["title"], english["greeting"]) == ("Workshop", "")


def test_a_change_is_in_force_at_once_in_this_process() -> None:
    ask("PATCH", f"{ALL}/demo", {"name": "Другое имя", "features": {"realtime": False}})

    welcome = post("/widget/bootstrap", {"inbox": "demo"})

    assert welcome.body["inbox"]["name"] == "Другое имя"
    assert welcome.body["inbox"]["features"] == {"realtime": False}
    found = settled.inbox("demo")
    assert found is not None
    assert not found.realtime


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"branch_id": "nowhere"}, "branch_id"),
        ({"members": ["nobody"]}, "members"),
        ({"members": ["anna", "nobody"]}, "members"),
        ({"escalate_after": 9}, "escalate_after"),
        ({"escalate_after": 3601}, "escalate_after"),
        ({"escalate_after": "240"}, "escalate_after"),
        ({"alert_after": 59}, "alert_after"),
        ({"alert_after": 86401}, "alert_after"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"hours": EVERY_DAY | {"week": []}}, "hours.week"),
        ({"offline_text": {"ru": "я" * 501}}, "offline_text.ru"),
        ({"offline_text": {"de": "Wir schlafen"}}, "offline_text"),
        ({"allowed_domains": ["*"]}, "allowed_domains"),
        ({"allowed_domains": ["shop.example/page"]}, "allowed_domains"),
        ({"features": {"realtime": 1}}, "features.realtime"),
        ({"attachments": {"max_bytes": 25_000_001}}, "attachments.max_bytes"),
        ({"attachments": {"max_bytes": 99_999}}, "attachments.max_bytes"),
        ({"attachments": {"kinds": []}}, "attachments.kinds"),
        ({"attachments": {"kinds": ["program"]}}, "attachments.kinds[0]"),
        ({"offline": True}, "offline"),
        ({"rating": "grades"}, "rating"),
        ({"captcha": "recaptcha"}, "captcha"),
        ({"auto_reply": {"on": True, "ru": " ", "en": ""}}, "auto_reply"),
        ({"auto_reply": {"on": True, "ru": "я" * 501}}, "auto_reply.ru"),
        ({"appearance": {"accent": "red"}}, "appearance.accent"),
        ({"appearance": {"title_ru": "я" * 61}}, "appearance.title_ru"),
        ({"id": "mine"}, None),
        ({"embed": "<script>"}, None),
    ],
)
def test_what_makes_no_sense_is_refused(changes: dict[str, Any], field: str | None) -> None:
    before = settings()

    assert refused("POST", ALL, {"name": "Магазин"} | changes) == (400, "invalid", field)
    assert refused("PATCH", f"{ALL}/demo", changes) == (400, "invalid", field)
    assert settings() == before


def test_an_unknown_one_is_not_found() -> None:
    assert refused("PATCH", f"{ALL}/nowhere", {"name": "x"})[:2] == (404, "not_found")
    assert refused("DELETE", f"{ALL}/nowhere")[:2] == (404, "not_found")


class TestEmbedding:
    def test_the_snippet_names_the_deployment_as_the_admin_sees_it(self) -> None:
        edge = {"x-messenger-origin": ORIGIN_SECRET, "x-messenger-host": "chat.example.com"}

        shown = request("GET", "/settings", None, bearer(ADMIN), headers=edge).body["inboxes"]

        snippet = (
            '<script src="https://chat.example.com/widget/loader.js" data-inbox="demo" async>'
            "</script>"
        )
        assert [each["embed"] for each in shown if each["id"] == "demo"] == [snippet]

    def test_called_directly_it_is_the_host_that_was_called(self) -> None:
        here = {"host": "127.0.0.1:8000"}

        shown = request("GET", "/settings", None, bearer(ADMIN), headers=here).body["inboxes"]

        assert 'src="http://127.0.0.1:8000/widget/loader.js"' in shown[0]["embed"]


class TestDeleting:
    def delete(self, inbox_id: str = "demo") -> Answer:
        return ask("DELETE", f"{ALL}/{inbox_id}")

    def test_it_is_gone_with_its_webhooks(self) -> None:
        hook = {"url": "https://receiver.example/hook", "events": ["message.in"]}
        assert ask("POST", "/panel/inboxes/demo/webhooks", hook).status == 201

        assert self.delete().status == 200

        assert [each["id"] for each in settings()["inboxes"]] == ["moscow"]
        assert webhooks.everything() == []
        assert post("/widget/bootstrap", {"inbox": "demo"}).status == 404
        assert self.delete().status == 404

    def test_not_while_it_has_open_conversations(self) -> None:
        begun()

        answer = self.delete()

        assert (answer.status, answer.error) == (409, "in_use")
        assert "1" in answer.body["error"]["message"]
        assert self.delete("moscow").status == 200

    def test_resolved_ones_do_not_keep_it(self) -> None:
        guest = held_by(ANNA)
        resolve = f"/panel/conversations/{guest.conversation_id}/resolve"
        assert request("POST", resolve, {}, bearer(ANNA)).status == 200

        assert self.delete().status == 200
        assert guest.say("Ещё вопрос").status == 201

    def test_who_writes_again_is_heard_in_the_same_branch_with_the_usual_settings(self) -> None:
        new = made(branch_id="msk", members=["maria"], escalate_after=10)["id"]
        guest = resolved_by(MARIA, inbox=new)
        assert ask("DELETE", f"{ALL}/{new}").status == 200
        online(MARIA, at=datetime.now(UTC))

        assert guest.say("Ещё вопрос").status == 201

        talk = conversations.get(guest.conversation_id or "")
        assert talk is not None
        assert talk.assignee is not None
        assert talk.due is not None
        assert (talk.assignee.id, talk.branch_id) == ("maria", "msk")
        assert talk.due.at - talk.assignee.assigned_at == ESCALATE_AFTER


class TestTheAuditLog:
    def test_every_change_is_told_with_before_and_after(self) -> None:
        new = made()["id"]
        ask(
            "PATCH", f"{ALL}/{new}", {"members": ["anna"], "escalate_after": 60, "alert_after": 600}
        )
        ask("DELETE", f"{ALL}/{new}")

        whole = USUAL | {"name": "Магазин", "photo": None}
        changed = {"members": ["anna"], "escalate_after": 60}
        assert told() == [
            ("deleted", "inbox", new, whole | changed, None),
            ("changed", "inbox", new, {"members": [], "escalate_after": 240}, changed),
            ("created", "inbox", new, None, whole),
        ]


def test_who_waits_is_given_out_when_a_member_joins() -> None:
    ask("PATCH", f"{ALL}/demo", {"members": ["maria"]})
    online(ANNA, at=datetime.now(UTC))
    guest = begun()
    assert guest.poll(0).body["conversation"]["operator"] is None

    ask("PATCH", f"{ALL}/demo", {"members": ["maria", "anna"]})

    assert guest.poll(0).body["conversation"]["operator"]["id"] == "anna"
