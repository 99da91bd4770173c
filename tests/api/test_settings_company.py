"""Branches, region rules and the default branch: set up by admins, and by nobody else."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.api.endpoint import ENDPOINTS, Endpoint
from chalicelib.domain.company import MOST_BRANCHES
from chalicelib.store import activity, organisation, pools, settled
from tests.support.company import ADMIN, ANNA, ELENA, MARIA, online
from tests.support.door import Answer, bearer, path_of, request
from tests.support.geoip import BERLIN, MOSCOW, NOWHERE, YEKATERINBURG
from tests.support.line import LINE
from tests.support.scene import Guest, begun

BRANCHES = "/settings/branches"
RULES = "/settings/rules"
EVERY_DAY = {
    "week": [[{"start": "09:00", "end": "18:00"}] for _ in range(7)],
    "exceptions": [{"date": "2026-12-31", "intervals": []}],
}
PERM = {"name": "Пермь", "time_zone": "Asia/Yekaterinburg"}
OURS = ("branches", "default_branch", "rules", "inboxes", "places", "route_test", "hours_preview")
ROUTES = [
    each
    for each in ENDPOINTS
    if each.path == "/settings" or each.path.startswith(tuple(f"/settings/{name}" for name in OURS))
]


def ask(method: str, path: str, body: object = None, token: str | None = None) -> Answer:
    return request(method, path, body, bearer(ADMIN) if token is None else token)


def refused(method: str, path: str, body: object = None) -> tuple[int, str, str | None]:
    answer = ask(method, path, body)
    return answer.status, answer.error, answer.body["error"].get("field")


def settings() -> dict[str, Any]:
    return ask("GET", "/settings").body


def branch(branch_id: str) -> dict[str, Any]:
    (found,) = (each for each in settings()["branches"] if each["id"] == branch_id)
    return dict(found)


def made(**changes: Any) -> dict[str, Any]:
    answer = ask("POST", BRANCHES, PERM | changes)
    assert answer.status == 201, answer
    return dict(answer.body["branch"])


def told() -> list[tuple[str, str, str, Any, Any]]:
    """What the audit log has, the newest first."""
    month = datetime.now(UTC).strftime("%Y-%m")
    return [
        (each.action.value, each.kind, each.subject_id, each.before, each.after)
        for _, each in activity.of_settings(month)
    ]


class TestBranches:
    def test_a_new_one_is_there_with_an_empty_pool(self) -> None:
        new = made(neighbours=["msk", "ekb"], hours=EVERY_DAY)

        assert new == PERM | {"id": new["id"], "neighbours": ["msk", "ekb"], "hours": EVERY_DAY}
        assert branch(new["id"]) == new
        assert pools.load_many([new["id"]])[0].members == ()
        assert settled.branch(new["id"]) is not None

    def test_what_is_given_is_changed_and_nothing_else(self) -> None:
        before = branch("ekb")
        one = f"{BRANCHES}/ekb"

        renamed = ask("PATCH", one, {"name": "  Свердловск "}).body["branch"]
        moved = ask("PATCH", one, {"time_zone": "Asia/Yekaterinburg"}).body["branch"]
        helped = ask("PATCH", one, {"neighbours": ["msk", "msk"]}).body["branch"]
        timed = ask("PATCH", one, {"hours": EVERY_DAY}).body["branch"]
        again = ask("PATCH", one, {}).body["branch"]
        free = ask("PATCH", one, {"hours": None}).body["branch"]

        assert renamed == before | {"name": "Свердловск"}
        assert moved == renamed | {"time_zone": "Asia/Yekaterinburg"}
        assert helped == moved | {"neighbours": ["msk"]}
        assert timed == again == helped | {"hours": EVERY_DAY}
        assert free == helped

    def test_hours_move_with_the_zone(self) -> None:
        ask("PATCH", f"{BRANCHES}/ekb", {"hours": EVERY_DAY})

        ask("PATCH", f"{BRANCHES}/ekb", {"time_zone": "Asia/Tokyo"})

        found = settled.branch("ekb")
        assert found is not None
        assert found.hours is not None
        assert found.hours.time_zone == "Asia/Tokyo"

    def test_what_waited_is_given_out_when_hours_let_it(self) -> None:
        never = {"week": [[] for _ in range(7)], "exceptions": []}
        ask("PATCH", f"{BRANCHES}/ekb", {"hours": never})
        guest = begun()
        online(ANNA, at=datetime.now(UTC))
        assert guest.poll(0).body["conversation"]["operator"] is None

        ask("PATCH", f"{BRANCHES}/ekb", {"hours": None})

        assert guest.poll(0).body["conversation"]["operator"]["id"] == "anna"

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"name": "   "}, "name"),
            ({"name": ""}, "name"),
            ({"time_zone": "Mars/Olympus"}, "time_zone"),
            ({"neighbours": ["nowhere"]}, "neighbours"),
            ({"neighbours": "msk"}, "neighbours"),
            ({"hours": EVERY_DAY | {"week": []}}, "hours.week"),
            ({"hours": {"week": EVERY_DAY["week"]}}, "hours"),
            ({"colour": "red"}, None),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, changes: Any, field: str | None) -> None:
        before = settings()

        assert refused("POST", BRANCHES, PERM | changes) == (400, "invalid", field)
        assert refused("PATCH", f"{BRANCHES}/ekb", changes) == (400, "invalid", field)
        assert settings() == before

    @pytest.mark.parametrize(
        ("day", "field"),
        [
            (["09:00-09:00"], "hours.week[1]"),
            (["09:00-12:00", "11:00-13:00"], "hours.week[1]"),
            (["20:00-04:00", "22:00-23:00"], "hours.week[1]"),
            (["20:00-10:00"], "hours.week[1]"),
            (["24:00-03:00"], "hours.week[1]"),
            (["9:00-18:00"], "hours.week[1][0].start"),
            (["09:00-25:00"], "hours.week[1][0].end"),
        ],
    )
    def test_impossible_hours_are_refused(self, day: list[str], field: str) -> None:
        intervals = [dict(zip(("start", "end"), each.split("-"), strict=True)) for each in day]
        week = [[{"start": "09:00", "end": "18:00"}] for _ in range(7)]
        week[1] = intervals

        hours = {"week": week, "exceptions": []}

        assert refused("POST", BRANCHES, PERM | {"hours": hours}) == (400, "invalid", field)

    @pytest.mark.parametrize("day", ["2026-02-30", "31.12.2026", "2026-12-31T00:00", ""])
    def test_impossible_dates_are_refused(self, day: str) -> None:
        hours = EVERY_DAY | {"exceptions": [{"date": day, "intervals": []}]}

        status, code, field = refused("POST", BRANCHES, PERM | {"hours": hours})

        assert (status, code) == (400, "invalid")
        assert str(field).startswith("hours.exceptions")

    def test_a_branch_is_not_its_own_neighbour(self) -> None:
        assert refused("PATCH", f"{BRANCHES}/ekb", {"neighbours": ["ekb"]}) == (
            400,
            "invalid",
            "neighbours",
        )

    def test_there_are_not_more_than_a_socket_can_listen_to(self) -> None:
        for _ in range(MOST_BRANCHES - 2):
            made()

        assert refused("POST", BRANCHES, PERM)[:2] == (400, "invalid")

    def test_an_unknown_one_is_not_found(self) -> None:
        assert refused("PATCH", f"{BRANCHES}/nowhere", {"name": "x"})[:2] == (404, "not_found")
        assert refused("DELETE", f"{BRANCHES}/nowhere")[:2] == (404, "not_found")


class TestDeleting:
    def test_a_branch_that_nothing_needs_is_gone_and_nobodys_neighbour(self) -> None:
        new = made()["id"]
        ask("PATCH", f"{BRANCHES}/ekb", {"neighbours": [new, "msk"]})

        assert ask("DELETE", f"{BRANCHES}/{new}").status == 200

        assert [each["id"] for each in settings()["branches"]] == ["ekb", "msk"]
        assert branch("ekb")["neighbours"] == ["msk"]
        assert pools.load_many([new]) == []
        assert refused("DELETE", f"{BRANCHES}/{new}")[:2] == (404, "not_found")

    def test_its_name_is_kept(self) -> None:
        new = made()["id"]

        ask("DELETE", f"{BRANCHES}/{new}")

        found = organisation.load()
        assert found is not None
        assert [(each.id, each.name) for each in found.former] == [(new, "Пермь")]
        directory = ask("GET", "/panel/directory").body
        assert {"id": new, "name": "Пермь"} in directory["branches"]

    @pytest.mark.parametrize(
        ("need", "words"),
        [
            (("POST", "/settings/default_branch", {}), "everything that no rule claims"),
            (("POST", RULES, {"scope": "country", "place": "DE"}), "1 region rule"),
            (("PATCH", "/settings/inboxes/demo", {}), "1 inbox"),
        ],
    )
    def test_what_needs_it_is_named(self, need: tuple[str, str, Any], words: str) -> None:
        new = made()["id"]
        method, path, body = need
        assert ask(method, path, body | {"branch_id": new}).status == 200

        answer = ask("DELETE", f"{BRANCHES}/{new}")

        assert (answer.status, answer.error) == (409, "in_use")
        assert words in answer.body["error"]["message"]
        assert branch(new)["name"] == "Пермь"

    def test_operators_and_rules_are_counted(self) -> None:
        answer = ask("DELETE", f"{BRANCHES}/msk")

        assert (answer.status, answer.error) == (409, "in_use")
        words = "The branch is needed by 1 region rule, 1 inbox, 1 operator."
        assert answer.body["error"]["message"] == words

    def test_open_conversations_are_counted(self) -> None:
        new = made()["id"]
        ask("POST", RULES, {"scope": "country", "place": "DE", "branch_id": new})
        Guest.arrive(address=BERLIN).say()
        ask("DELETE", f"{RULES}/country/DE")

        answer = ask("DELETE", f"{BRANCHES}/{new}")

        assert (answer.status, answer.error) == (409, "in_use")
        assert "1 open conversation" in answer.body["error"]["message"]


class TestRegionRules:
    def test_a_rule_is_about_a_place_of_the_database(self) -> None:
        answer = ask("POST", RULES, {"scope": "city", "place": "1486209", "branch_id": "msk"})

        assert answer.body["rule"] == {
            "scope": "city",
            "place": "1486209",
            "names": {"ru": "Екатеринбург", "en": "Yekaterinburg"},
            "branch_id": "msk",
        }
        assert answer.body["rule"] in settings()["rules"]

    def test_a_code_is_known_however_it_is_written(self) -> None:
        answer = ask("POST", RULES, {"scope": "subdivision", "place": "ru-mow", "branch_id": "ekb"})

        assert answer.body["rule"]["place"] == "RU-MOW"
        assert [each["place"] for each in settings()["rules"]] == ["RU-MOW", "RU-SVE"]

    def test_a_place_has_one_rule(self) -> None:
        for branch_id in ("msk", "ekb"):
            ask("POST", RULES, {"scope": "country", "place": "DE", "branch_id": branch_id})

        found = [each for each in settings()["rules"] if each["scope"] == "country"]
        assert [each["branch_id"] for each in found] == ["ekb"]

    def test_a_deleted_one_is_gone(self) -> None:
        one = f"{RULES}/subdivision/RU-SVE"

        assert ask("DELETE", one).status == 200

        assert [each["place"] for each in settings()["rules"]] == ["RU-MOW"]
        assert refused("DELETE", one)[:2] == (404, "not_found")

    @pytest.mark.parametrize(
        ("rule", "field"),
        [
            ({"scope": "country", "place": "DE", "branch_id": "nowhere"}, "branch_id"),
            ({"scope": "country", "place": "XX", "branch_id": "ekb"}, "place"),
            ({"scope": "city", "place": "DE", "branch_id": "ekb"}, "place"),
            ({"scope": "planet", "place": "DE", "branch_id": "ekb"}, "scope"),
            ({"scope": "country", "place": "D E", "branch_id": "ekb"}, "place"),
        ],
    )
    def test_what_makes_no_sense_is_refused(self, rule: dict[str, str], field: str) -> None:
        assert refused("POST", RULES, rule) == (400, "invalid", field)

    def test_a_rule_to_a_branch_that_was_deleted_is_refused(self) -> None:
        new = made()["id"]
        ask("DELETE", f"{BRANCHES}/{new}")

        rule = {"scope": "country", "place": "DE", "branch_id": new}

        assert refused("POST", RULES, rule) == (400, "invalid", "branch_id")

    def test_the_default_branch_is_one_there_is(self) -> None:
        path = "/settings/default_branch"

        assert ask("POST", path, {"branch_id": "msk"}).status == 200
        assert settings()["default_branch_id"] == "msk"
        assert refused("POST", path, {"branch_id": "nowhere"}) == (400, "invalid", "branch_id")

    def test_a_change_reads_all_settings_and_writes_once_whatever_their_number(self) -> None:
        settings()

        with LINE.watched() as calls:
            ask("DELETE", f"{RULES}/subdivision/RU-SVE")

        assert [each.operation for each in calls] == ["Query", "Query", "TransactWriteItems"]


class TestTrying:
    def route(self, **asked: Any) -> Any:
        answer = ask("POST", "/settings/route_test", {"inbox_id": "demo"} | asked)
        assert answer.status == 200, answer
        found = answer.body
        return found["branch_id"], found["reason"], found["rule"], found["place"]["names"]["en"]

    def test_an_address_is_looked_up_as_a_visitors_is(self) -> None:
        yekaterinburg = "Yekaterinburg, Sverdlovsk Oblast, Russia"

        assert self.route(address=YEKATERINBURG) == ("ekb", "subdivision", "RU-SVE", yekaterinburg)
        assert self.route(address=f" {MOSCOW} ")[0] == "msk"
        assert self.route(address=BERLIN) == ("ekb", "no_rule", None, "Germany")
        assert self.route(address=NOWHERE) == ("ekb", "no_region", None, "")
        assert self.route(address="10.0.0.1")[1] == "no_region"

    def test_a_place_is_in_what_it_lies_in(self) -> None:
        assert self.route(place={"city": "524901"}) == (
            "msk",
            "subdivision",
            "RU-MOW",
            "Moscow, Russia",
        )
        assert self.route(place={"country": "de"}) == ("ekb", "no_rule", None, "Germany")
        assert self.route(place={}) == ("ekb", "no_region", None, "")

    def test_an_inbox_of_a_branch_needs_no_rule(self) -> None:
        assert self.route(inbox_id="moscow", address=YEKATERINBURG)[:2] == ("msk", "inbox")

    @pytest.mark.parametrize(
        ("asked", "status", "field"),
        [
            ({"address": "nonsense"}, 400, "address"),
            ({"place": {"city": "1"}}, 400, "place"),
            ({"address": MOSCOW, "place": {}}, 400, None),
            ({}, 400, None),
            ({"address": MOSCOW, "inbox_id": "nowhere"}, 404, "inbox_id"),
        ],
    )
    def test_what_makes_no_sense_is_refused(
        self, asked: dict[str, Any], status: int, field: str | None
    ) -> None:
        answer = ask("POST", "/settings/route_test", {"inbox_id": "demo"} | asked)

        assert (answer.status, answer.body["error"].get("field")) == (status, field)

    def test_hours_are_tried_before_they_are_saved(self) -> None:
        always = {"week": [[{"start": "00:00", "end": "24:00"}]] * 7, "exceptions": []}
        never = {"week": [[]] * 7, "exceptions": []}
        preview = "/settings/hours_preview"

        def tried(**hours: Any) -> Any:
            return ask("POST", preview, hours).body

        def zoned(hours: Any) -> Any:
            return {"time_zone": "Europe/Moscow", "hours": hours}

        assert tried() == {"open": True, "changes_at": None}
        assert tried(branch=zoned(None), inbox=zoned(always)) == {"open": True, "changes_at": None}
        assert tried(branch=zoned(never), inbox=zoned(always)) == {
            "open": False,
            "changes_at": None,
        }
        soon = tried(inbox=zoned(EVERY_DAY))
        assert soon["changes_at"] > datetime.now(UTC).isoformat()[:19]
        assert refused("POST", preview, {"branch": zoned({"week": [[]], "exceptions": []})}) == (
            400,
            "invalid",
            "branch.hours.week",
        )
        mars = {"inbox": {"time_zone": "Mars/Olympus", "hours": always}}
        assert refused("POST", preview, mars) == (400, "invalid", "inbox.time_zone")

    def test_places_are_found_by_name_in_both_languages_and_by_code(self) -> None:
        def found(query: str, scope: str = "") -> list[str]:
            answer = ask("GET", f"/settings/places?query={query}&scope={scope}")
            return [each["place"] for each in answer.body["items"]]

        assert found("ЕКАТ") == found("yekat") == ["1486209"]
        assert found("моск") == ["RU-MOW", "524901"]
        assert found("моск", "city") == ["524901"]
        assert found("область") == ["RU-SVE"]
        assert found("ru-s") == ["RU-SVE"]
        assert found("нигде") == []
        assert len(found("")) == 6
        (city,) = ask("GET", "/settings/places?query=екат").body["items"]
        assert city["within"] == {
            "ru": "Свердловская область, Россия",
            "en": "Sverdlovsk Oblast, Russia",
        }
        assert refused("GET", "/settings/places?scope=planet") == (400, "invalid", "scope")


class TestTheAuditLog:
    def test_every_change_is_told_with_before_and_after(self) -> None:
        new = made()["id"]
        ask("PATCH", f"{BRANCHES}/{new}", {"name": "Пермь-2"})
        ask("POST", RULES, {"scope": "country", "place": "DE", "branch_id": new})
        ask("DELETE", f"{RULES}/country/DE")
        ask("POST", "/settings/default_branch", {"branch_id": "msk"})
        ask("DELETE", f"{BRANCHES}/{new}")

        facts = {
            "name": "Пермь-2",
            "time_zone": "Asia/Yekaterinburg",
            "neighbours": [],
            "hours": None,
        }
        rule = {"branch_id": new, "names": {"ru": "Germany", "en": "Germany"}}
        assert told() == [
            ("deleted", "branch", new, facts, None),
            (
                "changed",
                "settings",
                "default_branch",
                {"default_branch_id": "ekb"},
                {"default_branch_id": "msk"},
            ),
            ("deleted", "region_rule", "country/DE", rule, None),
            ("created", "region_rule", "country/DE", None, rule),
            ("changed", "branch", new, {"name": "Пермь"}, {"name": "Пермь-2"}),
            ("created", "branch", new, None, facts | {"name": "Пермь"}),
        ]

    def test_what_changes_nothing_and_what_is_refused_are_not_told(self) -> None:
        ask("PATCH", f"{BRANCHES}/ekb", {"name": "Екатеринбург"})
        ask("POST", "/settings/default_branch", {"branch_id": "ekb"})
        ask("PATCH", f"{BRANCHES}/ekb", {"name": " "})
        ask("DELETE", f"{BRANCHES}/ekb")

        assert told() == []


class TestWhoMay:
    def test_all_routes_are_looked_at(self) -> None:
        assert len(ROUTES) == 15

    @pytest.mark.parametrize("endpoint", ROUTES, ids=lambda each: f"{each.method} {each.path}")
    def test_nobody_but_admins(self, endpoint: Endpoint) -> None:
        before = settings()
        bodies: dict[str, Any] = {
            BRANCHES: PERM,
            f"{BRANCHES}/{{branch_id}}": {"name": "Чужой"},
            "/settings/default_branch": {"branch_id": "msk"},
            RULES: {"scope": "country", "place": "DE", "branch_id": "msk"},
            "/settings/inboxes": {"name": "Чужой"},
            "/settings/inboxes/{inbox_id}": {"name": "Чужой"},
            "/settings/inboxes/{inbox_id}/photo": {"image": "AAAA"},
            "/settings/route_test": {"inbox_id": "demo", "address": MOSCOW},
            "/settings/hours_preview": {},
        }
        body = bodies.get(endpoint.path) if endpoint.method in ("POST", "PATCH") else None
        path = path_of(endpoint)

        for person in (ANNA, MARIA, ELENA):
            answer = ask(endpoint.method, path, body, bearer(person))
            assert (answer.status, answer.error) == (403, "forbidden")
        for token in ("", Guest.arrive().token):
            assert ask(endpoint.method, path, body, token).status == 401
        assert settings() == before
