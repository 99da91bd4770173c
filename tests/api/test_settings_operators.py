"""Operators: settled by admins, and by nobody else; what changes is so at once, everywhere."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.actions import operators
from chalicelib.actions import staff as acting
from chalicelib.api.endpoint import ENDPOINTS, Endpoint
from chalicelib.domain.activity import Action, ActivityEvent
from chalicelib.domain.operator import Operator, Presence, Role
from chalicelib.errors import Forbidden, Refusal
from chalicelib.store import (
    activity,
    enrolment,
    memberships,
    organisation,
    pools,
    settled,
    staff,
)
from chalicelib.store.enrolment import Outdated
from tests.support import company, emulators
from tests.support.company import ADMIN, ANNA, ELENA, EVERYBODY, MARIA, OLEG, PASSWORD, load
from tests.support.door import Answer, bearer, get, path_of, post, request
from tests.support.line import LINE
from tests.support.people import operator
from tests.support.scene import Guest, act, begun, held_by, listed, online
from tests.support.sockets import socket_of

ALL = "/settings/operators"
ROUTES = [each for each in ENDPOINTS if each.path.startswith(ALL)]
NEW = {
    "name": "Павел Арбатов",
    "email": "pavel@x.example",
    "role": "operator",
    "branch_id": "msk",
    "capacity": 5,
}


def ask(method: str, path: str, body: object = None, who: Operator = ADMIN) -> Answer:
    return request(method, path, body, bearer(who))


def change(who: Operator, **given: Any) -> Answer:
    """What the admin changes of somebody."""
    return ask("PATCH", f"{ALL}/{who.id}", given)


def records() -> dict[str, dict[str, Any]]:
    found = ask("GET", ALL).body["operators"]
    return {each["id"]: each for each in found}


def noted(who: str) -> list[ActivityEvent]:
    """What the log says was done to an operator, the newest first."""
    events = activity.of_settings(f"{datetime.now(UTC):%Y-%m}")
    return [each for _, each in events if each.subject_id == who]


class TestInviting:
    def test_somebody_new_is_listed_as_invited_and_stands_in_the_pool(self) -> None:
        made = ask("POST", ALL, NEW).body["operator"]

        assert made == NEW | {"id": made["id"], "active": True, "invited": True, "photo": None}
        assert records()[made["id"]] == made
        member = pools.load("msk").member(made["id"])
        assert member is not None
        assert (member.presence, member.open, member.capacity) == (Presence.AWAY, 0, 5)

    def test_everybody_is_listed_by_name(self) -> None:
        names = [each["name"] for each in ask("GET", ALL).body["operators"]]

        assert names == sorted(each.name for each in EVERYBODY)

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"email": ANNA.email.upper()}, "email_taken", "email"),
            ({"email": "nonsense"}, "invalid", "email"),
            ({"name": "  "}, "invalid", "name"),
            ({"branch_id": "nowhere"}, "invalid", "branch_id"),
            ({"branch_id": None}, "invalid", "branch_id"),
            ({"capacity": 0}, "invalid", "capacity"),
            ({"capacity": 101}, "invalid", "capacity"),
            ({"role": "owner"}, "invalid", "role"),
            ({"session_epoch": 7}, "invalid", None),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field(
        self, given: dict[str, object], code: str, field: str | None
    ) -> None:
        before = records(), pools.load("msk")

        answer = ask("POST", ALL, NEW | given)

        assert (answer.error, answer.body["error"].get("field")) == (code, field)
        assert (records(), pools.load("msk")) == before

    def test_an_address_is_given_once_though_two_admins_give_it_at_once(self) -> None:
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(lambda _: ask("POST", ALL, NEW), range(4)))

        assert sorted(each.status for each in answers) == [201, 409, 409, 409]
        assert [each["email"] for each in records().values()].count("pavel@x.example") == 1
        assert len(pools.load("msk").members) == 2


class TestChanging:
    def test_what_is_given_is_changed_and_nothing_else(self) -> None:
        was = records()["anna"]

        for given in ({"name": "Анна Исетская"}, {"capacity": 9}, {"email": "anna2@x.example"}):
            was |= given
            answer = change(ANNA, **given)
            assert answer.body["operator"] == was
        assert records()["anna"] == was
        assert noted("anna")[0].before == {"email": ANNA.email}
        assert noted("anna")[0].after == {"email": "anna2@x.example"}
        assert {each.action for each in noted("anna")} == {Action.CHANGED}

    def test_what_changes_nothing_is_no_change(self) -> None:
        answer = change(ANNA, name=ANNA.name, capacity=ANNA.capacity)

        assert answer.status == 200
        assert noted("anna") == []
        assert staff.get("anna") == ANNA

    @pytest.mark.parametrize(
        ("given", "code", "field"),
        [
            ({"email": OLEG.email}, "email_taken", "email"),
            ({"branch_id": None}, "invalid", "branch_id"),
            ({"branch_id": "nowhere"}, "invalid", "branch_id"),
            ({"capacity": 1000}, "invalid", "capacity"),
            ({"invited": False}, "invalid", None),
        ],
    )
    def test_a_change_is_judged_like_somebody_new(
        self, given: dict[str, object], code: str, field: str | None
    ) -> None:
        answer = change(ANNA, **given)

        assert (answer.error, answer.body["error"].get("field")) == (code, field)
        assert staff.get("anna") == ANNA

    def test_nobody_is_changed_who_is_not_there(self) -> None:
        for method, path, body in (
            ("PATCH", f"{ALL}/nobody", {"name": "Никто"}),
            ("POST", f"{ALL}/nobody/invitation", None),
        ):
            answer = ask(method, path, body)
            assert (answer.status, answer.error) == (404, "not_found")

    def test_more_capacity_is_used_at_once(self) -> None:
        company.found()
        change(ANNA, capacity=1)
        online(ANNA)
        first, second = begun(), begun()
        assert listed(ANNA) == [first.conversation_id]

        change(ANNA, capacity=2)

        assert set(listed(ANNA)) == {first.conversation_id, second.conversation_id}

    @pytest.mark.parametrize(
        "given", [{"role": "supervisor"}, {"email": "a@x.example"}, {"active": False}]
    )
    def test_sessions_and_sockets_end_when_what_they_allow_changes(
        self, given: dict[str, object]
    ) -> None:
        token, socket = bearer(ANNA), socket_of(ANNA)

        change(ANNA, **given)

        assert get("/panel/directory", token).status == 401
        assert LINE.closed == [socket.id]

    def test_they_go_on_when_it_does_not(self) -> None:
        token, socket = bearer(ANNA), socket_of(ANNA)

        change(ANNA, name="Анна", capacity=9)
        assert LINE.closed == []
        change(ANNA, branch_id="msk")

        assert LINE.closed == [socket.id]
        assert get("/panel/directory", token).status == 200
        assert socket_of(ANNA).ping()["type"] == "pong"

    def test_who_moves_takes_their_conversations_along(self) -> None:
        guest = held_by(ANNA)
        guest.say("Ещё вопрос")

        change(ANNA, branch_id="msk")
        moved = staff.get("anna")

        assert moved is not None
        opened = act(ELENA, guest, "open").body
        assert opened["conversation"]["branch_id"] == "msk"
        assert opened["conversation"]["unread"] == 1
        moves = [each for each in opened["history"] if each["action"] != "looked"]
        assert moves[0]["actor"]["id"] == "admin"
        heard = socket_of(moved)
        guest.say("Слышно?")
        assert heard.types() == ["message"]
        assert pools.load("ekb").member("anna") is None
        assert load(moved) == 1
        assert listed(moved) == [guest.conversation_id]
        assert act(moved, guest, "resolve").status == 200
        assert load(moved) == 0

    def test_who_is_promoted_is_given_nothing_any_more(self) -> None:
        change(ANNA, role="supervisor", branch_id=None)
        elder = staff.get("anna")
        assert elder is not None
        online(elder)

        guest = begun()

        assert guest.poll().body["conversation"]["operator"] is None
        assert guest.conversation_id in listed(elder, "all")


class TestDeactivating:
    def test_who_is_deactivated_is_out_at_once_and_for_good(self) -> None:
        token, socket = bearer(ANNA), socket_of(ANNA)
        known = {"email": ANNA.email, "password": PASSWORD}
        session = post("/panel/sign_in", known).body

        assert change(ANNA, active=False).body["operator"]["active"] is False

        assert LINE.closed == [socket.id]
        assert get("/panel/directory", token).status == 401
        assert post("/panel/refresh", {"refresh_token": session["refresh_token"]}).status == 401
        refused = post("/panel/sign_in", known)
        wrong = post("/panel/sign_in", known | {"password": "wrong"})
        assert (refused.status, refused.body) == (wrong.status, wrong.body) == (401, wrong.body)
        names = [each["id"] for each in get("/panel/directory", bearer(OLEG)).body["operators"]]
        assert "anna" not in names
        assert "anna" in records()

    def test_their_conversations_go_to_colleagues_and_else_to_the_queue(self) -> None:
        guests = [held_by(ANNA) for _ in range(3)]
        change(OLEG, capacity=2)
        online(OLEG)

        change(ANNA, active=False)

        assert load(OLEG) == 2
        assert len(listed(OLEG, "queue")) == 1
        held = {*listed(OLEG), *listed(OLEG, "queue")}
        assert held == {each.conversation_id for each in guests}
        assert pools.load("ekb").member("anna") is None

    def test_nothing_is_given_to_them_though_somebody_has_not_heard_of_it_yet(self) -> None:
        """Another Lambda believes for ten seconds that they are here."""
        token = bearer(ANNA)
        assert settled.operator("anna") == ANNA
        guest = begun()
        forget, settled.forget = settled.forget, lambda _: None  # type: ignore[assignment]  # the other Lambda
        try:
            change(ANNA, active=False)
            assert settled.operator("anna") == ANNA

            answer = post(f"/panel/conversations/{guest.conversation_id}/take", {}, token)
        finally:
            settled.forget = forget

        assert answer.status == 503
        assert listed(OLEG, "queue") == [guest.conversation_id]

    def test_a_removal_that_broke_off_is_repeated_by_asking_again(self) -> None:
        guest = held_by(ANNA)
        gone = replace(ANNA, active=False, session_epoch=1)
        operators_revise(ANNA, gone)
        assert load(gone) == 1

        assert change(ANNA, active=False).status == 200

        assert listed(OLEG, "queue") == [guest.conversation_id]
        assert memberships.of(gone) is None

    def test_who_comes_back_is_given_conversations_again(self) -> None:
        change(ANNA, active=False)
        assert ask("POST", f"{ALL}/anna/invitation").body["error"]["field"] == "active"

        change(ANNA, active=True)
        back = staff.get("anna")

        assert back is not None
        assert post("/panel/sign_in", {"email": ANNA.email, "password": PASSWORD}).status == 200
        online(back)
        guest = begun()
        assert listed(back) == [guest.conversation_id]


def operators_revise(known: Operator, revised: Operator) -> None:
    """The change alone, as if its request had ended right after it."""
    event = acting.event(ADMIN, revised, Action.CHANGED, datetime.now(UTC))
    enrolment.revise(ADMIN, known, revised, memberships.of(known), event)


class TestTheLastAdmin:
    @pytest.mark.parametrize(
        ("given", "field"),
        [({"active": False}, "active"), ({"role": "supervisor"}, "role")],
    )
    def test_nobody_locks_themselves_out(self, given: dict[str, object], field: str) -> None:
        answer = change(ADMIN, **given)

        assert (answer.status, answer.body["error"]["field"]) == (400, field)
        assert staff.get("admin") == ADMIN

    def test_admins_change_their_own_name_and_address(self) -> None:
        assert change(ADMIN, name="Хозяйка", capacity=1).status == 200
        assert get("/panel/directory", bearer(ADMIN)).status == 200
        assert change(ADMIN, email="boss@x.example").status == 200
        assert get("/panel/directory", bearer(ADMIN)).status == 401

    @pytest.mark.parametrize("emulator", emulators.EXACT)
    def test_two_admins_who_dismiss_each_other_at_once_leave_one(self, emulator: str) -> None:
        for _ in range(5):
            with emulators.empty_table(emulator):
                other = operator("other", Role.ADMIN, None)
                company.found(ADMIN, other)

                def dismiss(pair: tuple[Operator, Operator]) -> Refusal | None:
                    try:
                        operators.change(
                            pair[0], pair[1].id, datetime.now(UTC), company.first, active=False
                        )
                    except Refusal as refusal:
                        return refusal
                    return None

                with ThreadPoolExecutor(2) as pool:
                    ends = list(pool.map(dismiss, [(ADMIN, other), (other, ADMIN)]))

                assert [each.administers for each in staff.everyone()].count(True) == 1
                assert sum(isinstance(each, Forbidden) for each in ends) == 1

    def test_an_admin_dismissed_a_moment_ago_changes_nothing(self) -> None:
        other = operator("other", Role.ADMIN, None)
        company.employ(other, company.hashed())
        assert settled.operator("other") == other
        token = bearer(other)
        operators_revise(other, replace(other, active=False, session_epoch=1))

        refused = [
            request("PATCH", f"{ALL}/anna", {"name": "Другая"}, token),
            request("POST", ALL, NEW, token),
            request("POST", f"{ALL}/anna/invitation", {}, token),
        ]

        assert {each.status for each in refused} == {403}
        assert staff.get("anna") == ANNA


class TestRaces:
    def test_a_branch_that_is_deleted_meanwhile_gets_nobody(self) -> None:
        """The transaction itself asks whether the branch is there."""
        pools.create("ghost")
        moved = replace(ANNA, branch_id="ghost", session_epoch=1)
        event = acting.event(ADMIN, moved, Action.CHANGED, datetime.now(UTC))

        with pytest.raises(Outdated):
            enrolment.revise(ADMIN, ANNA, moved, memberships.of(ANNA), event)

        assert staff.get("anna") == ANNA
        assert "ghost" not in {each.id for each in organisation.load().branches}  # type: ignore[union-attr]  # it is founded

    @pytest.mark.parametrize("emulator", emulators.EXACT)
    def test_whoever_moves_while_they_are_given_conversations_loses_none(
        self, emulator: str
    ) -> None:
        with emulators.empty_table(emulator):
            company.found()
            settled.clear()
            online(ANNA)
            guests: list[Guest] = []

            def arrive() -> None:
                guests.extend(begun() for _ in range(4))

            with ThreadPoolExecutor(2) as pool:
                arriving = pool.submit(arrive)
                pool.submit(change, ANNA, branch_id="msk").result()
                arriving.result()

            moved = staff.get("anna")
            assert moved is not None
            settled.clear()
            assert load(moved) == len(listed(moved))
            queue = listed(OLEG, "queue")
            assert {*listed(moved), *queue} == {each.conversation_id for each in guests}


class TestAccess:
    @pytest.mark.parametrize("endpoint", ROUTES, ids=lambda each: f"{each.method} {each.path}")
    @pytest.mark.parametrize("who", [ANNA, MARIA, ELENA], ids=lambda each: each.id)
    def test_admins_only(self, endpoint: Endpoint, who: Operator) -> None:
        before = records()
        body = {"PATCH": {"name": "Другой"}, "POST": NEW}.get(endpoint.method)
        if endpoint.path.endswith("/invitation"):
            body = None
        if endpoint.path.endswith("/photo"):
            body = {"image": "AAAA"}

        answer = request(endpoint.method, path_of(endpoint), body, bearer(who))

        assert (answer.status, answer.error) == (403, "forbidden")
        assert records() == before

    def test_a_visitor_has_no_business_here(self) -> None:
        for endpoint in ROUTES:
            answer = request(endpoint.method, path_of(endpoint), NEW, Guest.arrive().token)
            assert answer.status == 401
