"""Links by which people come in: each works once, for one, and not for ever."""

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions import invitations, staff
from chalicelib.domain.activity import Action
from chalicelib.domain.invitation import LIFE, SETUP, SETUP_LIFE
from chalicelib.store import activity, pools
from chalicelib.store import invitations as kept
from chalicelib.store.staff import everyone
from tests.support import company, emulators, units
from tests.support.company import ADMIN, ANNA, PASSWORD
from tests.support.door import Answer, bearer, get, post, request
from tests.support.line import LINE
from tests.support.people import operator
from tests.support.sockets import new_socket, socket_of, ticket_of

NEW = {
    "name": "Павел Арбатов",
    "email": "Pavel@x.example",
    "role": "operator",
    "branch_id": "msk",
    "capacity": 5,
}
CHOSEN = "a password of his own"


def now() -> datetime:
    return datetime.now(UTC)


def invited(**changes: Any) -> tuple[str, str]:
    """Somebody new: their id, and the token of their link."""
    answer = post("/settings/operators", NEW | changes, bearer(ADMIN))
    assert answer.status == 201, answer
    return answer.body["operator"]["id"], answer.body["invitation_url"].rpartition("/")[2]


def again(operator_id: str) -> str:
    answer = post(f"/settings/operators/{operator_id}/invitation", {}, bearer(ADMIN))
    assert answer.status == 200, answer
    token: str = answer.body["invitation_url"].rpartition("/")[2]
    return token


def look(token: str) -> Answer:
    return post("/panel/invitation", {"token": token})


def join(token: str, **more: Any) -> Answer:
    return post("/panel/join", {"token": token, "name": "Павел", "password": CHOSEN} | more)


def sign_in(email: str, password: str) -> Answer:
    return post("/panel/sign_in", {"email": email, "password": password})


def is_worthless(token: str) -> bool:
    """To both routes, in the same shape as a token that never was."""
    unknown = look("nobody.x").body
    answers = look(token), join(token)
    return all((each.status, each.body) == (404, unknown) for each in answers)


@pytest.fixture
def _without_admin() -> Iterator[None]:
    with emulators.empty_table("ministack"):
        company.found(ANNA)
        yield


@pytest.fixture
def setup_token(_without_admin: None) -> str:
    """The link to set up, on a deployment without an admin."""
    token = invitations.prepare(now())
    assert token is not None
    return token


class TestAnOperator:
    def test_is_asked_by_name_and_comes_in_with_a_password(self) -> None:
        operator_id, token = invited()
        assert sign_in("pavel@x.example", CHOSEN).status == 401

        shown = look(token)
        session = join(token, name=" Паша ")

        assert shown.body == {
            "kind": "operator",
            "name": "Павел Арбатов",
            "email": "pavel@x.example",
        }
        assert session.body["operator"] == {
            "id": operator_id,
            "name": "Паша",
            "email": "pavel@x.example",
            "role": "operator",
            "branch_id": "msk",
            "presence": "away",
        }
        assert get("/panel/directory", session.body["access_token"]).status == 200
        assert sign_in("pavel@x.example", CHOSEN).status == 200
        member = pools.load("msk").member(operator_id)
        assert member is not None
        assert (member.name, member.routable) == ("Паша", True)

    def test_cannot_come_in_twice(self) -> None:
        _, token = invited()
        assert join(token).status == 200

        assert is_worthless(token)
        assert sign_in("pavel@x.example", CHOSEN).status == 200

    def test_of_two_at_once_one_comes_in(self) -> None:
        for number in range(4):
            _, token = invited(email=f"pavel-{number}@x.example")
            with ThreadPoolExecutor(4) as pool:
                tries = [pool.submit(join, token, password=f"password-{n}") for n in range(4)]
            answers = [each.result() for each in tries]

            assert sorted(each.status for each in answers) == [200, 404, 404, 404]
            winner = next(n for n, each in enumerate(answers) if each.status == 200)
            email = f"pavel-{number}@x.example"
            opened = [sign_in(email, f"password-{n}").status for n in range(4)]
            assert [n for n, status in enumerate(opened) if status == 200] == [winner]

    def test_the_former_link_is_worthless_at_once(self) -> None:
        operator_id, first = invited()

        second = again(operator_id)

        assert is_worthless(first)
        assert join(second).status == 200

    @pytest.mark.parametrize("change", [{"email": "other@x.example"}, {"active": False}])
    def test_a_link_that_went_to_somebody_else_or_who_was_deactivated_is_worthless(
        self, change: dict[str, object]
    ) -> None:
        operator_id, token = invited()

        changed = request("PATCH", f"/settings/operators/{operator_id}", change, bearer(ADMIN))

        assert changed.status == 200
        assert is_worthless(token)

    def test_a_forgotten_password_is_replaced_when_the_link_is_used_and_not_before(self) -> None:
        socket, session = socket_of(ANNA), sign_in(ANNA.email, PASSWORD).body
        ticket = ticket_of(ANNA)

        token = again(ANNA.id)
        assert sign_in(ANNA.email, PASSWORD).status == 200

        assert join(token, name=ANNA.name).status == 200
        assert sign_in(ANNA.email, PASSWORD).status == 401
        assert sign_in(ANNA.email, CHOSEN).status == 200
        assert get("/panel/directory", session["access_token"]).status == 401
        assert post("/panel/refresh", {"refresh_token": session["refresh_token"]}).status == 401
        assert new_socket(ANNA).connect(ticket) == 401
        assert LINE.closed == [socket.id]


class TestTheFirstAdmin:
    def test_says_who_they_are_and_comes_in(self, setup_token: str) -> None:
        shown = look(setup_token)
        session = join(setup_token, name="Хозяйка", email=" Boss@Example.com ")

        assert shown.body == {"kind": "setup", "name": None, "email": None}
        assert session.body["operator"] | {"id": ""} == {
            "id": "",
            "name": "Хозяйка",
            "email": "boss@example.com",
            "role": "admin",
            "branch_id": None,
            "presence": "away",
        }
        assert get("/settings/operators", session.body["access_token"]).status == 200
        assert sign_in("boss@example.com", CHOSEN).status == 200
        assert is_worthless(setup_token)

    def test_a_new_link_ends_the_former(self, setup_token: str) -> None:
        second = invitations.prepare(now())
        assert second is not None

        assert is_worthless(setup_token)
        assert look(second).status == 200

    def test_where_there_is_an_admin_there_is_no_link(self) -> None:
        assert invitations.prepare(now()) is None

    def test_a_link_beside_an_admin_is_worthless(self) -> None:
        invitation, token = invitations.made(SETUP, now())
        kept.save(invitation)

        assert is_worthless(token)

    def test_an_admin_created_otherwise_ends_it(self, setup_token: str) -> None:
        staff.hire(operator("boss", ADMIN.role, None), CHOSEN, now())

        assert is_worthless(setup_token)

    def test_of_two_at_once_one_becomes_the_admin(self, setup_token: str) -> None:
        with ThreadPoolExecutor(4) as pool:
            tries = [
                pool.submit(join, setup_token, email=f"boss-{number}@x.example")
                for number in range(4)
            ]
        answers = [each.result() for each in tries]

        assert sorted(each.status for each in answers) == [200, 404, 404, 404]
        assert [each.role for each in everyone()].count(ADMIN.role) == 1

    @pytest.mark.parametrize(
        ("more", "code", "field"),
        [
            ({}, "invalid", "email"),
            ({"email": "nonsense"}, "invalid", "email"),
            ({"email": ANNA.email}, "email_taken", "email"),
            ({"email": "boss@x.example", "name": " "}, "invalid", "name"),
            ({"email": "boss@x.example", "password": "too short"}, "invalid", "password"),
        ],
    )
    def test_what_is_wrong_is_said_at_its_field_and_the_link_stays_good(
        self, setup_token: str, more: dict[str, str], code: str, field: str
    ) -> None:
        answer = join(setup_token, **more)

        assert (answer.error, answer.body["error"]["field"]) == (code, field)
        assert look(setup_token).status == 200


class TestSecrets:
    def test_nothing_that_is_kept_opens_the_door(self) -> None:
        operator_id, token = invited()

        table = json.dumps(list(units.snapshot().values()), ensure_ascii=False)

        found = kept.get(operator_id)
        assert found is not None
        assert found.proof in table
        assert token.partition(".")[2] not in table
        assert is_worthless(f"{operator_id}.{found.proof}")
        assert is_worthless(found.proof)

    @pytest.mark.parametrize("age", [LIFE, LIFE + timedelta(days=1)])
    def test_an_expired_link_is_worthless_though_the_table_still_has_it(
        self, age: timedelta
    ) -> None:
        operator_id, _ = invited()
        invitation, token = invitations.made(operator_id, now() - age)
        kept.save(invitation)

        assert is_worthless(token)
        assert kept.get(operator_id) == invitation

    @pytest.mark.usefixtures("_without_admin")
    def test_a_link_to_set_up_expires_sooner(self) -> None:
        for age, good in ((SETUP_LIFE, False), (SETUP_LIFE - timedelta(minutes=1), True)):
            token = invitations.prepare(now() - age)
            assert token is not None
            assert (look(token).status == 200) == good

    @pytest.mark.parametrize(
        "tampered",
        [
            lambda token: token[:-1],
            lambda token: token + "A",
            lambda token: token.swapcase(),
            lambda token: f"anna.{token.partition('.')[2]}",
            lambda token: f"setup.{token.partition('.')[2]}",
            lambda token: token.partition(".")[0],
            lambda token: token.partition(".")[2],
            lambda token: ".",
            lambda token: "N#anna.INVITATION",
            lambda token: "приглашение",
        ],
    )
    def test_whatever_is_not_the_token_looks_like_one_that_never_was(self, tampered: Any) -> None:
        _, token = invited()

        assert is_worthless(tampered(token))
        assert look(token).status == 200

    def test_no_log_tells_a_token(self, caplog: pytest.LogCaptureFixture) -> None:
        caplog.set_level(logging.DEBUG)
        logging.getLogger("botocore").setLevel(logging.WARNING)
        _, token = invited()

        look(token)
        join(token, password="short")
        join(token)
        is_worthless(token)

        assert token.partition(".")[2] not in caplog.text
        assert CHOSEN not in caplog.text

    def test_who_was_invited_and_came_is_on_record_without_secrets(self) -> None:
        operator_id, _ = invited()
        token = again(operator_id)
        join(token)

        noted = [
            each
            for _, each in activity.of_settings(f"{now():%Y-%m}")
            if each.subject_id == operator_id
        ]

        assert [(each.action, each.actor.id) for each in noted] == [
            (Action.JOINED, operator_id),
            (Action.INVITED, "admin"),
            (Action.CREATED, "admin"),
        ]
        assert {**NEW, "email": "pavel@x.example"}.items() <= dict(noted[2].after or {}).items()
        assert token.partition(".")[2] not in str(noted)


def test_the_link_is_where_the_admin_sees_us() -> None:
    answer = post(
        "/settings/operators",
        NEW,
        bearer(ADMIN),
        headers={"Host": "chat.example.com", "X-Forwarded-Proto": "https"},
    )

    assert answer.body["invitation_url"].startswith("https://chat.example.com/panel/#/join/")


@pytest.mark.parametrize("emulator", emulators.EXACT)
def test_a_first_admin_and_a_link_are_never_there_together(emulator: str) -> None:
    """`make admin` and the link at the same time: whoever is second finds the door closed."""
    with emulators.empty_table(emulator):
        company.found(ANNA)
        token = invitations.prepare(now())
        assert token is not None
        with ThreadPoolExecutor(2) as pool:
            by_link = pool.submit(invitations.join, token, "A", "a@x.example", CHOSEN, now())
            by_hand = pool.submit(staff.hire, operator("boss", ADMIN.role, None), CHOSEN, now())
        by_hand.result()
        assert invitations.prepare(now()) is None
        if by_link.exception() is None:
            assert sign_in("a@x.example", CHOSEN).status == 200
        assert is_worthless(token)
