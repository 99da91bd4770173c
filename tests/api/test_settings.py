"""Webhooks: set up by admins, and by nobody else."""

from typing import Any

import pytest

from chalicelib.actions import deliveries as sending
from chalicelib.api.endpoint import ENDPOINTS, Endpoint
from chalicelib.domain.webhook import MOST_PER_INBOX
from chalicelib.store import deliveries
from tests.actions.test_deliveries import Clock, nth_job
from tests.support.company import ADMIN, ANNA, ELENA, MARIA
from tests.support.door import Answer, bearer, path_of, request
from tests.support.people import later
from tests.support.receivers import hook, stand
from tests.support.scene import Guest

ALL = "/panel/inboxes/demo/webhooks"
WANTED = {"url": "https://receiver.example/hook", "events": ["message.in", "conversation.closed"]}
ROUTES = [each for each in ENDPOINTS if each.path.startswith("/panel/inboxes/")]


def ask(method: str, path: str, body: object = None, token: str | None = None) -> Answer:
    return request(method, path, body, bearer(ADMIN) if token is None else token)


def made(**changes: Any) -> dict[str, Any]:
    answer = ask("POST", ALL, WANTED | changes)
    assert answer.status == 201, answer
    return answer.body


class TestSettingUp:
    def test_the_secret_is_shown_once(self) -> None:
        created = made()

        assert created["secret"].startswith("whsec_")
        assert made()["secret"] != created["secret"]
        listed = ask("GET", ALL)
        assert created["webhook"] in listed.body["webhooks"]
        assert created["secret"] not in str(listed.body)

    def test_what_is_given_is_changed_and_nothing_else(self) -> None:
        webhook = made()["webhook"]
        one = f"{ALL}/{webhook['id']}"

        off = ask("PATCH", one, {"enabled": False}).body["webhook"]
        moved = ask("PATCH", one, {"url": "https://other.example/"}).body["webhook"]
        fewer = ask("PATCH", one, {"events": ["message.out"]}).body["webhook"]

        assert off == webhook | {"enabled": False}
        assert moved == off | {"url": "https://other.example/"}
        assert fewer == moved | {"events": ["message.out"]}
        assert ask("GET", ALL).body["webhooks"] == [fewer]

    def test_a_deleted_one_is_gone(self) -> None:
        one = f"{ALL}/{made()['webhook']['id']}"

        assert ask("DELETE", one).status == 200

        assert ask("GET", ALL).body["webhooks"] == []
        assert ask("DELETE", one).status == 404
        assert ask("PATCH", one, {"enabled": True}).status == 404

    def test_an_inbox_has_ten_at_most(self) -> None:
        for _ in range(MOST_PER_INBOX):
            made()

        assert ask("POST", ALL, WANTED).status == 400
        assert ask("POST", "/panel/inboxes/moscow/webhooks", WANTED).status == 201

    def test_events_are_listed_in_one_order_however_they_were_given(self) -> None:
        given = ["message.out", "message.in", "message.in", "conversation.created"]

        assert made(events=given)["webhook"]["events"] == [
            "conversation.created",
            "message.in",
            "message.out",
        ]

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"url": "http://receiver.example/"}, "url"),
            ({"url": "https://localhost/"}, "url"),
            ({"url": "https://169.254.169.254/"}, "url"),
            ({"url": "https://receiver.example:8080/"}, "url"),
            ({"url": "javascript:alert(1)"}, "url"),
            ({"url": ["https://receiver.example/"]}, "url"),
            ({"url": ""}, "url"),
            ({"events": []}, "events"),
            ({"events": ["message.deleted"]}, "events[0]"),
            ({"events": "message.in"}, "events"),
            ({"secret": "mine"}, None),
        ],
    )
    def test_bad_input_is_refused_at_its_field(
        self, change: dict[str, Any], field: str | None
    ) -> None:
        answer = ask("POST", ALL, WANTED | change)

        assert (answer.status, answer.error) == (400, "invalid")
        assert answer.body["error"].get("field") == field
        assert ask("GET", ALL).body["webhooks"] == []

    def test_a_change_is_judged_like_a_new_one(self) -> None:
        webhook = made()["webhook"]

        answer = ask("PATCH", f"{ALL}/{webhook['id']}", {"url": "https://10.0.0.1/"})

        assert (answer.status, answer.body["error"]["field"]) == (400, "url")
        assert ask("GET", ALL).body["webhooks"] == [webhook]


class TestDeliveries:
    @pytest.fixture(autouse=True)
    def _delivered(self, monkeypatch: pytest.MonkeyPatch) -> None:
        clock = Clock()
        stand(monkeypatch, clock)
        hook()
        for minute in range(25):
            job = nth_job(minute)
            job.created_at = later(minutes=minute)
            sending.deliver(job, clock)

    def test_pages_are_newest_first_without_a_gap(self) -> None:
        first = ask("GET", f"{ALL}/hook/deliveries").body
        rest = ask("GET", f"{ALL}/hook/deliveries?next={first['next']}").body

        ids = [each["event_id"] for each in [*first["items"], *rest["items"]]]
        assert ids == [f"talk-{minute}" for minute in range(25, 0, -1)]
        assert (len(first["items"]), rest["next"]) == (20, None)
        assert first["items"][0]["attempts"][0]["status"] == 200

    def test_a_cursor_is_good_for_its_list_only(self) -> None:
        hook("other")
        cursor = ask("GET", f"{ALL}/hook/deliveries").body["next"]

        assert ask("GET", f"{ALL}/other/deliveries?next={cursor}").status == 400


class TestAccess:
    @pytest.mark.parametrize("endpoint", ROUTES, ids=lambda each: f"{each.method} {each.path}")
    @pytest.mark.parametrize("who", ["operator", "supervisor", "another branch", "visitor", "none"])
    def test_admins_only(self, endpoint: Endpoint, who: str) -> None:
        hook()
        staff = {"operator": ANNA, "supervisor": ELENA, "another branch": MARIA}
        token = (
            {"visitor": Guest.arrive().token, "none": ""}.get(who)
            if who not in staff
            else (bearer(staff[who]))
        )
        path = path_of(endpoint)

        answer = ask(endpoint.method, path, WANTED if endpoint.request else None, token)

        expected = (403, "forbidden") if who in staff else (401, "unauthorized")
        assert (answer.status, answer.error) == expected

    @pytest.mark.parametrize("endpoint", ROUTES, ids=lambda each: f"{each.method} {each.path}")
    def test_a_webhook_is_found_in_its_own_inbox_only(self, endpoint: Endpoint) -> None:
        hook()
        for inbox in ("nowhere", *(["moscow"] if "{webhook_id}" in endpoint.path else [])):
            path = path_of(endpoint, inbox_id=inbox)
            body = WANTED if endpoint.method == "POST" else {"enabled": False}

            answer = ask(endpoint.method, path, body if endpoint.request else None)

            assert (answer.status, answer.error) == (404, "not_found")
        assert deliveries.newest("hook", 1, None) == []
